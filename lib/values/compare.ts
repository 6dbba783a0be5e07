import { Cidr } from './cidr';
import type { CodecType, ScalarName } from './codec';
import { compareSpecs, pairByPackage } from './compare-specs';
import { Duration } from './duration';
import { Hostlist } from './hostlist';
import { byCodeUnit, type Json, type JsonRecord } from './json';
import { Money } from './money';
import { Power } from './power';
import { Size } from './size';
import { Version } from './version';
import { wordsByName } from './words';

/** Which way a value moved. `changed` is said of values without an order. */
export type Direction = 'increased' | 'decreased' | 'added' | 'removed' | 'changed';

/** One thing that differs inside a value: an item of a list, a key of a map, a field of a record. */
export interface ItemChange {
  /** What tells the item apart: its identity, key or field name. */
  readonly key: string;
  readonly direction: Direction;
  readonly before?: Json;
  readonly after?: Json;
  /** What differs inside the item, when it has parts. */
  readonly items?: readonly ItemChange[];
}

/** How a value differs from another. */
export interface ValueChange {
  readonly direction: Direction;
  /** What differs inside, for lists, maps and records. */
  readonly items?: readonly ItemChange[];
  /** The same items stand in another order, and the order has a meaning. */
  readonly reordered?: true;
}

/**
 * Compares two canonical values of one codec by their meaning, knowing nothing but what a manifest holds.
 *
 * @param keys of a map: the types of the keys that have one of their own, as the manifest says it of the field
 * @returns undefined when they mean the same
 */
export function compareValues(
  type: CodecType,
  before: Json | undefined,
  after: Json | undefined,
  keys: Readonly<Record<string, { readonly type?: CodecType }>> = {},
): ValueChange | undefined {
  if (before === undefined || after === undefined) {
    if (before === after) return undefined;
    return { direction: before === undefined ? 'added' : 'removed' };
  }
  if (isSame(before, after)) return undefined;
  switch (type.codec) {
    case 'list':
      return compareLists(type, before as readonly Json[], after as readonly Json[]);
    case 'map':
      return compareParts(
        (key) => (Object.hasOwn(keys, key) && keys[key]?.type) || type.of,
        before as JsonRecord,
        after as JsonRecord,
      );
    case 'record':
      return compareParts((name) => type.fields[name] ?? { codec: 'text' }, before as JsonRecord, after as JsonRecord);
    default:
      return compareScalars(type.codec, before, after);
  }
}

/** The same to the letter, which most values of two outputs are; what is not may still mean the same. */
function isSame(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every(
    (name) => Object.hasOwn(b, name) && isSame((a as JsonRecord)[name] as Json, (b as JsonRecord)[name] as Json),
  );
}

const mirrored = (order: number): ValueChange | undefined =>
  order === 0 ? undefined : { direction: order < 0 ? 'increased' : 'decreased' };

/** The order of two values; those that cannot be read, such as `NONE` for a number, have none. */
function byOrder<T extends { readonly problem?: unknown }>(
  a: T,
  b: T,
  order: (a: T, b: T) => number,
): ValueChange | undefined {
  return a.problem || b.problem ? { direction: 'changed' } : mirrored(order(a, b));
}

/** The order of two whole numbers, written as numbers or as digits. */
function byNumber(before: Json, after: Json): ValueChange | undefined {
  const [a, b] = [before, after].map((value) => (/^-?\d+$/.test(String(value)) ? Number(value) : NaN)) as [
    number,
    number,
  ];
  return Number.isNaN(a) || Number.isNaN(b) ? { direction: 'changed' } : mirrored(a - b);
}

