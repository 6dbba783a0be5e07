import type { Live, LiveFinding } from '../../../lib/diff/live/model';
import { liveLines, liveTitles } from '../../../lib/diff/views/live-lines';
import { markdownDiff } from '../../../lib/diff/views/markdown';
import { diffWith, entryWith } from './support';

const finding = (what: LiveFinding['what'], n: number): LiveFinding => ({
  level: 'live',
  what,
  subject: `s${n}`,
  live: 'a',
  title: `title ${n}`,
  then: `then ${n}`,
});
const system: Live['systems'][number] = {
  kind: 'slurm',
  name: 'hpc',
  version: '24.11.5',
  compared: 7,
  notCompared: [],
  findings: [finding('resume', 1), finding('drift', 2), finding('drift', 3), finding('already', 4)],
  notes: ['a note'],
};

describe('what running systems say, in lines', () => {
  test('a heading with counts, each finding, notes', () => {
    expect(liveLines({ systems: [system], notes: [] })).toEqual([
      {
        heading: 'cluster hpc, Slurm 24.11.5: 7 values compared, 1 out of service, 2 drift, 1 already there',
        findings: [
          'out of service: title 1; then 1',
          'drift: title 2; then 2',
          'drift: title 3; then 3',
          'already there: title 4; then 4',
        ],
        notes: ['a note'],
      },
    ]);
  });

  test('what is left out is counted, the first ones stay', () => {
    expect(liveLines({ systems: [system], notes: [] }, 1)[0]?.findings).toEqual([
      'out of service: title 1; then 1',
      'and 3 more: 2 drift, 1 already there',
    ]);
  });

  test('names that are not compared are counted beyond eight', () => {
    const { version: _version, ...stack } = system;
    const names = Array.from({ length: 10 }, (_, n) => `k${n}`);
    const one = { ...stack, kind: 'terraform' as const, name: 'aws', compared: 1, notCompared: names, findings: [] };
    expect(liveTitles({ systems: [one], notes: ['n'] })).toEqual([
      'stack aws: 1 resource compared, no drift; not compared: k0, k1, k2, k3, k4, k5, k6, k7, 2 more',
      'n',
    ]);
  });

  test('a comment without room keeps the counts, and what the roll-out would resume', () => {
    const many = Array.from({ length: 400 }, (_, n) => finding('drift', n));
    const live = { systems: [{ ...system, findings: [finding('resume', 1), ...many] }], notes: [] };
    const entries = Array.from({ length: 60 }, (_, n) => entryWith({ id: `i${n}`, title: `t${n} `.repeat(40) }));
    const page = markdownDiff(diffWith(entries, { live }), { marker: 'x', limit: 5000 });
    expect(page.length).toBeLessThanOrEqual(5000);
    expect(page).toContain('cluster hpc, Slurm 24.11.5: 7 values compared, 1 out of service, 400 drift');
    expect(page).toContain('out of service: title 1');
  });
});
