import fc from '../../fast-check';
import { AffectedRange, type RangeEvent, readVersion } from '../../../lib/diff/software/affected-range';
import { Version } from '../../../lib/values/version';

const affected = (events: readonly RangeEvent[], versions: readonly string[]) =>
  versions.filter((version) => AffectedRange.of(events)?.has(Version.parse(version)));

test.each<[string, readonly RangeEvent[], readonly string[], readonly string[]]>([
  [
    'until it is fixed',
    [
      ['introduced', '0'],
      ['fixed', '1.2.13'],
    ],
    ['1.2.12', '1.2.13', '1.3'],
    ['1.2.12'],
  ],
  [
    'from where it began',
    [
      ['introduced', '3.0.0'],
      ['fixed', '3.0.7'],
    ],
    ['1.1.1w', '3.0.0', '3.0.6', '3.0.7'],
    ['3.0.0', '3.0.6'],
  ],
  [
    'the last one is affected',
    [
      ['introduced', '1.0'],
      ['last_affected', '1.4'],
    ],
    ['1.0', '1.4', '1.4.1', '1.5'],
    ['1.0', '1.4'],
  ],
  ['no end', [['introduced', '2.0']], ['1.9', '2.0', '99'], ['2.0', '99']],
  [
    'in two lines, in any order',
    [
      ['fixed', '1.1.5'],
      ['introduced', '2.0'],
      ['fixed', '2.0.3'],
      ['introduced', '1.0'],
    ],
    ['0.9', '1.1.4', '1.1.5', '2.0.2', '2.0.3'],
    ['1.1.4', '2.0.2'],
  ],
  [
    'a limit',
    [
      ['introduced', '0'],
      ['limit', '3'],
    ],
    ['2.9', '3', '4'],
    ['2.9'],
  ],
  [
    'a limit that is none',
    [
      ['introduced', '0'],
      ['limit', '*'],
    ],
    ['4'],
    ['4'],
  ],
  [
    'letters',
    [
      ['introduced', '1.1.1'],
      ['fixed', '1.1.1u'],
    ],
    ['1.1.1', '1.1.1t', '1.1.1u', '1.1.1w'],
    ['1.1.1', '1.1.1t'],
  ],
  [
    'names of tags',
    [
      ['introduced', 'v1.0'],
      ['fixed', 'v1.2'],
    ],
    ['1.1', '1.2'],
    ['1.1'],
  ],
  [
    'a branch is newer than any fix',
    [
      ['introduced', '0'],
      ['fixed', '1.2'],
    ],
    ['main', '1.1'],
    ['1.1'],
  ],
  ['nothing begins it', [['fixed', '1.2']], ['1.1'], []],
])('%s', (_, events, versions, expected) => expect(affected(events, versions)).toEqual(expected));

test('a version that is none makes the range unreadable', () => {
  expect(AffectedRange.of([['introduced', '1:1.2.13.dfsg-1+deb12u1']])).toBeUndefined();
});

test('the fix is the first one after the version', () => {
  const range = AffectedRange.of([
    ['introduced', '0'],
    ['fixed', '1.1.5'],
    ['introduced', '2.0'],
    ['fixed', '2.0.3'],
  ]);
  const fix = (version: string) => range?.fixAfter(Version.parse(version))?.toString();
  expect([fix('1.0'), fix('2.0.1'), fix('2.0.3')]).toEqual(['1.1.5', '2.0.3', undefined]);
});

test('what is affected is between an introduction and a fix, for any three numbers', () => {
  const number = fc.integer({ min: 1, max: 30 });
  fc.assert(
    fc.property(number, number, number, (a, b, c) => {
      const [introduced, fixed] = [Math.min(a, b), Math.max(a, b)];
      const range = AffectedRange.of([
        ['introduced', `1.${introduced}`],
        ['fixed', `1.${fixed}`],
      ]);
      expect(range?.has(readVersion(`1.${c}`))).toBe(introduced <= c && c < fixed);
    }),
  );
});
