/**
 * The versions that a spec allows, as Spack writes them after `@`: `1.14.5`, `=1.14.5`, `1.12:1.14`, `:1`, `2:`, a list
 * of these with commas, or a git reference such as `git.main=2.0`. Ranges include their ends and all that starts like
 * them; those that touch are joined, and a list is sorted.
 */
export class SpecVersions {
  /** Reads what stands after `@`; what is wrong is returned as a sentence. */
  static parse(source: string): SpecVersions | string {
    const text = source.replace(/\s/g, '');
    if (/^git\.|^[0-9A-Fa-f]{40}(?:=|$)/.test(text)) return new SpecVersions(text, text, [{ git: text }]);
    let items: Item[] = [];
    for (const part of text.split(',')) {
      const item = readItem(part);
      if (typeof item === 'string') return item;
      items = add(items, item);
    }
    return new SpecVersions(items.map(print).join(','), items.map(keyOf).join(','), items);
  }

  private constructor(
    private readonly text: string,
    /** Equal for equal versions, however their separators were written. */
    readonly key: string,
    private readonly items: readonly Item[],
  ) {}

  /** The version when there is one, exact or not: `1.14.5` of `@1.14.5` and `@=1.14.5`. */
  get single(): string | undefined {
    const item = this.items.length === 1 ? this.items[0]! : undefined;
    if (!item || 'git' in item) return undefined;
    if ('exact' in item) return item.exact.text;
    return item.low && item.high && compare(item.low, item.high) === 0 ? item.low.text : undefined;
  }

  /** Whether every version is allowed: `@:`. */
  get isAny(): boolean {
    return this.text === ':';
  }

  /** Whether a version is one of them. */
  includes(version: string): boolean {
    const one = point(version);
    return this.items.some((item) => {
      if ('git' in item) return item.git === version;
      return 'exact' in item ? compare(item.exact, one) === 0 : holds(item, one);
    });
  }

  toString(): string {
    return this.text;
  }
}

/** A part of a version: words of letters are older than numbers, names of branches are newer. */
type Part = readonly [kind: 0, word: string] | readonly [kind: 1, number: number] | readonly [kind: 2, branch: number];

interface Point {
  readonly text: string;
  readonly release: readonly Part[];
  /** alpha 0, beta 1, rc 2 and their number; final 3. */
  readonly stage: readonly number[];
}

type Item = { readonly git: string } | { readonly exact: Point } | Range;
interface Range {
  readonly low?: Point;
  readonly high?: Point;
}

// Facts of Spack's version order: lib/spack/spack/version/common.py.
const branches = ['stable', 'nightly', 'trunk', 'head', 'master', 'main', 'develop'];
const stages: Readonly<Record<string, number>> = { alpha: 0, beta: 1, rc: 2, final: 3 };

