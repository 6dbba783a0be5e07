import { define, Duration, NodeType, Site, Size, SlurmCluster, SlurmDatabase, SlurmVersion } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const accounting = new SlurmDatabase(campus, 'accounting', { host: 'db1', slurm: SlurmVersion.V22_05 });

  const physics = accounting.addAccount('physics', {
    organization: 'Faculty of Physics',
    fairshare: 60,
    users: ['ada'],
    coordinators: ['ada'],
  });
  accounting.addAccount('lattice', {
    parent: physics,
    fairshare: 20,
    users: ['emmy'],
    maxWall: Duration.days(1),
    grpTres: { 'gres/gpu': 16 },
  });

  const hpc = new SlurmCluster(campus, 'hpc', { slurm: SlurmVersion.V22_05, controller: 'ctl1', database: accounting });
  const type = NodeType.of({
    sockets: 2,
    cores: 32,
    memory: Size.gib(256),
    gres: [{ name: 'gpu', type: 'a100', count: 4 }],
  });
  hpc.addPartition('batch', { nodes: [hpc.addNodes('gpu', { hosts: 'gpu[1-8]', type })] });
});
