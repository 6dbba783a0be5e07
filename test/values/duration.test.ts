import fc from '../fast-check';
import { Duration } from '../../lib/values/duration';

describe('reading', () => {
  test.each([
    ['7d', 604_800],
    ['1w', 604_800],
    ['1d12h', 129_600],
    ['90m', 5_400],
    ['36h', 129_600],
    ['1h30m5s', 5_405],
    ['0s', 0],
    ['30', 1_800], // minutes, as in Slurm
    ['1-12:00:00', 129_600],
    ['unlimited', Infinity],
    ['UNLIMITED', Infinity],
  ])('GIVEN %s THEN it is %d seconds', (text, seconds) => {
    const duration = Duration.parse(text);
    expect(duration.problem).toBeUndefined();
    expect(duration.seconds).toBe(seconds);
  });

  test.each([
    ['30', 1_800],
    ['30:15', 1_815],
    ['2:30:15', 9_015],
    ['2-3', 183_600],
    ['2-3:30', 185_400],
    ['2-3:30:15', 185_415],
    ['0-30:00:00', 108_000],
    ['INFINITE', Infinity],
    ['-1', Infinity],
  ])('GIVEN %s of Slurm THEN it is %d seconds', (text, seconds) => {
    expect(Duration.parseSlurm(text)).toMatchObject({ seconds });
  });

  test.each([
    '',
    'd',
    '1.5h',
    '-1',
    '-3h',
    '1h1d',
    '1h2h',
    '7 d',
    '1D',
    '1-',
    '1-2:3:4:5',
    '1:2:3:4',
    'two days',
    '1d\n',
  ])('GIVEN %j THEN it is refused', (text) =>
    expect(Duration.parse(text)).toMatchObject({ seconds: 0, problem: { code: 'HPC1020' } }),
  );

  test.each([1.5, -1, NaN, Infinity, '3' as unknown as number])('GIVEN %p days THEN it is refused', (n) => {
    expect(Duration.days(n)).toMatchObject({ seconds: 0, problem: { code: 'HPC1021' } });
  });

  test('GIVEN more than Slurm can count THEN it is refused', () => {
    expect(Duration.seconds(2 ** 31 - 1).problem).toBeUndefined();
    expect(Duration.seconds(2 ** 31).problem?.code).toBe('HPC1022');
    expect(Duration.parse('99999999999999999999d').problem?.code).toBe('HPC1022');
  });
});

describe('writing', () => {
  test.each([
    [Duration.days(2), '2d', '2-00:00:00'],
    [Duration.hours(36), '1d12h', '1-12:00:00'],
    [Duration.minutes(90), '1h30m', '01:30:00'],
    [Duration.minutes(10), '10m', '00:10:00'],
    [Duration.seconds(45), '45s', '00:00:45'],
    [Duration.seconds(0), '0s', '00:00:00'],
    [Duration.UNLIMITED, 'unlimited', 'UNLIMITED'],
  ])('GIVEN %s THEN the texts are %s and %s', (duration, text, slurm) => {
    expect(duration.toString()).toBe(text);
    expect(duration.slurm()).toBe(slurm);
  });

  test('GIVEN any duration THEN both of its texts are read back to it', () => {
    fc.assert(
      fc.property(durations, (duration) => {
        expect(Duration.parse(duration.toString()).equals(duration)).toBe(true);
        expect(Duration.parse(duration.slurm()).equals(duration)).toBe(true);
        expect(Duration.parseSlurm(duration.slurm()).equals(duration)).toBe(true);
      }),
    );
  });

  test('GIVEN any text THEN reading it gives a duration or a problem', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9dhms:-]{0,8}$/), (text) => {
        const duration = Duration.parse(text);
        expect(duration.problem !== undefined || Duration.parse(duration.toString()).equals(duration)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('GIVEN a part of a minute THEN minutes are rounded up', () => {
    expect(Duration.seconds(61).ceilMinutes()).toBe(2);
    expect(Duration.minutes(2).ceilMinutes()).toBe(2);
    expect(Duration.UNLIMITED.ceilMinutes()).toBe(Infinity);
  });
});

test('GIVEN two durations THEN they are ordered by length', () => {
  fc.assert(
    fc.property(durations, durations, (a, b) => {
      expect(Duration.compare(a, b) < 0).toBe(a.seconds < b.seconds);
      expect(Duration.compare(a, b) === 0).toBe(a.equals(b));
    }),
  );
});

test('GIVEN other things THEN they are told from a Duration', () => {
  expect(Duration.isDuration(Duration.days(1))).toBe(true);
  expect(Duration.isDuration({ [Symbol.for('hpcdk/Duration')]: true })).toBe(true);
  expect(Duration.isDuration('1d')).toBe(false);
  expect(Duration.isDuration(undefined)).toBe(false);
});

const durations = fc.oneof(
  fc.nat(2 ** 31 - 1).map((n) => Duration.seconds(n)),
  fc.nat(100).map((n) => Duration.hours(n)),
  fc.constant(Duration.UNLIMITED),
);
