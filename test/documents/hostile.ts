import fc from '../fast-check';
import type { Problem, Report } from '../../lib/values/problem';

const special = ['a', ' ', '"', "'", '\\', '\n', '$', '{', '}', '%', '#', ';', ']', '[', '=', '&', '<', '-', ':'];

/** Strings as users paste them, and as they attack. */
export const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...special, '\t', '\r', '\0', '\ud800', '\u2028', '\ufeff', 'é', '😀') }),
);

/** A report that keeps what it is given. */
export function collect(): { report: Report; problems: Problem[]; codes: () => string[] } {
  const problems: Problem[] = [];
  return { problems, report: (problem) => problems.push(problem), codes: () => problems.map(({ code }) => code) };
}
