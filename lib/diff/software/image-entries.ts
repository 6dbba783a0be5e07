import type { Effect } from '../../app/effect';
import { plural } from '../../app/words';
import { compareValues } from '../../values/compare';
import { byCodeUnit, type Json } from '../../values/json';
import { kindOf } from '../change-set';
import type { Comparison } from '../comparison';
import { entryId, makeEntry } from '../entry';
import type { Entry, EntryItem } from '../model';
import type { Side } from '../side';
import { itemTexts, lastPart } from '../words';
import { readSpackYaml, specsOf } from './stack';
import { some } from './words';

const KIND = 'ContainerImage';
const PULL = 'users pull the image again once it is built and pushed; until then they run the old one';

/** Says which container images are built again, because of their own fields or of the stack that they hold. */
export function imageEntries(entries: readonly Entry[], comparison: Comparison): Entry[] {
  const own = entries.map((entry) =>
    isOwn(entry) ? { ...entry, ...digestWords(entry), notes: [...entry.notes, PULL] } : entry,
  );
  return [...own, ...ofStacks(entries, comparison)];
}

const isOwn = ({ kind, effect, action, level }: Entry): boolean =>
  kind === KIND && level === 'field' && action === 'changed' && effect.class === 'rebuild-software';

const IMAGE = /^(.+)@sha256:([0-9a-f]{12})[0-9a-f]*$/;

/** A base by its digest: the first digits are enough for people, as in what registries print. */
function digestWords({ title, before, after }: Entry): Pick<Entry, 'title'> {
  const [was, is] = [IMAGE.exec(before ?? ''), IMAGE.exec(after ?? '')];
  if (!was || !is) return { title };
  const [old, now] = [was, is].map(([, name = '', digest = '']) => (was[1] === is[1] ? digest : `${name}@${digest}`));
  return { title: title.replace(`${before} → ${after}`, `${was[1] === is[1] ? `${is[1]} ` : ''}${old} → ${now}`) };
}

/** Images whose software changed with their stack, those with the same changes as one. */
function ofStacks(entries: readonly Entry[], { before, after, changes }: Comparison): Entry[] {
  const told = new Set(entries.filter(({ kind }) => kind === KIND).map(({ path }) => path));
  const groups = new Map<string, Rebuilt>();
  for (const { path, before: was, after: is } of changes.files) {
    const owner = is?.owner ?? '';
    const construct = after.manifest.constructs[owner];
    if (!was || !is || !path.endsWith('/spack.yaml') || !construct || told.has(owner)) continue;
    if (kindOf(after.manifest, construct) !== KIND) continue;
    const [old, now] = [readSpackYaml(before, path), readSpackYaml(after, path)];
    if (old !== undefined && now !== undefined && withoutCache(old) === withoutCache(now)) continue;
    const items = specItems(old, now);
    const stack = lastPart(String(construct.values.stack ?? ''));
    const key = JSON.stringify([stack, items]);
    const group = groups.get(key) ?? { stack, items, images: [], files: [] };
    groups.set(key, group);
    group.images.push(owner);
    group.files.push(path);
  }
  return [...groups.values()].map((group) => entryOf(group, after));
}

const EFFECT: Effect = {
  class: 'rebuild-software',
  reason: 'the stack that the image is built from changed',
  steps: ['build the image again and push it'],
};

/** Images that a stack changes alike. */
interface Rebuilt {
  readonly stack: string;
  readonly items: readonly EntryItem[];
  readonly images: string[];
  readonly files: string[];
}

function entryOf({ stack, items, images: found, files }: Rebuilt, { sources }: Side): Entry {
  const images = found.sort(byCodeUnit);
  const [path] = images as [string];
  const source = sources[path];
  const names = images.map(lastPart);
  const subject =
    names.length === 1
      ? `container image ${names[0]}`
      : `${names.length} ${plural('container image')} (${some(names)})`;
  return makeEntry({
    id: entryId(`${images.join(' ')} image`, 'changed', items),
    section: 'software',
    action: 'changed',
    level: 'file',
    kind: KIND,
    path,
    title: `${subject}: built again from ${stack}${items.length > 0 ? `, ${some(items.map(({ text }) => text))}` : ''}`,
    effect: EFFECT,
    notes: [PULL],
    items: [...(names.length > 1 ? names.map((text) => ({ direction: 'changed' as const, text })) : []), ...items],
    files,
    ...(source && { source }),
  });
}

/** What an image is built from; where built packages are taken from changes nothing in it. */
const withoutCache = (spack: Json): string => JSON.stringify({ ...(spack as object), mirrors: null });

/** The specs in which an image differs. */
function specItems(before: Json | undefined, after: Json | undefined): EntryItem[] {
  const [was, is] = [specsOf(before), specsOf(after)];
  if (!was || !is) return [];
  const type = { codec: 'list', of: { codec: 'spec' }, ordered: false } as const;
  const change = compareValues(type, [...was], [...is]);
  return change ? itemTexts(type, change) : [];
}
