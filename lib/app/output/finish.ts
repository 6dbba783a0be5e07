import { existsSync, lstatSync, readFileSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { dirname } from 'node:path/posix';
import { syncFolders } from './durable';
import { Folders } from './folders';
import { type Journal, lateFolders, readJournal } from './journal';
import { HOME, JOURNAL, RECORD, STAGE, STAGED_JOURNAL } from './layout';
import { makeFolder, removeIfEmpty } from './make-folders';
import { sha256 } from './record';

/** Called before each change on disk. A test kills the process there; nothing else uses it. */
export type OnStep = (step: string) => void;

/** How an interrupted commit is finished. */
export interface FinishOptions {
  /** Some of it may be done already, and files may have been edited since: look before each change. */
  readonly resumed: boolean;
  /** Make folders durable before the journal goes. */
  readonly durable: boolean;
  readonly onStep?: OnStep;
}

/**
 * Does what a published journal says. Removals come first, because a file may make room for a folder; the ownership
 * record is renamed last; then the journal goes, and the stage.
 */
export async function finish(dir: string, journal: Journal, options: FinishOptions): Promise<void> {
  const { resumed, durable, onStep } = options;
  for (const { path, sha256: sha } of journal.removals) {
    onStep?.(`remove ${path}`);
    if (!resumed || isUnedited(dir, path, [sha])) rmSync(join(dir, path), { force: true });
  }
  for (const folder of journal.prunable) {
    onStep?.(`prune ${folder}`);
    if (!resumed || isReachable(dir, folder)) removeIfEmpty(join(dir, folder));
  }
  const late = lateFolders(journal);
  for (const folder of journal.folders) {
    onStep?.(`make ${folder}`);
    // The others were made before the journal was published.
    if (resumed ? isReachable(dir, folder) : late.has(folder)) makeFolder(join(dir, folder));
  }
  const stage = join(dir, STAGE);
  for (const [index, { path, sha256: sha, replaces }] of journal.writes.entries()) {
    onStep?.(`rename ${path}`);
    const staged = `${stage}/${index}`;
    // An edit made after the kill is kept: the record then tells the next synth, which shows it.
    const due = () => isIntact(staged, sha) && (path === RECORD || isUnedited(dir, path, [sha, replaces]));
    if (!resumed || due()) renameSync(staged, `${dir}/${path}`);
  }
  if (durable) {
    const touched = [...journal.removals, ...journal.writes].map(({ path }) => dirname(path));
    await syncFolders(dir, [...touched, ...[...journal.folders, ...journal.prunable].map(dirname)]);
  }
  onStep?.('remove the journal');
  unlinkSync(join(dir, JOURNAL));
  onStep?.('remove the stage');
  removeStage(dir);
}

/** Takes away what a commit left that never came to its journal: the new folders, when they are empty, and the stage. */
export function sweep(dir: string, onStep?: OnStep): void {
  const staged = readJournal(join(dir, STAGED_JOURNAL));
  for (const folder of [...(staged?.folders ?? [])].reverse()) {
    onStep?.(`sweep ${folder}`);
    // A folder that stands where a file goes away is not made before the journal, so it is none of ours here.
    removeIfEmpty(join(dir, folder));
  }
  onStep?.('sweep the journal');
  rmSync(join(dir, JOURNAL), { force: true }); // A torn one, if any.
  onStep?.('sweep the stage');
  removeStage(dir);
}

/** Mostly it is empty, and the recursive rmSync costs some milliseconds to load. */
function removeStage(dir: string): void {
  removeIfEmpty(join(dir, STAGE));
  if (existsSync(join(dir, STAGE))) rmSync(join(dir, STAGE), { recursive: true, force: true });
}

/** True when a commit was killed here, or is running now. */
export function isInterrupted(dir: string): boolean {
  const home = lstatSync(join(dir, HOME), { throwIfNoEntry: false });
  return home !== undefined && home.isDirectory() && (existsSync(join(dir, STAGE)) || existsSync(join(dir, JOURNAL)));
}

/** True for a file that is absent, or has one of these bytes, or was left empty; never through a symbolic link. */
function isUnedited(dir: string, path: string, shas: readonly (string | undefined)[]): boolean {
  if (!isReachable(dir, path)) return false;
  const stat = lstatSync(join(dir, path), { throwIfNoEntry: false });
  if (!stat) return true;
  return stat.isFile() && (stat.size === 0 || shas.includes(sha256(readFileSync(join(dir, path)))));
}

/** True when no symbolic link or file stands where a folder of the path must be. */
function isReachable(dir: string, path: string): boolean {
  return new Folders(dir).above(path).kind !== 'blocked';
}

function isIntact(file: string, sha: string): boolean {
  return existsSync(file) && sha256(readFileSync(file)) === sha;
}
