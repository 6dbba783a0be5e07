import { closest } from '../values/closest';
import { byCodeUnit } from '../values/json';
import { type Problem, quote } from '../values/problem';
import { isAt } from './filter';
import type { Diff } from './model';
import type { Side } from './side';

/** Paths that are named in place of one that does not exist. */
const MOST = 3;

/**
 * What is wrong with a path that is neither a construct, a file or a folder of either side, nor what an entry is about: a view
 * of it would be empty, and look like no change.
 *
 * @param ids ids of entries, where they can be named as well
 */
export function unknownPath(
  path: string,
  { entries }: Diff,
  before: Side,
  after: Side,
  ids: readonly string[] = [],
): Problem | undefined {
  const wanted = path.replace(/\/+$/, '');
  const known = [before, after].flatMap(({ manifest }) => [
    ...Object.keys(manifest.constructs),
    ...Object.keys(manifest.files),
  ]);
  const there = new Set(known.flatMap(withFolders));
  if (there.has(wanted)) return undefined;
  if (ids.includes(path) || entries.some((entry) => isAt(entry, path))) return undefined;
  const near = nearest(wanted, new Set([...there, ...ids]));
  return {
    code: 'HPC2715',
    message: `neither side has ${quote(path)}`,
    fix:
      near.length > 0
        ? `did you mean ${near.map((one) => quote(one)).join(' or ')}?`
        : 'name a construct, or a file or folder of the output, as hpcdk tree and the views show them',
  };
}

/** A path, and those that it stands below. */
const withFolders = (path: string): string[] => path.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'));

/** The path of an id, paths that end with the one that was asked for, or else those that are written most like it. */
function nearest(wanted: string, known: Set<string>): string[] {
  const ofId = wanted.slice(0, Math.max(0, wanted.indexOf('#')));
  if (known.has(ofId)) return [ofId];
  const ending = [...known].filter((one) => one.endsWith(`/${wanted}`)).sort(byCodeUnit);
  if (wanted !== '' && ending.length > 0) return ending.slice(0, MOST);
  const found: string[] = [];
  for (let near = closest(wanted, known); near !== undefined && found.length < MOST; near = closest(wanted, known)) {
    found.push(near);
    known.delete(near);
  }
  return found;
}
