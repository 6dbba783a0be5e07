import fc from '../fast-check';
import { Version } from '../../lib/values/version';

const v = (text: string): Version => {
  const version = Version.parse(text);
  expect(version.problem).toBeUndefined();
  return version;
};

test('GIVEN versions THEN they are ordered by their numbers, not their letters', () => {
  const ascending = [
    ...['1.1.1', '1.1.1a', '1.1.1w', '1.2.alpha1', '1.2.beta', '1.2rc1', '1.2-rc2', '1.2', '1.2.0', '1.2.9', '1.2.10'],
    ...[
      '2.0',
      '13.3.0',
      '22.05',
      '22.05.8',
      '22.05.10',
      '22.10',
      '2024.3',
      '2024.10',
      '9'.repeat(30),
      'main',
      'develop',
    ],
  ].map(v);
  const shuffled = [...ascending].reverse().sort(Version.compare);
  expect(shuffled.map(String)).toEqual(ascending.map(String));
  for (let i = 1; i < ascending.length; i++) {
    expect(Version.compare(ascending[i - 1] as Version, ascending[i] as Version)).toBeLessThan(0);
  }
});

test('GIVEN a padded number THEN it is printed as given and compared as a number', () => {
  expect(v('22.05').toString()).toBe('22.05');
  expect(v('22.05').equals(v('22.5'))).toBe(true);
  expect(v('22.05').equals(v('22.05.0'))).toBe(false);
});

test.each([
  ['22.05', '< 24.11', true],
  ['24.11', '< 24.11', false],
  ['24.11.1', '<= 24.11', false],
  ['24.11', '<=24.11', true],
  ['22.05.8', '>= 22.05', true],
  ['22.05', '> 22.05', false],
  ['22.05', '= 22.05', true],
  ['22.05.8', '= 22.05', false],
  ['23.02', '>= 22.05, < 24.11', true],
  ['24.11', '>= 22.05, < 24.11', false],
  ['23.02', 'about 22', false],
  ['23.02', '', false],
])('GIVEN %s THEN it meets %j: %s', (version, constraint, meets) => {
  expect(v(version).satisfies(constraint)).toBe(meets);
});

test('GIVEN a constraint that cannot be read THEN its problem can be asked for', () => {
  expect(Version.constraintProblem('>= 22.05, < 24.11')).toBeUndefined();
  expect(Version.constraintProblem('>= 22.05, 24.11')).toMatchObject({
    code: 'HPC1041',
    message: expect.stringContaining("' 24.11'"),
  });
  expect(Version.constraintProblem('=> 22.05')?.code).toBe('HPC1041');
  expect(Version.constraintProblem('')?.code).toBe('HPC1041');
});

test('GIVEN versions THEN one is at least another', () => {
  expect(v('22.05.8').atLeast('22.05')).toBe(true);
  expect(v('22.05').atLeast(v('23.02'))).toBe(false);
});

test.each([
  ['', "write e.g. '22.05'"],
  ['v22.05', "did you mean '22.05'?"],
  ['22.05.', "did you mean '22.05'?"],
  [' 22.05', "did you mean '22.05'?"],
  ['22..05', "write e.g. '22.05'"],
  ['22,05', "write e.g. '22.05'"],
  ['22.05\n', "did you mean '22.05'?"],
  ['1.2+x', "write e.g. '22.05'"],
])('GIVEN %j THEN it is refused', (text, fix) => {
  const version = Version.parse(text);
  expect(version.problem).toMatchObject({ code: 'HPC1040', fix });
  expect(version.toString()).toBe('0');
});

test('GIVEN any versions THEN the order is total and the text is read back', () => {
  fc.assert(
    fc.property(versions, versions, versions, (a, b, c) => {
      expect(v(a.toString()).toString()).toBe(a.toString());
      expect(Math.sign(Version.compare(a, b)) + Math.sign(Version.compare(b, a))).toBe(0);
      if (Version.compare(a, b) <= 0 && Version.compare(b, c) <= 0)
        expect(Version.compare(a, c)).toBeLessThanOrEqual(0);
      expect(a.equals(b)).toBe(a.satisfies(`= ${b}`));
      expect(a.atLeast(b)).toBe(a.satisfies(`>= ${b}`));
    }),
    { numRuns: 500 },
  );
});

test('GIVEN other things THEN they are told from a Version', () => {
  expect(Version.isVersion(v('1'))).toBe(true);
  expect(Version.isVersion({ [Symbol.for('hpcdk/Version')]: true })).toBe(true);
  expect(Version.isVersion('1.0')).toBe(false);
});

const versions = fc.stringMatching(/^[0-2]{1,2}(?:[.-](?:[0-2]{1,2}|a|b|rc1|main)){0,3}$/).map(v);
