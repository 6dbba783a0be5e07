import type { Effect } from '../app/effect';
import type { Manifest, ManifestConstruct, ManifestField } from '../app/manifest';
import { labelOf } from '../app/words';
import type { CodecType } from '../values/codec';
import { compareValues } from '../values/compare';
import { byCodeUnit } from '../values/json';
import { type ConstructChange, type FieldChange, kindOf } from './change-set';
import type { Comparison } from './comparison';
import { effectOf, entryId, makeEntry, severity } from './entry';
import { type Entry, ENTRY_SECTIONS } from './model';
import { count, hostsText, itemTexts, lastPart, partType, signed, valueText } from './words';

/** The entries of what was declared: one for each field that changed, one for each construct that came, went or moved. */
export function fieldEntries(comparison: Comparison): Entry[] {
  const { constructs } = comparison.changes;
  const families = familiesOf(constructs);
  return constructs.flatMap((change) => {
    if (change.change === 'changed') return changedEntries(change, comparison);
    const family = families.get(change);
    return family ? [lifecycleEntry(change, family, comparison)] : [];
  });
}

type Changed = Extract<ConstructChange, { change: 'changed' }>;
type Lifecycle = Exclude<ConstructChange, Changed>;

/** What came or went with the construct that it stands below is one change: each topmost one with those below it. */
function familiesOf(changes: readonly ConstructChange[]): Map<Lifecycle, Lifecycle[]> {
  const lifecycles = changes.filter((change): change is Lifecycle => change.change !== 'changed');
  const byPath = new Map(lifecycles.map((change) => [`${change.change} ${change.path}`, change]));
  const families = new Map<Lifecycle, Lifecycle[]>();
  for (const change of lifecycles) {
    let top = change;
    for (let { path } = change; path.includes('/');) {
      path = path.slice(0, path.lastIndexOf('/'));
      top = byPath.get(`${change.change} ${path}`) ?? top;
    }
    const family = families.get(top);
    if (top === change) families.set(top, family ?? []);
    else if (family) family.push(change);
    else families.set(top, [change]);
  }
  return families;
}

function lifecycleEntry(change: Lifecycle, below: readonly Lifecycle[], comparison: Comparison): Entry {
  const side = change.change === 'added' ? comparison.after : comparison.before;
  const { manifest } = side;
  const family = [change, ...below].map((one) => lifecycleOf(one, manifest));
  // What comes as a whole disturbs as its top does: nothing of it runs yet. What goes may take jobs or data along.
  const worst = family.reduce((a, b) =>
    change.change === 'removed' && severity(b.effect) > severity(a.effect) ? b : a,
  );
  const sections = new Set<string>(family.map(({ section }) => section));
  const kind = kindOf(manifest, change.construct);
  const source = side.sources[change.path];
  return makeEntry({
    id: entryId(
      change.path,
      change.change,
      kind,
      family.map(({ values }) => values),
    ),
    section: ENTRY_SECTIONS.find((section) => sections.has(section)) ?? 'other',
    action: change.change,
    level: 'field',
    kind,
    path: change.path,
    direction: change.change,
    title: `${labelOf(kind)} ${lastPart(change.path)} ${change.change}${below.length > 0 ? `, with ${count(below.length, 'construct')} below it` : ''}`,
    effect: worst.effect,
    notes: factsOf(change.construct, manifest),
    items: below.map((one) => ({
      direction: one.change,
      text: `${labelOf(kindOf(manifest, one.construct))} ${lastPart(one.path)}`,
    })),
    ...(source && { source }),
  });
}

function lifecycleOf({ change, construct }: Lifecycle, { tables }: Manifest) {
  const lifecycle = tables[construct.table]?.lifecycle;
  return {
    section: lifecycle?.section ?? 'other',
    effect: effectOf(lifecycle?.[change], change),
    values: construct.values,
  };
}

/** What a construct that came or went is, in one line: the values that the definition states. */
function factsOf({ table, values, defaults }: ManifestConstruct, { tables }: Manifest): string[] {
  const stated = Object.entries(values).filter(([name]) => !defaults.includes(name));
  if (stated.length === 0) return [];
  const fields = tables[table]?.fields ?? {};
  return [
    stated.map(([name, value]) => `${name} ${valueText(fields[name]?.type ?? { codec: 'text' }, value)}`).join(', '),
  ];
}

function changedEntries(change: Changed, comparison: Comparison): Entry[] {
  const entries = change.fields
    .filter(({ tableOnly }) => !tableOnly)
    .flatMap((field) => {
      const entryOf = tableField(change, field.field, comparison);
      if (!entryOf?.keys) return [fieldEntry(change, field, entryOf, comparison)];
      const rest = field.type.codec === 'record' ? withoutParts(field, Object.keys(entryOf.keys)) : undefined;
      return [
        ...(rest ? [fieldEntry(change, rest, entryOf, comparison)] : []),
        ...keyEntries(change, field, entryOf, comparison),
      ];
    });
  return change.from === undefined ? entries : [moveEntry(change, change.from, comparison), ...entries];
}

/** What the manifest says of a field: the new side's table, and the old one's where the value went. */
function tableField(change: Changed, field: string, { before, after }: Comparison): ManifestField | undefined {
  const now = after.manifest.tables[change.after.table]?.fields[field];
  const was = before.manifest.tables[change.before.table]?.fields[field];
  return now?.keys || was?.keys
    ? ({ ...(now ?? was), keys: { ...was?.keys, ...now?.keys } } as ManifestField)
    : (now ?? was);
}

