import { byCodeUnit } from './json';

/**
 * The candidate that `word` was most likely meant to be, for "did you mean". Of equally near ones the first in plain
 * order; none when more than a third of the letters differ. Upper and lower case count as alike.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let nearest: string | undefined;
  let least = Infinity;
  for (const candidate of [...candidates].sort(byCodeUnit)) {
    if (candidate === '' || word === '') continue;
    const limit = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
    if (Math.abs(word.length - candidate.length) > limit) continue;
    const changes = distance(wanted, candidate.toLowerCase());
    if (changes > limit || changes >= Math.min(word.length, candidate.length)) continue;
    if (changes < least) [nearest, least] = [candidate, changes];
  }
  return nearest;
}

/** Letters to add, remove, replace or swap with a neighbour (Damerau and Levenshtein, optimal string alignment). */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(at(row, j - 1) + 1, at(last, j) + 1, replaced);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, at(beforeLast, j - 2) + 1);
      row.push(least);
    }
    [beforeLast, last] = [last, row];
  }
  return at(last, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] as number;
