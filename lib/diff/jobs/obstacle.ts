import { Hostlist } from '../../values/hostlist';
import type { AccountLimits, Cluster, Limits, Machine, Pool, Queue } from '../slurm/cluster';
import { hasFeatures } from './features';
import type { Job } from './job';

/** Why a job cannot start or is not taken: the fields that would have to say something else. */
export interface Obstacle {
  /** Paths of the constructs that stand in the way, with the fields; no field means the construct itself. */
  readonly causes: readonly Cause[];
  /** Whether a new submission is refused; otherwise it is taken and waits for ever. */
  readonly refused: boolean;
}

/** A construct that stands in the way of a job. */
export interface Cause {
  readonly path: string;
  readonly fields: readonly string[];
}

/** What makes a node what it is, and which nodes there are. */
const SHAPE = ['type', 'systemCores', 'systemMemory', 'instanceTypes', 'multithreading'];
const NODES = ['hosts', 'max', 'prefix'];
/** What limits one job by its account or QOS. */
const LIMITS = ['maxWall', 'maxTresPerJob'];

/**
 * What keeps a job from ever starting in a cluster, in the order in which slurmctld looks; undefined when nothing of what the
 * definition says does. A job that names several partitions starts in any of them.
 */
export function obstacle(job: Job, cluster: Cluster): Obstacle | undefined {
  const rights = ofAccount(job, cluster) ?? ofQos(job, cluster);
  if (rights) return rights;
  let first: Obstacle | undefined;
  for (const name of job.partitions) {
    const queue = cluster.partitions.get(name);
    const found = queue ? ofQueue(job, queue, cluster) : { causes: [partition(name, cluster)], refused: true };
    if (!found) return undefined;
    first ??= found;
  }
  return first;
}

const partition = (name: string, { path }: Cluster): Cause => ({ path: `${path}/partitions/${name}`, fields: [] });

/** An account or a user that the definition no longer names stays in the database, so only limits and QOS are looked at. */
function ofAccount(job: Job, { accounts, enforces }: Cluster): Obstacle | undefined {
  const account = accounts?.get(job.account.toLowerCase());
  if (!accounts || !account) return undefined;
  const above = chain(account, accounts);
  const granting = above.find(({ qos }) => qos !== undefined);
  if (enforces.has('qos') && job.qos !== '' && granting?.qos && !granting.qos.has(job.qos)) {
    return { causes: [{ path: granting.path, fields: ['qos'] }], refused: true };
  }
  const limited = enforces.has('limits') ? above.find((one) => exceeds(job, one)) : undefined;
  return limited && { causes: [{ path: limited.path, fields: LIMITS }], refused: false };
}

/** An account and those above it, whose limits hold too. */
function chain(account: AccountLimits, accounts: ReadonlyMap<string, AccountLimits>): AccountLimits[] {
  const all: AccountLimits[] = [];
  for (let one: AccountLimits | undefined = account; one && !all.includes(one);) {
    all.push(one);
    one = one.parent === undefined ? undefined : accounts.get(one.parent);
  }
  return all;
}

function ofQos(job: Job, { qos, enforces }: Cluster): Obstacle | undefined {
  const limits = qos?.get(job.qos);
  if (!limits || !enforces.has('limits') || !exceeds(job, limits)) return undefined;
  return { causes: [{ path: limits.path, fields: LIMITS }], refused: limits.denies };
}

function exceeds(job: Job, { maxWall, maxTres }: Limits): boolean {
  if ((job.limit ?? 0) > maxWall) return true;
  const asked: Readonly<Record<string, number>> = { cpu: job.cpus, node: job.nodeCount };
  return Object.entries(maxTres).some(([name, most]) => {
    const amount = asked[name] ?? gresAmount(job, name);
    return typeof most === 'number' && most >= 0 && amount > most;
  });
}

