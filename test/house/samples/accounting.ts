import type { App } from '../../../lib/app/app';
import { Duration, NodeType, SecretRef, Size, SlurmDatabase, SlurmVersion } from '../../../lib/index';
import { clusterOf, readyCluster, type Samples, siteOf } from './sample';

function databaseOf(app: App): SlurmDatabase {
  const site = siteOf(app);
  const database = new SlurmDatabase(site, 'accounting', { host: 'db1', slurm: SlurmVersion.V24_11 });
  const cluster = clusterOf(app, { database }, site);
  const type = NodeType.of({
    sockets: 2,
    cores: 8,
    memory: Size.gib(64),
    gres: [{ name: 'gpu', type: 'a100', count: 4 }],
  });
  cluster.addPartition('work', { nodes: [cluster.addNodes('gpu', { hosts: 'gn[1-2]', type })] });
  return database;
}

const limits = {
  maxWall: Duration.days(7),
  maxJobs: 20,
  maxSubmitJobs: 40,
  maxTresPerJob: { cpu: 512 },
  grpTres: { 'gres/gpu:a100': 8 },
  grpJobs: 60,
};

/** Kinds of lib/compute/accounting. */
export const accounting: Samples = {
  SlurmDatabase: [
    (app, change) => {
      const site = siteOf(app);
      const props = {
        host: 'dbhost',
        slurm: SlurmVersion.V24_11,
        storageHost: 'mariadb1',
        storageUser: 'mariauser',
        storageName: 'accounting_db',
        password: SecretRef.file(change.text('password', '/etc/slurm/password.conf')),
        privateData: ['jobs' as const],
        keepJobsMonths: 24,
        federation: 'allofus',
        options: { DebugLevel: 'debug2' },
        ownership: 'owned' as const,
        packages: 'none' as const,
      };
      const database = new SlurmDatabase(site, change.text('id', 'ledger'), change.props(props));
      readyCluster(app, { database }, site);
      return database;
    },
  ],

  Qos: [
    (app, change) => {
      const database = databaseOf(app);
      const lower = database.addQos('lower');
      return database.addQos(
        change.text('id', 'longer'),
        change.props({
          ...limits,
          description: 'long work',
          priority: 7,
          flags: ['NoReserve' as const],
          preempt: [lower],
          graceTime: Duration.minutes(5),
          usagePercent: 150,
          maxTresPerUser: { node: 4 },
          maxTresPerAccount: { cpu: 1024 },
        }),
      );
    },
  ],

  Account: [
    (app, change) => {
      const database = databaseOf(app);
      const parent = database.addAccount('science');
      const qos = [database.addQos('longer')];
      return database.addAccount(
        change.text('id', 'physics'),
        change.props({
          ...limits,
          description: 'solid state',
          organization: 'faculty 3',
          parent,
          fairshare: 30,
          qos,
          defaultQos: qos[0],
          users: ['lovelace', 'noether'],
          coordinators: ['noether'],
        }),
      );
    },
  ],
};
