import type { Construct, IConstruct } from 'constructs';
import type { Effect, SiteFacts } from '../app/effect';
import { NO_EFFECT } from '../app/effects';
import { defaulted, type Fields, optional, required } from '../app/field';
import { type Contribution, HOST_FACTS, type HostGroup } from '../app/host-fact';
import { type FaultReport, Noun } from '../app/noun';
import { FOLDER, OWNERSHIP } from '../documents/document';
import type { IModuleTree } from '../software/module-tree-interface';
import { absolutePath, boolean, hostlist, line, oneOf } from '../values/codecs';
import { list, map } from '../values/collections';
import type { Hostlist } from '../values/hostlist';
import { database, isDatabase, type ISlurmDatabase } from './accounting/database';
import { MOUNT_GROUPS } from '../storage/mount-target';
import { BurstPool, type BurstPoolProps } from './burst-pool';
import { NodePool, type NodePoolProps } from './node-pool';
import { type INodes, isNodes } from './nodes';
import { Partition, type PartitionProps, slurmKey } from './partition';
import { powerSaving, type PowerSavingProps } from './power-saving';
import { type ModulesProps, ProvidedModules } from './provided-modules';
import { checkCluster } from './slurm/check-cluster';
import { addClusterDocuments } from './slurm/cluster-documents';
import { CONTROLLER_MOVED, QUEUE_MOVED, reconfigure, restartAll, restartController, UPGRADE } from './slurm/effects';
import { priorityWeights, type PriorityWeights } from './slurm/priority';
import { clusterGroups, hostFacts } from './slurm/host-facts';
import { slurmKeys } from './slurm/key-effects';
import { ownership, packages } from './slurm/host-fields';
import { SlurmFiles } from './slurm/slurm-files';
import { type SwitchProps, switches } from './slurm/topology';
import { SlurmVersion, slurmVersion } from './slurm-version';

const ENFORCEMENTS = ['associations', 'limits', 'nojobs', 'nosteps', 'qos', 'safe', 'wckeys'] as const;
/** What slurmctld refuses by the records of the database (slurm.conf(5), AccountingStorageEnforce). */
export type Enforcement = (typeof ENFORCEMENTS)[number];

const PRIVATE = [
  'accounts',
  'cloud',
  'events',
  'jobs',
  'nodes',
  'partitions',
  'reservations',
  'usage',
  'users',
] as const;
/** What is hidden from other users (slurm.conf(5), PrivateData). */
export type PrivateData = (typeof PRIVATE)[number];

/** A Slurm cluster. */
export interface SlurmClusterProps {
  /** The Slurm release that runs on it; options that it rejects or ignores are refused. */
  readonly slurm: SlurmVersion;
  /** Host of slurmctld. */
  readonly controller: string | Hostlist;
  /** Host of the slurmctld that takes over when the first one fails. @default - none */
  readonly backupController?: string | Hostlist;
  /** Hosts that users log in to. @default - none */
  readonly login?: string | Hostlist;
  /** The accounting database. @default - no accounting */
  readonly database?: ISlurmDatabase;
  /** What slurmctld refuses by the records of the database. @default - `associations`, `limits` and `qos` with a database */
  readonly enforce?: readonly Enforcement[];
  /** What counts in the priority of a job. @default - nothing, as in Slurm: what was submitted first is placed first */
  readonly priorityWeights?: PriorityWeights;
  /** The switches of the fabric, leaves and what joins them. @default - no topology */
  readonly topology?: readonly SwitchProps[];
  /** The programs that start and end nodes; burst pools need them. @default - none: every node stays on */
  readonly powerSaving?: PowerSavingProps;
  /** Whether nodes fetch the files from slurmctld instead of having a copy. @default true */
  readonly configless?: boolean;
  /** What is hidden from other users; `cloud` shows powered-down nodes. @default [] */
  readonly privateData?: readonly PrivateData[];
  /** Where slurmctld keeps the queue; on a shared disk when there is a backup. @default /var/spool/slurmctld */
  readonly stateSaveLocation?: string;
  /** What slurmctld does with a job beyond the limits of its partition. @default ALL */
  readonly enforcePartLimits?: 'ALL' | 'ANY' | 'NO';
  /** Further global keys of slurm.conf, checked against the declared version. @default {} */
  readonly options?: Readonly<Record<string, string>>;
  /**
   * Words of list-valued keys that hpcdk does not know, such as those of a plugin of the site. Slurm says nothing of an
   * unknown word, so each one is refused unless it stands here.
   * @default []
   */
  readonly acknowledgedWords?: readonly string[];
  /**
   * `owned`: hosts get what is declared. `observed`: files are compared with what stands on the hosts and never written, no
   * package is installed, no service touched, no command run.
   * @default owned
   */
  readonly ownership?: 'owned' | 'observed';
  /**
   * `distribution`: the play installs the packages of the distribution, Slurm and munge, and makes the user slurm. `none`:
   * hosts have them already, such as a build of the site below /opt.
   * @default distribution
   */
  readonly packages?: 'distribution' | 'none';
}

