/**
 * Whole numbers as sorted ranges `[low, high]`, both ends included, that neither overlap nor touch. A set has one such
 * form only, so equal sets look equal.
 */
export type Intervals = readonly Interval[];
/** One range, both ends included. */
export type Interval = readonly [low: number, high: number];

/** How many numbers the ranges hold. */
export function sizeOf(intervals: Intervals): number {
  return intervals.reduce((sum, [low, high]) => sum + high - low + 1, 0);
}

/** Adds a range that starts after every range in `into` does, or at the same number. */
export function append(into: [number, number][], low: number, high: number): void {
  const last = into.at(-1);
  if (last && low <= last[1] + 1) last[1] = Math.max(last[1], high);
  else into.push([low, high]);
}

/** Sorts ranges and merges those that overlap or touch. */
export function normalise(ranges: Intervals): Intervals {
  const merged: [number, number][] = [];
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) append(merged, low, high);
  return merged;
}

/** Whether the ranges hold `n`. */
export function holds(intervals: Intervals, n: number): boolean {
  let from = 0;
  let to = intervals.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((intervals[middle] as Interval)[1] < n) from = middle + 1;
    else to = middle;
  }
  const found = intervals[from];
  return found !== undefined && found[0] <= n;
}
