import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { closest } from '../values/closest';
import type { Origin } from '../values/origin';
import { quote } from '../values/problem';
import { jsonFault } from './json-fault';
import { fail, type Failure } from './outcome';

/** The project file, shared with the tools of cdktf. */
export const PROJECT_FILE = 'cdktf.json';

/** Where a definition is and where its output goes; absolute paths. */
export interface Project {
  /** The folder that source lines and data files are relative to. */
  readonly dir: string;
  readonly definition: string;
  readonly output: string;
}

/** How a command says which project it means. */
export interface ProjectOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A definition file, relative to `cwd`. @default - the one that cdktf.json names */
  readonly definition?: string;
  /** The output folder, relative to `cwd`. @default - CDKTF_OUTDIR, "output" of cdktf.json, cdktf.out */
  readonly out?: string;
}

/** Finds the project that a command means: cdktf.json in the present folder or above it, or a file named outright. */
export function openProject({ cwd, env, definition, out }: ProjectOptions): Project | Failure {
  const file = findUp(cwd, PROJECT_FILE);
  const settings = file === undefined ? {} : readSettings(file);
  if ('kind' in settings) return settings;
  const named = definition === undefined ? undefined : resolve(cwd, definition);
  const dir =
    file !== undefined
      ? dirname(file)
      : dirname(named ? (findUp(dirname(named), 'package.json') ?? named) : join(cwd, 'x'));
  const path = named ?? (settings.definition && resolve(dir, settings.definition.value));
  if (path === undefined) return noDefinition(file, dir);
  if (!isFile(path)) {
    const shown = quote(named ? definition : settings.definition?.value);
    const place = named ? {} : { source: settings.definition?.source };
    return fail({ code: 'HPC7005', message: `the definition ${shown} does not exist, or is no file`, ...place }, dir);
  }
  const outdir = out ?? (env.CDKTF_OUTDIR || undefined);
  const output = outdir === undefined ? resolve(dir, settings.output?.value ?? 'cdktf.out') : resolve(cwd, outdir);
  return { dir, definition: path, output };
}

/** A path as a person in `cwd` would write it. */
export function shown(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === '' ? '.' : short.startsWith(`..${sep}..${sep}`) ? path : short;
}

/** The nearest file of that name in a folder or above it. */
export function findUp(from: string, name: string): string | undefined {
  for (let dir = resolve(from); ; dir = dirname(dir)) {
    if (isFile(join(dir, name))) return join(dir, name);
    if (dir === dirname(dir)) return undefined;
  }
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function noDefinition(file: string | undefined, dir: string): Failure {
  if (file === undefined) {
    return fail({
      code: 'HPC7002',
      message: `there is no ${PROJECT_FILE} in this folder or above it, and no definition is named`,
      fix: 'name the definition (hpcdk synth stacks/campus.ts), or begin a project with hpcdk init',
    });
  }
  return fail(
    {
      code: 'HPC7004',
      message: `${PROJECT_FILE} names no definition`,
      fix: 'add "hpcdk": { "definition": "stacks/campus.ts" }',
      source: { file: PROJECT_FILE, line: 1 },
    },
    dir,
  );
}

interface Setting {
  readonly value: string;
  readonly source: Origin;
}

interface Settings {
  readonly definition?: Setting;
  readonly output?: Setting;
}

function readSettings(file: string): Settings | Failure {
  const text = readFileSync(file, 'utf8');
  const dir = dirname(file);
  const fault = jsonFault(text);
  if (fault !== undefined) {
    const source = { file: PROJECT_FILE, ...placeAt(text, fault) };
    return fail({ code: 'HPC7003', message: `${PROJECT_FILE} is no valid JSON from here on`, source }, dir);
  }
  const parsed: unknown = JSON.parse(text);
  const wrong = (message: string, key: string, fix?: string) =>
    fail(
      { code: 'HPC7004', message: `${PROJECT_FILE}: ${message}`, source: keyPlace(text, key), ...(fix && { fix }) },
      dir,
    );
  if (!isRecord(parsed)) return wrong('it is no JSON object', '');
  const own = parsed.hpcdk ?? {};
  if (!isRecord(own)) return wrong('"hpcdk" is no JSON object', 'hpcdk');
  const unknown = Object.keys(own).find((key) => key !== 'definition');
  if (unknown !== undefined) {
    const near = closest(unknown, ['definition']);
    return wrong(
      `"hpcdk" has no entry ${quote(unknown)}`,
      unknown,
      near ? `did you mean "${near}"?` : 'it has "definition"',
    );
  }
  const settings: { definition?: Setting; output?: Setting } = {};
  for (const [key, value] of [
    ['definition', own.definition],
    ['output', parsed.output],
  ] as const) {
    if (value === undefined) continue;
    if (typeof value !== 'string' || value === '')
      return wrong(`"${key}" is ${quote(value)}, where a path is wanted`, key);
    settings[key] = { value, source: keyPlace(text, key) };
  }
  return settings;
}

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x);

/** Line and column of an offset. */
export function placeAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) as string).length + 1 };
}

function keyPlace(text: string, key: string): Origin {
  const at = text.indexOf(JSON.stringify(key));
  return { file: PROJECT_FILE, ...(at < 0 ? { line: 1 } : placeAt(text, at)) };
}
