import { makeEntry } from '../../lib/diff/entry';
import { groupAlike } from '../../lib/diff/group';
import type { Entry } from '../../lib/diff/model';

const lowered = (name: string, more: Partial<Entry> = {}): Entry =>
  makeEntry({
    id: `site/${name}#maxTime decreased`,
    section: 'contract',
    action: 'changed',
    level: 'field',
    kind: 'Partition',
    path: `site/${name}`,
    field: 'maxTime',
    direction: 'decreased',
    before: '7d',
    after: '2d',
    title: `partition ${name}: maxTime 7d → 2d`,
    effect: { class: 'reconfigure', reason: 'a lower MaxTime' },
    files: ['slurm.conf', `${name}.conf`],
    ...more,
  });

test('the same change of several constructs is one entry that names them', () => {
  const [entry, ...rest] = groupAlike([lowered('a'), lowered('b')]);
  expect(rest).toEqual([]);
  expect(entry).toMatchObject({
    title: '2 partitions (a, b): maxTime 7d → 2d',
    items: [{ text: 'a' }, { text: 'b' }],
    files: ['slurm.conf', 'a.conf', 'b.conf'],
  });
});

test('those of one name are told apart by their paths', () => {
  const [entry] = groupAlike([lowered('hpc/batch'), lowered('gpu/batch')]);
  expect(entry?.title).toBe('2 partitions (site/hpc/batch, site/gpu/batch): maxTime 7d → 2d');
});

test('of many only some are named in the title, all of them in the items', () => {
  const [entry] = groupAlike(['a', 'b', 'c', 'd', 'e'].map((name) => lowered(name)));
  expect(entry?.title).toBe('5 partitions (a, b, c and 2 more): maxTime 7d → 2d');
  expect(entry?.items.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test.each<[string, Partial<Entry>]>([
  ['another value', { after: '1d' }],
  ['another effect', { effect: { class: 'none', reason: 'another' } }],
  ['another note', { notes: ['4 jobs'] }],
  ['another kind', { kind: 'Qos' }],
  ['another mark', { marks: ['library-default'] }],
])('%s is another decision', (_, more) => expect(groupAlike([lowered('a'), lowered('b', more)])).toHaveLength(2));

test('what came or went is never put together', () => {
  const gone = { action: 'removed' as const };
  expect(groupAlike([lowered('a', gone), lowered('b', gone)])).toHaveLength(2);
});
