import { AwsCloud, define, Efs, NodeType, Site, Size, SlurmCluster, SlurmVersion } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const hpc = new SlurmCluster(campus, 'hpc', { slurm: SlurmVersion.V22_05, controller: 'ctl1' });
  const cpu = hpc.addNodes('cpu', {
    hosts: 'cn[1-8]',
    type: NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) }),
  });
  hpc.addPartition('batch', { nodes: [cpu], default: true });
  const aws = new AwsCloud(app, 'aws', {
    region: 'eu-central-1',
    network: '10.42.0.0/16',
    onPremises: ['10.0.0.0/12'],
  });

  const shared = new Efs(aws, 'shared', { path: '/cloud/shared', backup: true, throughput: 'elastic' });
  shared.mountOn(hpc);
});
