#!/usr/bin/env node
// Writes data/aws/instance-types.json, the catalogue of instance types that hpcdk ships, from EC2's own answer.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Families that a cluster bursts to, in every generation from the named one on. */
const FAMILIES = '^(c[5-9]|m[5-9]|r[5-9]|hpc[0-9]|p[3-9]|g[4-9]|trn[0-9]|t3|t4g)[a-z0-9-]*[.]';

const HELP = `Refresh the catalogue of instance types (data/aws/instance-types.json).

usage: node scripts/refresh-instance-types.mjs [options]

  --region LIST        regions to ask, comma-separated; no region offers every type
                       (default: us-east-1,us-east-2,us-west-2,eu-north-1)
  --endpoint-url URL   ask this EC2 endpoint instead of the region's own, e.g. a moto server
  --input FILE         read a saved answer of the call instead of asking ("-" reads stdin)
  --source TEXT        what answered, for the header (default: the endpoint, or "Amazon EC2 in REGIONS")
  --date YYYY-MM-DD    date of the answer, for the header (default: today, UTC)
  --output FILE        where to write ("-" writes to stdout; default: data/aws/instance-types.json)

The call is ec2:DescribeInstanceTypes, read only. It is made by the AWS CLI ("aws" on PATH), so that every way of
signing in that a maintainer already uses works (profile, SSO, role) and this repository needs no SDK. Without the
CLI, save the answer of any other client as JSON and give it with --input.

examples:
  node scripts/refresh-instance-types.mjs
  moto_server -H 127.0.0.1 -p 5000 &
  AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test node scripts/refresh-instance-types.mjs \\
    --region us-east-1 --endpoint-url http://127.0.0.1:5000 --source 'moto 5.2.1 (mock EC2)'
`;

const { values: options } = parseArgs({
  options: {
    region: { type: 'string', default: 'us-east-1,us-east-2,us-west-2,eu-north-1' },
    'endpoint-url': { type: 'string' },
    input: { type: 'string' },
    source: { type: 'string' },
    date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
    output: { type: 'string', default: fileURLToPath(new URL('../data/aws/instance-types.json', import.meta.url)) },
    help: { type: 'boolean', default: false },
  },
});

function fail(message) {
  process.stderr.write(`refresh-instance-types: ${message}\n`);
  process.exit(1);
}

/** The `InstanceTypes` list of one region; the CLI follows the pages itself. */
function describeRegion(region) {
  const args = ['ec2', 'describe-instance-types', '--region', region, '--output', 'json'];
  if (options['endpoint-url']) args.push('--endpoint-url', options['endpoint-url']);
  const env = { ...process.env, AWS_PAGER: '' };
  const run = spawnSync('aws', args, { encoding: 'utf8', maxBuffer: 1 << 28, env });
  if (run.error) fail(`cannot run the AWS CLI (${run.error.code}); install it or use --input, see --help`);
  if (run.status !== 0) fail(`aws ec2 describe-instance-types in ${region} failed:\n${run.stderr}`);
  return JSON.parse(run.stdout).InstanceTypes;
}

/** A device as a GRES type is written: Slurm's NVML names are lower case with underscores. */
const deviceName = (name) => name.toLowerCase().replace(/[^a-z0-9.]+/g, '_');

/** A list of devices must be of one model: an instance type with two has not been seen, and needs a design first. */
function single(type, devices) {
  if (!devices || devices.length === 0) return undefined;
  if (devices.length > 1) fail(`${type} has ${devices.length} models of device, the catalogue holds one`);
  return devices[0];
}

/** A share of a GPU is a model of its own: a job that asks for an L4 must not get an eighth of one. */
function gpuFacts(type, gpu) {
  const share = gpu.GpuPartitionSize ?? 1;
  return {
    name: deviceName(gpu.Name) + (share < 1 ? `_1of${Math.round(1 / share)}` : ''),
    manufacturer: gpu.Manufacturer,
    count: share < 1 ? gpu.LogicalGpuCount : gpu.Count,
    memoryMib: gpu.MemoryInfo.SizeInMiB,
  };
}

/** What the catalogue keeps of one type. A fact that is zero or false is left out. */
function facts(api) {
  const name = api.InstanceType;
  const gpu = single(name, api.GpuInfo?.Gpus);
  const neuron = single(name, api.NeuronInfo?.NeuronDevices);
  const cards = api.NetworkInfo.MaximumNetworkCards ?? 1;
  const threads = api.VCpuInfo.DefaultThreadsPerCore ?? 1;
  const kept = {
    vcpus: api.VCpuInfo.DefaultVCpus,
    cores: api.VCpuInfo.DefaultCores ?? api.VCpuInfo.DefaultVCpus / threads,
    threadsPerCore: threads,
    canDisableSmt: threads > 1 && (api.VCpuInfo.ValidThreadsPerCore ?? []).includes(1),
    memoryMib: api.MemoryInfo.SizeInMiB,
    arch: api.ProcessorInfo.SupportedArchitectures.find((arch) => arch === 'x86_64' || arch === 'arm64'),
    gpus: gpu && gpuFacts(name, gpu),
    accelerators: neuron && {
      name: deviceName(neuron.Name),
      manufacturer: 'AWS',
      count: neuron.Count,
      memoryMib: neuron.MemoryInfo.SizeInMiB,
    },
    network: api.NetworkInfo.NetworkPerformance,
    networkCards: cards > 1 ? cards : 0,
    efaInterfaces: api.NetworkInfo.EfaSupported ? (api.NetworkInfo.EfaInfo?.MaximumEfaInterfaces ?? 1) : 0,
    nvmeGb: api.InstanceStorageInfo?.TotalSizeInGB ?? 0,
    bareMetal: api.BareMetal,
    spot: api.SupportedUsageClasses.includes('spot'),
    clusterPlacement: api.PlacementGroupInfo?.SupportedStrategies?.includes('cluster') ?? false,
  };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value));
}

if (options.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const regions = options.region.split(',');
const answers = options.input
  ? [JSON.parse(readFileSync(options.input === '-' ? 0 : options.input, 'utf8')).InstanceTypes]
  : regions.map(describeRegion);

const wanted = new RegExp(FAMILIES);
const types = new Map();
for (const api of answers.flat()) {
  if (wanted.test(api.InstanceType) && !types.has(api.InstanceType)) types.set(api.InstanceType, facts(api));
}
if (types.size === 0) fail('the answer holds no type of the wanted families');

const header = {
  call: 'ec2:DescribeInstanceTypes',
  source: options.source ?? options['endpoint-url'] ?? options.input ?? `Amazon EC2 in ${regions.join(', ')}`,
  date: options.date,
  tool: 'scripts/refresh-instance-types.mjs',
  families: FAMILIES,
};
const headerLines = Object.entries(header).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
const typeLines = [...types.keys()].sort().map((name) => `${JSON.stringify(name)}: ${JSON.stringify(types.get(name))}`);
const text = [
  '{',
  ...headerLines,
  '  "types": {',
  typeLines.map((line) => `    ${line}`).join(',\n'),
  '  }',
  '}',
  '',
].join('\n');

if (options.output === '-') process.stdout.write(text);
else {
  writeFileSync(options.output, text);
  process.stderr.write(`${types.size} types written to ${options.output}\n`);
}