function compareScalars(codec: ScalarName, before: Json, after: Json): ValueChange | undefined {
  if (before === after) return undefined;
  const [a, b] = [String(before), String(after)];
  switch (codec) {
    case 'integer':
      return byNumber(before, after);
    case 'duration':
      return byOrder(Duration.parse(a), Duration.parse(b), Duration.compare);
    case 'size':
      return byOrder(Size.parse(a), Size.parse(b), Size.compare);
    case 'power':
      return byOrder(Power.parse(a), Power.parse(b), Power.compare);
    case 'version':
      return byOrder(Version.parse(a), Version.parse(b), Version.compare);
    case 'words':
      return compareWords(a, b);
    case 'money': {
      const [x, y] = [Money.parse(a), Money.parse(b)];
      if (x.problem || y.problem) return { direction: 'changed' };
      if (x.equals(y)) return undefined;
      const more = y.isMore(x);
      return { direction: more === undefined ? 'changed' : more ? 'increased' : 'decreased' };
    }
    case 'hostlist': {
      const [x, y] = [Hostlist.parse(a), Hostlist.parse(b)];
      if (x.problem || y.problem) return { direction: 'changed' };
      return bySets(y.difference(x).count, x.difference(y).count);
    }
    case 'cidr': {
      const [x, y] = [Cidr.parse(a), Cidr.parse(b)];
      if (x.problem || y.problem) return { direction: 'changed' };
      if (x.equals(y)) return undefined;
      return { direction: y.contains(x) ? 'increased' : x.contains(y) ? 'decreased' : 'changed' };
    }
    case 'spec': {
      const items = compareSpecs(a, b);
      return items && { direction: 'changed', ...(items.length > 0 && { items }) };
    }
    default:
      return { direction: 'changed' };
  }
}

/** More is an increase, less a decrease, some of both a change. */
function bySets(added: number, removed: number): ValueChange | undefined {
  if (added === 0 && removed === 0) return undefined;
  return { direction: removed === 0 ? 'increased' : added === 0 ? 'decreased' : 'changed' };
}

/** Words as a set; of a word that both have, what is said of it. */
function compareWords(before: string, after: string): ValueChange | undefined {
  const [a, b] = wordsByName(before, after);
  const items = [...new Set([...a.keys(), ...b.keys()])].sort(byCodeUnit).flatMap((key): ItemChange[] => {
    const [was, is] = [a.get(key), b.get(key)];
    if (was?.word === is?.word) return [];
    const direction = !was ? 'added' : !is ? 'removed' : (byNumber(was.value, is.value)?.direction ?? 'changed');
    return [{ key, direction, ...(was && { before: was.word }), ...(is && { after: is.word }) }];
  });
  return ofItems(items);
}

function compareLists(
  { of, identity, ordered }: Extract<CodecType, { codec: 'list' }>,
  before: readonly Json[],
  after: readonly Json[],
): ValueChange | undefined {
  const keyed = (list: readonly Json[]): Map<string, Json> =>
    new Map(list.map((item) => [identityOf(item, identity), item]));
  const [a, b] = pairByPackage(of, keyed(before), keyed(after));
  const change = compareParts(() => of, Object.fromEntries(a), Object.fromEntries(b));
  if (change || !ordered || [...a.keys()].join('\n') === [...b.keys()].join('\n')) return change;
  return { direction: 'changed', reordered: true };
}

/** What tells an item of a list apart: the field that the codec names, or the whole of it. */
function identityOf(item: Json, identity: string | undefined): string {
  const record = typeof item === 'object' && item !== null ? (item as JsonRecord) : undefined;
  const value = identity && record ? record[identity] : item;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const own = (record: JsonRecord, key: string): Json | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

function compareParts(
  typeOf: (key: string) => CodecType,
  before: JsonRecord,
  after: JsonRecord,
): ValueChange | undefined {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byCodeUnit);
  const items = keys.flatMap((key): ItemChange[] => {
    const [a, b] = [own(before, key), own(after, key)];
    const change = compareValues(typeOf(key), a, b);
    if (!change) return [];
    return [
      {
        key,
        direction: change.direction,
        ...(a !== undefined && { before: a }),
        ...(b !== undefined && { after: b }),
        ...(change.items && { items: change.items }),
      },
    ];
  });
  return ofItems(items);
}

/** More and larger items are an increase, fewer and smaller ones a decrease, some of both a change. */
function ofItems(items: readonly ItemChange[]): ValueChange | undefined {
  if (items.length === 0) return undefined;
  const grown = items.every(({ direction }) => direction === 'added' || direction === 'increased');
  const shrunk = items.every(({ direction }) => direction === 'removed' || direction === 'decreased');
  return { direction: grown ? 'increased' : shrunk ? 'decreased' : 'changed', items };
}
