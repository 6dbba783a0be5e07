import type { Entry } from '../../../lib/diff/model';
import { briefDiff } from '../../../lib/diff/views/brief';
import { diffWith, entryWith } from './support';

describe('a brief diff', () => {
  test('has one line for each entry, and one of counts', () => {
    const diff = diffWith([
      entryWith({
        section: 'data',
        title: 'Slurm cluster hpc: stateSaveLocation /a → /b',
        effect: { class: 'data-loss', reason: 'r' },
      }),
      entryWith({ notes: ['not shown'] }),
    ]);

    expect(briefDiff(diff)).toBe(`data      Slurm cluster hpc: stateSaveLocation /a → /b  [data-loss]
contract  partition batch: maxTime 7d → 2d  [reconfigure]
2 changes (2 changed), worst: data loss; 2 files differ, 1 of them on hosts
`);
  });

  test('says what one must not overlook where no host has to do anything', () => {
    const effect = { class: 'none', reason: 'r' } as const;
    const line = (marks: Entry['marks']) => briefDiff(diffWith([entryWith({ effect, marks })])).split('\n')[0];
    expect(
      [line(['security-broadened']), line(['vulnerable']), line([])].map((text) => text?.split('  ').at(-1)),
    ).toEqual(['[opens more]', '[vulnerable]', '[none]']);
  });

  test('says how many a filter left out, all of them too', () => {
    const diff = diffWith([entryWith(), entryWith()]);
    expect(briefDiff({ ...diff, entries: [] })).toMatch(/^2 changes .*; 2 changes not shown\n$/);
  });

  test('without a change is two words', () => {
    expect(briefDiff(diffWith([]))).toBe('no changes\n');
  });

  test('keeps a title on its line', () => {
    expect(briefDiff(diffWith([entryWith({ title: 'a\nb\u001b[2J' })])).split('\n')).toHaveLength(3);
  });
});
