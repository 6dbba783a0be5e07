import fc from '../fast-check';
import { closest } from '../../lib/values/closest';

test.each([
  ['partiton', 'partition'],
  ['Partition', 'partition'],
  ['maxTiem', 'maxTime'],
  ['nodse', 'nodes'],
  ['c7i.24xlrage', 'c7i.24xlarge'],
  ['EU', 'eu'],
])('GIVEN the slip %s THEN %s was meant', (word, meant) => {
  expect(closest(word, ['partition', 'nodes', 'maxTime', 'c7i.24xlarge', 'eu'])).toBe(meant);
});

test.each(['elephant', '', 'x', 'us'])('GIVEN %j, which is near to nothing, THEN nothing is proposed', (word) => {
  expect(closest(word, ['partition', 'nodes', 'eu', ''])).toBeUndefined();
});

test('GIVEN two words as near THEN the first in plain order is proposed, whatever the order of the candidates', () => {
  expect(closest('cpx', ['cpy', 'cpu'])).toBe('cpu');
  expect(closest('cpx', ['cpu', 'cpy'])).toBe('cpu');
});

test('GIVEN any word with one slip THEN the word itself is found', () => {
  const slip = fc
    .tuple(fc.stringMatching(/^[a-z]{4,12}$/), fc.nat(), fc.constantFrom('drop', 'add', 'replace', 'swap'))
    .map(([word, n, kind]) => ({ word, typed: slipped(word, n % (word.length - 1), kind) }));
  fc.assert(
    fc.property(slip, ({ word, typed }) => {
      expect(closest(typed, [word, 'zzzzzzzzzzzzzzzzzzzzzzzz'])).toBe(word);
    }),
  );
});

function slipped(word: string, at: number, kind: string): string {
  const [before, here, after] = [word.slice(0, at), word.slice(at, at + 2), word.slice(at + 2)];
  if (kind === 'drop') return before + here.slice(1) + after;
  if (kind === 'add') return `${before}q${here}${after}`;
  if (kind === 'replace') return `${before}q${here.slice(1)}${after}`;
  return before + [...here].reverse().join('') + after;
}
