import type { Construct } from 'constructs';
import { defaulted, type Fields, optional, required } from '../app/field';
import { type FaultReport, Noun, siteFactsAt } from '../app/noun';
import { boolean, duration, integer, line, matching, oneOf, size } from '../values/codecs';
import { list, map } from '../values/collections';
import { closest } from '../values/closest';
import { Duration } from '../values/duration';
import { Hostlist } from '../values/hostlist';
import { byCodeUnit } from '../values/json';
import type { Size } from '../values/size';
import { databaseOf } from './accounting/database';
import { cpusOf } from './node-type';
import { clusterOf, type INodes, nodes } from './nodes';
import { checkOwnOptions } from './slurm/check-own-options';
import { keptOn, powerTimers } from './power-saving';
import { unknownPartition } from './slurm/unknown-partition';
import { SLURM, type SlurmContribution } from './slurm/contribution';
import type { SlurmVersion } from './slurm-version';
import { allowed, denied, limit, limitsOf, PARTITION_GONE, reconfigure, unnoticed } from './slurm/effects';
import { slurmKeys } from './slurm/key-effects';

/** A queue of the cluster: nodes with limits and rights (slurm.conf(5), PARTITION CONFIGURATION). */
export interface PartitionProps {
  /** The nodes that it holds. */
  readonly nodes: readonly INodes[];
  /** Longest time of a job. @default Duration.UNLIMITED */
  readonly maxTime?: Duration;
  /** Time of a job that asks for none. @default - the longest time */
  readonly defaultTime?: Duration;
  /** Whether jobs that name no partition go here. @default false */
  readonly default?: boolean;
  /** Most nodes of one job. @default - all */
  readonly maxNodes?: number;
  /** Memory per allocated CPU of a job that asks for none. @default - the cluster's */
  readonly defaultMemoryPerCpu?: Size;
  /** Most memory per allocated CPU; a job that asks for more is given more CPUs. @default - no limit */
  readonly maxMemoryPerCpu?: Size;
  /** Whether a job gets whole nodes. @default false */
  readonly exclusive?: boolean;
  /** Jobs of a higher tier are placed first, and can preempt where preemption is on. @default 1 */
  readonly priorityTier?: number;
  /** Accounts that may use it. @default - all */
  readonly allowAccounts?: readonly string[];
  /** Accounts that may not. @default - none */
  readonly denyAccounts?: readonly string[];
  /** QOS that may be used in it. @default - all */
  readonly allowQos?: readonly string[];
  /** A QOS whose limits hold for the partition as a whole. @default - none */
  readonly qos?: string;
  /** Unix groups whose members may use it. @default - all */
  readonly allowGroups?: readonly string[];
  /** Whether sinfo hides it from those who may not use it. @default false */
  readonly hidden?: boolean;
  /** Whether it takes jobs: `UP`, or `DRAIN`, `DOWN`, `INACTIVE`. @default UP */
  readonly state?: 'UP' | 'DRAIN' | 'DOWN' | 'INACTIVE';
  /** Further keys of the PartitionName line, checked against the declared Slurm version. @default {} */
  readonly options?: Readonly<Record<string, string>>;
}

/** A name of an account, a QOS or a group. */
export const entity = (what: string) =>
  matching({ what, pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]*$/, allowed: 'letters, digits, dots, "_" and "-"', max: 40 });

/** A key of a file of the slurm.conf family. */
export const slurmKey = matching({
  what: 'a key of slurm.conf',
  pattern: /^[A-Za-z][A-Za-z0-9_]*$/,
  allowed: 'letters and digits',
});

