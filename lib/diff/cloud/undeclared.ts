import { quote } from '../../values/problem';
import { ownersOf } from './owner';
import type { Entry } from '../model';
import type { StackContext } from './context';
import { holdsData } from './replacement';

/**
 * What a construct that moved means for its resources: those of a rename that the definition states stay; those of one
 * that only looks like a rename are destroyed and made anew.
 */
export function renameNotes(entries: readonly Entry[], context: StackContext): Entry[] {
  return entries.map((entry) => {
    if (entry.action !== 'moved' || entry.level !== 'field' || entry.before === undefined) return entry;
    const lost = lostBy(entry.before, context);
    if (lost.length === 0) return entry;
    const data = lost.filter(({ type }) => holdsData(type));
    const effect = {
      class: data.length > 0 ? ('data-loss' as const) : ('replace' as const),
      reason: `to terraform it is another thing: it destroys ${lost.length} resources${data.length > 0 ? ' with the data in them' : ''} and makes new ones`,
    };
    return {
      ...entry,
      section: data.length > 0 ? 'data' : entry.section === 'state' ? 'disruption' : entry.section,
      effect,
      notes: [
        ...entry.notes,
        `To keep them, write in the definition: app.rename(${quote(entry.before)}, ${quote(entry.path)})`,
      ],
    };
  });
}

/** The resources of a construct at its old path that are no longer there. */
function lostBy(path: string, { before, after, comparison, file }: StackContext) {
  const { manifest } = comparison.before;
  const ownerOf = ownersOf(manifest, manifest.files[file]?.owner ?? '');
  return [...before.resources.values()].filter((resource) => {
    if (after.resources.has(resource.address) || resource.type.startsWith('data.')) return false;
    return ownerOf(resource.path) === path;
  });
}
