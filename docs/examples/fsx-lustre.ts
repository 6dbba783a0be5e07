import { AwsCloud, define, FsxLustre, SecretRef, Site, Size, SlurmCluster, SlurmVersion } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const hpc = new SlurmCluster(campus, 'hpc', {
    slurm: SlurmVersion.V22_05,
    controller: 'ctl1',
    powerSaving: { resumeProgram: '/usr/local/sbin/burst-resume', suspendProgram: '/usr/local/sbin/burst-suspend' },
  });
  const aws = new AwsCloud(app, 'aws', { region: 'eu-central-1', network: '10.42.0.0/16' });
  const burst = hpc.addBurstNodes('burst', {
    cloud: aws,
    instanceTypes: ['hpc7a.48xlarge'],
    max: 16,
    efa: true,
    image: '/hpc/images/compute',
    key: SecretRef.ssmParameter('/hpc/munge-key'),
  });
  hpc.addPartition('cloud', { nodes: [burst], default: true });

  const scratch = new FsxLustre(aws, 'scratch', {
    path: '/scratch',
    capacity: Size.gib(2400),
    durability: 'persistent',
    throughput: '500',
    zone: 'eu-central-1a',
  });
  scratch.mountOn(burst);
});
