import {
  AwsCloud,
  Duration,
  NodeType,
  Power,
  Purchase,
  SecretRef,
  Size,
  SlurmDatabase,
  type SlurmClusterProps,
  SlurmCluster,
  SlurmVersion,
} from '../../../lib/index';
import { clusterOf, machine, programs, type Samples, siteOf } from './sample';

/** Kinds of lib/compute. */
export const compute: Samples = {
  SlurmCluster: [
    (app, change) => {
      const site = siteOf(app);
      const database = new SlurmDatabase(site, 'accounting', { host: 'db1', slurm: SlurmVersion.V24_11 });
      const props: SlurmClusterProps = {
        slurm: SlurmVersion.V24_11,
        controller: 'ctlone',
        backupController: 'ctltwo',
        login: 'login[1-2]',
        database,
        enforce: ['associations', 'limits'],
        priorityWeights: { age: 1000, fairshare: 2000 },
        topology: [
          { name: 'leafone', nodes: 'cn[1-4]' },
          { name: 'spineone', switches: 'leafone' },
        ],
        powerSaving: { ...programs, resumeFailProgram: '/opt/power/failed' },
        configless: true,
        privateData: ['jobs'],
        stateSaveLocation: '/shared/slurmctld',
        enforcePartLimits: 'ANY',
        options: { Prolog: '/etc/slurm/prolog.sh', SchedulerParameters: 'our_patch=3' },
        acknowledgedWords: ['our_patch'],
        ownership: 'owned',
        packages: 'none',
      };
      const cluster = new SlurmCluster(site, change.text('id', 'bigone'), change.props(props));
      cluster.addPartition('work', { nodes: [cluster.addNodes('cpu', { hosts: 'cn[1-4]', type: machine })] });
      return cluster;
    },
  ],

  NodePool: [
    (app, change) => {
      const type = NodeType.of({
        sockets: 2,
        cores: 32,
        memory: Size.gib(512),
        gres: [
          {
            name: change.text('type.gres.name', 'gpu'),
            type: change.text('type.gres.type', 'a100'),
            count: 2,
            files: change.text('type.gres.files', '/dev/nvidia[0-1]'),
            cores: change.text('type.gres.cores', '0-31'),
          },
        ],
        power: Power.kw(1.6),
      });
      const cluster = clusterOf(app);
      const pool = cluster.addNodes(
        change.text('id', 'cpu'),
        change.props({
          hosts: 'cn[001-004]',
          type,
          features: ['icelake'],
          weight: 5,
          systemCores: 2,
          systemMemory: Size.gib(4),
        }),
      );
      cluster.addPartition('work', { nodes: [pool] });
      return pool;
    },
  ],

  Partition: [
    (app, change) => {
      const cluster = clusterOf(app);
      const nodes = [cluster.addNodes('cpu', { hosts: 'cn[1-4]', type: machine })];
      cluster.addPartition('elsewhere', { nodes });
      return cluster.addPartition(
        change.text('id', 'batch'),
        change.props({
          nodes,
          maxTime: Duration.days(2),
          defaultTime: Duration.hours(1),
          default: true,
          maxNodes: 3,
          defaultMemoryPerCpu: Size.gib(2),
          maxMemoryPerCpu: Size.gib(3),
          exclusive: true,
          priorityTier: 4,
          allowAccounts: ['physics'],
          allowQos: ['normal', 'longer'],
          qos: 'longest',
          allowGroups: ['staff'],
          hidden: true,
          state: 'DRAIN' as const,
          options: { Alternate: 'elsewhere' },
        }),
      );
    },
    (app, change) => {
      const cluster = clusterOf(app);
      const nodes = [cluster.addNodes('cpu', { hosts: 'cn[1-4]', type: machine })];
      return cluster.addPartition('batch', change.props({ nodes, denyAccounts: ['guests'] }));
    },
  ],

  BurstPool: [
    (app, change) => {
      const cluster = clusterOf(app, { powerSaving: programs });
      const cloud = new AwsCloud(app, 'cloudone', {
        region: 'eu-central-1',
        network: '10.42.0.0/16',
        onPremises: ['172.16.0.0/12'],
      });
      const pool = cluster.addBurstNodes(
        change.text('id', 'spareones'),
        change.props({
          cloud,
          instanceTypes: ['c5n.18xlarge'],
          max: 8,
          image: '/hpc/images/compute',
          key: SecretRef.secretsManager(change.text('key', 'hpc/munge-key')),
          purchase: Purchase.spotThenOnDemand(),
          idle: Duration.minutes(20),
          boot: Duration.minutes(10),
          shutdown: Duration.minutes(3),
          zones: ['eu-central-1a'],
          placement: true,
          efa: true,
          multithreading: false,
          disk: Size.gib(100),
          diskDevice: '/dev/xvda',
          prefix: 'cloudnode',
          features: ['skylake'],
          weight: 500,
        }),
      );
      cluster.addPartition('cloud', { nodes: [pool] });
      return pool;
    },
  ],
};
