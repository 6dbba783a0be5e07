import { define, Duration, NodeType, Site, Size, SlurmCluster, SlurmVersion } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const hpc = new SlurmCluster(campus, 'hpc', { slurm: SlurmVersion.V22_05, controller: 'ctl1' });
  const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) });
  const [old, young] = [
    hpc.addNodes('old', { hosts: 'cn[001-064]', type }),
    hpc.addNodes('young', { hosts: 'cn[065-096]', type, features: ['zen4'] }),
  ];

  hpc.addPartition('batch', {
    nodes: [old, young],
    default: true,
    maxTime: Duration.days(2),
    defaultTime: Duration.hours(1),
    maxNodes: 32,
    defaultMemoryPerCpu: Size.mib(3900),
  });
  hpc.addPartition('debug', {
    nodes: [old],
    maxTime: Duration.minutes(30),
    priorityTier: 10,
    allowGroups: ['staff'],
    options: { MaxCPUsPerNode: '16' },
  });
});
