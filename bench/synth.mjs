// Times `hpcdk synth` against two floors in one run: node bench/synth.mjs [definition] [options]
//
//   --samples N      how often each is run (15); the runs are interleaved, medians are shown
//   --param NAME=V   a parameter of the definition
//   --node PATH      another Node
//   --json           the numbers as JSON
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hpcdk, Lab, median as medianOf, root } from './lab.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    samples: { type: 'string', default: '15' },
    param: { type: 'string', multiple: true, default: [] },
    node: { type: 'string', default: process.execPath },
    json: { type: 'boolean', default: false },
  },
});
const definition = resolve(positionals[0] ?? join(root, 'stacks/campus.ts'));
const lab = new Lab(options.node);
const { out } = lab;
const planFile = join(lab.work, 'plan.json');
const params = options.param.flatMap((param) => ['--param', param]);
const synth = [hpcdk, 'synth', definition, '--out', out, ...params];
const floor = (mode) => [join(root, 'bench/floor.cjs'), planFile, out, mode];

/** What the floors load, build and write: read from the output of one synth. */
function makePlan() {
  const paths = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(out, path)).isFile(),
  );
  const files = paths
    .sort()
    .map((path) => [path, readFileSync(join(out, path), 'utf8'), statSync(join(out, path)).mode & 0o777]);
  const stacks = files
    .map(([path, text]) => [/^stacks\/([^/]+)\/cdk\.tf\.json$/.exec(path)?.[1], text])
    .filter(([name]) => name !== undefined)
    .map(([name, text]) => ({ name, json: JSON.parse(text) }));
  const vendor = join(root, 'dist/vendor/cdktf.js');
  const modules = stacks.length > 0 && existsSync(vendor) ? Object.keys(createRequire(import.meta.url)(vendor)) : [];
  writeFileSync(
    planFile,
    JSON.stringify({ modules: modules.map((name) => createRequire(import.meta.url).resolve(name)), stacks, files }),
  );
  const resources = stacks.flatMap(({ json }) =>
    Object.values(json.resource ?? {}).map((all) => Object.keys(all).length),
  );
  return {
    files: files.length,
    bytes: files.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0),
    resources: resources.reduce((a, b) => a + b, 0),
  };
}

const clear = () => lab.clear();

/** What is timed. All but the re-synth begin without an output. */
const variants = {
  'bare node': { args: ['-e', '0'], before: clear },
  'floor: load and write': { args: floor('load'), before: clear },
  'floor: load, build and write': { args: floor('build'), before: clear },
  'hpcdk synth': { args: synth, before: clear },
  'hpcdk synth, no stack kept': { args: synth, before: () => (clear(), lab.forgetStacks()) },
  'hpcdk synth, caches cold': { args: synth, before: () => (clear(), lab.forgetCaches()) },
  'hpcdk synth, nothing changed': { args: synth, before: () => undefined },
};

try {
  lab.run(synth);
  const size = makePlan();
  const times = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let sample = 0; sample < Number(options.samples); sample += 1) {
    for (const [name, { args, before }] of Object.entries(variants)) {
      before();
      times[name].push(lab.run(args));
    }
  }
  const median = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, medianOf(all)]));
  clear();
  const result = {
    node: execFileSync(options.node, ['--version'], { encoding: 'utf8' }).trim(),
    definition: definition.slice(root.length + 1),
    ...size,
    samples: Number(options.samples),
    medianMs: median,
    ratios: {
      'against load, build and write': median['hpcdk synth'] / median['floor: load, build and write'],
      'against load and write': median['hpcdk synth'] / median['floor: load and write'],
      'no stack kept, against load, build and write':
        median['hpcdk synth, no stack kept'] / median['floor: load, build and write'],
      'no stack kept, against load and write': median['hpcdk synth, no stack kept'] / median['floor: load and write'],
    },
    peakMiB: { floor: lab.peak(floor('build')), synth: (clear(), lab.peak(synth)) },
  };
  process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : report(result));
} finally {
  lab.remove();
}

function report({ node, definition: name, files, bytes, resources, samples, medianMs, ratios, peakMiB }) {
  const rows = [
    ...Object.entries(medianMs).map(([key, ms]) => [key, `${ms.toFixed(0)} ms`]),
    ...Object.entries(ratios).map(([key, ratio]) => [`ratio ${key}`, ratio.toFixed(2)]),
    ...Object.entries(peakMiB).map(([key, mib]) => [`peak memory, ${key}`, `${mib.toFixed(0)} MiB`]),
  ];
  const width = Math.max(...rows.map(([key]) => key.length));
  const head = `${name}: ${files} files, ${(bytes / 1024).toFixed(0)} KiB, ${resources} Terraform resources; Node ${node.slice(1)}, medians of ${samples}`;
  return `${head}\n${rows.map(([key, value]) => `  ${key.padEnd(width)}  ${value.padStart(8)}`).join('\n')}\n`;
}
