import { json } from '../documents/json';
import { slurmConf } from '../documents/slurm-conf';
import { yaml } from '../documents/yaml';
import type { Json } from '../values/json';
import { compareTrees } from './compare-trees';
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
  const parse = readers[format ?? '']?.();
  const [a, b] = parse ? [parse(before), parse(after)] : [];
  if (a !== undefined && b !== undefined) return compareTrees(a, b, compareLines);
  return compareLines(before, after);
}

/** Reads a text into plain data; undefined when it is not of its format. */
type Reader = (text: string) => Json | undefined;

const yamlReader = (): Reader => (text) => parsed((report) => yaml.parse(text, report));
const jsonReader = (): Reader => (text) => parsed((report) => json.parse(text, report));

/** Readers of the two texts of a comparison, by format. */
const readers: Readonly<Record<string, () => Reader>> = {
  'slurm.conf': slurmConfReader,
  yaml: yamlReader,
  'cloud-config': yamlReader,
  json: jsonReader,
  terraform: jsonReader,
};

function parsed(parse: (report: () => void) => unknown): Json | undefined {
  let broken = false;
  const value = parse(() => (broken = true));
  return broken ? undefined : (value as Json);
}

type Pairs = readonly (readonly [key: string, value: string])[];

/** Reads slurm.conf as Slurm does: keys in any case, what DEFAULT says holds for the records below it, a line may come again. */
function slurmConfReader(): Reader {
  const spelling = new Map<string, string>();
  const spell = (key: string): string => {
    const known = spelling.get(key.toLowerCase()) ?? key;
    spelling.set(key.toLowerCase(), known);
    return known;
  };
  return (text) => {
    let broken = false;
    const { lines } = slurmConf.parse(text, () => (broken = true));
    if (broken) return undefined;
    const tree = new Map<string, Json>();
    const defaults = new Map<string, Readonly<Record<string, string>>>();
    const add = (name: string, value: Json): void => {
      let free = name;
      for (let n = 2; tree.has(free); n++) free = `${name} (${n})`;
      tree.set(free, value);
    };
    for (const line of lines) {
      if ('include' in line) add(`Include ${line.include}`, true);
      if (!('entries' in line)) continue;
      const [first, ...rest]: Pairs = line.entries.map(([key, value]) => [spell(key), value]);
      if (!first) continue;
      const [key, value] = first;
      const record = { ...defaults.get(key), ...Object.fromEntries(rest) };
      if (value.toUpperCase() === 'DEFAULT' && rest.length > 0) defaults.set(key, record);
      else if (Object.keys(record).length === 0) add(key, value);
      else add(`${key}=${value}`, record);
    }
    return Object.fromEntries(tree);
  };
}

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
