import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { resolveCallSite } from '../app/call-site';
import { Definition } from '../app/definition';
import type { Origin } from '../values/origin';
import { packageRoot } from '../values/package-root';
import { quote } from '../values/problem';
import { fail, type Failure } from './outcome';
import type { Project } from './project';

/**
 * Loads the module of a definition: TypeScript or JavaScript, CommonJS or ES module. Its imports of `hpcdk` get the copy
 * that runs, so that there is one.
 */
export async function loadDefinition(project: Project, env: NodeJS.ProcessEnv): Promise<Definition | Failure> {
  // Loaded late: the commands that need no definition start without it.
  const { createJiti } = require('jiti') as typeof import('jiti');
  const dist = join(packageRoot(), 'dist');
  const jiti = createJiti(join(project.dir, 'cdktf.json'), {
    alias: { 'hpcdk/testing': join(dist, 'testing.js') },
    virtualModules: { hpcdk: require(join(dist, 'index.js')) as unknown, constructs: require('constructs') as unknown },
    fsCache: cacheFolder(project.dir, env),
    interopDefault: false,
  });
  let loaded: unknown;
  try {
    loaded = await jiti.import(project.definition);
  } catch (error) {
    return loadFault(error, project);
  }
  const found = [loaded, property(loaded, 'default'), property(property(loaded, 'default'), 'default')].find(
    Definition.isDefinition,
  );
  return found ?? noDefinition(loaded, project);
}

/**
 * Where transpiled definitions and rendered stacks are kept: node_modules of the project, or the user's own cache. Never a folder that others
 * can write to, such as /tmp of a login node: what is found there is run, or written to the output.
 */
export function cacheFolder(projectDir: string, env: NodeJS.ProcessEnv): string | false {
  const modules = join(projectDir, 'node_modules');
  if (statSync(modules, { throwIfNoEntry: false })?.isDirectory()) return join(modules, '.cache', 'hpcdk');
  const home = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return home.startsWith(sep) ? join(home, 'hpcdk') : false;
}

const property = (x: unknown, name: string): unknown =>
  typeof x === 'object' && x !== null ? (x as Record<string, unknown>)[name] : undefined;

function noDefinition(loaded: unknown, project: Project): Failure {
  const file = fileOf(project, project.definition);
  const lines = readFileSync(project.definition, 'utf8').split('\n');
  const line =
    lines.findIndex((text) => /^\s*(export\s+default\b|module\.exports\s*=|exports\.default\s*=)/.test(text)) + 1;
  const given = property(loaded, 'default') ?? (Object.keys(loaded ?? {}).length === 0 ? loaded : undefined);
  const what =
    typeof given === 'function'
      ? 'is a plain function'
      : line === 0 || given === undefined
        ? 'is missing'
        : `is ${Array.isArray(given) ? 'a list' : `a value of type ${typeof given}`}`;
  return fail(
    {
      code: 'HPC7009',
      message: `the default export of ${quote(file)} ${what}, where a definition is wanted`,
      fix: 'write: export default define((app) => { ... })',
      source: { file, line: Math.max(1, line) },
    },
    project.dir,
  );
}

const fileOf = (project: Project, path: string): string => relative(project.dir, path).split(sep).join('/');

const PARSE_ERROR = /^ParseError: (.*?)\s*(\/[^\n]*|[A-Za-z]:\\[^\n]*):(\d+):(\d+)\s*$/s;

/** What a module threw while it was loaded, as one diagnostic. */
function loadFault(thrown: unknown, project: Project): Failure {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const parse = PARSE_ERROR.exec(error.message);
  if (parse) {
    const [, message = '', path = '', line, column] = parse;
    // The parser counts columns from 0.
    const source = { file: fileOf(project, path), line: Number(line), column: Number(column) + 1 };
    return fail({ code: 'HPC7006', message: `the file cannot be parsed: ${lowerFirst(message)}`, source }, project.dir);
  }
  const message = (error.message.split('\n')[0] as string).replaceAll(project.dir + sep, '');
  const missing = /^Cannot find (?:module|package) '([^']+)'/.exec(message)?.[1];
  const source = (missing && importOf(missing, error, project)) || resolveCallSite(error, project.dir);
  const place = { source: source ?? { file: fileOf(project, project.definition), line: 1 } };
  if (missing === undefined) {
    return fail(
      { code: 'HPC7008', message: `the definition stopped while it was loaded: ${message}`, ...place },
      project.dir,
    );
  }
  const name = /^(@[^/]+\/)?[^/]+/.exec(missing)?.[0];
  const fix = /^[./]/.test(missing) ? 'correct the path' : `install it (npm install ${name}), or correct the name`;
  return fail({ code: 'HPC7007', message: `the import ${quote(missing)} cannot be found`, fix, ...place }, project.dir);
}

/** Where a file imports a module: the last of the files that asked for it, at the line that names it. */
function importOf(name: string, error: Error, project: Project): Origin | undefined {
  const path = (error as Error & { requireStack?: readonly string[] }).requireStack?.[0];
  if (path === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  const at = [`'${name}'`, `"${name}"`].map((quoted) => text.indexOf(quoted)).find((index) => index >= 0);
  if (at === undefined) return undefined;
  const before = text.slice(0, at).split('\n');
  return { file: fileOf(project, path), line: before.length, column: (before.at(-1) as string).length + 1 };
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1).trim();
