import fc from '../fast-check';
import { splitWords, wordsByName } from '../../lib/values/words';

describe('words with commas between them', () => {
  test.each([
    ['jobs,usage', ['jobs', 'usage']],
    [' jobs , ,usage,', ['jobs', 'usage']],
    ['', []],
    ['cn[1,3],cn7', ['cn[1,3]', 'cn7']],
    ['cn[1,3', ['cn[1,3']],
    ['a],b', ['a]', 'b']],
  ])('%s', (text, words) => expect(splitWords(text)).toEqual(words));

  test('are split in time that grows with their length', () => {
    expect(splitWords('a,'.repeat(500_000))).toHaveLength(500_000);
  });

  test('have a name, and what is said of it', () => {
    const [words] = wordsByName('matlab:4,bf_window=2880,defer,gres/gpu:a100:2', '');
    expect([...words.values()].map(({ name, value }) => [name, value])).toEqual([
      ['matlab', '4'],
      ['bf_window', '2880'],
      ['defer', ''],
      ['gres/gpu:a100', '2'],
    ]);
  });

  test('that name a thing twice are told apart as a whole, on both sides', () => {
    const [before, after] = wordsByName('a=1,a=2', 'a=1');
    expect([[...before.keys()], [...after.keys()]]).toEqual([['a=1', 'a=2'], ['a=1']]);
  });

  test('are all there, once', () => {
    const word = fc.stringMatching(/^[a-c]{1,2}(=[0-9])?$/);
    fc.assert(
      fc.property(fc.array(word), fc.array(word), (a, b) => {
        const [before] = wordsByName(a.join(','), b.join(','));
        expect([...before.values()].map((one) => one.word).sort()).toEqual([...new Set(a)].sort());
      }),
    );
  });
});
