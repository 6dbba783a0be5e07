import { define, NodeType, Site, Size, SlurmCluster, SlurmVersion } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const hpc = new SlurmCluster(campus, 'hpc', { slurm: SlurmVersion.V22_05, controller: 'ctl1' });

  const gpu = hpc.addNodes('gpu', {
    hosts: 'gpu[01-08]',
    type: NodeType.of({
      sockets: 2,
      cores: 32,
      memory: Size.gib(512),
      gres: [{ name: 'gpu', type: 'a100', count: 4 }],
    }),
    features: ['zen3', 'ib'],
    weight: 100,
    systemCores: 2,
    systemMemory: Size.gib(8),
  });
  hpc.addPartition('gpu', { nodes: [gpu] });
});
