import fc from '../fast-check';

import { instanceType } from '../../lib/values/instance-type';
import { slurmMemoryMib } from '../../lib/cloud/slurm-memory';

describe('the memory that a node declares to Slurm', () => {
  test('is 95 % of the type on a large instance', () => {
    expect(slurmMemoryMib(786432)).toBe(747110);
  });

  test('keeps more than 5 % on a small one, where the kernel takes a larger share', () => {
    // 4 GiB: 400 + 30 * 4 = 520 MiB, where 5 % would be 205
    expect(slurmMemoryMib(4096)).toBe(3576);
  });

  test('is below what slurmd reported on an m5.4xlarge, 63622 MiB, which was drained at 64000', () => {
    expect(slurmMemoryMib(instanceType('m5.4xlarge')!.memoryMib)).toBeLessThan(63622);
  });

  test('takes a reserve of the site instead', () => {
    expect(slurmMemoryMib(786432, 8192)).toBe(778240);
  });

  test('is a whole number from 1 up to below the memory, for any memory', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1 << 26 }), (memory) => {
        const declared = slurmMemoryMib(memory);
        expect(Number.isInteger(declared)).toBe(true);
        expect(declared).toBeGreaterThanOrEqual(1);
        expect(declared).toBeLessThan(memory);
      }),
    );
  });
});