const fields = {
  nodes: required(list(nodes, { item: 'node pool' }), {
    section: 'capacity',
    effects: {
      increased: unnoticed('the partition has more nodes'),
      any: reconfigure('jobs of the partition start on the nodes that it has left', {
        running: 'running jobs continue, also on nodes that leave the partition',
        pending: 'pending jobs that ask for more nodes than are left, or for one that leaves, never start',
      }),
    },
  }),
  maxTime: defaulted(duration, Duration.UNLIMITED, { section: 'contract', effects: limit('MaxTime') }),
  defaultTime: optional(duration, {
    section: 'contract',
    effects: { any: reconfigure('it holds for new jobs that ask for no time') },
  }),
  default: defaulted(boolean, false, {
    section: 'contract',
    effects: { any: reconfigure('new jobs that name no partition go elsewhere') },
  }),
  maxNodes: optional(integer(1), { section: 'contract', effects: limit('MaxNodes') }),
  defaultMemoryPerCpu: optional(size, {
    section: 'contract',
    effects: { any: reconfigure('it holds for new jobs that ask for no memory') },
  }),
  maxMemoryPerCpu: optional(size, { section: 'contract', effects: limit('MaxMemPerCPU') }),
  exclusive: defaulted(boolean, false, {
    section: 'contract',
    effects: {
      any: reconfigure(
        'yes: jobs that start from now on get whole nodes, and are charged for all of their CPUs; no: jobs share nodes',
      ),
    },
  }),
  priorityTier: defaulted(integer(0, 65533), 1, {
    section: 'other',
    effects: { any: reconfigure('it changes the order in which jobs are placed') },
  }),
  allowAccounts: optional(list(entity('an account')), {
    section: 'contract',
    effects: allowed('accounts', 'of other accounts'),
  }),
  denyAccounts: optional(list(entity('an account')), {
    section: 'contract',
    effects: denied('accounts', 'of these accounts'),
  }),
  allowQos: optional(list(entity('a QOS')), {
    section: 'contract',
    effects: allowed('QOS', 'of another QOS'),
  }),
  qos: optional(entity('a QOS'), { section: 'contract', effects: limitsOf('the QOS of the partition') }),
  allowGroups: optional(list(entity('a Unix group')), {
    section: 'contract',
    effects: allowed('Unix groups', 'of users in none of them'),
  }),
  hidden: defaulted(boolean, false, { section: 'other', effects: { any: reconfigure('it changes what sinfo shows') } }),
  state: defaulted(oneOf(['UP', 'DRAIN', 'DOWN', 'INACTIVE']), 'UP', {
    section: 'contract',
    effects: {
      any: reconfigure('UP takes jobs and starts them; DRAIN takes none, DOWN starts none, INACTIVE does neither', {
        running: 'running jobs continue',
        pending: 'pending jobs still start in DRAIN, and wait in DOWN and INACTIVE',
      }),
    },
  }),
  options: defaulted(
    map(line, slurmKey),
    {},
    {
      section: 'other',
      effects: { any: reconfigure('keys of PartitionName are read by scontrol reconfigure') },
      keys: slurmKeys('slurm.conf', 'partition'),
    },
  ),
} as const satisfies Fields<PartitionProps>;

