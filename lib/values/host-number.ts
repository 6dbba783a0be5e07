import type { Interval, Intervals } from './intervals';

/**
 * The numbers in host names on one line, in the order '0'..'9', '00'..'99', '000'..'999' and so on.
 *
 * `cn7`, `cn07` and `cn007` are three machines. With a position of its own for each way of writing a number, zero padding
 * needs no care anywhere else: sets of numbers are plain ranges of positions.
 */

/** Most digits of one number, so that every position is a safe integer. */
export const MAX_DIGITS = 15;

/** `STARTS[n]` is the position of the first number that is written with n digits. */
const STARTS = [0, 0];
for (let length = 2; length <= MAX_DIGITS + 1; length++) {
  STARTS.push((STARTS[length - 1] as number) + 10 ** (length - 1));
}

const startOf = (length: number): number => STARTS[length] as number;

/** The position of a number as it is written, of at most MAX_DIGITS digits. */
export function positionOf(digits: string): number {
  return startOf(digits.length) + Number(digits);
}

/** How many digits the number at a position is written with. */
function lengthAt(position: number): number {
  let length = 1;
  while (startOf(length + 1) <= position) length++;
  return length;
}

/** The number at a position, as it is written. */
export function digitsAt(position: number): string {
  const length = lengthAt(position);
  return String(position - startOf(length)).padStart(length, '0');
}

/** Cuts a range of positions where the written length changes. */
function* byLength([low, high]: Interval): Generator<{ length: number; low: number; high: number }> {
  for (let length = lengthAt(low), from = low; from <= high; length++) {
    const to = Math.min(high, startOf(length + 1) - 1);
    yield { length, low: from - startOf(length), high: to - startOf(length) };
    from = to + 1;
  }
}

/** The positions from `low` to `high` as Slurm counts: `low` gives the width, longer numbers follow unpadded. */
export function span(low: string, high: string): Intervals {
  const ranges: Interval[] = [];
  for (let length = low.length; length <= high.length; length++) {
    const first = length === low.length ? Number(low) : 10 ** (length - 1);
    const last = length === high.length ? Number(high) : 10 ** length - 1;
    ranges.push([startOf(length) + first, startOf(length) + last]);
  }
  return ranges;
}

/** Each number of `left` followed by each number of `right`: '1' and '00'..'15' give '100'..'115'. */
export function joined(left: Intervals, right: Intervals): Interval[] {
  const ranges: Interval[] = [];
  for (const [low, high] of left) {
    for (let position = low; position <= high; position++) {
      const head = digitsAt(position);
      for (const interval of right) {
        for (const piece of byLength(interval)) {
          const base = startOf(head.length + piece.length) + Number(head) * 10 ** piece.length;
          ranges.push([base + piece.low, base + piece.high]);
        }
      }
    }
  }
  return ranges;
}

/** A range as it is written: numbers shorter than `width` are padded with zeros. */
export interface WrittenRange {
  readonly low: number;
  readonly high: number;
  readonly width: number;
}

/** The fewest ranges in Slurm's notation, in which '8-12' and '08-105' go on past the width of their first number. */
export function writtenRanges(intervals: Intervals): WrittenRange[] {
  const ranges: { low: number; high: number; width: number }[] = [];
  for (const interval of intervals) {
    for (const { length, low, high } of byLength(interval)) {
      const last = ranges.at(-1);
      if (last && last.high + 1 === low && low === 10 ** (length - 1)) last.high = high;
      else ranges.push({ low, high, width: length });
    }
  }
  return ranges;
}

/** Cuts written ranges so that none holds more than `most` numbers. */
export function cut(ranges: readonly WrittenRange[], most: number): WrittenRange[] {
  return ranges.flatMap(({ low, high, width }) => {
    const pieces: WrittenRange[] = [];
    for (let from = low; from <= high; from += most) {
      pieces.push({ low: from, high: Math.min(high, from + most - 1), width });
    }
    return pieces;
  });
}

/** A range as text, e.g. '001-064'; a single number without a dash. */
export function rangeText({ low, high, width }: WrittenRange, dash = '-'): string {
  const write = (n: number): string => String(n).padStart(width, '0');
  return low === high ? write(low) : `${write(low)}${dash}${write(high)}`;
}
