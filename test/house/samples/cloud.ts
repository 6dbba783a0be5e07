import type { App } from '../../../lib/app/app';
import { AwsCloud, Bucket, Budget, Duration, Efs, FsxLustre, Money, Size, TerraformState } from '../../../lib/index';
import type { Samples } from './sample';

const cloudOf = (app: App) =>
  new AwsCloud(app, 'cloudone', { region: 'eu-central-1', network: '10.42.0.0/16', onPremises: ['172.16.0.0/12'] });

/** Kinds of lib/cloud. */
export const cloud: Samples = {
  AwsCloud: [
    (app, change) =>
      new AwsCloud(
        app,
        change.text('id', 'cloudone'),
        change.props({
          region: 'eu-central-1',
          network: '10.42.0.0/16',
          zones: 2,
          onPremises: ['172.16.0.0/12'],
          nameServers: ['172.16.7.53'],
          egress: 'endpoints' as const,
          tags: { costCentre: 'physics 42' },
          state: TerraformState.s3({
            bucket: change.text('state.bucket', 'hpc-state'),
            key: change.text('state.key', 'hpc/aws.tfstate'),
            region: change.text('state.region', 'eu-west-1'),
            lockTable: change.text('state.lockTable', 'hpc-locks'),
          }),
        }),
      ),
    (app, change) =>
      new AwsCloud(
        app,
        'cloudone',
        change.props({
          region: 'eu-central-1',
          network: '10.42.0.0/16',
          state: TerraformState.local(change.text('state.path', 'elsewhere/aws.tfstate')),
        }),
      ),
  ],

  Bucket: [
    (app, change) => {
      const props = { name: 'hpc-bucket-one', keepOldVersions: Duration.days(9), expireAfter: Duration.days(90) };
      return new Bucket(cloudOf(app), change.text('id', 'caches'), change.props(props));
    },
  ],

  Budget: [
    (app, change) =>
      new Budget(
        cloudOf(app),
        change.text('id', 'spending'),
        change.props({
          limit: Money.parse('500 USD'),
          notify: ['boss@example.edu'],
          at: [50, 90],
          of: 'cloud' as const,
        }),
      ),
  ],

  Efs: [
    (app, change) => {
      const props = { path: '/shared/efs', backup: false, throughput: 'bursting' as const };
      return new Efs(cloudOf(app), change.text('id', 'homes'), change.props(props));
    },
  ],

  FsxLustre: [
    (app, change) => {
      const props = {
        path: '/shared/fsx',
        capacity: Size.gib(2400),
        durability: 'persistent' as const,
        throughput: '500' as const,
        zone: 'eu-central-1b',
      };
      return new FsxLustre(cloudOf(app), change.text('id', 'scratch'), change.props(props));
    },
  ],
};
