import { AwsCloud, Budget, define, Money } from 'hpcdk';

export default define((app) => {
  const aws = new AwsCloud(app, 'aws', { region: 'eu-central-1', network: '10.42.0.0/16' });
  new Budget(aws, 'month', { limit: Money.parse('5000 USD'), notify: ['hpc@example.edu'], at: [50, 80, 100] });
});