const DEFAULT_CHANGED = 'nobody wrote this value: the default of hpcdk changed';

interface Subject {
  readonly name: string;
  readonly type: CodecType;
  readonly field: Pick<FieldChange, 'before' | 'after' | 'change' | 'libraryDefault'>;
  readonly rule: Pick<ManifestField, 'section' | 'effects'> | undefined;
}

function entryFor(change: Changed, { name, type, field, rule }: Subject, { after }: Comparison): Entry {
  const { direction } = field.change;
  const kind = kindOf(after.manifest, change.after);
  const items = itemTexts(type, field.change);
  const [before, now] = [field.before, field.after].map((value) => valueText(type, value));
  const subject = `${labelOf(kind)} ${lastPart(change.path)}: ${name}`;
  const reordered = field.change.reordered === true;
  const short =
    items.length > 3 ? itemCounts(items) : items.map((item) => signed(item.direction, item.text)).join(', ');
  const source = after.sources[change.path];
  return makeEntry({
    id: entryId(`${change.path}#${name}`, direction, field.before, field.after),
    section: rule?.section ?? 'other',
    action: 'changed',
    level: 'field',
    kind,
    path: change.path,
    field: name,
    direction,
    ...(items.length === 0 && { before: before as string, after: now as string }),
    title:
      items.length > 0 ? `${subject} ${short}` : `${subject} ${before} → ${now}${reordered ? ' (another order)' : ''}`,
    effect: effectOf(rule?.effects, direction),
    notes: [
      ...(type.codec === 'hostlist' ? [hostsText(field.before, field.after)] : []),
      ...(field.libraryDefault ? [DEFAULT_CHANGED] : []),
    ],
    items,
    marks: field.libraryDefault ? ['library-default'] : [],
    ...(source && { source }),
  });
}

function itemCounts(items: readonly { readonly direction: string }[]): string {
  const of = (direction: string) => items.filter((item) => item.direction === direction).length;
  const [added, removed] = [of('added'), of('removed')];
  const changed = items.length - added - removed;
  return [
    ...(added > 0 ? [`${added} added`] : []),
    ...(removed > 0 ? [`${removed} removed`] : []),
    ...(changed > 0 ? [`${changed} changed`] : []),
  ].join(', ');
}

const fieldEntry = (
  change: Changed,
  field: FieldChange,
  rule: ManifestField | undefined,
  comparison: Comparison,
): Entry => entryFor(change, { name: field.field, type: field.type, field, rule }, comparison);

/** The change of a record without some of its parts; nothing when nothing else differs. */
function withoutParts(field: FieldChange, parts: readonly string[]): FieldChange | undefined {
  const [before, after] = [field.before, field.after].map((value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).filter(([name]) => !parts.includes(name)))
      : value,
  );
  const change = compareValues(field.type, before, after);
  return change && { ...field, ...(before !== undefined && { before }), ...(after !== undefined && { after }), change };
}

/**
 * One entry for each key of a map whose keys have effects of their own, such as the options of slurm.conf, and for each
 * such part of a record.
 */
function keyEntries(change: Changed, field: FieldChange, rule: ManifestField, comparison: Comparison): Entry[] {
  return (field.change.items ?? []).flatMap(({ key, before, after }) => {
    const keyRule = rule.keys && Object.hasOwn(rule.keys, key) ? rule.keys[key] : undefined;
    if (!keyRule && field.type.codec === 'record') return [];
    const type = keyRule?.type ?? partType(field.type, key);
    const difference = compareValues(type, before, after);
    if (!difference) return [];
    const values = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
    const subject = {
      name: `${field.field}.${key}`,
      type,
      rule: keyRule ?? rule,
      field: { ...values, change: difference },
    };
    return [entryFor(change, subject, comparison)];
  });
}

const ELSEWHERE: Effect = { class: 'none', reason: 'only its place in the definition changed', harmless: true };

/**
 * A construct at another path. Where going and coming harms nobody only our records change; otherwise the old name is gone
 * for those who used it.
 */
function moveEntry(change: Changed, from: string, { before, after }: Comparison): Entry {
  const kind = kindOf(after.manifest, change.after);
  const lifecycle = before.manifest.tables[change.before.table]?.lifecycle;
  const gone = lifecycle?.moved ? effectOf(lifecycle.moved, 'changed') : effectOf(lifecycle?.removed, 'removed');
  const renamed = lastPart(from) !== lastPart(change.path);
  const harmless = gone.class === 'none' || gone.harmless === true;
  const source = after.sources[change.path];
  return makeEntry({
    id: entryId(change.path, 'moved', from),
    section: harmless ? 'state' : (lifecycle?.section ?? 'other'),
    action: 'moved',
    level: 'field',
    kind,
    path: change.path,
    before: from,
    after: change.path,
    title: renamed
      ? `${labelOf(kind)} ${lastPart(from)} renamed to ${lastPart(change.path)}`
      : `${labelOf(kind)} ${lastPart(from)} moved from ${from} to ${change.path}`,
    effect: harmless ? ELSEWHERE : gone,
    ...(source && { source }),
  });
}

/** The fields that one version of the library has and the other has not: a note, and no change of the site. */
export const foreignFields = ({ changes: { constructs } }: Comparison): string[] =>
  [
    ...new Set(
      constructs.flatMap((change) =>
        change.change === 'changed'
          ? change.fields.filter(({ tableOnly }) => tableOnly).map(({ field }) => `${change.after.table}.${field}`)
          : [],
      ),
    ),
  ].sort(byCodeUnit);
