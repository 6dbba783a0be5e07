import { define, Duration, ExistingNfs, NodeType, Site, Size, SlurmCluster, SlurmDatabase, SlurmVersion } from 'hpcdk';

/** Only machines of the centre's own: a cluster with accounting and a filer, and the Ansible project that sets it up. */
export default define((app) => {
  const site = new Site(app, 'institute', { domain: 'hpc.institute.example', contact: 'it@institute.example' });

  const accounting = new SlurmDatabase(site, 'accounting', { host: 'head', slurm: SlurmVersion.V22_05 });
  const normal = accounting.addQos('normal', { maxSubmitJobs: 1000 });
  accounting.addAccount('staff', { qos: [normal], defaultQos: normal, users: ['ada', 'grace'] });

  const cluster = new SlurmCluster(site, 'institute', {
    slurm: SlurmVersion.V22_05,
    controller: 'head',
    login: 'login1',
    database: accounting,
  });
  const thin = cluster.addNodes('thin', {
    hosts: 'thin[01-24]',
    type: NodeType.of({ sockets: 2, cores: 24, memory: Size.gib(192) }),
  });
  const gpu = cluster.addNodes('gpu', {
    hosts: 'gpu[1-2]',
    type: NodeType.of({
      sockets: 2,
      cores: 24,
      memory: Size.gib(384),
      gres: [{ name: 'gpu', type: 'l40s', count: 4 }],
    }),
  });
  cluster.addPartition('thin', { nodes: [thin], maxTime: Duration.days(3), default: true });
  cluster.addPartition('gpu', { nodes: [gpu], maxTime: Duration.days(1) });

  new ExistingNfs(site, 'home', { server: 'filer', export: '/export/home', path: '/home' }).mountOn(cluster);
});
