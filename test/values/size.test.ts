import fc from '../fast-check';
import { Size } from '../../lib/values/size';

test.each([
  ['512GiB', 512 * 2 ** 30],
  ['512 GiB', 512 * 2 ** 30],
  ['1.5TiB', 1.5 * 2 ** 40],
  ['0.1GB', 100_000_000],
  ['500GB', 500e9],
  ['10kB', 10_000],
  ['7B', 7],
  ['0B', 0],
])('GIVEN %s THEN it is %d bytes', (text, bytes) => {
  const size = Size.parse(text);
  expect(size.problem).toBeUndefined();
  expect(size.bytes).toBe(bytes);
});

test.each([
  [Size.bytes(1), '1B'],
  [Size.kib(1), '1KiB'],
  [Size.mib(1536), '1536MiB'],
  [Size.gib(1024), '1TiB'],
  [Size.gib(1.5), '1536MiB'],
  [Size.tib(1.1 - 0.1), '1TiB'],
  [Size.tib(2048), '2PiB'],
  [Size.gb(0.1), '100000000B'],
  [Size.tb(1), '976562500KiB'],
  [Size.bytes(0), '0B'],
])('GIVEN %s WHEN printed (%#) THEN the largest exact unit is used: %s', (size, text) => {
  expect(size.problem).toBeUndefined();
  expect(size.toString()).toBe(text);
});

test.each([
  ['', 'HPC1030', /GiB/],
  ['512', 'HPC1030', /GiB/],
  ['512G', 'HPC1030', /GiB .* GB/],
  ['512gib', 'HPC1030', /GiB .* GB/],
  ['5K', 'HPC1030', /KiB .* kB/],
  ['-1GiB', 'HPC1030', /GiB/],
  ['1,5GiB', 'HPC1030', /GiB/],
  ['1e3B', 'HPC1030', /GiB/],
  ['12toString', 'HPC1030', /TiB/],
  ['0.5B', 'HPC1031', undefined],
  ['1.3GiB', 'HPC1031', undefined],
  ['9PiB', 'HPC1032', /smaller/],
])('GIVEN %j THEN it is refused with %s', (text, code, fix) => {
  const { bytes, problem } = Size.parse(text);
  expect({ bytes, code: problem?.code }).toEqual({ bytes: 0, code });
  if (fix) expect(problem?.fix).toMatch(fix);
});

test.each([NaN, -1, Infinity, 1 / 3, 1e-7, '4' as unknown as number])('GIVEN %p GiB THEN it is refused', (n) => {
  expect(Size.gib(n).problem?.code).toBe('HPC1031');
  expect(Size.gib(n).bytes).toBe(0);
});

test('GIVEN sizes THEN they add, subtract and multiply', () => {
  expect(Size.gib(512).minus(Size.gib(12)).toString()).toBe('500GiB');
  expect(Size.gib(512).plus(Size.gib(512)).toString()).toBe('1TiB');
  expect(Size.gib(4).times(96).toString()).toBe('384GiB');
  expect(Size.gib(1).minus(Size.gib(2)).problem?.code).toBe('HPC1032');
  expect(Size.tib(1000).times(1000).problem?.code).toBe('HPC1032');
  expect(Size.gib(1).times(0.5).problem?.code).toBe('HPC1031');
});

test('GIVEN a size with a problem WHEN one calculates with it THEN the first problem stays', () => {
  const bad = Size.parse('512G');
  const { problem } = bad;
  expect(bad.minus(Size.gib(1)).problem).toBe(problem);
  expect(Size.gib(1).minus(bad).problem).toBe(problem);
  expect(Size.gib(1).plus(bad).problem).toBe(problem);
  expect(bad.times(-1).problem).toBe(problem);
});

test('GIVEN a part of a MiB THEN Slurm gets the whole ones', () => {
  expect(Size.gib(256).slurm()).toBe('262144');
  expect(Size.gb(512).mib).toBe(488_281);
  expect(Size.kib(1023).slurm()).toBe('0');
});

test('GIVEN any size THEN its text is read back to it', () => {
  fc.assert(
    fc.property(sizes, (size) => {
      expect(Size.parse(size.toString()).equals(size)).toBe(true);
    }),
  );
});

test('GIVEN two sizes THEN they are ordered by their bytes', () => {
  fc.assert(
    fc.property(sizes, sizes, (a, b) => {
      expect(Size.compare(a, b) < 0).toBe(a.bytes < b.bytes);
      expect(Size.compare(a, b) === 0).toBe(a.equals(b));
      expect(a.plus(b).minus(b).equals(a)).toBe(true);
    }),
  );
});

test('GIVEN other things THEN they are told from a Size', () => {
  expect(Size.isSize(Size.gib(1))).toBe(true);
  expect(Size.isSize({ [Symbol.for('hpcdk/Size')]: true })).toBe(true);
  expect(Size.isSize(512)).toBe(false);
});

const sizes = fc.oneof(
  fc.maxSafeNat().map((n) => Size.bytes(Math.floor(n / 2))),
  fc.nat(4096).map((n) => Size.mib(n)),
  fc.nat(4096).map((n) => Size.gb(n)),
);
