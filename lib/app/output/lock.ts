import { existsSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errnoOf } from './errno';
import { makeFolders } from './make-folders';
import { HOME, LOCK } from './layout';
import { isDead, type LockOwner, ownerName, parseOwner, thisOwner } from './owner';
import { refuse, type Refusal } from './refusal';

/** How a lock is taken. */
export interface LockOptions {
  /** How long to wait for another synth, in milliseconds. @default 10000 */
  readonly waitMs?: number;
  /** Called once when the waiting begins, and then every second; `owner` is undefined for a lock that is none of ours. */
  readonly onWait?: (owner: LockOwner | undefined, waitedMs: number) => void;
}

const POLL_MS = 25;

/**
 * The lock of an output folder: `hpcdk/.lock`, a folder that holds one entry named after its owner.
 *
 * A folder, because rename then does all three things atomically, on NFS too: a prepared folder is renamed onto a lock
 * that is absent or empty, and onto no other; the entry of a dead owner is renamed to one's own name, which succeeds
 * for one thief only; and a process that is killed between any two steps leaves a lock that is free or plainly its own.
 */
export class OutputLock {
  private constructor(
    private readonly folder: string,
    private readonly name: string,
  ) {}

  /** Takes the lock, or tells who has it. Errors of the disk are thrown. */
  static async acquire(dir: string, options: LockOptions = {}): Promise<OutputLock | Refusal> {
    const here = thisOwner();
    const lock = new OutputLock(join(dir, LOCK), ownerName(here));
    const prepared = `${lock.folder}-${lock.name}`;
    const { waitMs = 10_000, onWait } = options;
    makeFolders(prepared); // With hpcdk/, which a refused commit may just have removed.
    try {
      writeFileSync(join(prepared, lock.name), '');
      const begin = performance.now();
      let told = -Infinity;
      for (;;) {
        const holder = lock.tryTake(prepared, here);
        if (holder === undefined) break;
        const waited = performance.now() - begin;
        if (waited >= waitMs) return lockedRefusal(dir, parseOwner(holder), here);
        if (waited - told >= 1000) {
          told = waited;
          onWait?.(parseOwner(holder), waited);
        }
        await sleep(Math.min(POLL_MS, waitMs - waited));
      }
    } finally {
      if (existsSync(prepared)) rmSync(prepared, { recursive: true, force: true });
    }
    try {
      sweepPrepared(dir, here);
      return lock;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Gives the lock back. */
  release(): void {
    rmSync(join(this.folder, this.name), { force: true }); // It may have been removed by hand, as we advise.
    try {
      rmdirSync(this.folder);
    } catch (error) {
      // An empty lock is free: the next owner may have it already.
      if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errnoOf(error) ?? '')) throw error;
    }
  }

  /** Undefined when the lock is now ours, else the entry of whoever has it. */
  private tryTake(prepared: string, here: LockOwner): string | undefined {
    for (;;) {
      try {
        renameSync(prepared, this.folder);
        return undefined;
      } catch (error) {
        if (!['ENOTEMPTY', 'EEXIST'].includes(errnoOf(error) ?? '')) throw error;
      }
      const holder = this.holder();
      if (holder === undefined) continue;
      const owner = parseOwner(holder);
      if (!owner || !isDead(owner, here)) return holder;
      try {
        renameSync(join(this.folder, holder), join(this.folder, this.name));
        return undefined;
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT') throw error; // ENOENT: another thief was faster.
      }
    }
  }

  private holder(): string | undefined {
    try {
      return readdirSync(this.folder)[0];
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }
}

/** Removes what processes left that were killed while they waited. */
function sweepPrepared(dir: string, here: LockOwner): void {
  const prefix = `${LOCK.slice(HOME.length + 1)}-`;
  for (const name of readdirSync(join(dir, HOME))) {
    const owner = name.startsWith(prefix) ? parseOwner(name.slice(prefix.length)) : undefined;
    if (owner && isDead(owner, here)) rmSync(join(dir, HOME, name), { recursive: true, force: true });
  }
}

function lockedRefusal(dir: string, owner: LockOwner | undefined, here: LockOwner): Refusal {
  const who = !owner
    ? 'an owner that this version cannot read'
    : `process ${owner.pid} on ${owner.host}${owner.host === here.host ? '' : `, another host than ${here.host}`}`;
  return refuse({
    code: 'HPC2608',
    message: `the output folder "${dir}" is locked by ${who}`,
    fix: `wait for it; when that process is gone, remove the folder "${join(dir, LOCK)}"`,
    owner,
  });
}
