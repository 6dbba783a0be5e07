import { lstatSync, mkdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errnoOf } from './errno';

/** Makes a folder, unless it is there; a link to one does not count. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST' || !lstatSync(path).isDirectory()) throw error;
  }
}

/**
 * Makes a folder with those above it, and gives the outermost one that was made. Not the `recursive` of mkdirSync, which
 * says ENOENT where the disk says that it is read-only.
 */
export function makeFolders(path: string): string | undefined {
  try {
    mkdirSync(path);
    return path;
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST' && statSync(path, { throwIfNoEntry: false })?.isDirectory()) return undefined;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
  }
  const outermost = makeFolders(dirname(path));
  makeFolder(path);
  return outermost ?? path;
}

/** Removes a folder that is empty; anything else stays. */
export function removeIfEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR', 'EBUSY'].includes(errnoOf(error) ?? '')) throw error;
  }
}

/** Removes the empty folders from `path` up to `outermost`. */
export function removeEmptyUpTo(path: string, outermost: string): void {
  for (let at = path; ; at = dirname(at)) {
    removeIfEmpty(at);
    if (at === outermost || statSync(at, { throwIfNoEntry: false })) return;
  }
}
