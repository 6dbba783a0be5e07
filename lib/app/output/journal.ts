import { readFileSync } from 'node:fs';
import { RECORD } from './layout';
import { ancestors, pathFault } from './output';
import type { Plan } from './plan';
import { sha256 } from './record';
import { errnoOf } from './errno';

/** One file to be renamed from the stage to its path. The n-th write of a journal is staged under the name `n`. */
export interface JournalWrite {
  readonly path: string;
  readonly sha256: string;
  /** The sha256 of what it replaces; absent for a new file. */
  readonly replaces?: string;
}

/** All that a commit still has to do. Doing it twice, or from the middle on, gives the same tree. */
export interface Journal {
  readonly version: 1;
  readonly removals: readonly { readonly path: string; readonly sha256: string }[];
  /** Folders to remove when they are empty then, innermost first. */
  readonly prunable: readonly string[];
  /** Folders to make, outermost first. */
  readonly folders: readonly string[];
  /** The ownership record is the last one. */
  readonly writes: readonly JournalWrite[];
}

/** The journal of a plan. */
export function journalOf(plan: Plan): Journal {
  return {
    version: 1,
    removals: plan.removals,
    prunable: plan.prunable,
    folders: plan.folders,
    writes: [
      ...plan.writes.map(({ path, sha256, replaces }) => ({ path, sha256, replaces })),
      { path: RECORD, sha256: sha256(Buffer.from(plan.record)) },
    ],
  };
}

/** The folders that can only be made once the removals are done: in the place of a file, or below one. */
export function lateFolders({ removals, folders }: Pick<Journal, 'removals' | 'folders'>): ReadonlySet<string> {
  const removed = new Set(removals.map(({ path }) => path));
  return new Set(folders.filter((folder) => [...ancestors(folder), folder].some((path) => removed.has(path))));
}

/** The journal as text: one line of JSON, and the sha256 of that line, which a torn write does not have. */
export function printJournal(journal: Journal): string {
  const line = JSON.stringify(journal);
  return `${line}\n${sha256(Buffer.from(line))}\n`;
}

/** Reads a journal; undefined when there is none, when it is torn, or when it names a path outside of the output. */
export function readJournal(file: string): Journal | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  const [line = '', sum] = text.split('\n');
  if (sum !== sha256(Buffer.from(line))) return undefined;
  const journal = JSON.parse(line) as Journal;
  if (journal.version !== 1) return undefined;
  const paths = [...journal.removals, ...journal.writes].map(({ path }) => path);
  const inside = [...paths, ...journal.folders, ...journal.prunable].every(
    (path) => path === RECORD || pathFault(path) === undefined,
  );
  return inside ? journal : undefined;
}
