import type { Construct } from 'constructs';
import { Site } from '../app/site';
import { defaulted, type Fields, optional, required } from '../app/field';
import type { HostGroup } from '../app/host-fact';
import { type FaultReport, Noun } from '../app/noun';
import { MOUNT_GROUPS } from '../storage/mount-target';
import { boolean, duration, integer, matching, secret, size } from '../values/codecs';
import { list } from '../values/collections';
import { Duration } from '../values/duration';
import { Hostlist } from '../values/hostlist';
import type { SecretRef } from '../values/secret-ref';
import { Size } from '../values/size';
import { burstCloud, type IBurstCloud, isBurstCloud } from './burst-cloud';
import { feature } from './node-pool';
import type { NodeShape } from './node-type';
import { checkHosts, type INodes, markAsNodes } from './nodes';
import { powerOptions, type PowerTimers } from './power-saving';
import { Purchase, purchase } from './purchase';
import type { SlurmCluster } from './slurm-cluster';
import { SLURM, type SlurmContribution } from './slurm/contribution';
import { FEATURES, NODE_SET, CLOUD_SHAPE, NODES_ADDED, reconfigure } from './slurm/effects';
import { nodeRecords } from './slurm/node-records';

/** Nodes in a cloud that exist only while there is work for them. */
export interface BurstPoolProps {
  /** The cloud that they stand in. */
  readonly cloud: IBurstCloud;
  /** Types of machines, the preferred one first; jobs are promised the least that any of them has. */
  readonly instanceTypes: readonly string[];
  /** Most nodes at a time. */
  readonly max: number;
  /** The image that they boot: its id (`ami-...`), or the SSM parameter that holds it. slurmd and munge are installed in it. */
  readonly image: string;
  /** The key of munge or of auth/slurm, in base64, where nodes fetch it when they start. */
  readonly key: SecretRef;
  /** How they are bought. @default Purchase.onDemand() */
  readonly purchase?: Purchase;
  /** How long a node is kept without work. @default Duration.minutes(10) */
  readonly idle?: Duration;
  /** How long a node may take to start. @default Duration.minutes(15) */
  readonly boot?: Duration;
  /** How long a node may take to go. @default Duration.minutes(2) */
  readonly shutdown?: Duration;
  /** Names of the zones that they may stand in. @default - all of the cloud; the first one for a placement group or EFA */
  readonly zones?: readonly string[];
  /** Whether they stand next to one another, in a placement group. @default false */
  readonly placement?: boolean;
  /** Whether they have the fast fabric of the cloud (EFA), on as many interfaces as all the types have. @default false */
  readonly efa?: boolean;
  /** Whether cores run two threads where the types do. @default true */
  readonly multithreading?: boolean;
  /** Size of the disk that they boot from. @default Size.gib(64) */
  readonly disk?: Size;
  /** The device of that disk in the image: /dev/sda1 or /dev/xvda. @default /dev/sda1 */
  readonly diskDevice?: string;
  /** What their names start with; a number follows. @default - cluster and pool: `hpc-burst` */
  readonly prefix?: string;
  /** Words that jobs can ask for with `--constraint`, beside `cloud`. @default [] */
  readonly features?: readonly string[];
  /** Nodes with a lower weight are given out first. @default 1000 */
  readonly weight?: number;
}

const MAX_NODES = 65_000;

const nextNode = (reason: string) =>
  ({ any: { class: 'none', reason: `nodes that start from now on ${reason}` } }) as const;

