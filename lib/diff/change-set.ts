import type { Manifest, ManifestConstruct, ManifestFile } from '../app/manifest';
import { compareValues, type ValueChange } from '../values/compare';
import type { CodecType } from '../values/codec';
import { byCodeUnit, type Json } from '../values/json';
import { findMoves, moveReferences, type Moves } from './moves';

/** A field whose value means something else. */
export interface FieldChange {
  readonly field: string;
  readonly type: CodecType;
  readonly before?: Json;
  readonly after?: Json;
  readonly change: ValueChange;
  /** Neither side wrote it: the default of the library changed. */
  readonly libraryDefault?: true;
  /** The side that lacks the value has no such field in its table: another version of the library brought it, or took it. */
  readonly tableOnly?: 'before' | 'after';
}

/** A construct that differs. */
export type ConstructChange =
  | { readonly change: 'added' | 'removed'; readonly path: string; readonly construct: ManifestConstruct }
  | {
      readonly change: 'changed';
      /** Its path now. */
      readonly path: string;
      /** Its path before, when it moved. */
      readonly from?: string;
      readonly before: ManifestConstruct;
      readonly after: ManifestConstruct;
      readonly fields: readonly FieldChange[];
    };

/** A file that differs. */
export interface FileChange {
  readonly path: string;
  readonly before?: ManifestFile;
  readonly after?: ManifestFile;
}

/** Everything in which two manifests differ by their meaning. */
export interface ChangeSet {
  readonly constructs: readonly ConstructChange[];
  readonly files: readonly FileChange[];
  readonly moves: Moves;
}

/** Compares two manifests. A side compared with itself gives an empty set. */
export function changeSet(before: Manifest, after: Manifest): ChangeSet {
  const moves = findMoves(before, after);
  return { constructs: compareConstructs(before, after, moves), files: compareFiles(before, after), moves };
}

function compareConstructs(before: Manifest, after: Manifest, moves: Moves): ConstructChange[] {
  const changes: ConstructChange[] = [];
  const met = new Set<string>();
  for (const [path, old] of Object.entries(before.constructs)) {
    const to = moves.get(path) ?? path;
    const now = own(after.constructs, to);
    if (!now || kindOf(before, old) !== kindOf(after, now)) {
      changes.push({ change: 'removed', path, construct: old });
      continue;
    }
    met.add(to);
    const fields = compareFields(before, after, old, now, moves);
    const moved = to !== path;
    if (fields.length === 0 && !moved) continue;
    changes.push({ change: 'changed', path: to, ...(moved && { from: path }), before: old, after: now, fields });
  }
  for (const [path, construct] of Object.entries(after.constructs)) {
    if (!met.has(path)) changes.push({ change: 'added', path, construct });
  }
  return changes.sort((a, b) => byCodeUnit(a.path, b.path) || byCodeUnit(a.change, b.change));
}

/** The kind of a construct, e.g. `Partition`. */
export const kindOf = ({ tables }: Manifest, { table }: ManifestConstruct): string => tables[table]?.kind ?? table;

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

function compareFields(
  before: Manifest,
  after: Manifest,
  old: ManifestConstruct,
  now: ManifestConstruct,
  moves: Moves,
): FieldChange[] {
  const oldFields = before.tables[old.table]?.fields ?? {};
  const newFields = after.tables[now.table]?.fields ?? {};
  const changes: FieldChange[] = [];
  for (const field of fieldNames(old, now)) {
    const was = own(old.values, field);
    const is = own(now.values, field);
    if (was === is) continue;
    const type = (own(newFields, field) ?? own(oldFields, field))?.type ?? { codec: 'text' };
    const moved = was === undefined ? undefined : moveReferences(type, was, moves);
    const keys = { ...own(oldFields, field)?.keys, ...own(newFields, field)?.keys };
    const change = compareValues(type, moved, is, keys);
    if (!change) continue;
    const tableOnly = !own(oldFields, field) ? 'after' : !own(newFields, field) ? 'before' : undefined;
    const libraryDefault =
      was !== undefined && is !== undefined && old.defaults.includes(field) && now.defaults.includes(field);
    changes.push({
      field,
      type,
      ...(was !== undefined && { before: was }),
      ...(is !== undefined && { after: is }),
      change,
      ...(libraryDefault && { libraryDefault }),
      ...(tableOnly && { tableOnly }),
    });
  }
  return changes;
}

/** The fields of either side in code-unit order; the usual case, the same fields, costs one pass. */
function fieldNames(old: ManifestConstruct, now: ManifestConstruct): string[] {
  const names = Object.keys(old.values);
  for (const name of Object.keys(now.values)) if (!Object.hasOwn(old.values, name)) names.push(name);
  return names.sort(byCodeUnit);
}

function compareFiles(before: Manifest, after: Manifest): FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, old] of Object.entries(before.files)) {
    const now = own(after.files, path);
    if (!now) changes.push({ path, before: old });
    else if (!sameFile(old, now)) changes.push({ path, before: old, after: now });
  }
  for (const [path, now] of Object.entries(after.files)) {
    if (!own(before.files, path)) changes.push({ path, after: now });
  }
  return changes.sort((a, b) => byCodeUnit(a.path, b.path));
}

/** Whether the same bytes reach the same place in the same way. */
const sameFile = (a: ManifestFile, b: ManifestFile): boolean =>
  a.sha256 === b.sha256 &&
  a.mode === b.mode &&
  (a.host === b.host || JSON.stringify(a.host) === JSON.stringify(b.host));

/**
 * What the constructs become when a change set is applied to them: those of the other side, by their meaning.
 * The laws of comparison are tested with it.
 */
export function applyChanges(
  before: Manifest,
  { constructs, moves }: ChangeSet,
): Readonly<Record<string, ManifestConstruct>> {
  const result = new Map<string, ManifestConstruct>();
  const gone = new Set(constructs.filter(({ change }) => change === 'removed').map(({ path }) => path));
  for (const [path, construct] of Object.entries(before.constructs)) {
    if (gone.has(path)) continue;
    const fields = before.tables[construct.table]?.fields ?? {};
    const values = Object.entries(construct.values).map(([name, value]): [string, Json] => {
      const type = own(fields, name)?.type;
      return [name, type ? moveReferences(type, value, moves) : value];
    });
    result.set(moves.get(path) ?? path, { ...construct, values: Object.fromEntries(values) });
  }
  for (const one of constructs) {
    if (one.change === 'added') result.set(one.path, one.construct);
    else if (one.change === 'changed')
      result.set(one.path, { ...one.after, values: patch(result.get(one.path), one.fields) });
  }
  return Object.fromEntries([...result].sort(([a], [b]) => byCodeUnit(a, b)));
}

function patch(construct: ManifestConstruct | undefined, fields: readonly FieldChange[]): Record<string, Json> {
  const values: Record<string, Json> = { ...construct?.values };
  for (const { field, after } of fields) {
    if (after === undefined) delete values[field];
    else values[field] = after;
  }
  return values;
}
