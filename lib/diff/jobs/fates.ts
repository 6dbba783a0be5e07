import { Hostlist } from '../../values/hostlist';
import type { Comparison } from '../comparison';
import type { Entry } from '../model';
import { byClusterName, type Cluster, clustersOf } from '../slurm/cluster';
import type { Job } from './job';
import { type Cause, obstacle, type Obstacle } from './obstacle';
import { push } from '../../values/multimap';

/** What becomes of a job. */
export interface Fate {
  readonly job: Job;
  readonly what: 'killed' | 'stuck' | 'refused' | 'waits';
  readonly causes: readonly Cause[];
}

/** Decides what becomes of jobs under a change. */
export class Fates {
  /** Jobs of clusters that are not in the manifests, by cluster. */
  readonly foreign = new Map<string, number>();
  private readonly before: ReadonlyMap<string, Cluster>;
  private readonly after: ReadonlyMap<string, Cluster>;
  private readonly lost = new Map<string, Cause>();
  private readonly gone = new Map<string, readonly (readonly [Hostlist, Cause])[]>();
  private readonly overlaps = new Map<string, readonly Cause[]>();
  private readonly known = new Map<string, Obstacle | undefined>();
  private readonly byPath = new Map<string, Entry[]>();

  constructor({ before, after }: Comparison, entries: readonly Entry[]) {
    this.before = byClusterName(clustersOf(before.manifest));
    this.after = byClusterName(clustersOf(after.manifest));
    for (const entry of entries) {
      for (const path of pathsOf(entry)) push(this.byPath, path, entry);
    }
    for (const [name, cluster] of this.before) this.compare(name, cluster);
  }

  /** What becomes of a job that runs or waits. */
  ofQueued(job: Job): Fate | undefined {
    const name = this.clusterOf(job);
    if (name === undefined) return undefined;
    const lost = this.lost.get(name);
    const running = job.state === 'running';
    if (lost) return { job, what: running ? 'killed' : 'stuck', causes: [lost] };
    if (!running) {
      const causes = this.newObstacle(job, name)?.causes;
      return causes && { job, what: 'stuck', causes };
    }
    const causes = [...this.partitionGone(job, name), ...this.nodesGone(job, name)];
    return causes.length > 0 ? { job, what: 'killed', causes } : undefined;
  }

  /** What would become of a submission if it were made again; its parts are refused together. */
  ofSubmission(jobs: readonly Job[]): Fate | undefined {
    for (const job of jobs) {
      const name = this.clusterOf(job);
      const found = name === undefined ? undefined : this.newObstacle(job, name);
      if (found) return { job, what: found.refused ? 'refused' : 'waits', causes: found.causes };
    }
    return undefined;
  }

  /** The entries that a fate follows from. */
  entriesOf({ causes }: Fate): Set<Entry> {
    const found = new Set<Entry>();
    for (const { path, fields } of causes) {
      for (const entry of this.byPath.get(path) ?? []) {
        const field = entry.field?.split('.')[0];
        if (entry.action !== 'changed' || fields.includes(entry.field ?? '') || fields.includes(field ?? '')) {
          found.add(entry);
        }
      }
      // a family of constructs that came or went is one entry, at the path of the topmost
      for (const above of ancestors(path)) {
        for (const entry of this.byPath.get(above) ?? []) if (entry.action === 'removed') found.add(entry);
      }
    }
    return found;
  }

  /** The cluster of a job, when both sides have it. */
  private clusterOf({ cluster }: Job): string | undefined {
    const name = cluster.toLowerCase() || (this.before.size === 1 ? ([...this.before.keys()][0] as string) : '');
    if (this.before.has(name)) return this.after.has(name) ? name : undefined;
    this.foreign.set(cluster, (this.foreign.get(cluster) ?? 0) + 1);
    return undefined;
  }

  /** What stands in the way of a job now and did not before. Most jobs are like many others, so answers are kept. */
  private newObstacle(job: Job, name: string): Obstacle | undefined {
    const { id: _id, user: _user, nodes: _nodes, ends: _ends, tasks: _tasks, ...asked } = job;
    const key = JSON.stringify(asked);
    if (!this.known.has(key)) {
      const [was, is] = [this.before.get(name) as Cluster, this.after.get(name) as Cluster];
      const now = obstacle(job, is);
      this.known.set(
        key,
        now && !obstacle(job, was) ? { ...now, causes: [...now.causes, ...poolsGone(job, was, is)] } : undefined,
      );
    }
    return this.known.get(key);
  }

  private partitionGone({ partitions }: Job, name: string): Cause[] {
    const [before, after] = [this.before.get(name)?.partitions, this.after.get(name)?.partitions];
    return partitions.flatMap((one) => {
      const was = before?.get(one);
      return was && !after?.has(one) ? [{ path: was.path, fields: [] }] : [];
    });
  }

  private nodesGone({ nodes }: Job, name: string): readonly Cause[] {
    const gone = this.gone.get(name) ?? [];
    if (gone.length === 0 || nodes === '') return [];
    const key = `${name} ${nodes}`;
    let causes = this.overlaps.get(key);
    if (!causes) {
      const hosts = Hostlist.parse(nodes);
      causes = gone.filter(([list]) => list.overlaps(hosts)).map(([, cause]) => cause);
      this.overlaps.set(key, causes);
    }
    return causes;
  }

  private compare(name: string, was: Cluster): void {
    const is = this.after.get(name);
    if (!is) return;
    const fields = [this.queueLost(was, is)].flat();
    if (fields.length > 0) this.lost.set(name, { path: was.path, fields });
    const left = Hostlist.union([...is.pools.values()].map(({ hosts }) => hosts));
    const gone = [...was.pools.values()].map(
      ({ path, hosts }) => [hosts.difference(left), { path, fields: ['hosts', 'max', 'prefix'] }] as const,
    );
    this.gone.set(
      name,
      gone.filter(([hosts]) => !hosts.isEmpty),
    );
  }

  /** The fields whose change makes slurmctld start with an empty queue: their entries say so. */
  private queueLost(was: Cluster, is: Cluster): string[] {
    const entries = [...(this.byPath.get(is.path) ?? []), ...(this.byPath.get(was.path) ?? [])];
    const lost = entries.filter(({ action, effect }) => action === 'changed' && effect.class === 'data-loss');
    return [...new Set(lost.flatMap(({ field }) => field ?? []))];
  }
}

/** The pools that stood behind the partitions of a job and are no more. */
const poolsGone = ({ partitions }: Job, was: Cluster, is: Cluster): Cause[] =>
  partitions
    .flatMap((name) => was.partitions.get(name)?.pools ?? [])
    .flatMap(({ path }) => (is.pools.has(path) ? [] : [{ path, fields: [] }]));

/** Every path that an entry speaks of; what moved is known by its old one too. */
const pathsOf = ({ path, also = [], action, before }: Entry): string[] => [
  ...new Set([
    path,
    ...also.map((id) => /^[^# ]*/.exec(id)?.[0] ?? id),
    ...(action === 'moved' && before !== undefined ? [before] : []),
  ]),
];

function* ancestors(path: string): Iterable<string> {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) yield path.slice(0, end);
}
