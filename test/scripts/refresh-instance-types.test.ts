import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { packageRoot } from '../../lib/values/package-root';

const script = join(packageRoot(), 'scripts', 'refresh-instance-types.mjs');

/** One type as DescribeInstanceTypes gives it, reduced to what the script reads. */
const described = (InstanceType: string, more: object = {}) => ({
  InstanceType,
  BareMetal: false,
  SupportedUsageClasses: ['on-demand', 'spot'],
  ProcessorInfo: { SupportedArchitectures: ['i386', 'x86_64'] },
  VCpuInfo: { DefaultVCpus: 4, DefaultCores: 2, DefaultThreadsPerCore: 2, ValidThreadsPerCore: [1, 2] },
  MemoryInfo: { SizeInMiB: 8192 },
  NetworkInfo: { NetworkPerformance: '10 Gigabit', MaximumNetworkCards: 1, EfaSupported: false },
  PlacementGroupInfo: { SupportedStrategies: ['partition', 'spread'] },
  ...more,
});

function refresh(...InstanceTypes: object[]) {
  return spawnSync(
    process.execPath,
    [script, '--input', '-', '--output', '-', '--date', '2026-01-02', '--source', 'a test'],
    {
      encoding: 'utf8',
      input: JSON.stringify({ InstanceTypes }),
    },
  );
}

test('writes a dated header and one line for each type, sorted, without facts that are zero or false', () => {
  const { stdout, status } = refresh(described('m7i.large'), described('c5.xlarge', { BareMetal: true }));
  expect(status).toBe(0);
  const facts =
    '"vcpus":4,"cores":2,"threadsPerCore":2,"canDisableSmt":true,"memoryMib":8192,"arch":"x86_64","network":"10 Gigabit"';
  expect(stdout.split('\n').slice(0, 4)).toEqual([
    '{',
    '  "call": "ec2:DescribeInstanceTypes",',
    '  "source": "a test",',
    '  "date": "2026-01-02",',
  ]);
  expect(stdout.split('\n').slice(6)).toEqual([
    '  "types": {',
    `    "c5.xlarge": {${facts},"bareMetal":true,"spot":true},`,
    `    "m7i.large": {${facts},"spot":true}`,
    '  }',
    '}',
    '',
  ]);
});

test('leaves families out that no cluster bursts to', () => {
  const { types } = JSON.parse(refresh(described('c5.large'), described('mac1.metal'), described('t2.nano')).stdout);
  expect(Object.keys(types)).toEqual(['c5.large']);
});

test('names a share of a GPU as a model of its own', () => {
  const gpu = {
    Name: 'RTX PRO',
    Manufacturer: 'NVIDIA',
    Count: 0,
    LogicalGpuCount: 1,
    GpuPartitionSize: 0.125,
    MemoryInfo: { SizeInMiB: 99 },
  };
  const { types } = JSON.parse(refresh(described('g6f.large', { GpuInfo: { Gpus: [gpu] } })).stdout);
  expect(types['g6f.large'].gpus).toEqual({ name: 'rtx_pro_1of8', manufacturer: 'NVIDIA', count: 1, memoryMib: 99 });
});

test('refuses an answer without a wanted type, and a type with two models of GPU', () => {
  expect(refresh(described('mac1.metal'))).toMatchObject({ status: 1, stdout: '' });
  const gpu = { Name: 'A', Manufacturer: 'B', Count: 1, MemoryInfo: { SizeInMiB: 1 } };
  const mixed = refresh(described('p9.large', { GpuInfo: { Gpus: [gpu, { ...gpu, Name: 'C' }] } }));
  expect(mixed.status).toBe(1);
  expect(mixed.stderr).toContain('p9.large has 2 models of device');
});