/** A queue of a cluster. Its id is its name. */
export class Partition extends Noun<typeof fields> {
  static readonly kind = 'Partition';
  static readonly docs = 'compute/partition';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'contract' as const,
    added: { any: unnoticed('a new partition') },
    removed: PARTITION_GONE,
  };

  constructor(scope: Construct, id: string, props: PartitionProps) {
    super(scope, id, Partition, props);
  }

  override check(report: FaultReport<typeof fields>): void {
    const {
      nodes: pools,
      maxTime,
      defaultTime,
      maxNodes,
      defaultMemoryPerCpu,
      allowAccounts,
      denyAccounts,
    } = this.values;
    if (/^default$/i.test(this.node.id)) {
      report({
        code: 'HPC4110',
        message: "'DEFAULT' sets defaults in slurm.conf, it names no partition",
        fix: 'use another name',
      });
    }
    for (const [index, pool] of pools.entries()) {
      if (clusterOf(pool) === clusterOf(this)) continue;
      const message = `'${pool.node.path}' belongs to another cluster than the partition`;
      report({ code: 'HPC4111', message }, 'nodes', `[${index}]`);
    }
    if (pools.length === 0) {
      const message = `the partition '${this.node.id}' has no nodes: no job can start in it`;
      report({ code: 'HPC4117', message, fix: 'name its pools', severity: 'warning' }, 'nodes');
    }
    if (defaultTime && Duration.compare(defaultTime, maxTime) > 0) {
      report(
        { code: 'HPC4112', message: `the default time of ${defaultTime} is longer than the longest, ${maxTime}` },
        'defaultTime',
      );
    }
    const total = pools.reduce((sum, pool) => sum + pool.hosts.count, 0);
    if (maxNodes !== undefined && total > 0 && maxNodes > total) {
      const message = `jobs of ${maxNodes} nodes are allowed, the partition has ${total}`;
      report({ code: 'HPC4113', message, severity: 'warning' }, 'maxNodes');
    }
    for (const pool of pools) this.checkMemory(pool, defaultMemoryPerCpu, report);
    if (pools.some(({ power }) => power) && pools.some(({ power }) => !power)) {
      const message = 'the partition has nodes on the floor and nodes in a cloud: a job may get some of both';
      const fix = 'make a partition for the burst pool alone';
      report({ code: 'HPC4203', message, fix, severity: 'warning' }, 'nodes');
    }
    this.checkNames(report);
    this.checkOptions(report);
    if (allowAccounts && denyAccounts) {
      const message = 'with allowAccounts, Slurm ignores denyAccounts (slurm.conf(5), DenyAccounts)';
      report({ code: 'HPC4115', message, fix: 'keep one of the two' }, 'denyAccounts');
    }
  }

  private checkOptions(report: FaultReport<typeof fields>): void {
    const { slurm } = siteFactsAt(this);
    const record = ['PartitionName', this.node.id] as const;
    if (slurm) checkOwnOptions('slurm.conf', this.values.options, { slurm: slurm as SlurmVersion, record }, report);
    const cluster = clusterOf(this);
    for (const [key, name] of Object.entries(this.values.options)) {
      const problem = key.toLowerCase() === 'alternate' && cluster && unknownPartition(cluster, name);
      if (problem) report(problem, 'options', `.${key}`);
    }
  }

  /** Slurm takes any name here; a misspelt one locks everybody out. */
  private checkNames(report: FaultReport<typeof fields>): void {
    const names = databaseOf(this)?.names?.();
    if (!names) return;
    const { allowAccounts = [], denyAccounts = [], allowQos = [], qos } = this.values;
    const check = (
      field: 'allowAccounts' | 'denyAccounts' | 'allowQos' | 'qos',
      words: readonly string[],
      known: readonly string[],
    ) => {
      for (const [index, word] of words.entries()) {
        if (known.includes(word)) continue;
        const near = closest(word, known);
        const what = known === names.qos ? 'QOS' : 'account';
        const problem = {
          code: 'HPC4116',
          message: `the database has no ${what} '${word}'`,
          ...(near && { fix: `did you mean '${near}'?` }),
        };
        report(problem, field, field === 'qos' ? '' : `[${index}]`);
      }
    };
    check('allowAccounts', allowAccounts, names.accounts);
    check('denyAccounts', denyAccounts, names.accounts);
    check('allowQos', allowQos, names.qos);
    check('qos', qos ? [qos] : [], names.qos);
  }

  private checkMemory(pool: INodes, perCpu: Size | undefined, report: FaultReport<typeof fields>): void {
    const cpus = cpusOf(pool.shape);
    if (!perCpu || perCpu.mib * cpus <= pool.shape.memory.mib) return;
    const message = `${perCpu} for each of ${cpus} CPUs is more than the ${pool.shape.memory} that a node of '${pool.node.id}' has`;
    const fix = `at most ${Math.floor(pool.shape.memory.mib / cpus)}MiB fit`;
    report({ code: 'HPC4114', message, fix }, 'defaultMemoryPerCpu');
  }

  [SLURM](): SlurmContribution {
    const v = this.values;
    // the order has no meaning, so that it changes no byte
    const words = (list?: readonly string[]) => (list?.length ? [...list].sort(byCodeUnit).join(',') : undefined);
    return {
      options: keptOn(v.nodes),
      partitions: [
        [
          ['PartitionName', this.node.id],
          ['Nodes', v.nodes.length > 0 ? Hostlist.union(v.nodes.map((pool) => pool.hosts)) : undefined],
          ['Default', v.default ? 'YES' : undefined],
          ['State', v.state],
          ['MaxTime', v.maxTime.slurm()],
          ['DefaultTime', v.defaultTime?.slurm()],
          ['MaxNodes', v.maxNodes],
          ['DefMemPerCPU', v.defaultMemoryPerCpu?.mib],
          ['MaxMemPerCPU', v.maxMemoryPerCpu?.mib],
          ['OverSubscribe', v.exclusive ? 'EXCLUSIVE' : undefined],
          ['PriorityTier', v.priorityTier === 1 ? undefined : v.priorityTier],
          ['AllowAccounts', words(v.allowAccounts)],
          ['DenyAccounts', words(v.denyAccounts)],
          ['AllowQos', words(v.allowQos)],
          ['QOS', v.qos],
          ['AllowGroups', words(v.allowGroups)],
          ['Hidden', v.hidden ? 'YES' : undefined],
          ...powerTimers(v.nodes),
          ...Object.entries(v.options),
        ],
      ],
    };
  }
}
