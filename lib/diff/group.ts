import { labelOf, plural } from '../app/words';
import type { Entry } from './model';
import { lastPart } from './words';

/** Entries that say the same of several constructs become one: a limit lowered on four partitions is one decision. */
export function groupAlike(entries: readonly Entry[]): Entry[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = entry.level === 'field' && entry.action === 'changed' ? likeness(entry) : entry.id;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups.values()].map((group) => (group.length === 1 ? (group[0] as Entry) : merge(group)));
}

/** What has to be equal in entries that are one decision. */
const likeness = ({ kind, field, direction, before, after, effect, items, notes, section, marks }: Entry): string =>
  JSON.stringify([kind, field, direction, before, after, effect, items, notes, section, marks]);

function merge(group: readonly Entry[]): Entry {
  const [first] = group as [Entry, ...Entry[]];
  const short = group.map(({ path }) => lastPart(path));
  const names = new Set(short).size === short.length ? short : group.map(({ path }) => path);
  const [subject, ...change] = first.title.split(': ');
  const shown = names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  return {
    ...first,
    also: group.slice(1).map(({ id }) => id),
    title: `${group.length} ${plural(labelOf(first.kind))} (${shown}): ${change.join(': ') || subject}`,
    items: [...names.map((text) => ({ direction: 'changed' as const, text })), ...first.items],
    files: [...new Set(group.flatMap(({ files }) => files))],
  };
}
