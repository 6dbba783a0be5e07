import type { Manifest, ManifestConstruct } from '../../app/manifest';
import { Duration } from '../../values/duration';
import { Hostlist } from '../../values/hostlist';
import { isRecord, type Json, type JsonRecord } from '../../values/json';
import { Size } from '../../values/size';
import { lastPart } from '../words';

/** What a node offers to jobs. */
export interface Machine {
  /** Cores as they stand in its sockets, such as `2 x 32`. */
  readonly layout: string;
  readonly cpus: number;
  /** MiB */
  readonly memory: number;
  readonly gres: readonly { readonly name: string; readonly type?: string; readonly count: number }[];
}

/** Nodes of one kind. */
export interface Pool {
  readonly path: string;
  readonly hosts: Hostlist;
  /** @default - a manifest does not say it: nodes in a cloud, nodes of a package of others */
  readonly machine?: Machine;
  /** @default - as for `machine` */
  readonly features?: ReadonlySet<string>;
}

/** A partition with what limits the jobs in it. */
export interface Queue {
  readonly path: string;
  readonly name: string;
  readonly pools: readonly Pool[];
  readonly isDefault: boolean;
  /** Seconds; Infinity for none. */
  readonly maxTime: number;
  readonly maxNodes: number;
  readonly state: string;
  readonly allowAccounts?: ReadonlySet<string>;
  readonly denyAccounts: ReadonlySet<string>;
  readonly allowQos?: ReadonlySet<string>;
}

/** A QOS or an account with what limits its jobs. */
export interface Limits {
  readonly path: string;
  readonly name: string;
  /** Seconds; Infinity for none. */
  readonly maxWall: number;
  readonly maxTres: Readonly<Record<string, Json>>;
  /** Whether a job beyond them is refused instead of waiting (the flag DenyOnLimit of a QOS). */
  readonly denies: boolean;
}

/** An account; its users and QOS are those that the definition names. */
export interface AccountLimits extends Limits {
  readonly parent?: string;
  readonly users: ReadonlySet<string>;
  readonly qos?: ReadonlySet<string>;
}

/** A cluster as its manifest describes it. */
export interface Cluster {
  readonly path: string;
  readonly name: string;
  readonly values: ManifestConstruct['values'];
  readonly pools: ReadonlyMap<string, Pool>;
  /** By name. */
  readonly partitions: ReadonlyMap<string, Queue>;
  /** What slurmctld does with a job beyond the limits of its partition: `ALL`, `ANY`, `NO`. */
  readonly enforcePartLimits: string;
  /** What slurmctld refuses by the records of the database. */
  readonly enforces: ReadonlySet<string>;
  /** By name; undefined when there is no database, or it is not in the manifest. Read when asked for: a centre has thousands. */
  readonly qos: ReadonlyMap<string, Limits> | undefined;
  readonly accounts: ReadonlyMap<string, AccountLimits> | undefined;
}

/** The clusters of a manifest by their path. */
export function clustersOf(manifest: Manifest): ReadonlyMap<string, Cluster> {
  const kinds = new Kinds(manifest);
  return new Map(
    kinds.of('SlurmCluster').map(([path, { values }]) => [path, readCluster(path, values, kinds, manifest)]),
  );
}

/** Clusters by the name that jobs know them by, which is in lower case. Sites may use a name twice: the last one counts. */
export const byClusterName = (clusters: ReadonlyMap<string, Cluster>): ReadonlyMap<string, Cluster> =>
  new Map([...clusters.values()].map((cluster) => [cluster.name.toLowerCase(), cluster]));

type Placed = readonly [path: string, construct: ManifestConstruct];

/** The constructs of a manifest by their kind: one look at all of them, however many clusters ask. */
class Kinds {
  private readonly byKind = new Map<string, Placed[]>();

  constructor({ tables, constructs }: Manifest) {
    for (const placed of Object.entries(constructs)) {
      const kind = tables[placed[1].table]?.kind ?? placed[1].table;
      const alike = this.byKind.get(kind);
      if (alike) alike.push(placed);
      else this.byKind.set(kind, [placed]);
    }
  }

  /** The constructs of a kind, below a path when one is given. */
  of(kind: string, below = ''): readonly Placed[] {
    const all = this.byKind.get(kind) ?? [];
    return below === '' ? all : all.filter(([path]) => path.startsWith(`${below}/`));
  }
}

type Values = ManifestConstruct['values'];

