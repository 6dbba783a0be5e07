import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { quote } from '../../values/problem';
import { npmInstall } from '../install-dependencies';
import { fail, type Failure } from '../outcome';

/** A copy of the package hpcdk. */
export interface OtherHpcdk {
  /** The folder of the package. */
  readonly dir: string;
  readonly version: string;
}

/**
 * Finds another hpcdk: in a folder (the package, its node_modules, or a folder that has it among its packages), or by its
 * version, which npm installs once into the cache of the user.
 */
export async function findHpcdk(
  cwd: string,
  named: string,
  env: NodeJS.ProcessEnv,
  onInstall: () => void,
): Promise<OtherHpcdk | Failure> {
  const root = resolve(cwd, named);
  if (existsSync(root) || !/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(named)) {
    return packageIn(root) ?? missing(`${quote(named)} has no built hpcdk in it`);
  }
  const cache = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  if (!isAbsolute(cache)) return missing('there is no folder to keep another hpcdk in (XDG_CACHE_HOME)');
  const kept = join(cache, 'hpcdk', 'versions', named);
  const found = packageIn(kept);
  if (found) return found;
  onInstall();
  return install(kept, named);
}

/** Installs beside and renames: what stands in the cache is whole. */
async function install(kept: string, version: string): Promise<OtherHpcdk | Failure> {
  const stage = `${kept}.${process.pid}`;
  try {
    mkdirSync(stage, { recursive: true });
    writeFileSync(join(stage, 'package.json'), '{ "private": true }\n');
    const reason = await npmInstall(stage, [`hpcdk@${version}`]);
    if (reason !== undefined) return missing(`hpcdk ${version} cannot be installed: ${reason}`);
    if (!existsSync(kept)) renameSync(stage, kept);
  } catch (error) {
    return missing(`hpcdk ${version} cannot be kept in ${dirname(kept)} (${(error as NodeJS.ErrnoException).code})`);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  return packageIn(kept) ?? missing(`hpcdk ${version} was installed, and is no hpcdk`);
}

const missing = (message: string): Failure =>
  fail({
    code: 'HPC7020',
    message,
    fix: 'install it beside the project (npm install --prefix ../other hpcdk@VERSION), and name that folder',
  });

function packageIn(root: string): OtherHpcdk | undefined {
  for (const dir of [root, join(root, 'hpcdk'), join(root, 'node_modules', 'hpcdk')]) {
    const version = versionOf(dir);
    if (version !== undefined && existsSync(join(dir, 'dist', 'cli.js'))) return { dir, version };
  }
  return undefined;
}

function versionOf(dir: string): string | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as Record<string, unknown>;
    return name === 'hpcdk' ? String(version) : undefined;
  } catch {
    return undefined;
  }
}
