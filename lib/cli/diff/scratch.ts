import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDead, ownerName, parseOwner, thisOwner } from '../../app/output/owner';

const PREFIX = 'hpcdk-diff-';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A folder for the time of one command. It goes when the command ends, by a signal too; the next command removes what a
 * process left that was killed. Its name tells whose it is.
 */
export class Scratch {
  /** Makes a folder that nobody else can read, and removes those of processes that are gone. */
  static open(): Scratch {
    const owner = thisOwner();
    const within = tmpdir();
    for (const name of readdirSync(within)) {
      if (isAbandoned(name)) remove(join(within, name));
    }
    const dir = join(within, `${PREFIX}${ownerName(owner)}`);
    mkdirSync(dir, { mode: 0o700 });
    return new Scratch(dir);
  }

  /** Whether a path has the form of a folder of ours. */
  static holds(path: string): boolean {
    return path.split('/').some((name) => name.startsWith(PREFIX) && parseOwner(name.slice(PREFIX.length)));
  }

  private readonly cleanUps: (() => void)[] = [];
  private readonly children = new Map<ChildProcess, NodeJS.Signals>();
  private isEnding = false;
  private readonly onExit = (): void => {
    this.stopChildren();
    this.remove();
  };
  private readonly onSignal = (signal: NodeJS.Signals): void => void this.endBy(signal);

  private constructor(readonly dir: string) {
    process.on('exit', this.onExit);
    for (const signal of SIGNALS) process.on(signal, this.onSignal);
  }

  /**
   * A process that works in the folder: it ends before the folder goes, or it would make it again.
   *
   * @param signal what ends it. @default SIGKILL
   */
  tend(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): void {
    this.children.set(child, signal);
    child.once('close', () => this.children.delete(child));
    if (this.isEnding) child.kill(signal);
  }

  private async endBy(signal: NodeJS.Signals): Promise<void> {
    this.isEnding = true;
    const ended = [...this.children.keys()].map((child) => once(child, 'close'));
    this.stopChildren();
    await Promise.allSettled(ended);
    this.remove();
    process.exit(128 + constants.signals[signal]);
  }

  private stopChildren(): void {
    for (const [child, signal] of this.children) child.kill(signal);
  }

  /** Has something done when the folder is gone: at once, because the process may be ending. */
  afterwards(cleanUp: () => void): void {
    this.cleanUps.push(cleanUp);
  }

  /** Removes the folder and does what is to be done afterwards. */
  remove(): void {
    process.off('exit', this.onExit);
    for (const signal of SIGNALS) process.off(signal, this.onSignal);
    remove(this.dir);
    for (const cleanUp of this.cleanUps.splice(0).reverse()) cleanUp();
  }
}

/** Whether a name in the folder for temporary files is that of a process of this machine that is gone. */
function isAbandoned(name: string): boolean {
  const owner = name.startsWith(PREFIX) ? parseOwner(name.slice(PREFIX.length)) : undefined;
  return owner !== undefined && isDead(owner, thisOwner());
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
  } catch {
    // that of another user; or a file system that is full or gone: nothing that this command could mend
  }
}
