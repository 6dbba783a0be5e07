import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { finish, isInterrupted, type OnStep, sweep } from './finish';
import { readJournal } from './journal';
import { JOURNAL, STAGE } from './layout';
import { type LockOptions, OutputLock } from './lock';
import { diskRefusal, type Refusal } from './refusal';

/** How an output is recovered. */
export interface RecoverOptions extends LockOptions {
  readonly onStep?: OnStep;
}

/** What a recovery found: nothing, a commit that it finished (the new output stands), or one that it undid. */
export interface Recovered {
  readonly kind: 'recovered';
  readonly what: 'nothing' | 'finished' | 'swept';
}

/**
 * Finishes a commit that was killed after its journal, or sweeps away one that was killed before it. Every command that
 * reads or writes an output calls it first; when nothing was killed it costs two looks at the disk and writes nothing.
 */
export async function recover(dir: string, options: RecoverOptions = {}): Promise<Recovered | Refusal> {
  try {
    if (!isInterrupted(dir)) return { kind: 'recovered', what: 'nothing' };
    // Without a journal the old output stands, and a running commit may own the stage: nothing to wait for.
    const waitMs = existsSync(join(dir, JOURNAL)) ? options.waitMs : 0;
    const lock = await OutputLock.acquire(dir, { ...options, waitMs });
    if (!(lock instanceof OutputLock)) {
      return existsSync(join(dir, JOURNAL)) ? lock : { kind: 'recovered', what: 'nothing' };
    }
    try {
      return { kind: 'recovered', what: await recoverLocked(dir, options.onStep) };
    } finally {
      lock.release();
    }
  } catch (error) {
    return writeRefusal(error, dir);
  }
}

/** What the disk refused, told by whether the journal is out: before it the old output stands, after it the new one will. */
export function writeRefusal(error: unknown, dir: string): Refusal {
  return diskRefusal(error, dir, existsSync(join(dir, JOURNAL)) ? 'HPC2610' : 'HPC2609');
}

/** The same, for one who has the lock. */
export async function recoverLocked(dir: string, onStep?: OnStep): Promise<Recovered['what']> {
  const journal = readJournal(join(dir, JOURNAL));
  if (journal) {
    await finish(dir, journal, { resumed: true, durable: true, onStep });
    return 'finished';
  }
  if (!existsSync(join(dir, STAGE)) && !existsSync(join(dir, JOURNAL))) return 'nothing';
  sweep(dir, onStep);
  return 'swept';
}
