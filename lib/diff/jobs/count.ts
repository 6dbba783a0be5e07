import { byCodeUnit } from '../../values/json';
import type { Comparison } from '../comparison';
import type { Entry, JobCounts, JobSummary, JobTally } from '../model';
import { count } from '../words';
import { type Fate, Fates } from './fates';
import type { Job, JobExport } from './job';
import { safeWindow, sentences, tally, tasks } from './sentences';
import { push } from '../../values/multimap';

/** What a site exported of its jobs. */
export interface Exports {
  /** What runs and waits. @default - not exported */
  readonly jobs?: JobExport;
  /** What was submitted in a span of time. @default - not exported */
  readonly history?: JobExport;
}

/** Says at each entry, and for all of them, how many jobs the change concerns. */
export function countJobs(
  entries: readonly Entry[],
  comparison: Comparison,
  exports: Exports,
): { readonly entries: readonly Entry[]; readonly jobs?: JobSummary } {
  if (!exports.jobs && !exports.history) return { entries };
  const fates = new Fates(comparison, entries);
  const queue = (exports.jobs?.jobs ?? []).flatMap((job) => fates.ofQueued(job) ?? []);
  const refused = submissions(exports.history?.jobs ?? []).flatMap((jobs) => fates.ofSubmission(jobs) ?? []);
  const byEntry = new Map<Entry, Fate[]>();
  for (const fate of [...queue, ...refused]) {
    for (const entry of fates.entriesOf(fate)) push(byEntry, entry, fate);
  }
  return {
    entries: entries.map((entry) => withJobs(entry, byEntry.get(entry), exports)),
    jobs: summarize(queue, refused, fates, exports),
  };
}

/** The jobs of each submission: the tasks of an array and the parts of a heterogeneous job were submitted as one. */
function submissions(jobs: readonly Job[]): Job[][] {
  const groups = new Map<string, Job[]>();
  for (const job of jobs) push(groups, `${job.cluster} ${/^\d+/.exec(job.id)?.[0] ?? job.id}`, job);
  return [...groups.values()];
}

function withJobs(entry: Entry, fates: readonly Fate[] = [], { jobs, history }: Exports): Entry {
  if (fates.length === 0) return entry;
  const counts = countsOf(fates, history !== undefined);
  return { ...entry, jobs: counts, notes: [...entry.notes, ...sentences(fates, jobs)] };
}

/** What becomes of the jobs of each account or user, those with the most first. */
function tallies(fates: readonly Fate[], key: 'account' | 'user', withHistory: boolean): JobTally[] {
  const groups = new Map<string, Fate[]>();
  for (const fate of fates) push(groups, fate.job[key], fate);
  return tally(fates, ({ job }) => job[key]).map(([name]) => ({
    name,
    ...countsOf(groups.get(name) ?? [], withHistory),
  }));
}

function countsOf(fates: readonly Fate[], withHistory: boolean): JobCounts {
  const of = (...kinds: readonly Fate['what'][]) => fates.filter(({ what }) => kinds.includes(what));
  return {
    killed: tasks(of('killed')),
    stuck: tasks(of('stuck')),
    ...(withHistory && { refused: of('refused', 'waits').length }),
  };
}

function summarize(
  queue: readonly Fate[],
  refused: readonly Fate[],
  { foreign }: Fates,
  { jobs, history }: Exports,
): JobSummary {
  const all = jobs?.jobs ?? [];
  const sum = (list: readonly Job[]) => list.reduce((total, job) => total + job.tasks, 0);
  const killed = queue.filter(({ what }) => what === 'killed');
  const window = safeWindow(killed, jobs);
  const names = (key: 'account' | 'user') => tallies([...queue, ...refused], key, history !== undefined);
  return {
    ...(jobs && {
      running: sum(all.filter(({ state }) => state === 'running')),
      pending: sum(all.filter(({ state }) => state === 'pending')),
    }),
    ...(history && { submissions: submissions(history.jobs).length }),
    ...countsOf([...queue, ...refused], history !== undefined),
    ...(window && { window }),
    accounts: names('account'),
    users: names('user'),
    notes: [...foreign]
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(
        ([name, amount]) =>
          `${count(amount, 'job')} of ${name === '' ? 'no named cluster' : `cluster ${name}`} not counted: the definition has no such cluster`,
      ),
  };
}
