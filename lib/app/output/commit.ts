import { accessSync, constants, lstatSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type NewFile, syncFolders, writeFiles } from './durable';
import { isDiskError } from './errno';
import { finish, isInterrupted, type OnStep, sweep } from './finish';
import { journalOf, lateFolders, printJournal } from './journal';
import { HOME, JOURNAL, RECORD, STAGE, STAGED_JOURNAL } from './layout';
import { OutputLock } from './lock';
import { makeFolder, makeFolders, removeEmptyUpTo } from './make-folders';
import { checkOutput, type Output } from './output';
import type { LockOwner } from './owner';
import { type Plan, planChecked, type PlanOptions } from './plan';
import { type Recovered, recoverLocked, writeRefusal } from './recover';
import { recordGeneration } from './record';
import { refuse, type Refusal } from './refusal';

/** What a commit is doing, for a person who waits. */
export type CommitProgress =
  | { readonly kind: 'waiting'; readonly owner: LockOwner | undefined; readonly waitedMs: number }
  | { readonly kind: 'writing'; readonly done: number; readonly total: number };

/** How an output is committed. */
export interface CommitOptions extends PlanOptions {
  /** How long to wait for another synth of the same folder, in milliseconds. @default 10000 */
  readonly waitMs?: number;
  readonly onProgress?: (progress: CommitProgress) => void;
  /** For tests: called before each change on disk. */
  readonly onStep?: OnStep;
}

/** The output stands on disk. */
export interface Committed {
  readonly kind: 'committed';
  /** Paths, sorted. */
  readonly written: readonly string[];
  /** How many files were on disk already. */
  readonly unchanged: number;
  /** Paths that were ours and are no longer in the output, sorted. */
  readonly removed: readonly string[];
  /** What was done first for an earlier commit that was killed. */
  readonly recovered: Recovered['what'];
}

export type CommitResult = Committed | Refusal;

/**
 * Writes an output to a folder: all of it or nothing. Refusals (files edited by hand, a lock, a full disk) are values.
 * An output that stands already is not written to at all.
 */
export async function commit(dir: string, output: Output, options: CommitOptions = {}): Promise<CommitResult> {
  const problems = checkOutput(output);
  if (problems.length > 0) return refuse(...problems);
  let made: string | undefined;
  try {
    // A plan made without the lock is good enough to do nothing. What it refuses may be another commit half-way.
    const early = isInterrupted(dir) ? undefined : planUnlocked(dir, output, options);
    if (early?.kind === 'plan' && early.idle) return committed(early, 'nothing');
    const home = lstatSync(join(dir, HOME), { throwIfNoEntry: false });
    if (early?.kind === 'refused' && !home?.isDirectory()) return early;
    made = makeFolders(join(dir, HOME));
    return await commitLocked(dir, output, options, early);
  } catch (error) {
    return writeRefusal(error, dir);
  } finally {
    if (made !== undefined) removeEmptyUpTo(join(dir, HOME), made);
  }
}

/** Undefined where the disk refused, too: a file that was there a moment ago may be one that another commit removes. */
function planUnlocked(dir: string, output: Output, options: PlanOptions): Plan | Refusal | undefined {
  try {
    return planChecked(dir, output, options);
  } catch (error) {
    if (isDiskError(error)) return undefined;
    throw error;
  }
}

async function commitLocked(
  dir: string,
  output: Output,
  options: CommitOptions,
  early: Plan | Refusal | undefined,
): Promise<CommitResult> {
  const { waitMs, onProgress, onStep } = options;
  const onWait = (owner: LockOwner | undefined, waitedMs: number) => onProgress?.({ kind: 'waiting', owner, waitedMs });
  const lock = await OutputLock.acquire(dir, { waitMs, onWait });
  if (!(lock instanceof OutputLock)) return lock;
  try {
    onStep?.('locked');
    const recovered = await recoverLocked(dir, onStep);
    const stands = early?.kind === 'plan' && recovered === 'nothing' && early.generation === recordGeneration(dir);
    const current = stands ? early : planChecked(dir, output, options);
    if (current.kind === 'refused') return current;
    const refusal = current.idle ? undefined : await write(dir, current, options);
    return refusal ?? committed(current, recovered);
  } finally {
    onStep?.('unlock');
    lock.release();
  }
}

async function write(dir: string, plan: Plan, { onProgress, onStep }: CommitOptions): Promise<Refusal | undefined> {
  // Flushing file by file protects an output that stands; before the first one there is nothing to fall back to.
  const durable = !plan.first;
  const journal = journalOf(plan);
  try {
    onStep?.('make the stage');
    mkdirSync(join(dir, STAGE));
    const refusal = targetRefusal(dir, plan);
    if (refusal) {
      sweep(dir);
      return refusal;
    }
    await stage(dir, plan, durable, onStep, onProgress);
    await writeFiles([{ path: join(dir, STAGED_JOURNAL), bytes: printJournal(journal), mode: 0o644 }], true, () =>
      onStep?.('stage the journal'),
    );
    const late = lateFolders(journal);
    for (const folder of plan.folders) {
      onStep?.(`make ${folder}`);
      // Now rather than later, while a full disk is still no harm.
      if (!late.has(folder)) makeFolder(join(dir, folder));
    }
    if (durable) await syncFolders(dir, [STAGE]);
    onStep?.('publish the journal');
    renameSync(join(dir, STAGED_JOURNAL), join(dir, JOURNAL));
  } catch (error) {
    sweep(dir);
    throw error;
  }
  await syncFolders(dir, [HOME]);
  await finish(dir, journal, { resumed: false, durable, onStep });
  return undefined;
}

async function stage(
  dir: string,
  plan: Plan,
  durable: boolean,
  onStep: OnStep | undefined,
  onProgress: CommitOptions['onProgress'],
): Promise<void> {
  const folder = join(dir, STAGE);
  const files: NewFile[] = plan.writes.map(({ bytes, mode }, index) => ({ path: `${folder}/${index}`, bytes, mode }));
  files.push({ path: `${folder}/${files.length}`, bytes: plan.record, mode: 0o644 });
  let done = 0;
  await writeFiles(files, durable, () => {
    onStep?.(`stage ${plan.writes[done]?.path ?? RECORD}`);
    onProgress?.({ kind: 'writing', done: done++, total: files.length });
  });
}

/** What would stop a rename or a removal later, found while it is still no harm. */
function targetRefusal(dir: string, plan: Plan): Refusal | undefined {
  const stageDevice = statSync(join(dir, STAGE)).dev;
  const made = new Set(plan.folders);
  const paths = [...plan.writes, ...plan.removals].map(({ path }) => path);
  for (const parent of new Set(paths.map((path) => posix.dirname(path)))) {
    if (made.has(parent)) continue;
    const folder = join(dir, parent);
    if (statSync(folder).dev !== stageDevice) {
      const message = `"${folder}" is on another file system than the output folder "${dir}"`;
      return refuse({ code: 'HPC2609', message, fix: 'unmount it, or choose an output folder on one file system' });
    }
    accessSync(folder, constants.W_OK | constants.X_OK);
  }
  return undefined;
}

function committed(plan: Plan, recovered: Recovered['what']): Committed {
  const written = plan.writes.map(({ path }) => path);
  const removed = plan.removals.map(({ path }) => path);
  return { kind: 'committed', written, unchanged: plan.unchanged, removed, recovered };
}
