// Times `hpcdk diff` of two large outputs: node bench/diff.mjs [options]
//
//   --fields N     fields of each output (100000)
//   --samples N    how often each is run (9); the runs are interleaved, medians are shown
//   --node PATH    another Node
//   --parallelcluster PYTHON  a Python that has aws-parallelcluster: its own check of a change is timed too, on the largest
//                  cluster that it takes
//   --json         the numbers as JSON
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { hpcdk, Lab, median as medianOf, root } from './lab.mjs';

const { values: options } = parseArgs({
  options: {
    fields: { type: 'string', default: '100000' },
    samples: { type: 'string', default: '9' },
    node: { type: 'string', default: process.execPath },
    parallelcluster: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const lab = new Lab(options.node);
const [before, after] = ['before', 'after'].map((name) => join(lab.work, name));

/**
 * Grows the reference campus to the fields asked for: ten sites with their files, and accounts until there are enough, as
 * in a centre that has one for each project. On the other side one account of a hundred has another share, and one partition of each site a
 * shorter limit, with the files that follow from it.
 */
function makeSides() {
  lab.run([hpcdk, 'synth', join(root, 'stacks/campus.ts'), '--out', lab.out]);
  const manifest = JSON.parse(readFileSync(join(lab.out, 'hpcdk/manifest.json'), 'utf8'));
  const account = manifest.constructs['campus/accounting/accounts/biology'];
  const sites = 10;
  const constructs = [{}, {}];
  let fields = 0;
  const add = (path, construct, changed = construct) => {
    constructs[0][path] = construct;
    constructs[1][path] = changed;
    fields += Object.keys(construct.values).length;
  };
  for (let n = 0; n < sites; n += 1) {
    for (const [path, construct] of Object.entries(manifest.constructs)) {
      const own = renamed(construct, n);
      const { maxTime } = own.values;
      const shorter = path.endsWith('partitions/batch') && { ...own, values: { ...own.values, maxTime: '1h' } };
      add(path.replace(/^campus/, `campus${n}`), own, maxTime && shorter ? shorter : own);
    }
  }
  for (let n = 0; fields < Number(options.fields); n += 1) {
    const own = renamed(account, n % sites);
    const changed = n % 100 === 0 ? { ...own, values: { ...own.values, fairshare: 99 } } : own;
    add(`campus${n % sites}/accounting/accounts/p${n}`, own, changed);
  }
  const files = [{}, {}];
  for (const [side, folder] of [before, after].entries()) {
    for (let n = 0; n < sites; n += 1) {
      for (const [path, file] of Object.entries(manifest.files)) {
        const to = path.replace(/^(sites|stacks)\/campus/, `$1/campus${n}`);
        mkdirSync(dirname(join(folder, to)), { recursive: true });
        cpSync(join(lab.out, path), join(folder, to));
        const changed = side === 1 && /slurm\.conf$|accounts\.sh$/.test(path);
        if (changed) writeFileSync(join(folder, to), `${readFileSync(join(folder, to), 'utf8')}# changed\n`);
        const sha256 = changed ? sha256Of(join(folder, to)) : file.sha256;
        files[side][to] = { ...file, sha256, owner: file.owner.replace(/^campus/, `campus${n}`) };
      }
    }
    const made = { ...manifest, constructs: sorted(constructs[side]), files: sorted(files[side]) };
    mkdirSync(join(folder, 'hpcdk'));
    writeFileSync(join(folder, 'hpcdk/manifest.json'), `${JSON.stringify(made, null, 1)}\n`);
    cpSync(join(lab.out, 'hpcdk/sources.json'), join(folder, 'hpcdk/sources.json'));
  }
  return { fields, constructs: Object.keys(constructs[0]).length, files: Object.keys(files[0]).length };
}

const renamed = (construct, n) => JSON.parse(JSON.stringify(construct).replaceAll('"campus', `"campus${n}`));
const sha256Of = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');
const sorted = (record) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The twenty lines of the README: what a diff costs before it has anything to compare. */
const hello = join(lab.work, 'hello');

/** Two configurations of ParallelCluster with as many queues as it takes, 50, each with a compute resource; one may grow. */
function makeQueues() {
  const queue = (n, max) => `    - Name: queue${n}
      ComputeResources: [{ Name: nodes${n}, InstanceType: c6i.24xlarge, MinCount: 0, MaxCount: ${max} }]
      Networking: { SubnetIds: [subnet-0123456789abcdef0] }
`;
  const queues = (more) => Array.from({ length: 50 }, (_, n) => queue(n, n === 7 ? more : 10)).join('');
  return [10, 20].map((max) => {
    const file = join(lab.work, `parallelcluster-${max}.yaml`);
    writeFileSync(
      file,
      `Region: eu-central-1
Image: { Os: alinux2023 }
HeadNode: { InstanceType: t3.large, Networking: { SubnetId: subnet-0123456789abcdef0 } }
Scheduling:
  Scheduler: slurm
  SlurmQueues:
${queues(max)}`,
    );
    return file;
  });
}

/** What is timed. A text diff ends with 1 where it finds something. */
const diff = [hpcdk, 'diff', before, after, '--format', 'brief'];
const bundle = join(root, 'dist/hpcdk.js');
const variants = {
  'bare node': () => lab.run(['-e', '0']),
  'floor: requires the same bundle': () => lab.run(['-e', `require(${JSON.stringify(bundle)})`]),
  'floor: reads the same manifests': () =>
    lab.run([
      '-e',
      `${JSON.stringify([before, after])}.map((d) => JSON.parse(require('fs').readFileSync(d + '/hpcdk/manifest.json', 'utf8')))`,
    ]),
  'hpcdk explain (the start of a command)': () => lab.run([hpcdk, 'explain', 'HPC2700']),
  'hpcdk diff, of stacks/hello.ts': () => lab.run([hpcdk, 'diff', hello, hello, '--format', 'brief']),
  'hpcdk diff, of stacks/campus.ts': () => lab.run([hpcdk, 'diff', lab.out, lab.out, '--format', 'brief']),
  'hpcdk diff': () => lab.run(diff),
  'diff -r': () => other('diff', ['-r', before, after]),
  'git diff --no-index': () => other('git', ['diff', '--no-index', '--no-color', before, after]),
  ...(options.parallelcluster && {
    "ParallelCluster's check, 50 queues": () =>
      other(options.parallelcluster, [join(root, 'bench/parallelcluster.py'), ...makeQueues()], 0, 'ParallelCluster'),
  }),
};

function other(program, args, ends = 1, name = program) {
  const begin = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== ends) throw new Error(`${name} ended with ${status}\n${stderr}`);
  lines[name] = stdout.trimEnd().split('\n').length;
  return Number(process.hrtime.bigint() - begin) / 1e6;
}
const lines = {};

try {
  const size = makeSides();
  lab.run([hpcdk, 'synth', join(root, 'stacks/hello.ts'), '--out', hello]);
  const times = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let sample = 0; sample < Number(options.samples); sample += 1) {
    for (const [name, run] of Object.entries(variants)) times[name].push(run());
  }
  const median = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, medianOf(all)]));
  const shown = execFileSync(options.node, diff, {
    encoding: 'utf8',
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
  });
  const result = {
    node: execFileSync(options.node, ['--version'], { encoding: 'utf8' }).trim(),
    ...size,
    samples: Number(options.samples),
    medianMs: median,
    ratios: {
      'start, against the bundle required':
        median['hpcdk diff, of stacks/hello.ts'] / median['floor: requires the same bundle'],
      'against reading the manifests': median['hpcdk diff'] / median['floor: reads the same manifests'],
      'against diff -r': median['hpcdk diff'] / median['diff -r'],
      ...(options.parallelcluster && {
        "of stacks/campus.ts, against ParallelCluster's check":
          median['hpcdk diff, of stacks/campus.ts'] / median["ParallelCluster's check, 50 queues"],
      }),
    },
    lines: { 'hpcdk diff': shown.trimEnd().split('\n').length, ...lines },
    peakMiB: lab.peak(diff),
  };
  process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : report(result));
} finally {
  lab.remove();
}

function report({ node, fields, constructs, files, samples, medianMs, ratios, lines, peakMiB }) {
  const rows = [
    ...Object.entries(medianMs).map(([key, ms]) => [key, `${ms.toFixed(0)} ms`]),
    ...Object.entries(ratios).map(([key, ratio]) => [`ratio ${key}`, ratio.toFixed(2)]),
    ...Object.entries(lines).map(([key, count]) => [`lines of ${key}`, String(count)]),
    ['peak memory', `${peakMiB.toFixed(0)} MiB`],
  ];
  const width = Math.max(...rows.map(([key]) => key.length));
  const head = `${fields} fields, ${constructs} constructs, ${files} files; Node ${node.slice(1)}, medians of ${samples}`;
  return `${head}\n${rows.map(([key, value]) => `  ${key.padEnd(width)}  ${value.padStart(8)}`).join('\n')}\n`;
}
