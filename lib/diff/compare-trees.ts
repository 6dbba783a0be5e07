import { byCodeUnit, isRecord, type Json } from '../values/json';
import type { EntryItem } from './model';

/**
 * What differs between two trees of plain data, one line for each leaf. Items of a list that have names go by them; that
 * they stand in another order is a line of its own, for tasks of a play run in theirs.
 *
 * @param compareLines what to say of texts of several lines
 */
export function compareTrees(
  before: Json,
  after: Json,
  compareLines: (before: string, after: string) => EntryItem[] | undefined,
): EntryItem[] {
  const [a, b] = [outline(before), outline(after)];
  const differing = union(a.leaves, b.leaves).flatMap((path): EntryItem[] => {
    const [was, is] = [a.leaves.get(path), b.leaves.get(path)];
    if (was === is) return [];
    const name = path.split(LEVEL).join('.');
    if (was === undefined) return [{ direction: 'added', text: `${name} ${is}` }];
    if (is === undefined) return [{ direction: 'removed', text: `${name} ${was}` }];
    const lines = [was, is].every((text) => text.includes('\\n')) ? compareLines(parse(was), parse(is)) : undefined;
    if (lines) return lines.map(({ direction, text }) => ({ direction, text: `${name}: ${text}` }));
    return [{ direction: 'changed', text: `${name} ${was} → ${is}` }];
  });
  return [...differing, ...reordered(a, b)];
}

/** What stands between the levels of a path: a key may have dots. */
const LEVEL = '\0';

const parse = (text: string): string => String(JSON.parse(text));

interface Outline {
  /** Leaves as JSON, by path. */
  readonly leaves: Map<string, string>;
  /** The names of the items of each list that goes by them. */
  readonly orders: Map<string, readonly string[]>;
}

function outline(tree: Json, path = '', found: Outline = { leaves: new Map(), orders: new Map() }): Outline {
  if (typeof tree !== 'object' || tree === null) {
    found.leaves.set(path, JSON.stringify(tree));
    return found;
  }
  const entries = Array.isArray(tree) ? namedItems(tree as readonly Json[]) : Object.entries(tree);
  if (entries.length === 0) found.leaves.set(path, Array.isArray(tree) ? '[]' : '{}');
  else if (Array.isArray(tree))
    found.orders.set(
      path,
      entries.map(([name]) => name),
    );
  for (const [name, part] of entries) outline(part, path === '' ? name : path + LEVEL + name, found);
  return found;
}

const IDENTITIES = ['name', 'id', 'key', 'path', 'src'] as const;

/** Items by their names where all have one, and by their places otherwise. */
function namedItems(items: readonly Json[]): [string, Json][] {
  const identity = IDENTITIES.find((name) => {
    const names = items.map((item) => (isRecord(item) ? item[name] : undefined));
    return names.every((one) => typeof one === 'string') && new Set(names).size === names.length;
  });
  return items.map((item, index) => [identity && isRecord(item) ? `[${String(item[identity])}]` : `[${index}]`, item]);
}

/** Lists of which the items that both have stand in another order. */
function reordered(a: Outline, b: Outline): EntryItem[] {
  return union(a.orders, b.orders).flatMap((path): EntryItem[] => {
    const [was = [], is = []] = [a.orders.get(path), b.orders.get(path)];
    const [olds, news] = [new Set(was), new Set(is)];
    const [before, after] = [was.filter((name) => news.has(name)), is.filter((name) => olds.has(name))];
    if (before.every((name, at) => name === after[at])) return [];
    const list = path === '' ? '' : `${path.split(LEVEL).join('.')}: `;
    return [{ direction: 'changed', text: `${list}order ${before.join(' ')} → ${after.join(' ')}` }];
  });
}

const union = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): string[] =>
  [...new Set([...a.keys(), ...b.keys()])].sort(byCodeUnit);
