import type { Origin } from '../values/origin';
import { byCodeUnit } from '../values/json';
import { kindOf } from './change-set';
import { type EffectRule, ruleBehind } from './effect-rule';
import { pathsOf } from './entry';
import { compareTexts } from './file-meaning';
import { idsOf } from './gate';
import { isAt } from './filter';
import type { Diff, Entry, EntryItem } from './model';
import { Relation } from './relation';
import type { Side } from './side';
import { valueText } from './words';

/** One construct on the way from the app to the one that an entry is about. */
export interface ExplainedConstruct {
  readonly path: string;
  readonly kind: string;
  readonly source?: Origin;
}

/** One property of a construct on both sides. */
export interface ExplainedValue {
  readonly field: string;
  /** In words; absent where that side has no such construct or field. */
  readonly before?: string;
  readonly after?: string;
  /** Where it is not written in the definition of the new side (of the old one, when the construct is gone). */
  readonly isDefault: boolean;
  readonly changed: boolean;
}

/** A file that an entry changes, with what happens to it. */
export interface ExplainedFile {
  readonly path: string;
  /** Where it stands on hosts. @default - it stays in the output */
  readonly host?: string;
  /** The groups of hosts that get it. */
  readonly groups: readonly string[];
  /** The services that read it, with what a change asks of them: `slurmctld (reload)`. */
  readonly readers: readonly string[];
  /** What differs in it. @default - the files are not there, or next to nothing is alike */
  readonly parts?: readonly EntryItem[];
}

/** Why an entry stands in a diff, and why its class holds. */
export interface Explanation {
  readonly entry: Entry;
  /** From the outermost construct to the one that it is about; empty for a file of no construct. */
  readonly constructs: readonly ExplainedConstruct[];
  /** The properties of that construct: those that changed, and those that the definition states. */
  readonly values: readonly ExplainedValue[];
  readonly files: readonly ExplainedFile[];
  /** Paths of the constructs that it refers to, and of those that refer to it. */
  readonly refersTo: readonly string[];
  readonly referredBy: readonly string[];
  /** Where the class comes from. */
  readonly rule: EffectRule;
}

/**
 * Explains the entries that a path means: a construct with what stands below it, a file or folder of the output, or the id
 * of an entry.
 */
export function explainEntries(diff: Diff, before: Side, after: Side, path: string): Explanation[] {
  const relations = [after, before].map(({ manifest }) => new Relation(manifest));
  return diff.entries
    .filter((entry) => idsOf(entry).includes(path) || fieldId(entry) === path || isAt(entry, path))
    .map((entry) => {
      const { owner, from } = ownerOf(entry, before, after, path);
      const near = relations.map((relation) => relation.neighboursOf(owner));
      const union = (key: 'refersTo' | 'referredBy') => [...new Set(near.flatMap((one) => one[key]))].sort(byCodeUnit);
      return {
        entry,
        constructs: chain(owner, before, after),
        values: valuesOf(owner, from, before, after),
        files: entry.files.map((file) => fileOf(file, before, after)),
        refersTo: union('refersTo'),
        referredBy: union('referredBy'),
        rule: ruleBehind(entry, owner, [after.manifest, before.manifest]),
      };
    });
}

/** What beside paths can be explained: the ids of entries, and each field that one is about. */
export const explicableIds = ({ entries }: Diff): string[] =>
  entries.flatMap((entry) => [...idsOf(entry), ...(entry.field === undefined ? [] : [fieldId(entry)])]);

const fieldId = ({ path, field }: Entry): string => `${path}#${field}`;

/** The construct that an entry is about, and what it was called before. */
function ownerOf(
  entry: Entry,
  before: Side,
  after: Side,
  asked: string,
): { readonly owner: string; readonly from: string } {
  if (entry.level !== 'file') {
    const moved = entry.action === 'moved' ? entry.before : undefined;
    const owner = pathsOf(entry).find((path) => path === asked) ?? entry.path;
    return { owner, from: moved ?? owner };
  }
  const owner = after.manifest.files[entry.path]?.owner ?? before.manifest.files[entry.path]?.owner ?? '';
  return { owner, from: owner };
}

function chain(path: string, before: Side, after: Side): ExplainedConstruct[] {
  const parts = path.split('/');
  return parts.flatMap((_, index) => {
    const at = parts.slice(0, index + 1).join('/');
    const side = [after, before].find(({ manifest }) => Object.hasOwn(manifest.constructs, at));
    const construct = side?.manifest.constructs[at];
    if (!side || !construct) return [];
    const source = side.sources[at];
    return [{ path: at, kind: kindOf(side.manifest, construct), ...(source && { source }) }];
  });
}

function valuesOf(path: string, from: string, before: Side, after: Side): ExplainedValue[] {
  const old = before.manifest.constructs[from];
  const now = after.manifest.constructs[path];
  const names = new Set([...Object.keys(old?.values ?? {}), ...Object.keys(now?.values ?? {})]);
  return [...names].sort(byCodeUnit).flatMap((field) => {
    const texts = [
      old && Object.hasOwn(old.values, field) ? textOf(before, old.table, field, old.values[field]) : undefined,
      now && Object.hasOwn(now.values, field) ? textOf(after, now.table, field, now.values[field]) : undefined,
    ] as const;
    const changed = old !== undefined && now !== undefined && texts[0] !== texts[1];
    const isDefault = (now ?? old)?.defaults.includes(field) ?? false;
    if (isDefault && !changed) return [];
    const [was, is] = texts;
    return [
      { field, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }), isDefault, changed },
    ];
  });
}

function textOf({ manifest }: Side, table: string, field: string, value: Parameters<typeof valueText>[1]): string {
  return valueText(manifest.tables[table]?.fields[field]?.type ?? { codec: 'text' }, value);
}

function fileOf(path: string, before: Side, after: Side): ExplainedFile {
  const file = after.manifest.files[path] ?? before.manifest.files[path];
  const parts = partsOf(path, before, after);
  return {
    path,
    ...(file?.host && { host: file.host.path }),
    groups: file?.groups ?? [],
    readers: (file?.readers ?? []).map(({ service, on }) => `${service} (${on})`),
    ...(parts && { parts }),
  };
}

function partsOf(path: string, before: Side, after: Side): EntryItem[] | undefined {
  const [was, is] = [before, after].map(({ manifest, read }) =>
    Object.hasOwn(manifest.files, path) ? read?.(path) : undefined,
  );
  return was === undefined || is === undefined ? undefined : compareTexts(after.manifest.files[path]?.format, was, is);
}
