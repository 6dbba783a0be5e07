import { spawn } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import type { CommitResult } from '../../../lib/app/output/commit';
import type { Output } from '../../../lib/app/output/output';
import type { Recovered } from '../../../lib/app/output/recover';
import type { ChildTask } from './child';

/** A folder of its own for each call, removed after the tests of the file. */
const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir(); // In memory, where it can be: fsync is free there.
const scratch = mkdtempSync(join(base, 'hpcdk-output-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let count = 0;

export function freshDir(): string {
  const dir = join(scratch, String(count++));
  mkdirSync(dir);
  return dir;
}

/** An output of text files. */
export function outputOf(files: Readonly<Record<string, string>>): Output {
  return new Map(Object.entries(files).map(([path, content]) => [path, { content, mode: 0o644 }]));
}

export function put(dir: string, path: string, content: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), content);
}

/** Each file below a folder with its content; links as "-> target"; empty folders as "folder/"; hpcdk's record left out. */
export function tree(dir: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (below: string) => {
    const names = readdirSync(join(dir, below)).sort();
    if (names.length === 0 && below !== '') found[`${below}/`] = '';
    for (const name of names) {
      const path = below === '' ? name : `${below}/${name}`;
      const stat = lstatSync(join(dir, path));
      if (stat.isDirectory()) walk(path);
      else if (stat.isSymbolicLink()) found[path] = `-> ${readlinkSync(join(dir, path))}`;
      else if (path !== 'hpcdk/owned.json') found[path] = readFileSync(join(dir, path), 'utf8');
    }
  };
  walk('');
  return found;
}

/** Inode, times and size of everything below a folder, itself included: equal only when nothing was written. */
export function stats(dir: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (path: string) => {
    const stat = lstatSync(path, { bigint: true });
    found[path] = `${stat.ino} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.size} ${stat.mode}`;
    if (stat.isDirectory()) for (const name of readdirSync(path)) walk(join(path, name));
  };
  walk(dir);
  return found;
}

/** The program that runs a task, built once. */
export function childProgram(): string {
  const outfile = join(scratch, 'child.cjs');
  if (!existsSync(outfile)) {
    const entryPoints = [join(__dirname, 'child.ts')];
    buildSync({ entryPoints, outfile, bundle: true, platform: 'node' });
  }
  return outfile;
}

export interface ChildResult {
  /** How many changes on disk it made. */
  readonly steps: number;
  /** Absent when it was killed. */
  readonly result?: CommitResult | Recovered;
  readonly signal: string | null;
}

/** Runs a task in a process of its own. */
export async function inChild(task: ChildTask): Promise<ChildResult> {
  const arguments_ = [childProgram(), JSON.stringify(task)];
  const child = spawn(process.execPath, arguments_, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const signal = await new Promise<string | null>((done) => child.on('close', (_code, by) => done(by)));
  return text === '' ? { steps: 0, signal } : { ...(JSON.parse(text) as ChildResult), signal };
}
