import { type ChildProcess, execFile, execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { closest } from '../../values/closest';
import { quote } from '../../values/problem';
import { fail, type Failure, isFailure } from '../outcome';
import { Scratch } from './scratch';

const run = promisify(execFile);

/** What a hook of git says of its own repository would lead our calls astray. */
const OF_HOOKS = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR'];

/** What git says of a work tree that somebody is adding or removing at this moment. */
const HALF_THERE = /failed to read .*\bworktrees\b/;

const messageOf = ({ diagnostics }: Failure): string => diagnostics[0]?.message ?? '';

/** A commit of a repository. */
export interface Revision {
  /** What the user wrote. */
  readonly name: string;
  /** Its full id. */
  readonly commit: string;
}

/** A git repository, as far as a diff needs it. Nothing in it is changed but the list of work trees. */
export class Repository {
  /** The repository that a folder belongs to. */
  static async open(cwd: string, env: NodeJS.ProcessEnv): Promise<Repository | Failure> {
    const found = await git(cwd, env, ['rev-parse', '--show-toplevel']);
    if (isFailure(found)) return found;
    return new Repository(found.trimEnd(), env);
  }

  private constructor(
    readonly top: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** The commit that a name stands for: a branch, a tag, HEAD~3, an id. */
  async revision(name: string): Promise<Revision | Failure> {
    const found = await this.git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
    if (!isFailure(found)) return { name, commit: found.trim() };
    const listed = await this.git(['for-each-ref', '--format=%(refname:short)']);
    const names = isFailure(listed) ? [] : listed.split('\n').filter((ref) => ref !== '');
    const near = names.find((ref) => ref.endsWith(`/${name}`)) ?? closest(name, names);
    const shallow = existsSync(join(this.top, '.git', 'shallow'));
    return fail({
      code: 'HPC7018',
      message: `${quote(name)} is neither a folder here nor a revision of this git repository`,
      fix: near
        ? `did you mean ${near}?`
        : shallow
          ? 'this clone has a part of the history only: fetch the revision (git fetch --unshallow), or name an output'
          : 'name a branch, a tag, a commit, or the folder that hpcdk synth wrote',
    });
  }

  /** The commit where HEAD and a branch parted. */
  async forkPoint(name: string): Promise<Revision | Failure> {
    const found = await this.git(['merge-base', '--end-of-options', name, 'HEAD']);
    return isFailure(found) ? found : { name, commit: found.trim() };
  }

  /** Checks a revision out beside everything else, with the packages that are installed now. */
  async checkOut({ name, commit }: Revision, scratch: Scratch, folder: string): Promise<string | Failure> {
    await this.forgetAbandoned();
    const tree = join(scratch.dir, folder, 'tree');
    mkdirSync(dirname(tree), { recursive: true });
    scratch.afterwards(() => this.forget(tree));
    const added = await this.addTree(tree, commit, scratch);
    if (isFailure(added)) {
      const message = messageOf(added);
      return fail({
        code: 'HPC7019',
        message: `${quote(name)} cannot be checked out: ${message}`,
        fix: 'compare with an output in place of a revision: hpcdk diff --base DIR',
      });
    }
    return tree;
  }

  /** git reads the list of work trees while others write theirs into it, and stops at one that is half there. */
  private async addTree(tree: string, commit: string, scratch: Scratch, tries = 10): Promise<string | Failure> {
    const args = ['-c', 'core.hooksPath=/dev/null', 'worktree', 'add', '--detach', tree, commit];
    // git takes back what it has half done when it is told to end
    const added = await git(this.top, this.env, args, (child) => scratch.tend(child, 'SIGTERM'));
    if (!isFailure(added) || tries === 1 || !HALF_THERE.test(messageOf(added))) return added;
    await setTimeout(50);
    this.forget(tree);
    return this.addTree(tree, commit, scratch, tries - 1);
  }

  /** Links node_modules of the present folders, from the project up, to where they stand in a work tree. */
  linkPackages(tree: string, projectDir: string): void {
    for (let dir = projectDir; ; dir = dirname(dir)) {
      const place = relative(this.top, dir);
      const outside = place.startsWith('..');
      const link = join(outside ? dirname(tree) : join(tree, place), 'node_modules');
      const present = join(dir, 'node_modules');
      const parent = lstatSync(dirname(link), { throwIfNoEntry: false });
      if (existsSync(present) && parent?.isDirectory() && !lstatSync(link, { throwIfNoEntry: false })) {
        symlinkSync(present, link, 'dir');
      }
      if (dir === dirname(dir)) return;
    }
  }

  /** Takes from the list the work trees of ours whose folders are gone. */
  private async forgetAbandoned(): Promise<void> {
    const listed = await this.git(['worktree', 'list', '--porcelain']);
    if (isFailure(listed)) return;
    for (const [, path = ''] of listed.matchAll(/^worktree (.*)$/gm)) {
      // Another command makes its folder before its work tree.
      if (Scratch.holds(path) && !existsSync(dirname(dirname(path)))) this.forget(path);
    }
  }

  /** At once: the process may be ending. */
  private forget(tree: string, tries = 10): void {
    try {
      execFileSync('git', ['worktree', 'remove', '--force', tree], options(this.top, this.env));
    } catch (error) {
      if (tries > 1 && HALF_THERE.test(String((error as { readonly stderr?: string }).stderr)))
        this.forget(tree, tries - 1);
      // otherwise it was never added
    }
  }

  private git(args: readonly string[]): Promise<string | Failure> {
    return git(this.top, this.env, args);
  }
}

const options = (cwd: string, env: NodeJS.ProcessEnv) => ({
  cwd,
  env: Object.fromEntries([
    ...Object.entries(env).filter(([name]) => !OF_HOOKS.includes(name)),
    ['LC_ALL', 'C'],
    ['GIT_TERMINAL_PROMPT', '0'],
  ]) as NodeJS.ProcessEnv,
  stdio: 'pipe' as const,
  encoding: 'utf8' as const,
  maxBuffer: 64 * 1024 * 1024,
});

/** Runs git; what it refuses is a fault with its first line. */
async function git(
  cwd: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  onStart?: (child: ChildProcess) => void,
): Promise<string | Failure> {
  try {
    const running = run('git', args, options(cwd, env));
    onStart?.(running.child);
    return (await running).stdout;
  } catch (error) {
    const { code, stderr, message } = error as NodeJS.ErrnoException & { readonly stderr?: string };
    if (code === 'ENOENT') return fail({ code: 'HPC7019', message: 'the program git is not installed' });
    const said = (stderr || message).split('\n').find((line) => /^(fatal|error):/.test(line)) ?? message.split('\n')[0];
    return fail({ code: 'HPC7019', message: `git: ${(said ?? '').replace(/^(fatal|error): /, '')}` });
  }
}

/** The folder of a work tree that stands where a folder of the repository does. */
export const placeIn = (tree: string, top: string, dir: string): string =>
  join(tree, relative(top, dir).split(sep).join('/'));
