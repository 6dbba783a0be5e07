import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../../..');

/** The package as it would be installed, built from the sources as they are now; one for each worker of each run of jest. */
export function builtPackage(): string {
  const folder = join(packages, String(process.pid));
  if (built === folder) return folder;
  mkdirSync(packages, { recursive: true });
  for (const name of readdirSync(packages)) {
    if (name === String(process.pid) || !isAlive(Number(name))) {
      rmSync(join(packages, name), { recursive: true, force: true });
    }
  }
  mkdirSync(folder);
  for (const part of ['bin', 'package.json', 'templates', 'schemas', 'data']) {
    if (existsSync(join(root, part))) cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), '--outdir', join(folder, 'dist')], {
    stdio: 'pipe',
  });
  return (built = folder);
}
let built: string | undefined;
const packages = join(root, 'node_modules/.cache/hpcdk-test');

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** How a run of hpcdk ended. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project in a folder of its own, with hpcdk among its node_modules. */
export class TestProject {
  private static readonly all: TestProject[] = [];

  /** Removes every project of this test file. */
  static cleanUp(): void {
    for (const { dir } of TestProject.all.splice(0)) rmSync(dir, { recursive: true, force: true });
  }

  readonly dir: string;

  constructor(
    files: Readonly<Record<string, string>>,
    options: { readonly installed?: boolean; readonly prefix?: string } = {},
  ) {
    this.dir = mkdtempSync(join(tmpdir(), options.prefix ?? 'hpcdk-test-'));
    TestProject.all.push(this);
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    if (options.installed ?? true) {
      mkdirSync(join(this.dir, 'node_modules'), { recursive: true });
      symlinkSync(builtPackage(), join(this.dir, 'node_modules/hpcdk'));
    }
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    writeFileSync(join(this.dir, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.dir, path), 'utf8');
  }

  /** Every file below a folder with its text. */
  files(folder = '.'): Record<string, string> {
    const entries = readdirSync(join(this.dir, folder), { recursive: true, withFileTypes: true, encoding: 'utf8' });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const base = join(this.dir, folder);
    return Object.fromEntries(paths.sort().map((path) => [path.slice(base.length + 1), readFileSync(path, 'utf8')]));
  }

  /**
   * Runs hpcdk in the project. What it says while it works is left out unless `progress` asks for it: that hangs on how
   * busy the machine is.
   */
  async hpcdk(
    args: readonly string[],
    options: {
      readonly cwd?: string;
      readonly env?: Readonly<Record<string, string>>;
      readonly progress?: boolean;
    } = {},
  ): Promise<Run> {
    const run = await runNode([join(builtPackage(), 'bin/hpcdk.js'), ...args], {
      cwd: join(this.dir, options.cwd ?? '.'),
      env: options.env ?? {},
    });
    return options.progress ? run : { ...run, stderr: withoutProgress(run.stderr) };
  }

  /** Runs hpcdk with --json and reads what it says. */
  async json(
    args: readonly string[],
    options: { readonly env?: Readonly<Record<string, string>> } = {},
  ): Promise<JsonRun> {
    const run = await this.hpcdk([...args, '--json'], options);
    return { ...run, document: JSON.parse(run.stdout) as JsonRun['document'] };
  }
}

/** What hpcdk printed, without the lines that say what it is doing. */
export const withoutProgress = (text: string): string =>
  text.replace(
    /^(loading the definition|synthesising|writing|comparing|posting|evaluating .*|npm install|waiting for process .*) \.\.\.\n/gm,
    '',
  );

/** A run with --json. */
export interface JsonRun extends Run {
  readonly document: {
    readonly command?: string;
    readonly exitCode: number;
    readonly diagnostics: readonly Readonly<Record<string, unknown>>[];
    readonly result?: Readonly<Record<string, unknown>>;
  };
}

/** Runs node without a terminal, with a home of its own. */
export function runNode(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<Run> {
  const { PATH } = process.env;
  const env = { PATH, HOME: options.cwd, XDG_CACHE_HOME: join(tmpdir(), 'hpcdk-test-cache'), ...options.env };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: options.cwd, env });
    const text = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, ...text }));
  });
}

/** The project file for a definition. */
export const projectFile = (definition: string): string =>
  JSON.stringify({ language: 'typescript', app: 'npx hpcdk synth', hpcdk: { definition } }, null, 2);
