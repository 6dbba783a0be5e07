import { Grid } from './grid';
import { MAX_DIGITS, positionOf } from './host-number';
import { readHostlist } from './hostlist-reader';
import { ansiblePatterns, namesOf, type Product, sorted, write } from './hostlist-writer';
import { byCodeUnit } from './json';
import { type Problem, quote } from './problem';

const MARK = Symbol.for('hpcdk/Hostlist');

/** Most numbers of one range that Slurm reads (MAX_RANGE in its hostlist.h; 22.05 and 26.05 are alike). */
const SLURM_RANGE = 65_536;

/** How `Hostlist.slurm` writes. */
export interface SlurmHostlistOptions {
  /**
   * Whether text may follow a bracket, as in `cn[1-3]-ib`. Slurm reads that since 23.11; for an older one the names of
   * such hosts are written one by one.
   * @default true
   */
  readonly suffixes?: boolean;
}

/**
 * A set of host names as Slurm writes it: `cn[001-064],login1`, `r[1-3]n[01-16]`, `cn[1-3]-ib`.
 *
 * Zero padding is a part of a name: `cn1` and `cn01` are two machines. The hosts are held as ranges and never written
 * out: an operation on ten million of them costs what it costs on ten.
 */
export class Hostlist {
  /** No host. */
  static readonly EMPTY = new Hostlist(new Map());