const ENFORCED_LESS: Effect = {
  class: 'daemon-restart',
  reason: 'slurmctld reads AccountingStorageEnforce at its start; nothing is refused that was accepted before',
  harmless: true,
  steps: ['restart slurmctld'],
};

const LOGIN_GONE: Effect = {
  class: 'none',
  reason: 'users log in elsewhere: a host that is no login host any more keeps the files that it has',
};

const fields = {
  slurm: required(slurmVersion, {
    section: 'disruption',
    effects: UPGRADE,
  }),
  controller: required(hostlist, {
    section: 'disruption',
    effects: CONTROLLER_MOVED,
  }),
  backupController: optional(hostlist, {
    section: 'disruption',
    effects: restartAll('every daemon reads SlurmctldHost at its start'),
  }),
  login: optional(hostlist, {
    section: 'contract',
    effects: {
      ...NO_EFFECT('the hosts get the files of a client'),
      decreased: LOGIN_GONE,
      removed: LOGIN_GONE,
      changed: LOGIN_GONE,
    },
  }),
  database: optional(database, {
    section: 'disruption',
    effects: restartController('slurmctld connects to slurmdbd at its start'),
  }),
  enforce: optional(list(oneOf(ENFORCEMENTS)), {
    section: 'contract',
    effects: {
      ...restartController(
        'slurmctld reads AccountingStorageEnforce at its start; jobs are refused that were accepted',
      ),
      decreased: ENFORCED_LESS,
    },
  }),
  priorityWeights: optional(priorityWeights, {
    section: 'other',
    effects: { any: reconfigure('the order of waiting jobs changes') },
  }),
  topology: optional(list(switches, { identity: 'name', item: 'switch' }), {
    section: 'other',
    effects: { any: reconfigure('slurmctld reads topology.conf again and places new jobs by it') },
  }),
  powerSaving: optional(powerSaving, {
    section: 'capacity',
    effects: restartController('slurmctld starts and stops power saving at its own start only'),
  }),
  configless: defaulted(boolean, true, {
    section: 'other',
    effects: restartAll('slurmd is told at its start where its files come from'),
  }),
  privateData: defaulted(list(oneOf(PRIVATE)), [], {
    section: 'security',
    effects: {
      increased: reconfigure('users see less of one another'),
      any: reconfigure('slurmctld reads PrivateData again; what is no longer named can be seen by all users'),
    },
  }),
  stateSaveLocation: defaulted(absolutePath, '/var/spool/slurmctld', {
    section: 'data',
    effects: QUEUE_MOVED,
  }),
  enforcePartLimits: defaulted(oneOf(['ALL', 'ANY', 'NO']), 'ALL', {
    section: 'contract',
    effects: {
      any: reconfigure('it decides whether jobs beyond the limits of their partition are refused', {
        pending: 'they stay in the queue; the rule is for jobs that are submitted from now on',
      }),
    },
  }),
  options: defaulted(
    map(line, slurmKey),
    {},
    {
      section: 'other',
      effects: restartAll('what a key needs is said by the option table, a restart of all daemons at the worst'),
      keys: slurmKeys('slurm.conf'),
    },
  ),
  acknowledgedWords: defaulted(list(line, { item: 'word' }), [], {
    section: 'other',
    effects: NO_EFFECT('it silences a check'),
  }),
  ownership,
  packages,
} as const satisfies Fields<SlurmClusterProps>;

