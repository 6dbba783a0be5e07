import { AwsCloud, define, Duration, Purchase, SecretRef, Site, SlurmCluster, SlurmVersion } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const hpc = new SlurmCluster(campus, 'hpc', {
    slurm: SlurmVersion.V22_05,
    controller: 'ctl1',
    powerSaving: { resumeProgram: '/usr/local/sbin/burst-resume', suspendProgram: '/usr/local/sbin/burst-suspend' },
  });
  const aws = new AwsCloud(app, 'aws', {
    region: 'eu-central-1',
    network: '10.42.0.0/16',
    onPremises: ['10.0.0.0/12'],
    nameServers: ['10.0.0.53'],
  });

  const image = '/hpc/images/compute';
  const key = SecretRef.secretsManager('hpc/munge-key');
  const burst = hpc.addBurstNodes('burst', {
    cloud: aws,
    instanceTypes: ['c7i.24xlarge', 'c6i.24xlarge'],
    max: 32,
    purchase: Purchase.spotThenOnDemand(),
    idle: Duration.minutes(10),
    image,
    key,
  });
  const gpu = hpc.addBurstNodes('gpu', {
    cloud: aws,
    instanceTypes: ['p5.48xlarge'],
    max: 4,
    efa: true,
    placement: true,
    image,
    key,
  });
  hpc.addPartition('cloud', { nodes: [burst], default: true, maxTime: Duration.hours(8) });
  hpc.addPartition('cloud-gpu', { nodes: [gpu], maxTime: Duration.hours(8) });
});