function gresAmount(job: Job, tres: string): number {
  const [, name, type] = /^gres\/([^:]+)(?::(.+))?$/.exec(tres) ?? [];
  return job.gres
    .filter((one) => one.name === name && (type === undefined || one.type === type))
    .reduce((sum, { count }) => sum + count * job.nodeCount, 0);
}

function ofQueue(job: Job, queue: Queue, { enforcePartLimits }: Cluster): Obstacle | undefined {
  const at = (fields: readonly string[], refused: boolean): Obstacle => ({
    causes: [{ path: queue.path, fields }],
    refused,
  });
  const enforced = enforcePartLimits !== 'NO';
  const account = job.account.toLowerCase();
  if (account !== '' && queue.allowAccounts && !queue.allowAccounts.has(account))
    return at(['allowAccounts'], enforced);
  if (account !== '' && !queue.allowAccounts && queue.denyAccounts.has(account)) return at(['denyAccounts'], enforced);
  if (job.qos !== '' && queue.allowQos && !queue.allowQos.has(job.qos)) return at(['allowQos'], enforced);
  // DRAIN refuses new jobs and starts those that wait, DOWN takes them and starts none, INACTIVE does neither.
  if (queue.state === 'INACTIVE' || queue.state === 'DOWN') return at(['state'], queue.state === 'INACTIVE');
  if (queue.state === 'DRAIN' && job.state === 'ended') return at(['state'], true);
  if ((job.limit ?? 0) > queue.maxTime) return at(['maxTime'], enforced);
  if (job.nodeCount > queue.maxNodes) return at(['maxNodes'], enforced);
  return ofNodes(job, queue);
}

/** Tests of one node each, with the fields that decide it. */
const TESTS: readonly (readonly [fields: readonly string[], fits: (job: Job, pool: Pool) => boolean])[] = [
  [['features'], (job, { features }) => !features || hasFeatures(job.features, features)],
  [SHAPE, (job, { machine }) => !machine || hasGres(job, machine)],
  [SHAPE, (job, { machine }) => !machine || hasMemory(job, machine)],
  [SHAPE, (job, { machine }) => !machine || job.cpusPerNode <= machine.cpus],
];

/** Whether the nodes of a partition are what the job needs, and enough of them. */
function ofNodes(job: Job, queue: Queue): Obstacle | undefined {
  const missing = (fields: readonly string[], refused = true): Obstacle => ({
    causes: [{ path: queue.path, fields: ['nodes'] }, ...queue.pools.map(({ path }) => ({ path, fields }))],
    refused,
  });
  if (job.required !== '') {
    const required = Hostlist.parse(job.required);
    const here = Hostlist.union(queue.pools.map(({ hosts }) => hosts));
    if (!required.problem && !required.difference(here).isEmpty) return missing(NODES);
  }
  let fitting = queue.pools;
  for (const [fields, fits] of TESTS) {
    fitting = fitting.filter((pool) => fits(job, pool));
    if (fitting.length === 0) return missing(fields);
  }
  const nodes = fitting.reduce((sum, { hosts }) => sum + hosts.count, 0);
  if (job.nodeCount > nodes) return missing(NODES);
  const cpus = fitting.reduce((sum, { hosts, machine }) => sum + hosts.count * (machine?.cpus ?? Infinity), 0);
  return job.cpus > cpus ? missing([...NODES, ...SHAPE]) : undefined;
}

const hasMemory = ({ memoryPerNode, memoryPerCpu, cpusPerNode }: Job, { memory }: Machine): boolean =>
  (memoryPerNode ?? 0) <= memory && (memoryPerCpu ?? 0) * cpusPerNode <= memory;

const hasGres = (job: Job, { gres }: Machine): boolean =>
  job.gres.every(({ name, type, count }) => {
    const same = gres.filter((one) => one.name === name && (type === undefined || one.type === type));
    return same.reduce((sum, one) => sum + one.count, 0) >= count;
  });
