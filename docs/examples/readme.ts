import { AwsCloud, define, Duration, NodeType, SecretRef, Site, Size, SlurmCluster } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const power = { resumeProgram: '/usr/local/sbin/resume', suspendProgram: '/usr/local/sbin/suspend' };
  const hpc = new SlurmCluster(campus, 'hpc', { slurm: '24.05', controller: 'ctl1', powerSaving: power });

  const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) });
  const cpu = hpc.addNodes('cpu', { hosts: 'cn[001-064]', type });
  hpc.addPartition('batch', { nodes: [cpu], maxTime: Duration.days(2), default: true });

  const aws = new AwsCloud(app, 'aws', { region: 'eu-central-1', network: '10.42.0.0/16' });
  const key = SecretRef.secretsManager('hpc/munge-key');
  const node = { cloud: aws, image: '/hpc/images/debian-12-slurm', key, idle: Duration.minutes(10) };
  const burst = hpc.addBurstNodes('burst', { ...node, instanceTypes: ['c7i.24xlarge', 'c6i.24xlarge'], max: 32 });
  hpc.addPartition('cloud', { nodes: [burst], maxTime: Duration.hours(8) });
});
