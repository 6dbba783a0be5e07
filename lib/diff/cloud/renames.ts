import type { Effect } from '../../app/effect';
import type { Manifest } from '../../app/manifest';
import { quote } from '../../values/problem';
import type { Comparison } from '../comparison';
import { severity } from '../entry';
import type { Entry } from '../model';
import { lastPart } from '../words';
import type { StackContext } from './context';
import { clusterOf, ownersOf } from './owner';
import { holdsData } from './replacement';

/** Kinds that are nothing but resources of a cloud. */
const IN_CLOUD: ReadonlySet<string> = new Set(['AwsCloud', 'Bucket', 'Budget', 'Efs', 'FsxLustre']);

const KEPT: Effect = {
  class: 'none',
  reason: 'the definition states the rename: terraform keeps the resources, and their names in AWS stay',
  harmless: true,
};

const MOUNTED: Effect = {
  class: 'none',
  reason: 'the same file system stays mounted in the same place',
  harmless: true,
};

/** Renames that the definition states change nothing in a cloud, nor what mounts its file systems. */
export function keepDeclared(entries: readonly Entry[], comparison: Comparison): Entry[] {
  const { renames } = comparison.after.manifest;
  const inCloud = entries.filter(({ action, kind }) => action === 'moved' && IN_CLOUD.has(kind));
  const kept = new Set(inCloud.filter((entry) => isDeclared(entry, renames)));
  return entries.map((entry) => {
    if (entry.action !== 'moved') return entry;
    if (kept.has(entry)) return recordsOnly(entry, KEPT);
    if (entry.kind === 'Mount' && inCloud.length > 0 && kept.size === inCloud.length)
      return recordsOnly(entry, MOUNTED);
    return entry.kind === 'BurstPool' ? pool(entry, comparison) : entry;
  });
}

const recordsOnly = (entry: Entry, effect: Effect): Entry => ({ ...entry, section: 'state', effect, marks: [] });

/** A pool of another name has nodes of other names, unless it says itself what they are called. */
function pool(entry: Entry, { before, after }: Comparison): Entry {
  const [was, is] = [namesOfNodes(before.manifest, entry.before ?? ''), namesOfNodes(after.manifest, entry.path)];
  if (was === is) return isDeclared(entry, after.manifest.renames) ? recordsOnly(entry, KEPT) : entry;
  const note = `Its nodes are called ${is} and a number now, they were ${was}; the field prefix would keep the names`;
  return { ...entry, notes: [...entry.notes, note] };
}

/** What the names of the nodes of a pool start with. */
function namesOfNodes(manifest: Manifest, path: string): string {
  const { prefix } = manifest.constructs[path]?.values ?? {};
  return typeof prefix === 'string'
    ? prefix
    : `${lastPart(clusterOf(manifest, path))}-${lastPart(path)}`.toLowerCase().replace(/[^a-z0-9-]/g, '-');
}

const isDeclared = ({ before, path }: Entry, renames: Readonly<Record<string, string>>): boolean =>
  Object.entries(renames).some(
    ([from, to]) => (path === to || path.startsWith(`${to}/`)) && before === from + path.slice(to.length),
  );

/** What a move without a word in the definition does to resources: terraform destroys them and makes them anew. */
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
    const worse = severity(entry.effect) > severity(effect) ? entry.effect : effect;
    return {
      ...entry,
      section: worse.class === 'data-loss' ? 'data' : entry.section === 'state' ? 'disruption' : entry.section,
      effect: worse,
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

/** Renames that the definition stated and states no more, though what they speak of is there: names in AWS follow. */
export function forgottenRenames({ before, after }: Comparison): string[] {
  return Object.entries(before.manifest.renames)
    .filter(([from, to]) => after.manifest.renames[from] !== to && Object.hasOwn(after.manifest.constructs, to))
    .map(
      ([from, to]) =>
        `The definition no longer states app.rename(${quote(from)}, ${quote(to)}), so that its names in AWS become those of today`,
    );
}
