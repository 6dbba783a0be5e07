import { byCodeUnit } from '../values/json';
import { kindOf } from './change-set';
import { textOf } from './cloud/context';
import { readStack, NO_STACK, type Stack } from './cloud/stack';
import { plannedChanges } from './cloud/planned-changes';
import { withMoves } from './cloud/resource-changes';
import { fateOf } from './cloud/replacement';
import type { Comparison } from './comparison';
import { pathsOf, severity } from './entry';
import type { Entry, Place, ResourceCounts } from './model';

/** The sites and stacks in which something changes, by name: those that stay as they are, are left out. */
export function placesOf(entries: readonly Entry[], comparison: Comparison): Place[] {
  const { before, after } = comparison;
  const found = new Map<string, Entry[]>();
  for (const entry of entries) {
    for (const place of new Set(rootsOf(entry, comparison))) found.set(place, [...(found.get(place) ?? []), entry]);
  }
  return [...found]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([path, own]): Place => {
      const side = Object.hasOwn(after.manifest.constructs, path) ? after : before;
      const construct = side.manifest.constructs[path];
      const resources = resourcesOf(path, comparison);
      return {
        path,
        kind: construct ? kindOf(side.manifest, construct) : '',
        entries: own.length,
        worst: own.reduce((a, b) => (severity(b.effect) > severity(a.effect) ? b : a)).effect.class,
        ...(resources && { resources }),
      };
    });
}

/** The topmost constructs that an entry is about, or whose files change because of it. */
function rootsOf(entry: Entry, { before, after }: Comparison): string[] {
  const declared = entry.level === 'file' ? [] : pathsOf(entry);
  const owners = entry.files.map((file) => (after.manifest.files[file] ?? before.manifest.files[file])?.owner ?? '');
  return [...declared, ...owners].map((path) => path.split('/')[0] as string).filter((path) => path !== '');
}

/** What Terraform is going to count in the stack of a place. */
function resourcesOf(place: string, { before, after, changes }: Comparison): ResourceCounts | undefined {
  const file = changes.files.find((one) => {
    const noted = one.after ?? one.before;
    return noted?.format === 'terraform' && noted.owner === place;
  });
  if (!file) return undefined;
  const [was, is] = [before, after].map(({ manifest, read }): Stack | undefined =>
    Object.hasOwn(manifest.files, file.path) ? read && readStack(textOf(read, file.path)) : NO_STACK,
  );
  if (!was || !is) return undefined;
  const fates = plannedChanges(withMoves(was, is), is)
    .map((change) => ({ ...fateOf(change), ...change }))
    // what is read of others is no resource of the stack
    .filter(({ before: old, after: now }) => !(now ?? old)?.type.startsWith('data.'));
  const of = (...names: string[]) => fates.filter(({ fate }) => names.includes(fate)).length;
  return {
    added: of('added'),
    changed: of('changed'),
    replaced: of('replaced', 'perhaps replaced'),
    perhaps: of('perhaps replaced'),
    removed: of('removed'),
    moved: fates.filter(({ moved }) => moved).length,
  };
}
