import { type Problem, quote } from './problem';

const MARK = Symbol.for('hpcdk/Size');

/** Bytes of each unit; the binary ones from the largest to the smallest, as the canonical text wants them. */
const BINARY = { PiB: 2 ** 50, TiB: 2 ** 40, GiB: 2 ** 30, MiB: 2 ** 20, KiB: 2 ** 10, B: 1 } as const;
const DECIMAL = { PB: 1e15, TB: 1e12, GB: 1e9, MB: 1e6, kB: 1e3 } as const;
const UNITS = { ...BINARY, ...DECIMAL };
type Unit = keyof typeof UNITS;

/**
 * An amount of memory or storage in whole bytes.
 *
 * Binary units (`GiB`) and decimal ones (`GB`) are told apart: 512 GB are 477 GiB. Slurm's own memory numbers are in MiB.
 */
export class Size {
  /** Says whether `x` is a Size, of this copy of the library or of another. */
  static isSize(x: unknown): x is Size {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /** `n` bytes. */
  static bytes(n: number): Size {
    return Size.count(n, 'B');
  }

  /** `n` KiB of 1024 bytes. */
  static kib(n: number): Size {
    return Size.count(n, 'KiB');
  }

  /** `n` MiB of 1024 KiB. */
  static mib(n: number): Size {
    return Size.count(n, 'MiB');
  }

  /** `n` GiB of 1024 MiB; a fraction such as 1.5 is taken when it is a whole number of bytes. */
  static gib(n: number): Size {
    return Size.count(n, 'GiB');
  }

  /** `n` TiB of 1024 GiB; a fraction such as 1.5 is taken when it is a whole number of bytes. */
  static tib(n: number): Size {
    return Size.count(n, 'TiB');
  }

  /** `n` GB of 10^9 bytes, the unit of disks and of cloud volumes' price lists. */
  static gb(n: number): Size {
    return Size.count(n, 'GB');
  }

  /** `n` TB of 10^12 bytes. */
  static tb(n: number): Size {
    return Size.count(n, 'TB');
  }

  /**
   * Reads a number and a unit: B, KiB, MiB, GiB, TiB, PiB, kB, MB, GB, TB or PB.
   *
   * A unit is needed, and `G` alone is refused: it is 1024^3 bytes to Slurm and 10^9 to a disk's maker.
   */
  static parse(text: string): Size {
    const [, whole, fraction = '', unit] = /^(\d+)(?:\.(\d+))? ?([A-Za-z]*)$/.exec(text) ?? [];
    if (whole === undefined || unit === undefined) return Size.refused(unreadable(text, 'GiB'));
    if (!Object.hasOwn(UNITS, unit)) return Size.refused(unreadable(text, unit));
    const scaled = BigInt(whole + fraction) * BigInt(UNITS[unit as Unit]);
    const divisor = 10n ** BigInt(fraction.length);
    if (scaled % divisor !== 0n) return Size.refused(notWhole(text));
    return Size.within(Number(scaled / divisor), text);
  }

  /** The order of amount. */
  static compare(a: Size, b: Size): number {
    return a.bytes < b.bytes ? -1 : a.bytes > b.bytes ? 1 : 0;
  }

  private constructor(
    /** Whole bytes, a safe integer. */
    readonly bytes: number,
    /** What is wrong with the value; it is then 0 bytes. */
    readonly problem?: Problem,
  ) {
    Object.defineProperty(this, MARK, { value: true });
  }

  /** Whole MiB, rounded down: a RealMemory above what slurmd finds takes the node out of service. */
  get mib(): number {
    return Math.floor(this.bytes / BINARY.MiB);
  }

  equals(other: Size): boolean {
    return this.bytes === other.bytes;
  }

  /** Both amounts together. */
  plus(other: Size): Size {
    return this.problem ? this : (problemOf(other) ?? Size.within(this.bytes + other.bytes, `${this} + ${other}`));
  }

  /** What is left of this amount; an amount below 0 is refused. */
  minus(other: Size): Size {
    return this.problem ? this : (problemOf(other) ?? Size.within(this.bytes - other.bytes, `${this} - ${other}`));
  }

  /** `n` times this amount, for a whole number `n` of 0 or more. */
  times(n: number): Size {
    if (this.problem) return this;
    if (Number.isSafeInteger(n) && n >= 0) return Size.within(this.bytes * n, `${n} x ${this}`);
    const message = `${quote(n)} times ${this}: the factor is not a whole number of 0 or more`;
    return Size.refused({ code: 'HPC1031', message });
  }

  /** The amount in MiB as Slurm's memory keys want it, without a unit: `262144`. */
  slurm(): string {
    return String(this.mib);
  }

  /** The canonical text, in the largest binary unit that gives a whole number: `512GiB`, `1536MiB`, `0B`. */
  toString(): string {
    for (const [unit, bytes] of Object.entries(BINARY)) {
      if (this.bytes >= bytes && this.bytes % bytes === 0) return `${this.bytes / bytes}${unit}`;
    }
    return '0B';
  }

  private static count(n: number, unit: Unit): Size {
    const text = `${n}${unit}`;
    if (typeof n !== 'number' || !Number.isFinite(n) || n < 0) return Size.refused(notWhole(text));
    // through the decimal digits: 0.1 GB is 100000000 bytes, whatever a product of fractions gives
    return String(n).includes('e') ? Size.within(n * UNITS[unit], text) : Size.parse(text);
  }

  private static within(bytes: number, text: string): Size {
    if (bytes < 0) {
      return Size.refused({ code: 'HPC1032', message: `${quote(text)} is less than nothing`, fix: 'take off less' });
    }
    if (!Number.isInteger(bytes)) return Size.refused(notWhole(text));
    if (Number.isSafeInteger(bytes)) return new Size(bytes);
    return Size.refused({
      code: 'HPC1032',
      message: `the size ${quote(text)} is 8 PiB or more`,
      fix: 'write a smaller one',
    });
  }

  private static refused(problem: Problem): Size {
    return new Size(0, problem);
  }
}

const problemOf = (size: Size): Size | undefined => (size.problem ? size : undefined);

const notWhole = (text: string): Problem => ({
  code: 'HPC1031',
  message: `the size ${quote(text)} is not a whole number of bytes, 0 or more`,
});

function unreadable(text: string, unit: string): Problem {
  const message = `${quote(text)} is not a size`;
  const prefix = /^[kmgtp]/i.exec(unit)?.[0].toUpperCase();
  if (unit === '')
    return { code: 'HPC1030', message: `${message}: it has no unit`, fix: "write e.g. '512GiB' or '512MiB'" };
  const fix = `write ${prefix ?? 'G'}iB for powers of 1024, ${prefix === 'K' ? 'k' : (prefix ?? 'G')}B for powers of 1000`;
  return { code: 'HPC1030', message, fix };
}