function readCluster(path: string, values: Values, kinds: Kinds, manifest: Manifest): Cluster {
  const pools = new Map<string, Pool>();
  const partitions = new Map<string, Queue>();
  for (const kind of ['NodePool', 'BurstPool']) {
    for (const [at, pool] of kinds.of(kind, path)) {
      pools.set(at, kind === 'NodePool' ? readPool(at, pool.values) : burstPool(at, pool.values, path));
    }
  }
  for (const [at, partition] of kinds.of('Partition', path)) {
    partitions.set(lastPart(at), readQueue(at, partition.values, pools));
  }
  const database = text(values.database);
  const known = database !== '' && Object.hasOwn(manifest.constructs, database);
  let qos: Cluster['qos'];
  let accounts: Cluster['accounts'];
  return {
    path,
    name: lastPart(path),
    values,
    pools,
    partitions,
    enforcePartLimits: text(values.enforcePartLimits) || 'NO',
    enforces: new Set(words(values.enforce) ?? (database ? ['associations', 'limits', 'qos'] : [])),
    get qos() {
      if (known) qos ??= byName(kinds.of('Qos', database).map(([at, one]) => limits(at, one.values)));
      return qos;
    },
    get accounts() {
      if (known) accounts ??= byName(kinds.of('Account', database).map(([at, one]) => account(at, one.values)));
      return accounts;
    },
  };
}

const byName = <T extends Limits>(list: readonly T[]): ReadonlyMap<string, T> =>
  new Map(list.map((one) => [one.name, one]));

const hostsOf = (value: Json | undefined): Hostlist =>
  value === undefined ? Hostlist.EMPTY : Hostlist.parse(text(value));

function readPool(path: string, values: Values): Pool {
  const type = record(values.type);
  const threads = number(type.threads) ?? 1;
  const cores = (number(type.sockets) ?? 1) * (number(type.cores) ?? 1) - (number(values.systemCores) ?? 0);
  const gres = Array.isArray(type.gres) ? type.gres.map((one: Json) => record(one)) : [];
  const machine = {
    layout: `${number(type.sockets) ?? 1} x ${number(type.cores) ?? 1}`,
    cpus: cores * threads,
    memory: mib(type.memory) - mib(values.systemMemory),
    gres: gres.map(({ name, type: kind, count }) => ({
      name: text(name),
      ...(kind !== undefined && { type: text(kind) }),
      count: number(count) ?? 0,
    })),
  };
  return {
    path,
    hosts: hostsOf(values.hosts),
    features: new Set(words(values.features) ?? []),
    ...(values.type !== undefined && { machine }),
  };
}

/** Nodes in a cloud: their names follow from the pool (see BurstPool), what they have only from the cloud. */
export function burstPool(path: string, values: Values, cluster: string): Pool {
  const full = `${lastPart(cluster)}-${lastPart(path)}`.toLowerCase().replace(/[^a-z0-9-]/g, '-');
  const prefix = text(values.prefix) || full;
  const max = number(values.max) ?? 0;
  return { path, hosts: Hostlist.parse(max === 1 ? `${prefix}-0` : max > 1 ? `${prefix}-[0-${max - 1}]` : '') };
}

function readQueue(path: string, values: Values, pools: ReadonlyMap<string, Pool>): Queue {
  const [allowAccounts, allowQos] = [words(values.allowAccounts), words(values.allowQos)];
  return {
    path,
    name: lastPart(path),
    pools: (words(values.nodes) ?? []).flatMap((at) => pools.get(at) ?? []),
    isDefault: values.default === true,
    maxTime: seconds(values.maxTime),
    maxNodes: number(values.maxNodes) ?? Infinity,
    state: text(values.state) || 'UP',
    ...(allowAccounts && allowAccounts.length > 0 && { allowAccounts: new Set(allowAccounts) }),
    denyAccounts: new Set(words(values.denyAccounts) ?? []),
    ...(allowQos && allowQos.length > 0 && { allowQos: new Set(allowQos) }),
  };
}

const limits = (path: string, values: Values): Limits => ({
  path,
  name: lastPart(path),
  maxWall: seconds(values.maxWall),
  maxTres: record(values.maxTresPerJob),
  denies: (words(values.flags) ?? []).includes('DenyOnLimit'),
});

function account(path: string, values: Values): AccountLimits {
  const [parent, qos] = [text(values.parent), words(values.qos)];
  return {
    ...limits(path, values),
    ...(parent !== '' && { parent: lastPart(parent) }),
    users: new Set(words(values.users) ?? []),
    ...(qos && { qos: new Set(qos.map(lastPart)) }),
  };
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const number = (value: Json | undefined): number | undefined => (typeof value === 'number' ? value : undefined);

const words = (value: Json | undefined): string[] | undefined =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : undefined;

const record = (value: Json | undefined): JsonRecord => (isRecord(value) ? value : {});

const mib = (value: Json | undefined): number => (typeof value === 'string' ? Size.parse(value).bytes / 2 ** 20 : 0);

const seconds = (value: Json | undefined): number =>
  typeof value === 'string' ? Duration.parse(value).seconds : Infinity;
