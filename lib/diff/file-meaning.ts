import { json } from '../documents/json';
import { slurmConf } from '../documents/slurm-conf';
import { yaml } from '../documents/yaml';
import { byCodeUnit, type Json } from '../values/json';
import type { EntryItem } from './model';
import { signed } from './words';

/** Beyond this many changed lines the hunks of a text help nobody. */
const MAX_EDITS = 400;

/**
 * What differs between two texts of one format, one line for each part; empty when its reader finds the same in both.
 * Formats with a parser are compared by what they say, others line by line.
 *
 * @returns undefined when next to nothing is alike
 */
export function compareTexts(format: string | undefined, before: string, after: string): EntryItem[] | undefined {
  if (before === after) return [];
  const parse = parsers[format ?? ''];
  const [a, b] = parse ? [parse(before), parse(after)] : [];
  if (a !== undefined && b !== undefined) return compareTrees(a, b);
  return compareLines(before, after);
}

/** Readers of formats into plain data; undefined when a text is not of its format. */
const parsers: Readonly<Record<string, (text: string) => Json | undefined>> = {
  'slurm.conf': (text) => {
    let broken = false;
    const { lines } = slurmConf.parse(text, () => (broken = true));
    if (broken) return undefined;
    const tree: Record<string, Json> = {};
    for (const line of lines) {
      if ('include' in line) tree[`Include ${line.include}`] = true;
      else if ('entries' in line && line.entries.length > 0) addRecord(tree, line.entries);
    }
    return tree;
  },
  yaml: (text) => parsed((report) => yaml.parse(text, report)),
  json: (text) => parsed((report) => json.parse(text, report)),
};

function parsed(parse: (report: () => void) => unknown): Json | undefined {
  let broken = false;
  const value = parse(() => (broken = true));
  return broken ? undefined : (value as Json);
}

/** A line of slurm.conf: a global key, or a record that its first pair names. */
function addRecord(tree: Record<string, Json>, entries: readonly (readonly [string, string])[]): void {
  const [first, ...rest] = entries as [readonly [string, string], ...(readonly [string, string])[]];
  if (rest.length === 0) tree[first[0]] = first[1];
  else tree[`${first[0]}=${first[1]}`] = Object.fromEntries(rest);
}

/** What differs between two trees of plain data, one line for each leaf. */
function compareTrees(before: Json, after: Json): EntryItem[] {
  const [a, b] = [leaves(before), leaves(after)];
  const paths = [...new Set([...a.keys(), ...b.keys()])].sort(byCodeUnit);
  return paths.flatMap((path): EntryItem[] => {
    const [was, is] = [a.get(path), b.get(path)];
    if (was === is) return [];
    if (was === undefined) return [{ direction: 'added', text: `${path} ${is}` }];
    if (is === undefined) return [{ direction: 'removed', text: `${path} ${was}` }];
    return [{ direction: 'changed', text: `${path} ${was} → ${is}` }];
  });
}

/** The leaves of a tree by path; items of a list go by their name where all have one. */
function leaves(tree: Json, path = '', found = new Map<string, string>()): Map<string, string> {
  if (typeof tree !== 'object' || tree === null) return found.set(path, JSON.stringify(tree));
  const entries = Array.isArray(tree) ? namedItems(tree as readonly Json[]) : Object.entries(tree);
  if (entries.length === 0) return found.set(path, Array.isArray(tree) ? '[]' : '{}');
  for (const [name, part] of entries) leaves(part, path === '' ? name : `${path}.${name}`, found);
  return found;
}

const IDENTITIES = ['name', 'id', 'key', 'path', 'src'] as const;

function namedItems(items: readonly Json[]): [string, Json][] {
  const identity = IDENTITIES.find((name) => {
    const names = items.map((item) => (isRecord(item) ? item[name] : undefined));
    return names.every((one) => typeof one === 'string') && new Set(names).size === names.length;
  });
  return items.map((item, index) => [identity && isRecord(item) ? `[${String(item[identity])}]` : `[${index}]`, item]);
}

const isRecord = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function compareLines(before: string, after: string): EntryItem[] | undefined {
  // Loaded late: most comparisons need no lines.
  const { diffLines } = require('diff') as typeof import('diff');
  const parts = diffLines(before, after, { maxEditLength: MAX_EDITS });
  return parts
    ?.filter(({ added, removed }) => added || removed)
    .flatMap(({ value, added }) =>
      value
        .replace(/\n$/, '')
        .split('\n')
        .map((text): EntryItem => ({ direction: added ? 'added' : 'removed', text })),
    );
}

/** An item as one line with its sign. */
export const itemLine = ({ direction, text }: EntryItem): string => signed(direction, text);
