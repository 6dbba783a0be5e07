import { type Problem, quote } from './problem';

const MARK = Symbol.for('hpcdk/Power');

/** Watts of each unit; the larger one first, as the canonical text wants them. */
const UNITS = { kW: 1000, W: 1 } as const;
type Unit = keyof typeof UNITS;

/** No centre draws a gigawatt: more is a mistake in a unit. */
const MOST = 1e9;

/** An electric power in whole watts: what a node draws at full load. */
export class Power {
  /** Says whether `x` is a Power, of this copy of the library or of another. */
  static isPower(x: unknown): x is Power {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /** `n` watts, a whole number of 0 or more. */
  static w(n: number): Power {
    return Power.count(n, 'W');
  }

  /** `n` kilowatts; a fraction such as 1.3 is taken when it is a whole number of watts. */
  static kw(n: number): Power {
    return Power.count(n, 'kW');
  }

  /** Reads a number and a unit, W or kW: `650W`, `1.3 kW`. */
  static parse(text: string): Power {
    const [, whole, fraction = '', unit] = /^(\d+)(?:\.(\d+))? ?([A-Za-z]*)$/.exec(text) ?? [];
    if (whole === undefined || unit === undefined) return Power.refused(unreadable(text, 'W'));
    if (!Object.hasOwn(UNITS, unit)) return Power.refused(unreadable(text, unit));
    const scaled = BigInt(whole + fraction) * BigInt(UNITS[unit as Unit]);
    const divisor = 10n ** BigInt(fraction.length);
    if (scaled % divisor !== 0n) return Power.refused(notWhole(text));
    return Power.within(Number(scaled / divisor), text);
  }

  /** The order of power. */
  static compare(a: Power, b: Power): number {
    return a.watts - b.watts;
  }

  private constructor(
    /** Whole watts. */
    readonly watts: number,
    /** What is wrong with the value; it is then 0 W. */
    readonly problem?: Problem,
  ) {
    Object.defineProperty(this, MARK, { value: true });
  }

  equals(other: Power): boolean {
    return this.watts === other.watts;
  }

  /** The canonical text, in kW where that gives a whole number: `650W`, `1300W`, `2kW`, `0W`. */
  toString(): string {
    const { watts } = this;
    return watts > 0 && watts % UNITS.kW === 0 ? `${watts / UNITS.kW}kW` : `${watts}W`;
  }

  private static count(n: number, unit: Unit): Power {
    const text = `${n}${unit}`;
    if (typeof n !== 'number' || !Number.isFinite(n) || n < 0) return Power.refused(notWhole(text));
    // through the decimal digits: 0.1 kW are 100 W, whatever a product of fractions gives
    return String(n).includes('e') ? Power.within(n * UNITS[unit], text) : Power.parse(text);
  }

  private static within(watts: number, text: string): Power {
    if (!Number.isInteger(watts)) return Power.refused(notWhole(text));
    if (watts < MOST) return new Power(watts);
    const message = `the power ${quote(text)} is 1 GW or more`;
    return Power.refused({ code: 'HPC1072', message, fix: 'write what one node draws, in W or kW' });
  }

  private static refused(problem: Problem): Power {
    return new Power(0, problem);
  }
}

const notWhole = (text: string): Problem => ({
  code: 'HPC1071',
  message: `the power ${quote(text)} is not a whole number of watts, 0 or more`,
});

function unreadable(text: string, unit: string): Problem {
  const message = `${quote(text)} is not a power`;
  if (unit === '')
    return { code: 'HPC1070', message: `${message}: it has no unit`, fix: "write e.g. '650W' or '1.3kW'" };
  const apparent = /^k?VA$/i.test(unit);
  const fix = apparent
    ? 'write what it draws in W: what is stated in VA is more than that by the power factor'
    : `write ${/^k/i.test(unit) ? 'kW' : 'W'}, e.g. '650W' or '1.3kW'`;
  return { code: 'HPC1070', message, fix };
}
