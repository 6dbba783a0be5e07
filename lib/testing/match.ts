import { Duration } from '../values/duration';
import { Hostlist } from '../values/hostlist';
import { Size } from '../values/size';
import { isValue, show } from './show';

const MATCHER = Symbol.for('hpcdk/Matcher');

/** What a value must be, where neither equality nor a part of it says it. */
export interface Matcher {
  /** How messages name it. */
  toString(): string;
  readonly [MATCHER]: (actual: unknown, compare: Compare, path: string) => readonly Difference[];
}

/**
 * What a test wants of a value. Records and lists are partial: a record may have more keys, a list more items, and the
 * order of a list does not count. Durations, sizes and hostlists are compared by what they mean.
 */
export type Wanted =
  | Matcher
  | Duration
  | Size
  | Hostlist
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Wanted[]
  | { readonly [key: string]: Wanted };

/** One place where a value is not what was wanted. */
export interface Difference {
  /** Where, e.g. `tags[2].key`; empty for the value itself. */
  readonly path: string;
  /** What is there and what was wanted, e.g. `is 'a', wanted 'b'`. */
  readonly text: string;
  /** How far off it is: what is there but different is nearer than what is not there at all. */
  readonly weight: number;
}

/** What the values of a format mean. `path` has dots between keys. */
export interface Meaning {
  /** Whether two values mean the same; nothing when the format has no opinion. */
  readonly same?: (actual: unknown, wanted: unknown, path: string, exact: boolean) => boolean | undefined;
  /** The value that a test means when it asks for a record, such as the JSON in a text. */
  readonly record?: (actual: unknown) => unknown;
}

type Compare = (actual: unknown, wanted: Wanted, path: string, exact?: boolean) => readonly Difference[];

const isMatcher = (x: unknown): x is Matcher => typeof x === 'object' && x !== null && MATCHER in x;
const isRecord = (x: unknown): x is Readonly<Record<string, unknown>> =>
  typeof x === 'object' && x !== null && !Array.isArray(x) && !isValue(x) && !isMatcher(x);
const differs = (path: string, actual: unknown, wanted: string): Difference => ({
  path,
  text: actual === undefined ? `is not set, wanted ${wanted}` : `is ${show(actual)}, wanted ${wanted}`,
  weight: actual === undefined ? 2 : 1,
});
const inside = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** The value and nothing more: no other key, no other item, the items in this order. */
export const exactly = (wanted: Wanted): Matcher => ({
  toString: () => `exactly ${show(wanted)}`,
  [MATCHER]: (actual, compare, path) => compare(actual, wanted, path, true),
});

/** Nothing: the key is not set. */
export const absent: Matcher = {
  toString: () => 'nothing',
  [MATCHER]: (actual, _, path) => (actual === undefined ? [] : [differs(path, actual, `${absent}`)]),
};

/** Any value, as long as there is one. */
export const anything: Matcher = {
  toString: () => 'any value',
  [MATCHER]: (actual, _, path) => (actual === undefined ? [differs(path, actual, `${anything}`)] : []),
};

/** Text, or a number as text, that a regular expression finds something in. */
export const matching = (pattern: RegExp): Matcher => ({
  toString: () => `text that matches ${pattern}`,
  [MATCHER]: (actual, _, path) => {
    const text = typeof actual === 'string' || typeof actual === 'number' ? String(actual) : undefined;
    const found = text !== undefined && new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test(text);
    return found ? [] : [differs(path, actual, `text that matches ${pattern}`)];
  },
});

/** Where a value is not what was wanted. */
export function differences(actual: unknown, wanted: Wanted, meaning: Meaning = {}): Difference[] {
  const compare: Compare = (value, want, path, exact = false) => {
    if (isMatcher(want)) return want[MATCHER](value, compare, path);
    if (want === undefined) return absent[MATCHER](value, compare, path);
    if (value === undefined) return [differs(path, value, show(want))];
    const same = meaning.same?.(value, want, path, exact) ?? sameValue(value, want);
    if (same !== undefined) return same ? [] : [differs(path, value, show(want))];
    if (Array.isArray(want)) return compareLists(value, want as readonly Wanted[], path, exact);
    if (!isRecord(want)) return value === want ? [] : [differs(path, value, show(want))];
    const record = meaning.record?.(value) ?? value;
    if (!isRecord(record)) return [differs(path, value, 'a record')];
    const more = exact ? Object.keys(record).filter((key) => !Object.hasOwn(want, key)) : [];
    return [
      ...Object.entries(want).flatMap(([key, item]) =>
        compare(own(record, key), item as Wanted, inside(path, key), exact),
      ),
      ...more.map((key) => differs(inside(path, key), record[key], 'nothing')),
    ];
  };

  const compareLists = (value: unknown, want: readonly Wanted[], path: string, exact: boolean) => {
    if (!Array.isArray(value)) return [differs(path, value, 'a list')];
    const items = value as readonly unknown[];
    if (!exact) return want.flatMap((item) => findItem(items, item, path));
    return Array.from({ length: Math.max(items.length, want.length) }, (_, index) =>
      compare(items[index], index < want.length ? (want[index] as Wanted) : absent, `${path}[${index}]`, true),
    ).flat();
  };

  const findItem = (items: readonly unknown[], wanted: Wanted, path: string): readonly Difference[] => {
    const found = items.map((item, index) => compare(item, wanted, `${path}[${index}]`));
    const nearest = least(found, weightOf);
    if (nearest?.length === 0) return [];
    if (nearest && isRecord(wanted)) return nearest;
    return [{ path, text: `is ${show(items)}, wanted ${show(wanted)} among them`, weight: 2 }];
  };

  return [...compare(actual, wanted, '')];
}

const own = (record: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** Text against a value class. */
function sameValue(actual: unknown, wanted: unknown): boolean | undefined {
  if (!isValue(wanted)) return undefined;
  if (typeof actual !== 'string') return isValue(actual) && String(actual) === String(wanted);
  const of = <T extends { readonly problem?: unknown }>(read: T, same: (value: T) => boolean) =>
    !read.problem && same(read);
  if (Duration.isDuration(wanted)) return of(Duration.parse(actual), (value) => value.equals(wanted));
  if (Size.isSize(wanted)) return of(Size.parse(actual), (value) => value.equals(wanted));
  return of(Hostlist.parse(actual), (value) => String(value) === String(wanted));
}

/** How far a value is from what was wanted. */
export const weightOf = (found: readonly Difference[]): number => found.reduce((sum, { weight }) => sum + weight, 0);

/** The item with the least weight; of equals the first. */
export function least<T>(items: readonly T[], weigh: (item: T) => number): T | undefined {
  let best: { readonly item: T; readonly weight: number } | undefined;
  for (const item of items) {
    const weight = weigh(item);
    if (best === undefined || weight < best.weight) best = { item, weight };
  }
  return best?.item;
}