/** A Slurm cluster; its id is ClusterName. Nodes, partitions and what else it has are declared below it. */
export class SlurmCluster extends Noun<typeof fields> {
  static readonly kind = 'SlurmCluster';
  static readonly docs = 'compute/slurm-cluster';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'contract' as const,
    added: NO_EFFECT('a new cluster'),
    removed: {
      any: {
        class: 'data-loss',
        reason: 'the cluster is no longer described; its hosts keep running with what they have',
        running: 'running jobs continue unmanaged',
      },
    },
  } as const;

  /** The cluster that a construct belongs to. */
  static override of(construct: IConstruct): SlurmCluster | undefined {
    const isCluster = (x: unknown): x is SlurmCluster => Noun.isNoun(x) && x.definition.kind === SlurmCluster.kind;
    return construct.node.scopes.reverse().find(isCluster);
  }

  private readonly files: SlurmFiles;

  constructor(scope: Construct, id: string, props: SlurmClusterProps) {
    super(scope, id, SlurmCluster, props);
    if (isDatabase(this.values.database)) this.values.database.attach?.(this);
    this.files = new SlurmFiles(this);
    addClusterDocuments(this, this.files);
  }

  get [FOLDER](): string {
    return `slurm/${this.node.id}`;
  }

  get [OWNERSHIP](): 'owned' | 'observed' {
    return this.values.ownership;
  }

  override siteFacts(): SiteFacts {
    return { slurm: this.values.slurm };
  }

  /** Every pool of nodes that the cluster has. */
  get pools(): INodes[] {
    return this.node.findAll().filter(isNodes);
  }

  /** The pools whose hosts stand on the floor of the centre. */
  get floorPools(): NodePool[] {
    return this.pools.filter((pool): pool is NodePool => Noun.isNoun(pool) && pool.definition.kind === NodePool.kind);
  }

  /** The generic resources that accounting tracks: each kind, and each type of it. */
  get trackedGres(): string[] {
    const names = this.pools
      .flatMap((pool) => pool.shape.gres)
      .flatMap(({ name, type }) => (type ? [name, `${name}:${type}`] : [name]));
    return [...new Set(names)].sort().map((name) => `gres/${name}`);
  }

  /** The value of a global key as slurm.conf will have it. */
  slurmOption(key: string): string | undefined {
    const found = Object.entries(this.files.options()).find(([name]) => name.toLowerCase() === key.toLowerCase());
    return found?.[1];
  }

  /** Adds nodes of one type. */
  addNodes(id: string, props: NodePoolProps): NodePool {
    return new NodePool(this.collection('nodes'), id, props);
  }

  /** Adds nodes in a cloud, which exist only while there is work for them. */
  addBurstNodes(id: string, props: BurstPoolProps): BurstPool {
    return new BurstPool(this.collection('nodes'), id, props);
  }

  /** Adds a queue; its id is its name. */
  addPartition(id: string, props: PartitionProps): Partition {
    return new Partition(this.collection('partitions'), id, props);
  }

  /** Offers modules to users, on the compute nodes and where they log in. */
  provide(tree: IModuleTree, props: ModulesProps = {}): ProvidedModules {
    return new ProvidedModules(this.collection('modules'), this, tree, props);
  }

  override check(report: FaultReport<typeof fields>): void {
    checkCluster(this, report);
  }

  /** File systems are mounted where users log in and where jobs run. */
  [MOUNT_GROUPS](): readonly HostGroup[] {
    const { login, compute } = clusterGroups(this);
    return [login, compute].filter((group): group is HostGroup => group !== undefined && group.hosts.count > 0);
  }

  *[HOST_FACTS](): Iterable<Contribution> {
    yield* hostFacts(this);
  }
}
