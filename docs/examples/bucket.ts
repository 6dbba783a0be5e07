import { AwsCloud, Bucket, define, Duration } from 'hpcdk';

export default define((app) => {
  const aws = new AwsCloud(app, 'aws', { region: 'eu-central-1', network: '10.42.0.0/16' });
  new Bucket(aws, 'cache', {
    name: 'hpc-example-build-cache',
    keepOldVersions: Duration.days(14),
    expireAfter: Duration.days(365),
  });
});
