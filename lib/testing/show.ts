import { Duration } from '../values/duration';
import { Hostlist } from '../values/hostlist';
import { Size } from '../values/size';
import { quote } from '../values/problem';

/** Says whether `x` is a value that compares by what it means. */
export const isValue = (x: unknown): x is Duration | Size | Hostlist =>
  Duration.isDuration(x) || Size.isSize(x) || Hostlist.isHostlist(x);

/** A value in a message: text in quotes, anything else as JSON, shortened. */
export function show(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (isValue(value)) return quote(value.toString());
  if (Array.isArray(value)) return short(`[${value.map(show).join(', ')}]`);
  if (typeof value !== 'object' || value === null) return String(value);
  // what a test wants of a value says itself what it is
  if (Object.hasOwn(value, 'toString') && typeof value.toString === 'function') return String(value);
  const fields = Object.entries(value).map(([key, item]) => `${key}: ${show(item)}`);
  return short(fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}');
}

const LONGEST = 120;
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text);