function readItem(text: string): Item | string {
  const ends = text.split(':');
  if (text === '' || ends.length > 2) return `'${text}' is not a version or a range low:high`;
  if (
    ends.some((end, i) => (end !== '' || ends.length === 1) && !/^=?[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(end) && i < 2)
  ) {
    return `'${text}' is not a version`;
  }
  if (ends.length === 1 && text.startsWith('=')) return { exact: point(text.slice(1)) };
  const [low, high = low] = ends.map((end) => (end === '' ? undefined : point(end.replace(/^=/, ''))));
  if (ends.length === 1) return { low, high: low };
  const range: Range = { low, high: ends[1] === '' ? undefined : high };
  if (range.low && range.high && compare(next(range.high), range.low) <= 0) return `the range ${text} is empty`;
  return range;
}

function point(text: string): Point {
  const segments = [...text.matchAll(/(\d+)|([A-Za-z]+)/g)];
  const [beforeLast, last] = segments.slice(-2).map((segment) => segment[0]);
  const stageOf = (word: string | undefined) => (Object.hasOwn(stages, word ?? '') ? stages[word!]! : undefined);
  let stage = [3];
  if (segments.length >= 3 && stageOf(beforeLast) !== undefined && /^\d/.test(last!)) {
    stage = [stageOf(beforeLast)!, Number(last)];
    segments.splice(-2);
  } else if (segments.length >= 2 && stageOf(last) !== undefined) {
    stage = [stageOf(last)!];
    segments.pop();
  }
  const release = segments.map(([all, digits]): Part => {
    if (digits !== undefined) return [1, Number(digits)];
    return branches.includes(all) ? [2, branches.indexOf(all)] : [0, all];
  });
  return { text, release, stage };
}

function compare(a: Point, b: Point): number {
  for (let i = 0; i < Math.max(a.release.length, b.release.length); i++) {
    const [left, right] = [a.release[i], b.release[i]];
    if (!left || !right) return left ? 1 : -1;
    if (left[0] !== right[0]) return left[0] - right[0];
    if (left[1] !== right[1]) return left[1] < right[1] ? -1 : 1;
  }
  for (let i = 0; i < Math.max(a.stage.length, b.stage.length); i++) {
    const order = (a.stage[i] ?? -1) - (b.stage[i] ?? -1);
    if (order !== 0) return order;
  }
  return 0;
}

/** The first version behind all that start like this one. */
function next(point: Point): Point {
  const [kind, number] = point.stage;
  if (kind !== 3) return { ...point, stage: [kind!, number === undefined ? 0 : number + 1] };
  const last = point.release.at(-1);
  const after: Part = !last
    ? [0, 'A']
    : last[0] === 0
      ? [
          0,
          last[1].endsWith('z')
            ? `${last[1]}A`
            : `${last[1].slice(0, -1)}${String.fromCharCode(last[1].charCodeAt(last[1].length - 1) + 1)}`,
        ]
      : [last[0], last[1] + 1];
  return { ...point, release: [...point.release.slice(0, -1), after] };
}

/** Whether a low end is not behind the point after a high end; an open end reaches everything. */
const reaches = (low: Point | undefined, high: Point | undefined) => !low || !high || compare(low, next(high)) <= 0;
const holds = ({ low, high }: Range, exact: Point) =>
  (!low || compare(low, exact) <= 0) && (!high || compare(exact, next(high)) < 0);

/** Adds to a sorted list: ranges that touch become one, a version inside of a range is not listed. */
function add(items: readonly Item[], item: Item): Item[] {
  if ('exact' in item) {
    const isKnown = items.some((other) =>
      'exact' in other ? compare(other.exact, item.exact) === 0 : !('git' in other) && holds(other, item.exact),
    );
    return isKnown ? [...items] : [...items, item].sort(order);
  }
  if ('git' in item) return [...items, item];
  let range: Range = item;
  const apart: Item[] = [];
  for (const other of items) {
    if ('git' in other) apart.push(other);
    else if ('exact' in other) {
      if (!holds(range, other.exact)) apart.push(other);
    } else if (reaches(range.low, other.high) && reaches(other.low, range.high)) range = union(range, other);
    else apart.push(other);
  }
  return [...apart, range].sort(order);
}

function union(a: Range, b: Range): Range {
  return {
    low: !a.low || !b.low ? undefined : compare(a.low, b.low) <= 0 ? a.low : b.low,
    high: !a.high || !b.high ? undefined : compare(next(a.high), next(b.high)) >= 0 ? a.high : b.high,
  };
}

function order(a: Item, b: Item): number {
  const start = (item: Item) => ('git' in item ? undefined : 'exact' in item ? item.exact : item.low);
  const [left, right] = [start(a), start(b)];
  if (!left || !right) return left ? 1 : right ? -1 : 0;
  return compare(left, right) || ('exact' in a ? 0 : 1) - ('exact' in b ? 0 : 1);
}

function print(item: Item): string {
  if ('git' in item) return item.git;
  if ('exact' in item) return `=${item.exact.text}`;
  const { low, high } = item;
  return low && high && compare(low, high) === 0 ? low.text : `${low?.text ?? ''}:${high?.text ?? ''}`;
}

const pointKey = (point: Point | undefined) => (point ? JSON.stringify([point.release, point.stage]) : '');

function keyOf(item: Item): string {
  if ('git' in item) return item.git;
  return 'exact' in item ? `=${pointKey(item.exact)}` : `${pointKey(item.low)}:${pointKey(item.high)}`;
}
