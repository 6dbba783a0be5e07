import { type Problem, quote } from './problem';

const MARK = Symbol.for('hpcdk/Duration');

const UNITS = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 } as const;

/** Slurm counts in 32 bits: more seconds than this turn into a negative time (time_str2secs in its parse_time.c). */
const LONGEST = 2 ** 31 - 1;

const EXAMPLES = "write '7d', '1d12h', '90m', '1-12:00:00' or 'unlimited'";

/**
 * A length of time in whole seconds, or without an end: a job's time limit, the age at which a node is given back.
 *
 * What is longer than 2147483647 seconds (68 years) is refused, for Slurm counts in 32 bits.
 */
export class Duration {
  /** A time without an end, e.g. the time limit of a partition that has none. */
  static readonly UNLIMITED = new Duration(Infinity);

  /** Says whether `x` is a Duration, of this copy of the library or of another. */
  static isDuration(x: unknown): x is Duration {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /** `n` seconds, a whole number of 0 or more. */
  static seconds(n: number): Duration {
    return Duration.count(n, 's', 'seconds');
  }

  /** `n` minutes, a whole number of 0 or more. */
  static minutes(n: number): Duration {
    return Duration.count(n, 'm', 'minutes');
  }

  /** `n` hours, a whole number of 0 or more. */
  static hours(n: number): Duration {
    return Duration.count(n, 'h', 'hours');
  }

  /** `n` days of 24 hours, a whole number of 0 or more. */
  static days(n: number): Duration {
    return Duration.count(n, 'd', 'days');
  }

  /**
   * Reads numbers with the units w, d, h, m and s from the largest to the smallest (`7d`, `1d12h`, `90m`), `unlimited`, or
   * one of Slurm's forms (`1-12:00:00`, and a bare number, which is in minutes as everywhere in Slurm).
   */
  static parse(text: string): Duration {
    const units = /^(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
    if (!units || text === '') return text === '-1' ? Duration.refused(unreadable(text)) : Duration.parseSlurm(text);
    const [weeks, days, hours, minutes, seconds] = units.slice(1).map((digits) => Number(digits ?? 0)) as Five;
    return Duration.within(weeks * UNITS.w + days * UNITS.d + hours * UNITS.h + minutes * UNITS.m + seconds, text);
  }

  /**
   * Reads a time as Slurm does: `minutes`, `minutes:seconds`, `hours:minutes:seconds`, `days-hours`,
   * `days-hours:minutes`, `days-hours:minutes:seconds`, and `UNLIMITED`, `INFINITE` or `-1`. Source: slurm.conf(5), MaxTime.
   */
  static parseSlurm(text: string): Duration {
    if (/^(?:unlimited|infinite|-1)$/i.test(text)) return Duration.UNLIMITED;
    const [, days, fields] = /^(?:(\d+)-)?(\d+(?::\d+){0,2})$/.exec(text) ?? [];
    if (fields === undefined) return Duration.refused(unreadable(text));
    const [first = 0, second = 0, third = 0] = fields.split(':').map(Number);
    const fromHours = days !== undefined || fields.split(':').length === 3;
    const seconds = fromHours
      ? Number(days ?? 0) * UNITS.d + first * UNITS.h + second * UNITS.m + third
      : first * UNITS.m + second;
    return Duration.within(seconds, text);
  }

  /** The order of length; `UNLIMITED` is the longest. */
  static compare(a: Duration, b: Duration): number {
    return a.seconds < b.seconds ? -1 : a.seconds > b.seconds ? 1 : 0;
  }

  private constructor(
    /** Whole seconds; `Infinity` for `UNLIMITED`. */
    readonly seconds: number,
    /** What is wrong with the value; its length is then 0. */
    readonly problem?: Problem,
  ) {
    Object.defineProperty(this, MARK, { value: true });
  }

  get isUnlimited(): boolean {
    return this.seconds === Infinity;
  }

  /** Whole minutes, rounded up as Slurm does with its limits; `Infinity` for `UNLIMITED`. */
  ceilMinutes(): number {
    return Math.ceil(this.seconds / UNITS.m);
  }

  equals(other: Duration): boolean {
    return this.seconds === other.seconds;
  }

  /** The time as Slurm prints it: `2-00:00:00`, `00:10:00`, `UNLIMITED`. */
  slurm(): string {
    if (this.isUnlimited) return 'UNLIMITED';
    const [days, hours, minutes, seconds] = this.fields();
    const clock = [hours, minutes, seconds].map((n) => String(n).padStart(2, '0')).join(':');
    return days > 0 ? `${days}-${clock}` : clock;
  }

  /** The canonical text: `2d`, `1d12h`, `1h30m`, `45s`, `0s`, `unlimited`. */
  toString(): string {
    if (this.isUnlimited) return 'unlimited';
    const units = ['d', 'h', 'm', 's'];
    const text = this.fields().map((n, i) => (n > 0 ? `${n}${units[i]}` : ''));
    return text.join('') || '0s';
  }

  private fields(): readonly [days: number, hours: number, minutes: number, seconds: number] {
    const { d, h, m } = UNITS;
    const { seconds } = this;
    return [Math.floor(seconds / d), Math.floor((seconds % d) / h), Math.floor((seconds % h) / m), seconds % m];
  }

  private static count(n: number, unit: keyof typeof UNITS, name: string): Duration {
    if (Number.isInteger(n) && n >= 0) return Duration.within(n * UNITS[unit], `${n} ${name}`);
    return Duration.refused({
      code: 'HPC1021',
      message: `${quote(n)} is not a whole number of ${name}, 0 or more`,
      fix:
        n === Infinity ? 'write Duration.UNLIMITED' : 'use a smaller unit for a part of one, e.g. Duration.hours(36)',
    });
  }

  private static within(seconds: number, text: string): Duration {
    if (seconds <= LONGEST) return new Duration(seconds);
    const message = `the duration ${quote(text)} is longer than ${LONGEST} seconds, which is 68 years`;
    return Duration.refused({ code: 'HPC1022', message, fix: "write 'unlimited' for a time without an end" });
  }

  private static refused(problem: Problem): Duration {
    return new Duration(0, problem);
  }
}

type Five = [number, number, number, number, number];

const unreadable = (text: string): Problem => ({
  code: 'HPC1020',
  message: `${quote(text)} is not a duration`,
  fix: EXAMPLES,
});
