import { define, Duration, NodeType, Site, Size, SlurmCluster, SlurmVersion } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });

  const hpc = new SlurmCluster(campus, 'hpc', {
    slurm: SlurmVersion.V22_05,
    controller: 'ctl1',
    backupController: 'ctl2',
    stateSaveLocation: '/shared/slurmctld',
    login: 'login[1-2]',
    privateData: ['jobs', 'usage'],
    topology: [
      { name: 'leaf1', nodes: 'cn[001-032]' },
      { name: 'leaf2', nodes: 'cn[033-064]' },
      { name: 'spine', switches: 'leaf[1-2]' },
    ],
    options: { SlurmctldTimeout: '60', SlurmctldParameters: 'idle_on_node_suspend' },
  });
  const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) });
  const cpu = hpc.addNodes('cpu', { hosts: 'cn[001-064]', type });
  hpc.addPartition('batch', { nodes: [cpu], maxTime: Duration.days(2), default: true });
});
