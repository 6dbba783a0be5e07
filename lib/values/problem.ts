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

/** A value as a message quotes it: short, one line, no control characters. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return clean.length > 80 ? `'${clean.slice(0, 77)}...'` : `'${clean}'`;
}
