import { closest } from '../../values/closest';
import { quote } from '../../values/problem';
import { codes } from '../../codes';
import { fail, type Outcome } from '../outcome';

/** The page of a code, or the list of all. */
export function explain(code?: string): Outcome {
  const entries = Object.entries(codes).map(([id, entry]) => ({ id, ...entry }));
  if (code === undefined) return { diagnostics: [], result: { code: 'explain.list', entries } };
  const wanted = code.toUpperCase().replace(/^(?=\d)/, 'HPC');
  const entry = entries.find(({ id }) => id === wanted);
  if (entry) return { diagnostics: [], result: { code: 'explain.code', entry } };
  const near = closest(wanted, Object.keys(codes));
  const fix = near ? `did you mean ${near}?` : 'hpcdk explain lists the codes';
  return fail({ code: 'HPC7011', message: `there is no code ${quote(code)}`, fix });
}
