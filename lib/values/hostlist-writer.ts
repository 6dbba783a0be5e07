import { cut, digitsAt, rangeText, type WrittenRange, writtenRanges } from './host-number';
import { type Interval, type Intervals, sizeOf } from './intervals';

/** Hosts that one expression such as `r[1-3]n[01-16]` writes: the texts around the numbers, and the numbers. */
export interface Product {
  /** One more than there are numbers; the last is empty where a name ends in a number. */
  readonly texts: readonly string[];
  readonly numbers: readonly Intervals[];
}

/** How expressions are written. */
export interface WriteOptions {
  /** Longer ranges are cut. */
  readonly longestRange: number;
  /** Whether text may follow a bracket; without, such names are written one by one. */
  readonly suffixes: boolean;
}

/** The products as one text. */
export function write(products: readonly Product[], options: WriteOptions): string {
  return products.map((product) => writeOne(product, options)).join(',');
}

function writeOne(product: Product, { longestRange, suffixes }: WriteOptions): string {
  const { texts, numbers } = product;
  const last = numbers.length - 1;
  if (!suffixes && texts[last + 1] !== '') return [...namesOf(product)].join(',');
  let text = texts[0] as string;
  let bracket = false;
  numbers.forEach((intervals, i) => {
    const ranges = cut(writtenRanges(intervals), longestRange).map((range) => rangeText(range));
    // after a bracket Slurm before 23.11 takes a number in brackets only: r[1-2]n[5], not r[1-2]n5
    bracket ||= sizeOf(intervals) > 1;
    text += (bracket ? `[${ranges.join(',')}]` : ranges[0]) + (texts[i + 1] as string);
  });
  return text;
}

/** Each name of a product, the last number changing fastest. */
export function* namesOf({ texts, numbers }: Product, at = 0): Generator<string> {
  const text = texts[at] as string;
  const intervals = numbers[at];
  if (!intervals) {
    yield text;
    return;
  }
  for (const [low, high] of intervals) {
    for (let position = low; position <= high; position++) {
      for (const rest of namesOf({ texts, numbers }, at + 1)) yield text + digitsAt(position) + rest;
    }
  }
}

/** The patterns that Ansible expands to the names of a product, one for each combination of ranges. */
export function ansiblePatterns({ texts, numbers }: Product): string[] {
  let patterns = [texts[0] as string];
  numbers.forEach((intervals, i) => {
    const ranges = ansibleRanges(intervals).map(
      (range) =>
        (range.low === range.high ? rangeText(range) : `[${rangeText(range, ':')}]`) + (texts[i + 1] as string),
    );
    patterns = patterns.flatMap((head) => ranges.map((range) => head + range));
  });
  return patterns;
}

/** Ansible wants both ends of a padded range to have one width: `08-105` becomes `08-99` and `100-105`. */
function ansibleRanges(intervals: Intervals): WrittenRange[] {
  return writtenRanges(intervals).flatMap((range) => {
    const { low, high, width } = range;
    const padded = width > 1 && low < 10 ** (width - 1);
    const longest = 10 ** width - 1;
    if (!padded || high <= longest) return [range];
    return [
      { low, high: longest, width },
      { low: longest + 1, high, width: width + 1 },
    ];
  });
}

/** The name before its last number, as texts and numbers in turn, and the last number; -1 where the name ends in text. */
interface SortKey {
  readonly before: readonly (string | number)[];
  readonly last: number;
}

/** Sorts as Slurm does: by the name before the last number, numbers inside it by value, and then by the last number. */
export function sorted(products: readonly Product[]): Product[] {
  return products
    .map((product) => ({ product, key: sortKey(product) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ product }) => product);
}

function sortKey({ texts, numbers }: Product): SortKey {
  const first = numbers.map((intervals) => (intervals[0] as Interval)[0]);
  const endsInNumber = texts.length > 1 && texts.at(-1) === '';
  const last = endsInNumber ? (first.pop() as number) : -1;
  const before = texts
    .slice(0, first.length + 1)
    .flatMap((text, i) => (i === 0 ? [text] : [first[i - 1] as number, text]));
  return { before, last };
}

function compareKeys(a: SortKey, b: SortKey): number {
  for (let i = 0; i < Math.min(a.before.length, b.before.length); i++) {
    const [left, right] = [a.before[i] as string, b.before[i] as string]; // texts at even places, numbers at odd ones
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.before.length - b.before.length || a.last - b.last;
}
