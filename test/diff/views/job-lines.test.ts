import { jobLines } from '../../../lib/diff/views/job-lines';
import { htmlDiff } from '../../../lib/diff/views/html';
import { markdownDiff } from '../../../lib/diff/views/markdown';
import { terminalDiff } from '../../../lib/diff/views/terminal';
import { diffWith, plain } from './support';

const jobs = {
  killed: 1,
  stuck: 12,
  refused: 34,
  running: 40,
  pending: 100,
  submissions: 1200,
  window: { at: '2026-11-26 08:33 UTC', after: '4d23h', unlimited: 1 },
  accounts: [
    { name: 'biology', killed: 1, stuck: 10, refused: 34 },
    { name: '', killed: 0, stuck: 2, refused: 0 },
  ],
  users: Array.from({ length: 7 }, (_, n) => ({ name: `u${n}`, killed: 0, stuck: 1 })),
  notes: ['3 jobs of cluster old not counted'],
};

describe('whose jobs a diff concerns', () => {
  test('is said in numbers, with the safest window', () => {
    expect(jobLines(jobs)).toEqual([
      '1 of 40 running jobs would be killed if it were rolled out at once',
      '12 of 100 pending jobs could never start',
      'safest window: from 2026-11-26 08:33 UTC on (4d23h after the export) the time limits of those jobs have passed, if no others are let in',
      '1 job of those has no time limit',
      '34 of 1200 past submissions would now be refused or wait for ever',
      'by account: biology 1 running, 10 pending, 34 submitted; no account 2 pending',
      'by user: u0 1 pending; u1 1 pending; u2 1 pending; u3 1 pending; u4 1 pending; and 2 more',
      '3 jobs of cluster old not counted',
    ]);
  });

  test('says nothing of an export that was not given', () => {
    const none = { killed: 0, stuck: 0, accounts: [], users: [], notes: [] };

    expect(jobLines({ ...none, submissions: 5, refused: 0 })).toEqual([
      '0 of 5 past submissions would now be refused or wait for ever',
    ]);
    expect(jobLines({ ...none, running: 1, pending: 0 })).toEqual([
      '0 of 1 running job would be killed if it were rolled out at once',
      '0 of 0 pending jobs could never start',
    ]);
  });

  test('stands in every view, before the sections', () => {
    const diff = diffWith([], { jobs });

    expect(terminalDiff(diff, plain, { width: 100 })).toContain('\nJobs\n  1 of 40 running jobs');
    expect(markdownDiff(diff, { marker: 'm' })).toContain('#### Jobs\n\n- 1 of 40 running jobs');
    expect(htmlDiff(diff)).toContain('<h2>Jobs</h2>\n<ul>\n<li>1 of 40 running jobs');
  });
});
