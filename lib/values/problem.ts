import type { Origin } from './origin';

/**
 * What is wrong with one value, said without knowing where the value stands.
 *
 * Value factories never throw on user data: they return a value that carries its problem, so that every fault of a
 * definition is reported at once. The walk over the fields adds the place (construct, field, file and line).
 */
export interface Problem {
  /** A code from the catalogue, e.g. `HPC1001`; `hpcdk explain CODE` prints its page. */
  readonly code: string;
  /** One sentence with the offending value and the rule it breaks, no full stop at its end. */
  readonly message: string;
  /** What to write instead, when that is known. */
  readonly fix?: string;
  /** @default error */
  readonly severity?: 'error' | 'warning';
  /** The row or line of a data file that the value was read from. @default - the line of the construct */
  readonly origin?: Origin;
}

/** Receives each problem that a codec or a parser finds; `at` is the place inside the value, such as `[3].limit`. */
export type Report = (problem: Problem, at?: string) => void;

/** A value as a message quotes it: short, one line, nothing that a terminal acts on. Takes anything that a definition may hold. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : textOf(value);
  const clean = text.slice(0, 200).replace(UNPRINTABLE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return clean.length > 80 ? `'${clean.slice(0, 77).replace(/[\ud800-\udbff]$/, '')}...'` : `'${clean}'`;
}

/** Control characters, what changes the direction of text, and halves of surrogate pairs. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/** JSON cannot hold a circle or a bigint, and an object may have a `toJSON` or `toString` of any kind. */
function textOf(value: unknown): string {
  for (const print of [JSON.stringify, String]) {
    try {
      const text = print(value) as string | undefined;
      if (text !== undefined) return text;
    } catch {
      // the next one
    }
  }
  return Object.prototype.toString.call(value);
}
