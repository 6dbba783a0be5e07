import { append, holds, type Intervals, sizeOf } from './intervals';

/** All points whose first coordinate is in `ranges` and whose others are in `rest`. */
export interface Block {
  readonly ranges: Intervals;
  readonly rest: Grid;
}

interface Segment {
  readonly low: number;
  readonly high: number;
  readonly rest: Grid;
}

/**
 * A set of points with whole coordinates, such as (rack, node), held as products of ranges.
 *
 * First coordinates that are followed by the same rest share a block, so a set has one form only, and a set operation
 * costs what the ranges cost, however many points they hold.
 */
export class Grid {
  /** No point. */
  static readonly NONE = new Grid([]);
  /** The one point of no coordinates, which ends every block; a set holds nothing beside it. */
  static readonly POINT = new Grid([]);

  /** Every combination of the coordinates. */
  static product(coordinates: readonly Intervals[]): Grid {
    return coordinates.reduceRight<Grid>((rest, ranges) => new Grid([{ ranges, rest }]), Grid.POINT);
  }

  /** Every point of several sets with the same coordinates. In pairs, so that n single points take n log n steps. */
  static union(grids: readonly Grid[]): Grid {
    if (grids.length < 2 || grids.includes(Grid.POINT)) return grids[0] ?? Grid.NONE;
    const segments = grids.flatMap(segmentsOf);
    if (segments.every(({ rest }) => rest === Grid.POINT)) return Grid.gather(segments.sort((a, b) => a.low - b.low));
    const half = grids.length >> 1;
    return Grid.union(grids.slice(0, half)).union(Grid.union(grids.slice(half)));
  }

  private keyText?: string;
  private points?: number;
  private ends?: readonly [low: number, high: number];

  private constructor(readonly blocks: readonly Block[]) {}

  /** How many points; exact up to 2^53. */
  get count(): number {
    if (this === Grid.POINT) return 1;
    return (this.points ??= this.blocks.reduce((sum, { ranges, rest }) => sum + sizeOf(ranges) * rest.count, 0));
  }

  /** How many ranges hold the set. */
  get rangeCount(): number {
    return this.blocks.reduce((sum, { ranges, rest }) => sum + ranges.length + rest.rangeCount, 0);
  }

  /** The lowest and the highest first coordinate; of no coordinates, any. */
  private get span(): readonly [low: number, high: number] {
    return (this.ends ??= this.blocks.reduce(
      ([low, high], { ranges }) => [Math.min(low, ranges[0]![0]), Math.max(high, ranges.at(-1)![1])],
      this === Grid.POINT ? [-Infinity, Infinity] : [Infinity, -Infinity],
    ));
  }

  /** Equal sets have equal keys. */
  private get key(): string {
    if (this === Grid.POINT) return '.';
    return (this.keyText ??= this.blocks.map(({ ranges, rest }) => `${ranges.join(' ')}(${rest.key})`).join(''));
  }

  union(other: Grid): Grid {
    return combine(this, other, (here, there) => here || there);
  }

  intersection(other: Grid): Grid {
    return this.isApart(other) ? Grid.NONE : combine(this, other, (here, there) => here && there);
  }

  difference(other: Grid): Grid {
    return this.isApart(other) ? this : combine(this, other, (here, there) => here && !there);
  }

  /** Whether the first coordinates of one set all come before those of the other: most sets that are compared are such. */
  private isApart(other: Grid): boolean {
    const [low, high] = this.span;
    const [otherLow, otherHigh] = other.span;
    return high < otherLow || otherHigh < low;
  }

  has(point: readonly number[], at = 0): boolean {
    if (at === point.length) return this === Grid.POINT;
    const block = this.blocks.find(({ ranges }) => holds(ranges, point[at] as number));
    return block !== undefined && block.rest.has(point, at + 1);
  }

  /** The set as products of ranges, one range list for each coordinate. */
  *products(): Generator<readonly Intervals[]> {
    if (this === Grid.POINT) yield [];
    for (const { ranges, rest } of this.blocks) for (const others of rest.products()) yield [ranges, ...others];
  }

  /** Gathers segments, which come in ascending order, into blocks. */
  static gather(segments: Iterable<Segment>): Grid {
    const blocks = new Map<string, { ranges: [number, number][]; rest: Grid }>();
    for (const { low, high, rest } of segments) {
      if (rest === Grid.NONE) continue;
      const block = blocks.get(rest.key);
      if (block) append(block.ranges, low, high);
      else blocks.set(rest.key, { ranges: [[low, high]], rest });
    }
    return blocks.size === 0 ? Grid.NONE : new Grid([...blocks.values()]);
  }
}

type Keep = (here: boolean, there: boolean) => boolean;

/** The points that `keep` wants, told whether they are here and there; a point that is in neither is never kept. */
function combine(here: Grid, there: Grid, keep: Keep): Grid {
  if (here === Grid.NONE) return keep(false, true) ? there : Grid.NONE;
  if (there === Grid.NONE) return keep(true, false) ? here : Grid.NONE;
  if (here === there) return keep(true, true) ? here : Grid.NONE;
  return Grid.gather(sweep(segmentsOf(here), segmentsOf(there), keep));
}

function segmentsOf(grid: Grid): Segment[] {
  return grid.blocks
    .flatMap(({ ranges, rest }) => ranges.map(([low, high]) => ({ low, high, rest })))
    .sort((a, b) => a.low - b.low);
}

/** Walks along the first coordinate of both sets; between two ends of ranges nothing changes. */
function* sweep(here: readonly Segment[], there: readonly Segment[], keep: Keep): Generator<Segment> {
  for (let i = 0, j = 0, at = -Infinity; i < here.length || j < there.length;) {
    const a = here[i];
    const b = there[j];
    const low = Math.max(at, Math.min(a?.low ?? Infinity, b?.low ?? Infinity));
    const inA = a !== undefined && a.low <= low;
    const inB = b !== undefined && b.low <= low;
    const endA = inA ? a.high : (a?.low ?? Infinity) - 1;
    const endB = inB ? b.high : (b?.low ?? Infinity) - 1;
    const high = Math.min(endA, endB);
    yield { low, high, rest: combine(inA ? a.rest : Grid.NONE, inB ? b.rest : Grid.NONE, keep) };
    at = high + 1;
    if (inA && a.high === high) i++;
    if (inB && b.high === high) j++;
  }
}
