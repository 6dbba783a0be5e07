import type { Rule } from './saying';

/** The releases of Slurm, each a number and a month. */
const RELEASES = ['20.02', '20.11', '21.08', '22.05', '23.02', '23.11', '24.05', '24.11', '25.05', '25.11', '26.05'];

/** How many releases before it a release can take over from: two, and three from 24.11 on (its release notes). */
const reachOf = (to: number): number => (to >= RELEASES.indexOf('24.11') ? 3 : 2);

/** An upgrade: how far apart the releases are, and by which ones to go when that is too far. */
export const releaseChanged: Rule = ({ entry }) => {
  const [from, to] = [entry.before, entry.after].map((release) => RELEASES.indexOf(release ?? '')) as [number, number];
  if (from === -1 || to === -1 || from >= to) return undefined;
  const apart = to - from;
  const text = apart === 1 ? 'one release apart' : `${apart} releases apart`;
  if (apart <= reachOf(to)) return { notes: [`${text}: jobs and the queue come with it`] };
  const way: string[] = [];
  for (let at = to; at - from > reachOf(at);) {
    at -= reachOf(at);
    way.unshift(RELEASES[at] as string);
  }
  const first = way.join(' and ');
  return {
    notes: [`${text}: too far for one step; upgrade to ${first} first`],
    effect: {
      class: 'stop-controller',
      reason: 'slurmctld refuses to start with the queue of a release that is too old for it',
      running: 'running jobs continue, and nobody manages them until a slurmctld starts',
      pending: 'pending jobs wait until a slurmctld starts',
      steps: [`upgrade to ${first} first, ${way.length > 1 ? 'each ' : ''}by a change of its own, and compare again`],
    },
  };
};
