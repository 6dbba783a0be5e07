import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, runOk, tool } from './tools';

const initScript = '/usr/share/lmod/lmod/init/bash';
const syntaxChecker = '/usr/share/lmod/lmod/libexec/check_module_tree_syntax';

/** What `tool` must find for Lmod: its program is no command on PATH. */
export const lmodNeeds = ['bash', '/usr/share/lmod/lmod/libexec/lmod', syntaxChecker];

/** What one `module` command did. */
export interface ModuleOutcome {
  readonly command: string;
  /** 0 when Lmod accepted it. */
  readonly code: number;
  readonly stdout: string;
  /** What Lmod says to a person: errors, warnings, the answers of avail, spider and list. */
  readonly stderr: string;
  /** `module -t list` after it, in the order of loading. */
  readonly loaded: readonly string[];
  /** The environment after it. */
  readonly env: Readonly<Record<string, string>>;
}

/** How the commands are run. */
export interface ModuleOptions {
  /** Further environment, such as LMOD_RC, LMOD_MODULERC or LMOD_SYSTEM_DEFAULT_MODULES. @default none */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs `module` commands one after the other in one fresh shell, as a user at a login node would: `load gcc openmpi`,
 * `swap gcc clang`, `avail`. A word that is no module command, such as `cd /tmp`, is given with a leading `!`.
 */
export async function modules(
  modulePath: string,
  commands: readonly string[],
  { env = {} }: ModuleOptions = {},
): Promise<readonly ModuleOutcome[]> {
  const home = await mkdtemp(join(tmpdir(), 'hpcdk-lmod-'));
  try {
    const script = [
      `. ${initScript}`,
      'step() { local rc; "${@:2}" >"$HOME/$1.out" 2>"$HOME/$1.err"; rc=$?',
      'echo $rc >"$HOME/$1.rc"; module -t list >"$HOME/$1.list" 2>&1; env -0 >"$HOME/$1.env"; }',
      ...commands.map((command, i) => `step ${i} ${command.startsWith('!') ? command.slice(1) : `module ${command}`}`),
    ];
    await writeFile(join(home, 'script'), script.join('\n'));
    // A user's own caches and modules must not be seen, and Lmod's messages must not be folded.
    const clean = { HOME: home, MODULEPATH: modulePath, LMOD_PAGER: 'none', LMOD_WIDTH: '200', LMOD_COLORIZE: 'no' };
    const kept = ['PATH', 'LC_ALL'].map((key) => [key, process.env[key] ?? 'C.UTF-8']);
    const others = Object.fromEntries(Object.keys(process.env).map((key) => [key, undefined]));
    const shell = { ...others, ...Object.fromEntries(kept), ...clean, ...env };
    await runOk('bash', ['--noprofile', '--norc', join(home, 'script')], { env: shell });
    return await Promise.all(commands.map((command, i) => outcome(home, command, i)));
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function outcome(home: string, command: string, step: number): Promise<ModuleOutcome> {
  const read = (kind: string) => readFile(join(home, `${step}.${kind}`), 'utf8');
  const list = (await read('list')).split('\n').filter((line) => line !== '' && line !== 'No modules loaded');
  const env = (await read('env')).split('\0').filter((entry) => entry.includes('='));
  return {
    command,
    code: Number(await read('rc')),
    stdout: await read('out'),
    stderr: await read('err'),
    loaded: list.filter((line) => !line.startsWith('Currently Loaded')),
    env: Object.fromEntries(
      env.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
    ),
  };
}

/** What Lmod's own checker says of the modulefiles of a tree; empty when every file loads as Lua. */
export async function checkModuleTree(dir: string): Promise<readonly string[]> {
  const { code, stdout, stderr } = await run(tool(syntaxChecker) ?? syntaxChecker, [dir]);
  const said = `${stdout}\n${stderr}`
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return code === 0 ? [] : said;
}
