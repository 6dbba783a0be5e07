import type { Fate } from '../../../lib/diff/jobs/fates';
import type { Job } from '../../../lib/diff/jobs/job';
import { sentences } from '../../../lib/diff/jobs/sentences';

const fate = (account: string, what: Fate['what'], more: Partial<Job> = {}): Fate => ({
  what,
  causes: [],
  job: { account, tasks: 1, ...more } as Job,
});

test('five accounts by name, the others by number', () => {
  const fates = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'g'].map((account) => fate(account, 'stuck'));
  expect(sentences(fates, undefined)).toEqual([
    '8 pending jobs could never start: g 2, a 1, b 1, c 1, d 1, 2 more accounts',
  ]);
});

test('the window by the time limits; those without one are said', () => {
  const fates = [fate('a', 'killed', { ends: 1_800_000_000 }), fate('', 'killed')];
  expect(sentences(fates, undefined)).toEqual([
    '2 running jobs would be killed if it were rolled out at once: a 1, no account 1',
    'by 2027-01-15 08:00 UTC the last of them has ended by its time limit; 1 job of them has no time limit',
  ]);
});
