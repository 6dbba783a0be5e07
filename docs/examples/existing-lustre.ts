import { define, ExistingLustre, NodeType, Site, Size, SlurmCluster, SlurmVersion } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const hpc = new SlurmCluster(campus, 'hpc', { slurm: SlurmVersion.V22_05, controller: 'ctl1' });
  const cpu = hpc.addNodes('cpu', {
    hosts: 'cn[1-8]',
    type: NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) }),
  });
  hpc.addPartition('batch', { nodes: [cpu], default: true });

  const work = new ExistingLustre(campus, 'work', { mgs: ['mgs1@o2ib', 'mgs2@o2ib'], name: 'work', path: '/work' });
  work.mountOn(hpc);
});