  /** Says whether `x` is a Hostlist, of this copy of the library or of another. */
  static isHostlist(x: unknown): x is Hostlist {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /**
   * Reads a hostlist in Slurm's notation; white space may stand for a comma or beside it.
   *
   * Refused: no host at all, brackets that do not pair up, empty and reversed ranges, ends of a range that are padded to
   * different widths (Slurm reads `[1-010]` as 1 to 10), steps, a host named twice, other characters than letters, digits
   * and `. _ -`, numbers of more than 15 digits.
   */
  static parse(text: string): Hostlist {
    const problems: Problem[] = [];
    const parts = typeof text === 'string' ? readHostlist(text, (problem) => problems.push(problem)) : [];
    if (typeof text !== 'string') problems.push({ code: 'HPC1001', message: `${quote(text)} is not a hostlist` });
    const named = parts.reduce((sum, [, grid]) => sum + grid.count, 0);
    if (named > Number.MAX_SAFE_INTEGER) {
      problems.push({ code: 'HPC1015', message: `hostlist ${quote(text)} names more than 2^53 hosts` });
    }
    if (problems.length > 0) return new Hostlist(new Map(), problems[0]);
    const hosts = new Hostlist(merge(parts));
    return hosts.count === named ? hosts : new Hostlist(new Map(), namedTwice(text, parts));
  }

  /** All hosts of several lists. */
  static union(lists: Iterable<Hostlist>): Hostlist {
    return new Hostlist(merge([...lists].flatMap((list) => [...own(list).grids])));
  }

  /** The order of the canonical texts. */
  static compare(a: Hostlist, b: Hostlist): number {
    return byCodeUnit(a.toString(), b.toString());
  }

  private text?: string;

  private constructor(
    /** The numbers of the hosts of each shape; a shape is a name with `#` for each number. */
    private readonly grids: Grids,
    /** What is wrong with the text that was read; the list is then empty. */
    readonly problem?: Problem,
  ) {
    Object.defineProperty(this, MARK, { value: true });
  }

  /** How many hosts. */
  get count(): number {
    let sum = 0;
    for (const grid of this.grids.values()) sum += grid.count;
    return sum;
  }

  /** How many ranges hold the hosts: what an operation on the list costs. */
  get rangeCount(): number {
    let sum = 0;
    for (const grid of this.grids.values()) sum += grid.rangeCount;
    return sum;
  }

  get isEmpty(): boolean {
    return this.grids.size === 0;
  }

  /** The hosts of this list or the other. */
  union(other: Hostlist): Hostlist {
    return Hostlist.union([this, other]);
  }

  /** The hosts of this list that the other does not have. */
  difference(other: Hostlist): Hostlist {
    const grids = new Map<string, Grid>();
    const others = own(other).grids;
    for (const [shape, grid] of this.grids) {
      const left = grid.difference(others.get(shape) ?? Grid.NONE);
      if (left !== Grid.NONE) grids.set(shape, left);
    }
    return new Hostlist(grids);
  }

  /** The hosts that are in both lists. */
  intersection(other: Hostlist): Hostlist {
    const grids = new Map<string, Grid>();
    const others = own(other).grids;
    for (const [shape, grid] of this.grids) {
      const common = grid.intersection(others.get(shape) ?? Grid.NONE);
      if (common !== Grid.NONE) grids.set(shape, common);
    }
    return new Hostlist(grids);
  }

  /** Whether the lists have a host in common. */
  overlaps(other: Hostlist): boolean {
    const others = own(other).grids;
    for (const [shape, grid] of this.grids) {
      if (grid.intersection(others.get(shape) ?? Grid.NONE) !== Grid.NONE) return true;
    }
    return false;
  }

  /** Whether the list has this one host. */
  contains(host: string): boolean {
    const numbers = host.match(/[0-9]+/g) ?? [];
    if (numbers.some((digits) => digits.length > MAX_DIGITS)) return false;
    return this.grids.get(host.replace(/[0-9]+/g, '#'))?.has(numbers.map(positionOf)) ?? false;
  }

  equals(other: Hostlist): boolean {
    return this.toString() === other.toString();
  }

  /** The first host of the canonical text. */
  first(): string | undefined {
    return this.take(1)[0];
  }

  /** The first `n` hosts. */
  take(n: number): string[] {
    const names: string[] = [];
    for (const name of this) {
      if (names.length >= n) break;
      names.push(name);
    }
    return names;
  }

  /** Each host name, in the order of the canonical text. For messages and tests: it does cost something for each host. */
  *[Symbol.iterator](): Generator<string> {
    for (const product of this.products()) yield* namesOf(product);
  }

  /**
   * The canonical text: names sorted with numbers by value, ranges merged, each host once. `scontrol show
   * hostlistsorted` writes the same for names with one number; of `r[1-2]n[1-9]` it writes out all but the last number.
   */
  toString(): string {
    return (this.text ??= write(this.products(), { longestRange: Infinity, suffixes: true }));
  }

  /** The text for Slurm's files: the canonical one, but no range holds more than 65,536 numbers, which Slurm refuses. */
  slurm(options: SlurmHostlistOptions = {}): string {
    return write(this.products(), { longestRange: SLURM_RANGE, suffixes: options.suffixes ?? true });
  }

  /** Ansible host patterns such as `cn[001:064]`: keys of an inventory's `hosts`. */
  ansible(): string[] {
    return this.products().flatMap(ansiblePatterns);
  }

  private products(): Product[] {
    const products: Product[] = [];
    for (const [shape, grid] of this.grids) {
      for (const numbers of grid.products()) products.push({ texts: shape.split('#'), numbers });
    }
    return sorted(products);
  }
}

type Grids = ReadonlyMap<string, Grid>;

/** A list of another copy of the library is read anew: its grids end in a point of their own. */
function own(list: Hostlist): Hostlist {
  return list instanceof Hostlist ? list : Hostlist.parse(String(list));
}

function byShape(parts: Iterable<readonly [shape: string, grid: Grid]>): Map<string, Grid[]> {
  const shapes = new Map<string, Grid[]>();
  for (const [shape, grid] of parts) {
    const grids = shapes.get(shape);
    if (grids) grids.push(grid);
    else shapes.set(shape, [grid]);
  }
  return shapes;
}

function merge(parts: Iterable<readonly [shape: string, grid: Grid]>): Grids {
  return new Map([...byShape(parts)].map(([shape, grids]) => [shape, Grid.union(grids)]));
}

/** A part of what stands in the grids twice, or no point. */
function common(grids: readonly Grid[]): Grid {
  if (grids.length < 2) return Grid.NONE;
  const [left, right] = [grids.slice(0, grids.length >> 1), grids.slice(grids.length >> 1)];
  const both = Grid.union(left).intersection(Grid.union(right));
  if (both !== Grid.NONE) return both;
  const inLeft = common(left);
  return inLeft !== Grid.NONE ? inLeft : common(right);
}

function namedTwice(text: string, parts: Iterable<readonly [shape: string, grid: Grid]>): Problem {
  let host = '';
  for (const [shape, grids] of byShape(parts)) {
    const numbers = [...common(grids).products()][0];
    if (numbers) host = namesOf({ texts: shape.split('#'), numbers }).next().value as string;
  }
  return { code: 'HPC1014', message: `hostlist ${quote(text)} names ${quote(host)} twice`, fix: 'name each host once' };
}