const fields = {
  cloud: required(burstCloud, { section: 'disruption', effects: NODE_SET }),
  instanceTypes: required(
    list(
      matching({
        what: 'an instance type',
        pattern: /^[a-z0-9][a-z0-9-]*\.[a-z0-9-]+$/,
        allowed: 'such as c7i.24xlarge',
      }),
      {
        ordered: true,
        item: 'instance type',
      },
    ),
    { section: 'capacity', effects: CLOUD_SHAPE },
  ),
  max: required(integer(1, MAX_NODES), { section: 'capacity', effects: NODE_SET }),
  image: required(
    matching({
      what: 'an image',
      pattern: /^(ami-[0-9a-f]{8,17}|\/[A-Za-z0-9_./-]+)$/,
      allowed:
        'the id of an image, such as ami-0123456789abcdef0, or the name of an SSM parameter, such as /hpc/images/compute',
      max: 1024,
    }),
    { section: 'software', effects: nextNode('boot the other image') },
  ),
  key: required(secret, {
    section: 'security',
    effects: {
      any: {
        class: 'rolling-drain',
        reason: 'nodes that run keep the old key and are no longer understood',
        steps: [
          'drain the cloud nodes: each is given back once its jobs have ended',
          'change the key everywhere',
          'terraform apply',
        ],
      },
    },
  }),
  purchase: defaulted(purchase, Purchase.onDemand(), {
    section: 'capacity',
    effects: {
      any: reconfigure('nodes that start from now on are bought in the other way, with or without the feature spot', {
        pending: 'pending jobs with --constraint=spot never start once no node has it',
      }),
    },
  }),
  idle: defaulted(duration, Duration.minutes(10), {
    section: 'capacity',
    effects: { any: reconfigure('slurmctld reads SuspendTime again') },
  }),
  boot: defaulted(duration, Duration.minutes(15), {
    section: 'capacity',
    effects: { any: reconfigure('slurmctld reads ResumeTimeout again') },
  }),
  shutdown: defaulted(duration, Duration.minutes(2), {
    section: 'capacity',
    effects: { any: reconfigure('slurmctld reads SuspendTimeout again') },
  }),
  zones: optional(
    list(matching({ what: 'a zone', pattern: /^[a-z0-9-]+$/, allowed: 'such as eu-central-1a' }), {
      min: 1,
      item: 'zone',
    }),
    {
      section: 'capacity',
      effects: nextNode('stand in the other zones'),
    },
  ),
  placement: defaulted(boolean, false, {
    section: 'capacity',
    effects: nextNode('stand closer together, or no longer'),
  }),
  efa: defaulted(boolean, false, { section: 'capacity', effects: nextNode('have the other network') }),
  multithreading: defaulted(boolean, true, { section: 'capacity', effects: CLOUD_SHAPE }),
  disk: defaulted(size, Size.gib(64), { section: 'capacity', effects: nextNode('have the other disk') }),
  diskDevice: defaulted(
    matching({ what: 'a device', pattern: /^\/dev\/[a-z0-9]+$/, allowed: 'such as /dev/sda1 or /dev/xvda' }),
    '/dev/sda1',
    { section: 'other', effects: nextNode('have the disk at the other device') },
  ),
  prefix: optional(
    matching({
      what: 'a prefix of host names',
      pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
      allowed: 'lower-case letters, digits and "-", starting with a letter',
    }),
    { section: 'capacity', effects: NODE_SET },
  ),
  features: defaulted(list(feature, { item: 'feature', ordered: true }), [], {
    section: 'contract',
    effects: FEATURES,
  }),
  weight: defaulted(integer(0, 4294967280), 1000, {
    section: 'other',
    effects: { any: reconfigure('it changes which nodes new jobs get first') },
  }),
} as const satisfies Fields<BurstPoolProps>;

const NO_SHAPE: NodeShape = { sockets: 1, cores: 1, threads: 1, memory: Size.gib(1), gres: [] };

/** Nodes of a cluster that stand in a cloud, started when jobs need them and given back when they are idle. */
export class BurstPool extends Noun<typeof fields> implements INodes {
  static readonly kind = 'BurstPool';
  static readonly docs = 'compute/burst-pool';
  static readonly fields = fields;
  static readonly lifecycle = { section: 'capacity' as const, added: NODES_ADDED, removed: NODE_SET };

  /** Says whether `x` is a burst pool, of this copy of the library or of another. */
  static isBurstPool(x: unknown): x is BurstPool {
    return Noun.isNoun(x) && x.definition.kind === BurstPool.kind;
  }

  constructor(scope: Construct, id: string, props: BurstPoolProps) {
    super(scope, id, BurstPool, props);
    markAsNodes(this);
    if (isBurstCloud(this.values.cloud)) this.values.cloud.attach(this);
  }

