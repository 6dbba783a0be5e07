import type { Manifest } from '../../app/manifest';
import { kindOf } from '../change-set';
import type { Comparison } from '../comparison';
import type { Entry } from '../model';
import { lastPart } from '../words';

/** Where hosts have a file system now: by the mount that an entry is about, or by the file system. */
export function mountPoint({ path, field, before: was }: Entry, { before, after }: Comparison): string | undefined {
  if (field === 'path' && was !== undefined && was.startsWith('/')) return was;
  return pathAt(before.manifest, path) ?? pathAt(after.manifest, path);
}

function pathAt(manifest: Manifest, path: string): string | undefined {
  const construct = Object.hasOwn(manifest.constructs, path) ? manifest.constructs[path] : undefined;
  if (!construct) return undefined;
  const own = construct.values.path;
  if (typeof own === 'string') return own;
  if (kindOf(manifest, construct) !== 'Mount') return undefined;
  const source = Object.keys(manifest.constructs).find((other) => mountName(other) === lastPart(path));
  return source === undefined ? undefined : pathAt(manifest, source);
}

/** The mounts of both sides by the name of what they mount: `campus.home` of `campus/home`. */
export function mountsByName({ before, after }: Comparison): ReadonlyMap<string, string> {
  const mounts = new Map<string, string>();
  for (const { manifest } of [before, after]) {
    for (const [path, construct] of Object.entries(manifest.constructs)) {
      if (kindOf(manifest, construct) === 'Mount') mounts.set(lastPart(path), path);
    }
  }
  return mounts;
}

/** What the mounts of a file system are called (see Mount): the end of a path that is long. */
export const mountName = (path: string): string => path.replaceAll('/', '.').slice(-60).replace(/^\W+/, '');
