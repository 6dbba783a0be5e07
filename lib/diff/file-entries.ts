import type { Effect, EffectClass } from '../app/effect';
import type { Manifest, ManifestFile } from '../app/manifest';
import type { Reader } from '../documents/document';
import type { ConstructChange, FileChange } from './change-set';
import type { Comparison } from './comparison';
import { entryId, makeEntry } from './entry';
import { compareTexts } from './file-meaning';
import type { Entry, EntryItem } from './model';
import { Relation } from './relation';

/** The files that changed: those that a change of a field stands behind, and those that none does. */
export interface SortedFiles {
  /** Paths of files by the path of the changed construct that they come from. */
  readonly byConstruct: ReadonlyMap<string, readonly string[]>;
  /** Files that changed with no field behind them. */
  readonly unexplained: readonly FileChange[];
}

/** Finds for each file that changed the changes of fields that it comes from. */
export function sortFiles({ before, after, changes }: Comparison): SortedFiles {
  const touched = new Set(
    changes.constructs.filter((change) => isRendered(change, before.manifest, after.manifest)).map(({ path }) => path),
  );
  const relations = [before, after].map(({ manifest }) => new Relation(manifest));
  const byConstruct = new Map<string, string[]>();
  const unexplained: FileChange[] = [];
  for (const change of changes.files) {
    const sources = relations.flatMap((relation, side) => {
      const file = side === 0 ? change.before : change.after;
      return file ? [relation.sourcesOf(file)] : [];
    });
    if (sources.some((source) => source === undefined)) {
      if (touched.size === 0) unexplained.push(change);
      continue;
    }
    const behind = new Set(sources.flatMap((source) => [...(source ?? [])].filter((path) => touched.has(path))));
    if (behind.size === 0) unexplained.push(change);
    for (const path of behind) byConstruct.set(path, [...(byConstruct.get(path) ?? []), change.path]);
  }
  return { byConstruct, unexplained };
}

/**
 * Whether files can come of a change: a field that only one version of the library knows changes nothing by itself, and
 * parts of a field that no file holds change none.
 */
function isRendered(change: ConstructChange, before: Manifest, after: Manifest): boolean {
  if (change.change !== 'changed' || change.from !== undefined) return true;
  return change.fields.some(({ field, tableOnly, change: { items = [] } }) => {
    const rules = [before.tables[change.before.table], after.tables[change.after.table]].map(
      (table) => table?.fields[field]?.keys ?? {},
    );
    const isHeld = (key: string) => !rules.some((keys) => Object.hasOwn(keys, key) && keys[key]?.unrendered);
    return !tableOnly && (items.length === 0 || items.some(({ key }) => isHeld(key)));
  });
}

/** Bytes that changed with no field behind them: another version of the library, a template, a document of the site's own. */
export function renderingEntries(comparison: Comparison, unexplained: readonly FileChange[]): Entry[] {
  return unexplained.map((change) => renderingEntry(change, comparison));
}

function renderingEntry({ path, before, after }: FileChange, comparison: Comparison): Entry {
  const file = (after ?? before) as ManifestFile;
  const action = !before ? 'added' : !after ? 'removed' : 'rendering';
  const [was, is] = [before && comparison.before.read?.(path), after && comparison.after.read?.(path)];
  const difference = was !== undefined && is !== undefined ? compareTexts(file.format, was, is) : undefined;
  const items: EntryItem[] = [...(difference ?? []), ...placementItems(before, after)];
  const meansTheSame = difference !== undefined && items.length === 0;
  const { sources } = comparison.after;
  const source = sources[file.owner];
  return makeEntry({
    id: entryId(path, action, before?.sha256, after?.sha256),
    section: 'other',
    action,
    level: 'file',
    kind: file.format ?? 'file',
    path,
    ...(file.owner !== '' && { about: [file.owner] }),
    title: `${path}: ${action === 'rendering' ? (meansTheSame ? 'other bytes, the same meaning' : 'rendering changed') : action}`,
    effect: meansTheSame ? SAME : effectOfFile(file),
    items,
    files: [path],
    ...(source && { source }),
  });
}

const SAME: Effect = { class: 'none', reason: 'its reader finds the same in it', harmless: true };

function placementItems(before: ManifestFile | undefined, after: ManifestFile | undefined): EntryItem[] {
  if (!before || !after) return [];
  const [a, b] = [before, after].map(({ mode, host }) => ({
    mode,
    path: host?.path ?? 'not on hosts',
    ownership: host?.ownership,
  }));
  return (['mode', 'path', 'ownership'] as const).flatMap((name): EntryItem[] =>
    a?.[name] === b?.[name] ? [] : [{ direction: 'changed', text: `${name} ${a?.[name]} → ${b?.[name]}` }],
  );
}

/** What the readers of a file do when it changes. */
function effectOfFile({ host, readers = [] }: ManifestFile): Effect {
  if (!host) return { class: 'none', reason: 'the file stands on no host' };
  const needs = readers.filter(({ on }) => on !== 'nothing');
  const worst = needs.find(({ on }) => on === 'restart') ?? needs[0];
  if (!worst) return { class: 'none', reason: `no daemon reads ${host.path}` };
  return { class: READER_CLASS[worst.on], reason: `${worst.service} reads ${host.path}`, steps: needs.map(stepOf) };
}

const READER_CLASS: Readonly<Record<Reader['on'], EffectClass>> = {
  nothing: 'none',
  reload: 'reconfigure',
  reconfigure: 'reconfigure',
  restart: 'daemon-restart',
};

const stepOf = ({ service, on }: Reader): string =>
  on === 'reconfigure' ? 'scontrol reconfigure' : `${on} ${service}`;
