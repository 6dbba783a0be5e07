import { spawn } from 'node:child_process';
import { constants as osConstants } from 'node:os';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Folders that hold programs but are often not on the PATH of a user: daemons, and what Lmod keeps for itself. */
const extraFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/share/lmod/lmod/libexec'];

/** The PATH that tools are looked up on and run with. */
export function toolPath(): string {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...folders, ...extraFolders.filter((folder) => !folders.includes(folder))].join(delimiter);
}

/** The path of a program, or undefined when this machine does not have it. */
export function tool(name: string): string | undefined {
  const candidates = isAbsolute(name)
    ? [name]
    : toolPath()
        .split(delimiter)
        .map((folder) => join(folder, name));
  return candidates.find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** True where a program must be there: `HPCDK_REQUIRE_TOOLS=1`, set by CI. */
export const toolsRequired = process.env.HPCDK_REQUIRE_TOOLS === '1';

/**
 * Like jest's `describe`, for tests that need real programs. Without them the tests are skipped and the title says what
 * is missing; with `HPCDK_REQUIRE_TOOLS=1` a missing program is a failing test.
 *
 * @param needs names of programs; `root` stands for running as root, for what needs namespaces.
 */
export function describeWith(needs: readonly string[], title: string, body: () => void): void {
  const missing = needs.filter((need) => (need === 'root' ? process.getuid?.() !== 0 : tool(need) === undefined));
  if (missing.length === 0) {
    jest.setTimeout(180_000);
    describe(title, body);
  } else if (toolsRequired) {
    describe(title, () => {
      test(`needs ${missing.join(', ')}`, () => {
        throw new Error(`HPCDK_REQUIRE_TOOLS=1, but this machine lacks: ${missing.join(', ')}`);
      });
    });
  } else {
    const skipped = `${title} [skipped: this machine lacks ${missing.join(', ')}]`;
    process.stderr.write(`${skipped}\n`); // Jest itself prints nothing about a file of which all is skipped.
    describe.skip(skipped, body);
  }
}

/** How a program is run. */
export interface RunOptions {
  /** @default the current folder */
  readonly cwd?: string;
  /** Added to the environment of the tests; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Standard input. @default empty */
  readonly input?: string;
  /** After this the whole process group is killed. @default 120000 */
  readonly timeoutMs?: number;
}

/** How a program ended. */
export interface RunResult {
  /** Exit code; 128 + n after signal n, 124 after a time-out. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const running = new Set<number>();
process.once('exit', () => running.forEach(killGroup));

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has gone already.
  }
}

/** Runs a program without a shell, in its own process group; nothing of that group outlives the call. */
export function run(command: string, args: readonly string[] = [], options: RunOptions = {}): Promise<RunResult> {
  const { cwd, env = {}, input = '', timeoutMs = 120_000 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(tool(command) ?? command, args, {
      cwd,
      env: { ...process.env, LC_ALL: 'C.UTF-8', PATH: toolPath(), ...env },
      detached: true,
    });
    const pid = child.pid;
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    child.stdout.on('data', (chunk: Buffer) => chunks.stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
    child.stdin.on('error', () => undefined); // A program may end without reading its input.
    child.stdin.end(input);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      if (pid !== undefined) killGroup(pid);
    }, timeoutMs);
    if (pid !== undefined) running.add(pid);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    // A daemon left behind would keep the pipes open, and 'close' would never come: end it first.
    child.on('exit', () => {
      if (pid !== undefined) killGroup(pid);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (pid !== undefined) running.delete(pid);
      const text = (parts: Buffer[]) => Buffer.concat(parts).toString('utf8');
      const late = timedOut ? `\n[killed after ${timeoutMs} ms]` : '';
      resolve({
        code: timedOut ? 124 : (code ?? 128 + (signal === null ? 0 : osConstants.signals[signal])),
        stdout: text(chunks.stdout),
        stderr: text(chunks.stderr) + late,
      });
    });
  });
}

/** Runs a program that must succeed; its output on both streams is in the error when it does not. */
export async function runOk(command: string, args: readonly string[] = [], options: RunOptions = {}): Promise<string> {
  const result = await run(command, args, options);
  if (result.code !== 0) throw new Error(failure([command, ...args].join(' '), result));
  return result.stdout;
}

/** What a reader of a failed test wants to see of a program. */
export function failure(what: string, { code, stdout, stderr }: RunResult): string {
  return `${what}: exit code ${code}\n--- stdout\n${stdout}\n--- stderr\n${stderr}`;
}
