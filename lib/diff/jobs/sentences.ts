import { Duration } from '../../values/duration';
import { byCodeUnit } from '../../values/json';
import type { JobSummary } from '../model';
import { count } from '../words';
import type { Fate } from './fates';
import type { JobExport } from './job';

/** How many jobs stand behind fates: each task of an array that waits is one. */
export const tasks = (fates: readonly Fate[]): number => fates.reduce((sum, { job }) => sum + job.tasks, 0);

/** What fates come to, in sentences. */
export function sentences(fates: readonly Fate[], queue: JobExport | undefined): string[] {
  const of = (what: Fate['what']) => fates.filter((fate) => fate.what === what);
  const window = safeWindow(of('killed'), queue);
  const said = (what: Fate['what'], noun: string, fate: string): string[] => {
    const some = of(what);
    return some.length > 0 ? [`${count(tasks(some), noun)} ${fate}: ${byAccount(some)}`] : [];
  };
  return [
    ...said('killed', 'running job', 'would be killed if it were rolled out at once'),
    ...(window ? [windowText(window)] : []),
    ...said('stuck', 'pending job', 'could never start'),
    ...said('refused', 'past submission', 'would be refused now'),
    ...said('waits', 'past submission', 'would be taken now and wait for ever'),
  ];
}

/** `biology 12, physics 3`, the most first. */
function byAccount(fates: readonly Fate[]): string {
  const tallies = tally(fates, ({ job }) => job.account || 'no account');
  const shown = tallies.slice(0, 5).map(([name, amount]) => `${name} ${amount}`);
  return [...shown, ...(tallies.length > 5 ? [`${tallies.length - 5} more accounts`] : [])].join(', ');
}

/** Jobs by a name, the most first. */
export function tally(fates: readonly Fate[], nameOf: (fate: Fate) => string): (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const fate of fates) sums.set(nameOf(fate), (sums.get(nameOf(fate)) ?? 0) + fate.job.tasks);
  return [...sums].sort((a, b) => b[1] - a[1] || byCodeUnit(a[0], b[0]));
}

/** The time from which on none of the jobs runs any more, if no other is let in. */
export function safeWindow(killed: readonly Fate[], queue: JobExport | undefined): JobSummary['window'] {
  if (killed.length === 0) return undefined;
  const ends = killed.map(({ job }) => job.ends);
  const unlimited = ends.filter((end) => end === undefined).length;
  const last = ends.reduce<number>((latest, end) => Math.max(latest, end ?? 0), 0);
  const from = queue?.takenAt;
  return {
    ...(last > 0 && { at: timeText(last) }),
    ...(last > 0 &&
      from !== undefined && { after: Duration.seconds(Math.max(0, Math.ceil((last - from) / 60) * 60)).toString() }),
    unlimited,
  };
}

const timeText = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function windowText({ at, after, unlimited }: NonNullable<JobSummary['window']>): string {
  const end =
    at && `by ${at}${after ? ` (${after} after the export)` : ''} the last of them has ended by its time limit`;
  const rest = unlimited > 0 && `${count(unlimited, 'job')} of them ${unlimited === 1 ? 'has' : 'have'} no time limit`;
  return [end, rest].filter(Boolean).join('; ');
}
