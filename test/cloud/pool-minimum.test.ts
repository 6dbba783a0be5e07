import fc from '../fast-check';

import { cloudCodes } from '../../lib/cloud/codes';
import { instanceType, instanceTypeNames } from '../../lib/values/instance-type';
import { poolMinimum, type PoolOptions } from '../../lib/cloud/pool-minimum';
import type { Problem } from '../../lib/values/problem';

/** What the pool is, and every problem with its place. */
function minimum(names: readonly string[], options?: PoolOptions) {
  const problems: (Problem & { at: string | undefined })[] = [];
  const pool = poolMinimum(names, (problem, at) => problems.push({ ...problem, at }), options);
  return { pool, problems };
}

describe('the minimum of a pool', () => {
  test('of one type is what the type has', () => {
    const { pool, problems } = minimum(['p5.48xlarge']);
    expect(problems).toEqual([]);
    expect(pool).toMatchObject({
      arch: 'x86_64',
      cpus: 192,
      cores: 96,
      threadsPerCore: 2,
      memoryMib: 2097152,
      slurmMemoryMib: 1992294,
      gpus: { name: 'h100', count: 8 },
      efaInterfaces: 32,
      networkCards: 32,
      spot: true,
      clusterPlacement: true,
    });
  });

  test('of several types is the least of each fact', () => {
    // GIVEN two generations of one size: the older one has EFA as well, the smaller one less of everything
    const { pool, problems } = minimum(['c7i.24xlarge', 'c6i.32xlarge', 'c6i.16xlarge']);
    // THEN
    expect(problems).toEqual([]);
    expect(pool).toMatchObject({
      cpus: 64,
      cores: 32,
      threadsPerCore: 2,
      memoryMib: 131072,
      efaInterfaces: 0,
      nvmeGb: 0,
    });
    expect(pool?.types.map((type) => type.name)).toEqual(['c7i.24xlarge', 'c6i.32xlarge', 'c6i.16xlarge']);
  });

  test('takes the least count of GPUs of one model', () => {
    expect(minimum(['g6e.48xlarge', 'g6e.12xlarge']).pool?.gpus).toMatchObject({ name: 'l40s', count: 4 });
  });

  test('is not sold as spot, and not placed together, when one type is not', () => {
    expect(minimum(['hpc7a.96xlarge', 'hpc6a.48xlarge']).pool).toMatchObject({ spot: false, clusterPlacement: true });
    expect(minimum(['c6i.large', 't3.large']).pool).toMatchObject({ spot: true, clusterPlacement: false });
  });

  test('with one thread per core has as many CPUs as cores, and mixes types that start with one and with two', () => {
    const { pool, problems } = minimum(['c7i.24xlarge', 'hpc7a.24xlarge'], { threadsPerCore: 1 });
    expect(problems).toEqual([]);
    expect(pool).toMatchObject({ cpus: 48, cores: 48, threadsPerCore: 1 });
  });

  test('never promises more than any of its types has', () => {
    const x86 = instanceTypeNames().filter((name) => {
      const facts = instanceType(name)!;
      return facts.arch === 'x86_64' && facts.threadsPerCore === 2 && !facts.gpus && !facts.accelerators;
    });
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...x86), { minLength: 1, maxLength: 5 }), (names) => {
        const { pool, problems } = minimum(names);
        expect(problems).toEqual([]);
        for (const name of names) {
          const facts = instanceType(name)!;
          expect(pool!.cpus).toBeLessThanOrEqual(facts.vcpus);
          expect(pool!.slurmMemoryMib).toBeLessThan(facts.memoryMib);
          expect(pool!.efaInterfaces).toBeLessThanOrEqual(facts.efaInterfaces);
        }
      }),
    );
  });
});

describe('a pool is refused', () => {
  test('without types', () => {
    expect(minimum([])).toMatchObject({ pool: undefined, problems: [{ code: 'HPC5000' }] });
  });

  test('with a type that does not exist, and says which one may be meant', () => {
    const { pool, problems } = minimum(['c7i.24xlarge', 'c7i.25xlarge', 'nonsense']);
    expect(pool).toBeUndefined();
    expect(problems).toMatchObject([
      { code: 'HPC5001', at: '[1]', fix: "did you mean 'c7i.24xlarge'?" },
      { code: 'HPC5001', at: '[2]' },
    ]);
    expect(problems[0]?.message).toContain("'c7i.25xlarge'");
  });

  test('with architectures mixed', () => {
    expect(minimum(['c8g.large', 'c8a.large']).problems).toMatchObject([
      {
        code: 'HPC5002',
        message: "the pool mixes architectures: 'c8g.large' has arm64, 'c8a.large' has x86_64",
        fix: 'make one pool for each architecture',
      },
    ]);
  });

  test.each([
    ['two models', ['g6.12xlarge', 'g5.12xlarge']],
    ['one model with two memories', ['p4d.24xlarge', 'p4de.24xlarge']],
    ['a GPU and none', ['g6.12xlarge', 'c6i.12xlarge']],
    ['a whole GPU and a share', ['g6.xlarge', 'g6f.xlarge']],
  ])('with GPUs mixed: %s', (_, names) => {
    expect(minimum(names).problems.map((problem) => problem.code)).toEqual(['HPC5003']);
  });

  test('with threads per core mixed', () => {
    expect(minimum(['c7i.24xlarge', 'c7a.24xlarge']).problems).toMatchObject([
      {
        code: 'HPC5004',
        message: "the pool mixes numbers of threads: 'c7i.24xlarge' has 2 per core, 'c7a.24xlarge' has 1 per core",
      },
    ]);
  });

  test('with one thread per core asked of bare metal', () => {
    expect(minimum(['c6i.metal', 'c6i.32xlarge'], { threadsPerCore: 1 })).toMatchObject({
      pool: undefined,
      problems: [{ code: 'HPC5005', at: '[0]' }],
    });
  });

  test('with accelerators mixed', () => {
    expect(minimum(['trn1.32xlarge', 'trn2.48xlarge']).problems).toMatchObject([{ code: 'HPC5006' }]);
  });

  test('with a type named twice, at the second place', () => {
    expect(minimum(['c6i.large', 'm6i.large', 'c6i.large']).problems).toMatchObject([{ code: 'HPC5007', at: '[2]' }]);
  });

  test('for every reason at once', () => {
    const { problems } = minimum(['c8g.large', 'c7i.25xlarge', 'g6.large', 'g6.xlarge']);
    expect(problems.map((problem) => problem.code)).toEqual(['HPC5001', 'HPC5001', 'HPC5002', 'HPC5003', 'HPC5004']);
  });

  test('for any text that is no type, in one line', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !instanceType(text)),
        (text) => {
          const { problems } = minimum([text]);
          expect(problems.map((problem) => problem.code)).toEqual(['HPC5001']);
          expect(problems[0]?.message).not.toMatch(/\n/);
        },
      ),
    );
  });
});

test('the codes of instance types stand in their range', () => {
  const ours = Object.keys(cloudCodes).filter((code) => code < 'HPC5030');
  expect(ours).toEqual(['HPC5000', 'HPC5001', 'HPC5002', 'HPC5003', 'HPC5004', 'HPC5005', 'HPC5006', 'HPC5007']);
});
