// What the benchmarks share: the bundle built, a folder of their own, and whole processes that are timed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const hpcdk = join(root, 'bin/hpcdk.js');

export const median = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];

/** A folder for one benchmark, with caches of its own; `node` is the Node that is timed. */
export class Lab {
  work = mkdtempSync(join(tmpdir(), 'hpcdk-bench-'));
  out = join(this.work, 'out');
  #cache = join(this.work, 'cache');
  #hook = join(this.work, 'peak.cjs');
  #peak = join(this.work, 'peak');

  constructor(node) {
    this.node = node;
    if (spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: 'inherit' }).status !== 0) {
      process.exit(1);
    }
    mkdirSync(this.#cache);
    const write = `require('node:fs').writeFileSync(${JSON.stringify(this.#peak)}, String(process.resourceUsage().maxRSS))`;
    writeFileSync(this.#hook, `process.on('exit', () => ${write});`);
  }

  /** Runs a command; the time of the whole process in milliseconds. */
  run(args, env = {}) {
    const begin = process.hrtime.bigint();
    // In a folder of its own the program would hand over to no other copy; here the copy is the repository's.
    const { status, stderr } = spawnSync(this.node, args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', XDG_CACHE_HOME: this.#cache, ...env },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    const ms = Number(process.hrtime.bigint() - begin) / 1e6;
    if (status !== 0) throw new Error(`${args.join(' ')} failed:\n${stderr}`);
    return ms;
  }

  /** The peak memory of a command in MiB. */
  peak(args) {
    this.run(args, { NODE_OPTIONS: `--require ${this.#hook}` });
    return Number(readFileSync(this.#peak, 'utf8')) / 1024;
  }

  /** Takes the output away. */
  clear() {
    rmSync(this.out, { recursive: true, force: true });
  }

  /** Takes away what hpcdk keeps from one run to the next. */
  forgetCaches() {
    rmSync(this.#cache, { recursive: true, force: true });
    rmSync(join(root, 'node_modules/.cache/hpcdk'), { recursive: true, force: true });
  }

  /** Takes away the rendered stacks that hpcdk keeps, and nothing else. */
  forgetStacks() {
    const folder = join(root, 'node_modules/.cache/hpcdk');
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder).filter((one) => /^kept-[0-9a-f]{64}$/.test(one))) {
      rmSync(join(folder, name));
    }
  }

  remove() {
    rmSync(this.work, { recursive: true, force: true });
  }
}
