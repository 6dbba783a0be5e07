import { define, Duration, NodeType, Site, Size, SlurmCluster, SlurmVersion } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });

  const hpc = new SlurmCluster(campus, 'hpc', { slurm: SlurmVersion.V22_05, controller: 'ctl1', login: 'login1' });
  const cpu = hpc.addNodes('cpu', {
    hosts: 'cn[001-004]',
    type: NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) }),
  });
  hpc.addPartition('batch', { nodes: [cpu], maxTime: Duration.days(2), default: true });
});
