import type { Codec, CodecType, InputOf, OutputOf } from './codec';
import { byCodeUnit, type Json, sortedEntries } from './json';
import { originOf } from './origin';
import { quote, type Report } from './problem';
import { closest } from './closest';

/** How a list is compared and what it refuses. */
export interface ListOptions {
  /** The field of a record, or nothing for scalars, that tells items apart. @default - the whole canonical value */
  readonly identity?: string;
  /** Whether the order has a meaning. @default false */
  readonly ordered?: boolean;
  /** Fewest items. @default 0 */
  readonly min?: number;
  /** What an item is, for messages. @default 'item' */
  readonly item?: string;
}

/** Adds the place inside a list or record, and the row of a data file, to what an item's codec reports. */
const inside =
  (report: Report, place: string, input: unknown): Report =>
  (problem, at = '') => {
    const origin = problem.origin ?? originOf(input);
    report(origin ? { ...problem, origin } : problem, place + at);
  };

/** A list of values. Unless ordered, its canonical form is sorted by identity. Items are unique. */
export function list<In, Out>(of: Codec<In, Out>, options: ListOptions = {}): Codec<readonly In[], readonly Out[]> {
  const { identity, ordered = false, min = 0, item = 'item' } = options;
  const keyOf = (printed: Json): string =>
    identity && typeof printed === 'object' && printed !== null && !Array.isArray(printed)
      ? JSON.stringify((printed as Record<string, Json>)[identity])
      : JSON.stringify(printed);
  return {
    type: { codec: 'list', of: of.type, ordered, ...(identity && { identity }) },
    ...(of.freeText && { freeText: true }),
    parse: (input, report) => {
      if (!Array.isArray(input)) {
        report({ code: 'HPC1001', message: `${quote(input)} is not a list of ${item}s` });
        return [];
      }
      if (input.length < min) {
        report({ code: 'HPC1007', message: `the list has ${input.length} ${item}s, at least ${min} is needed` });
      }
      const seen = new Map<string, number>();
      return Array.from(input as readonly In[], (entry, index) => {
        let failed = false;
        const value = of.parse(entry, (problem, at) => {
          failed = true;
          inside(report, `[${index}]`, entry)(problem, at);
        });
        if (failed) return value;
        const key = keyOf(of.print(value));
        const first = seen.get(key);
        if (first === undefined) seen.set(key, index);
        else {
          const problem = { code: 'HPC1006', message: `${item} ${quote(JSON.parse(key))} stands in the list twice` };
          inside(report, `[${index}]`, entry)(problem);
        }
        return value;
      });
    },
    print: (values) => {
      const printed = values.map((value) => of.print(value));
      return ordered ? printed : printed.sort((a, b) => byCodeUnit(keyOf(a), keyOf(b)));
    },
  };
}

/** A record as it is written in braces, of this realm or of another: no list, map, date or instance of a class. */
function isPlain(input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return false;
  const prototype = Object.getPrototypeOf(input) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The place of a name that the user chose: `.name`, or quoted where it has something that a terminal would act on. */
const placeOf = (name: string): string => (/^[\x20-\x7e]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);

/** Values by name. */
export function map<In, Out>(
  of: Codec<In, Out>,
  key: Codec<string>,
): Codec<Readonly<Record<string, In>>, Readonly<Record<string, Out>>> {
  return {
    type: { codec: 'map', of: of.type },
    ...(of.freeText && { freeText: true }),
    parse: (input, report) => {
      if (!isPlain(input)) {
        report({ code: 'HPC1001', message: `${quote(input)} is not a map of names to values` });
        return {};
      }
      if (Object.hasOwn(input, '__proto__')) {
        const message = "'__proto__' cannot be a name: what is assigned to it in JavaScript is lost";
        report({ code: 'HPC1002', message }, placeOf('__proto__'));
      }
      return Object.fromEntries(
        Object.entries(input).map(([name, value]) => [
          key.parse(name, inside(report, placeOf(name), input)),
          of.parse(value, inside(report, placeOf(name), input)),
        ]),
      );
    },
    print: (values) => Object.fromEntries(sortedEntries(values).map(([name, value]) => [name, of.print(value)])),
  };
}

type RecordCodecs = Readonly<Record<string, Codec<never, unknown>>>;
type Inputs<R> = { readonly [K in keyof R]: InputOf<R[K]> };
type Outputs<R> = { readonly [K in keyof R]: OutputOf<R[K]> };

/** A small record inside a field, such as one mount point; the fields of `optional` may be left out. */
export function record<const R extends RecordCodecs>(required: R): Codec<Inputs<R>, Outputs<R>>;
export function record<const R extends RecordCodecs, const O extends RecordCodecs>(
  required: R,
  optional: O,
): Codec<Inputs<R> & Partial<Inputs<O>>, Outputs<R> & Partial<Outputs<O>>>;
export function record(required: RecordCodecs, optional: RecordCodecs = {}): Codec<never, object> {
  const codecs = { ...required, ...optional } as unknown as Record<string, Codec<unknown, unknown>>;
  const names = Object.keys(codecs).sort(byCodeUnit);
  const types: Record<string, CodecType> = {};
  for (const name of names) types[name] = (codecs[name] as Codec<unknown>).type;
  return {
    type: { codec: 'record', fields: types },
    ...(names.some((name) => codecs[name]?.freeText) && { freeText: true }),
    parse: (input, report) => {
      const result: Record<string, unknown> = {};
      const given: Readonly<Record<string, unknown>> = input;
      if (!isPlain(input))
        report({ code: 'HPC1001', message: `${quote(input)} is not a record of ${names.join(', ')}` });
      else {
        for (const name of Object.keys(given)) {
          if (!Object.hasOwn(codecs, name)) report(unknownName(name, names), placeOf(name));
        }
        for (const name of names) {
          const codec = codecs[name] as Codec<unknown>;
          if (given[name] !== undefined) result[name] = codec.parse(given[name], inside(report, `.${name}`, input));
          else if (name in required) report(missing(name), `.${name}`);
        }
      }
      return result;
    },
    print: (value) => {
      const result: Record<string, Json> = {};
      const given = value as Record<string, unknown>;
      for (const name of names) {
        if (given[name] !== undefined) result[name] = (codecs[name] as Codec<unknown>).print(given[name]);
      }
      return result;
    },
  };
}

/** The problem of a name that nothing declares. */
export function unknownName(name: string, names: readonly string[]) {
  const near = closest(name, names);
  return {
    code: 'HPC1008',
    message: `there is no property ${quote(name)}`,
    fix: near ? `did you mean '${near}'?` : `it has ${names.join(', ')}`,
  };
}

/** The problem of a required name that was left out, or that has no value although it stands there. */
export const missing = (name: string, stands = false) => ({
  code: 'HPC1009',
  message: stands ? `${quote(name)} is undefined, and it is required` : `${quote(name)} is required`,
});
