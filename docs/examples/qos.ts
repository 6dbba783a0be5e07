import { define, Duration, NodeType, Site, Size, SlurmCluster, SlurmDatabase, SlurmVersion } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const accounting = new SlurmDatabase(campus, 'accounting', { host: 'db1', slurm: SlurmVersion.V22_05 });

  const scavenge = accounting.addQos('scavenge', { usagePercent: 25, graceTime: Duration.minutes(5) });
  accounting.addQos('urgent', {
    priority: 1000,
    preempt: [scavenge],
    maxWall: Duration.hours(12),
    maxTresPerUser: { node: 4 },
  });

  const hpc = new SlurmCluster(campus, 'hpc', {
    slurm: SlurmVersion.V22_05,
    controller: 'ctl1',
    database: accounting,
    priorityWeights: { age: 1000, fairshare: 10000, qos: 5000 },
    options: { PreemptType: 'preempt/qos', PreemptMode: 'REQUEUE' },
  });
  const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) });
  hpc.addPartition('batch', {
    nodes: [hpc.addNodes('cpu', { hosts: 'cn[001-064]', type })],
    allowQos: ['normal', 'urgent', 'scavenge'],
  });
});
