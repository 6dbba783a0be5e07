import { AwsCloud, Bucket, Budget, define, Duration, Efs, Money } from 'hpcdk';

/** Only a cloud: a network, a file system and a bucket that lasts longer than the work on it, and a budget. */
export default define((app) => {
  const aws = new AwsCloud(app, 'summer-school', {
    region: 'eu-central-1',
    network: '10.80.0.0/20',
    zones: 2,
    tags: { owner: 'training@institute.example' },
  });
  new Efs(aws, 'exercises', { path: '/exercises' });
  new Bucket(aws, 'results', { name: 'institute-summer-school-results', keepOldVersions: Duration.days(30) });
  new Budget(aws, 'monthly', { limit: Money.of(800, 'USD'), notify: ['training@institute.example'] });
});
