import type { Format } from '../documents/format';
import type { Problem } from '../values/problem';
import { ExpectationError } from './expectation-error';

/** Reads a file by the pure parser of its format; fails when it is not in that format. */
export function readDocument<T>(format: Format<T>, text: string, where: string): T {
  const problems: Problem[] = [];
  const value = format.parse(text, (problem) => problems.push(problem));
  if (problems[0]) throw new ExpectationError(`${where}: ${problems[0].message}`);
  return value;
}

/** A record of a parsed file; empty where there is none. */
export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** A list of a parsed file; empty where there is none, and one item where that stands alone. */
export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as readonly unknown[]) : value === undefined || value === null ? [] : [value];
