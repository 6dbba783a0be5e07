import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { packageRoot } from '../values/package-root';
import { sortedEntries } from '../values/json';
import { jsonFault } from './json-fault';
import { fail, type Failure } from './outcome';
import { placeAt } from './project';

/** The package.json of a project that begins. */
export interface NewPackageJson {
  readonly text: string;
  /** Entries that were there with another meaning, and stay. */
  readonly kept: readonly string[];
}

type Table = Readonly<Record<string, string>>;
interface Manifest {
  readonly name?: string;
  readonly scripts?: Table;
  readonly dependencies?: Table;
  readonly devDependencies?: Table;
}

const SCRIPTS: Table = {
  synth: 'hpcdk synth',
  check: 'hpcdk check',
  test: 'jest',
  typecheck: 'tsc --noEmit',
};

/** What a project is checked and tested with; the versions are those that hpcdk itself is tested with. */
const TOOLS = ['@swc/core', '@swc/jest', '@types/jest', '@types/node', 'jest', 'typescript'];

/** Adds scripts and dependencies to the package.json of a folder, or makes one. */
export function packageJson(folder: string): NewPackageJson | Failure {
  const file = join(folder, 'package.json');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '{}';
  const fault = jsonFault(text);
  const found = fault === undefined ? (JSON.parse(text) as unknown) : undefined;
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    const source = { file: 'package.json', ...placeAt(text, fault ?? 0) };
    return fail({ code: 'HPC7015', message: 'package.json is no valid JSON object', source }, folder);
  }
  const before = found as Manifest;
  const own = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as Required<Manifest> & {
    version: string;
  };
  const kept = Object.entries(SCRIPTS)
    .filter(
      ([name, script]) =>
        before.scripts?.[name] !== undefined && !isPlaceholder(before.scripts[name]) && before.scripts[name] !== script,
    )
    .map(([name]) => `the script "${name}" of package.json`);
  const scripts = { ...SCRIPTS, ...withoutPlaceholders(before.scripts ?? {}) };
  const tools = Object.fromEntries(TOOLS.map((name) => [name, own.devDependencies[name] as string]));
  const hasHpcdk = before.dependencies?.hpcdk !== undefined || before.devDependencies?.hpcdk !== undefined;
  const after = {
    ...(existsSync(file) ? {} : { name: packageName(folder), version: '0.1.0', private: true }),
    ...before,
    scripts,
    dependencies: sorted({ ...(hasHpcdk ? {} : { hpcdk: `^${own.version}` }), ...before.dependencies }),
    devDependencies: sorted({ ...tools, ...before.devDependencies }),
  };
  return { text: `${JSON.stringify(after, null, 2)}\n`, kept };
}

/** The script that `npm init` leaves where a test is missing. */
const isPlaceholder = (script: string): boolean => script.includes('no test specified');

const withoutPlaceholders = (scripts: Table): Table =>
  Object.fromEntries(Object.entries(scripts).filter(([, script]) => !isPlaceholder(script)));

const sorted = (table: Table): Table => Object.fromEntries(sortedEntries(table));

const packageName = (folder: string): string =>
  basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '') || 'site';
