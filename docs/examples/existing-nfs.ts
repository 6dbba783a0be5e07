import { define, ExistingNfs, NodeType, Site, Size, SlurmCluster, SlurmVersion } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const hpc = new SlurmCluster(campus, 'hpc', { slurm: SlurmVersion.V22_05, controller: 'ctl1', login: 'login[1-2]' });
  const cpu = hpc.addNodes('cpu', {
    hosts: 'cn[1-8]',
    type: NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) }),
  });
  hpc.addPartition('batch', { nodes: [cpu], default: true });

  const home = new ExistingNfs(campus, 'home', { server: 'filer', export: '/export/home', path: '/home' });
  home.mountOn(hpc);
  const apps = new ExistingNfs(campus, 'apps', {
    server: 'filer',
    export: '/export/apps',
    path: '/apps',
    version: '4.1',
  });
  apps.mountOn(cpu, { readOnly: true });
});
