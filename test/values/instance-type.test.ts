import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { instanceCatalogueSource, instanceType, instanceTypeNames } from '../../lib/values/instance-type';
import { packageRoot } from '../../lib/values/package-root';

describe('an instance type of the catalogue', () => {
  test('has its CPUs, memory, fabric and disks', () => {
    expect(instanceType('hpc6id.32xlarge')).toEqual({
      name: 'hpc6id.32xlarge',
      vcpus: 64,
      cores: 64,
      threadsPerCore: 1,
      canDisableSmt: false,
      memoryMib: 1048576,
      arch: 'x86_64',
      network: '200 Gigabit',
      networkCards: 2,
      efaInterfaces: 2,
      nvmeGb: 15200,
      bareMetal: false,
      spot: false,
      clusterPlacement: true,
    });
  });

  test('has GPUs by the name that a GRES type has', () => {
    expect(instanceType('p5.48xlarge')?.gpus).toEqual({
      name: 'h100',
      manufacturer: 'NVIDIA',
      count: 8,
      memoryMib: 81920,
    });
    expect(instanceType('g4ad.16xlarge')?.gpus).toMatchObject({
      name: 'radeon_pro_v520',
      manufacturer: 'AMD',
      count: 4,
    });
  });

  test('keeps a share of a GPU apart from the whole one', () => {
    expect(instanceType('g6.xlarge')?.gpus).toMatchObject({ name: 'l4', count: 1 });
    expect(instanceType('g6f.xlarge')?.gpus).toMatchObject({ name: 'l4_1of8', count: 1, memoryMib: 2861 });
  });

  test('keeps accelerators that are no GPU apart', () => {
    const facts = instanceType('trn1.32xlarge');
    expect(facts?.gpus).toBeUndefined();
    expect(facts?.accelerators).toEqual({ name: 'trainium', manufacturer: 'AWS', count: 16, memoryMib: 32768 });
  });

  test('is nothing for a name that is not in it, also one that every object has', () => {
    expect(instanceType('c7i.25xlarge')).toBeUndefined();
    expect(instanceType('constructor')).toBeUndefined();
    expect(instanceType('')).toBeUndefined();
  });
});

describe('the catalogue', () => {
  const text = readFileSync(join(packageRoot(), 'data', 'aws', 'instance-types.json'), 'utf8');

  test('holds the families that clusters burst to', () => {
    const families = new Set(instanceTypeNames().map((name) => name.split('.')[0]));
    for (const family of ['c5', 'c8g', 'm7i', 'r8a', 'hpc7a', 'hpc7g', 'p4d', 'p5', 'g4dn', 'g6e', 'trn2', 't3']) {
      expect(families).toContain(family);
    }
  });

  test('has every fact consistent in itself', () => {
    const wrong = instanceTypeNames().filter((name) => {
      const facts = instanceType(name)!;
      return (
        facts.vcpus !== facts.cores * facts.threadsPerCore ||
        !['x86_64', 'arm64'].includes(facts.arch) ||
        !(facts.memoryMib >= 512) ||
        !(facts.networkCards >= 1) ||
        (facts.gpus !== undefined && !(facts.gpus.count >= 1 && /^[a-z0-9_.]+$/.test(facts.gpus.name))) ||
        (facts.canDisableSmt && (facts.threadsPerCore === 1 || facts.bareMetal))
      );
    });
    expect(wrong).toEqual([]);
  });

  test('is dated and says who answered', () => {
    const { call, source, date } = instanceCatalogueSource();
    expect(call).toBe('ec2:DescribeInstanceTypes');
    expect(source).not.toBe('');
    expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test('is one type per line in code-unit order, so that a refresh is a readable diff', () => {
    const lines = text.split('\n').filter((line) => /^ {4}"/.test(line));
    expect(lines).toHaveLength(instanceTypeNames().length);
    expect([...instanceTypeNames()].sort()).toEqual(instanceTypeNames());
  });
});