  /** The cluster that the nodes belong to. */
  get cluster(): SlurmCluster {
    const nouns = this.node.scopes.filter(Noun.isNoun);
    return nouns.find((noun) => noun.definition.kind === 'SlurmCluster') as unknown as SlurmCluster;
  }

  /** What the pool is called outside of its cluster: `hpc-burst`. */
  get fullName(): string {
    return `${this.cluster.node.id}-${this.node.id}`;
  }

  get prefix(): string {
    return this.values.prefix ?? this.fullName.toLowerCase().replace(/[^a-z0-9-]/g, '-');
  }

  get hosts(): Hostlist {
    const { max } = this.values;
    return Hostlist.parse(max === 1 ? `${this.prefix}-0` : `${this.prefix}-[0-${max - 1}]`);
  }

  get shape(): NodeShape {
    const { cloud } = this.values;
    return (isBurstCloud(cloud) && cloud.shapeOf(this)) || NO_SHAPE;
  }

  get power(): PowerTimers {
    const { idle, boot, shutdown } = this.values;
    return { idle, boot, shutdown };
  }

  /** Whether nodes speak to slurmctld with auth/slurm instead of munge. */
  get usesSlurmKey(): boolean {
    return this.cluster.values.options.AuthType === 'auth/slurm';
  }

  /** The hosts of slurmctld as a node in the cloud looks them up. */
  get controllers(): readonly string[] {
    const { controller, backupController } = this.cluster.values;
    const domain = Site.of(this)?.values.domain;
    return [controller, backupController]
      .flatMap((hosts) => (hosts ? [hosts.toString()] : []))
      .map((host) => (host.includes('.') || !domain ? host : `${host}.${domain}`));
  }

  /** Nothing for Ansible: the nodes mount when they start. */
  [MOUNT_GROUPS](): readonly HostGroup[] {
    return [];
  }

  override check(report: FaultReport<typeof fields>, alike: readonly BurstPool[]): void {
    const { cluster } = this;
    const { key, max, cloud } = this.values;
    if (!cluster.values.powerSaving) {
      report({
        code: 'HPC4200',
        message: `'${cluster.node.path}' has no programs that start and end nodes`,
        fix: 'state powerSaving at the cluster',
      });
    }
    if (!cluster.values.configless) {
      report({
        code: 'HPC4202',
        message: `the nodes of '${cluster.node.path}' have files of their own; nodes in a cloud fetch theirs`,
      });
    }
    const last = `${this.prefix}-${max - 1}`;
    if (last.length > 63) {
      const message = `'${last}' has ${last.length} characters, a host name has at most 63`;
      report({ code: 'HPC4201', message, fix: 'give the pool a shorter prefix' }, 'prefix');
    }
    if (key.store !== 'aws-secrets-manager' && key.store !== 'aws-ssm') {
      report({ code: 'HPC4204', message: `'${key}' is out of reach for a node in a cloud` }, 'key');
    }
    const partitions = cluster.node
      .findAll()
      .filter((x): x is Noun => Noun.isNoun(x) && x.definition.kind === 'Partition');
    if (
      !partitions.some((partition) =>
        (partition.values as unknown as { nodes: readonly INodes[] }).nodes.includes(this),
      )
    ) {
      report({ code: 'HPC4205', message: `no partition holds '${this.node.id}'`, severity: 'warning' });
    }
    checkHosts(this, alike, (problem) => report(problem, 'prefix'));
    cloud.checkPool(this, report);
  }

  [SLURM](): SlurmContribution {
    const { hosts, shape } = this;
    const { features, weight, purchase: bought, efa } = this.values;
    const { powerSaving, slurm } = this.cluster.values;
    const words = ['cloud', ...(bought.usesSpot ? ['spot'] : []), ...(efa ? ['efa'] : []), ...features];
    const records = nodeRecords({ hosts, shape, features: words, weight }, [['State', 'CLOUD']]);
    return {
      ...records,
      switches: [
        [
          ['SwitchName', this.prefix],
          ['Nodes', hosts],
        ],
      ],
      options: { ...(powerSaving && powerOptions(powerSaving, slurm)), ...records.options },
    };
  }
}
