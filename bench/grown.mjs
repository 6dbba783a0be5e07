// Times `hpcdk synth` of the campus as it grows, and of a node pool as it grows: node bench/grown.mjs [options]
//
//   --samples N      how often each is run (3); the runs are interleaved, medians are shown
//   --campuses LIST  how many campuses (1,10,100)
//   --node PATH      another Node
//   --json           the numbers as JSON
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hpcdk, Lab, median, root } from './lab.mjs';

const { values: options } = parseArgs({
  options: {
    samples: { type: 'string', default: '3' },
    campuses: { type: 'string', default: '1,10,100' },
    node: { type: 'string', default: process.execPath },
    json: { type: 'boolean', default: false },
  },
});
const lab = new Lab(options.node);
const command = (name, definition, param) => [
  hpcdk,
  name,
  join(root, 'bench', definition),
  '--out',
  lab.out,
  '--param',
  param,
];

/** The campus declared n times. */
class Grown {
  times = { check: [], synth: [], again: [] };
  memory = [];

  constructor(campuses) {
    this.campuses = campuses;
    this.param = `campuses=${campuses}`;
  }

  sample() {
    lab.clear();
    this.times.check.push(lab.run(command('check', 'grown.ts', this.param)));
    this.times.synth.push(lab.run(command('synth', 'grown.ts', this.param)));
    this.times.again.push(lab.run(command('synth', 'grown.ts', this.param)));
    this.memory.push(lab.peak(command('synth', 'grown.ts', this.param)));
    const { constructs, files } = JSON.parse(readFileSync(join(lab.out, 'hpcdk/manifest.json'), 'utf8'));
    this.constructs = Object.keys(constructs).length;
    this.files = Object.keys(files).length;
    lab.clear();
  }

  get result() {
    const { campuses, constructs, files } = this;
    const ms = Object.fromEntries(Object.entries(this.times).map(([name, all]) => [name, median(all)]));
    return { campuses, constructs, files, ms, peakMiB: median(this.memory) };
  }
}

/** Node pools of two sizes: what one costs against the other. */
class Pools {
  sizes = [10, 100_000];
  times = this.sizes.map(() => []);

  sample() {
    this.sizes.forEach((hosts, index) => {
      lab.clear();
      this.times[index].push(lab.run(command('synth', 'pool.ts', `hosts=${hosts}`)));
    });
  }

  get result() {
    const ms = this.times.map(median);
    return { hosts: this.sizes, ms, ratio: ms[1] / ms[0] };
  }
}

try {
  const grown = options.campuses.split(',').map((n) => new Grown(Number(n)));
  const pools = new Pools();
  for (const definition of ['grown.ts', 'pool.ts']) lab.run(command('check', definition, 'campuses=1')); // fills the caches
  for (let sample = 0; sample < Number(options.samples); sample += 1) {
    for (const each of grown) each.sample();
    // a run of a pool is short: more of them
    for (let n = 0; n < 5; n += 1) pools.sample();
  }
  const result = {
    node: execFileSync(options.node, ['--version'], { encoding: 'utf8' }).trim(),
    samples: Number(options.samples),
    grown: grown.map(({ result }) => result),
    pool: pools.result,
  };
  process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : report(result));
} finally {
  lab.remove();
}

function report({ node, samples, grown, pool }) {
  const header = ['campuses', 'constructs', 'files', 'check', 'synth', 'per construct', 'against linear', 'nothing changed', 'peak memory']; // prettier-ignore
  const [first] = grown;
  const rows = grown.map(({ campuses, constructs, files, ms, peakMiB }) => [
    campuses,
    constructs,
    files,
    `${ms.check.toFixed(0)} ms`,
    `${ms.synth.toFixed(0)} ms`,
    `${(ms.synth / constructs).toFixed(2)} ms`,
    (ms.synth / first.ms.synth / (constructs / first.constructs)).toFixed(2),
    `${ms.again.toFixed(0)} ms`,
    `${peakMiB.toFixed(0)} MiB`,
  ]);
  const width = (column) => Math.max(...[header, ...rows].map((row) => String(row[column]).length));
  const table = [header, ...rows].map((row) => row.map((cell, i) => String(cell).padStart(width(i))).join('  '));
  return [
    `The campus, grown; Node ${node.slice(1)}, medians of ${samples}`,
    ...table,
    ...slopes(grown),
    `A pool of ${pool.hosts[1]} hosts against one of ${pool.hosts[0]}: ${pool.ratio.toFixed(2)} (${pool.ms[1].toFixed(0)} and ${pool.ms[0].toFixed(0)} ms)`,
    '',
  ].join('\n');
}

/** What each further campus costs, without the start that all share: between two sizes, and then between the next two. */
function slopes(grown) {
  const slope = (kind, a, b) => (b.ms[kind] - a.ms[kind]) / (b.campuses - a.campuses);
  return grown.slice(2).flatMap((last, index) =>
    ['check', 'synth'].map((kind) => {
      const [before, middle] = [grown[index], grown[index + 1]];
      const [early, late] = [slope(kind, before, middle), slope(kind, middle, last)];
      return `Each further campus, ${kind}: ${early.toFixed(0)} ms up to ${middle.campuses}, ${late.toFixed(0)} ms up to ${last.campuses}; ratio ${(late / early).toFixed(2)}`;
    }),
  );
}
