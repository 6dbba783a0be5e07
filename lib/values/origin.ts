const ORIGIN = Symbol.for('hpcdk/origin');

/** A place in a file of the project, such as the row of a CSV file that a value was read from. */
export interface Origin {
  /** Path relative to the project, `/` as separator. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
  /** Column, from 1, when known. */
  readonly column?: number;
}

/** Marks an object as read from `origin`; the mark survives object spread. */
export function withOrigin<T extends object>(value: T, origin: Origin): T {
  Object.defineProperty(value, ORIGIN, { value: origin, enumerable: true });
  return value;
}

/** The place an object was read from, when it came from a file. */
export function originOf(value: unknown): Origin | undefined {
  return typeof value === 'object' && value !== null ? (value as { [ORIGIN]?: Origin })[ORIGIN] : undefined;
}
