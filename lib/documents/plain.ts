import type { Json } from '../values/json';
import { quote, type Report } from '../values/problem';

/**
 * The value as JSON and YAML can carry it. Anything else (undefined in a list, functions, dates, maps, instances, NaN,
 * a circle) is reported at its place and becomes null. As in JSON, a field that is undefined is left out and -0 is 0.
 */
export function plain(value: unknown, report: Report): Json {
  const above = new Set<object>();
  const refuse = (what: string, at: string) => {
    report(
      {
        code: 'HPC2065',
        message: `${what} cannot be written: only null, booleans, finite numbers, strings, lists and records can`,
      },
      at,
    );
    return null;
  };
  const walk = (item: unknown, at: string): Json => {
    if (item === null || typeof item === 'boolean') return item;
    if (typeof item === 'number') return Number.isFinite(item) ? item + 0 : refuse(String(item), at);
    if (typeof item === 'string') {
      return /\p{Surrogate}/u.test(item) ? refuse(`${quote(item)}, with half of a surrogate pair,`, at) : item;
    }
    if (typeof item !== 'object')
      return refuse(`${typeof item} ${item === undefined ? '' : quote(String(item))}`.trim(), at);
    if (above.has(item)) return refuse('a value inside of itself', at);
    if (above.size > 200) return refuse('a value nested more than 200 deep', at);
    above.add(item);
    const result = Array.isArray(item)
      ? Array.from(item, (element, i) => walk(element, `${at}[${i}]`))
      : isRecord(item)
        ? Object.fromEntries(
            Object.entries(item)
              .filter(([, field]) => field !== undefined)
              .map(([key, field]) => [key, walk(field, at === '' ? key : `${at}.${key}`)]),
          )
        : refuse(`an instance of ${item.constructor?.name ?? 'a class'}`, at);
    above.delete(item);
    return result;
  };
  return walk(value, '');
}

const isRecord = (value: object): value is Record<string, unknown> => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};
