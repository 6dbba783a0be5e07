import { define, NodeType, SecretRef, Site, Size, SlurmCluster, SlurmDatabase, SlurmVersion } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });

  const accounting = new SlurmDatabase(campus, 'accounting', {
    host: 'db1',
    slurm: SlurmVersion.V24_05,
    password: SecretRef.file('/etc/slurm/slurmdbd.password.conf'),
    privateData: ['jobs', 'usage'],
    keepJobsMonths: 36,
  });
  const long = accounting.addQos('long', { maxJobs: 8 });
  accounting.addAccount('physics', { qos: [long], users: ['ada', 'emmy'] });

  const hpc = new SlurmCluster(campus, 'hpc', {
    slurm: SlurmVersion.V23_11,
    controller: 'ctl1',
    database: accounting,
  });
  const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) });
  hpc.addPartition('batch', {
    nodes: [hpc.addNodes('cpu', { hosts: 'cn[001-064]', type })],
    allowAccounts: ['physics'],
  });
});
