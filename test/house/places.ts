import type { CodecType } from '../../lib/values/codec';
import type { Change } from './samples/sample';

/** A place of a sample where a test puts a value. */
export interface Place {
  /** Property, item, member ... or the name that the sample gives to a place beside its properties. */
  readonly path: readonly string[];
  /** `text` and `canonical` stand beside the properties, or inside of values that are no plain data. */
  readonly what: 'value' | 'key' | 'text' | 'canonical';
  /** What stands there. */
  readonly original: unknown;
}

export const placeName = ({ path, what }: Place): string => `${path.join('.')}${what === 'key' ? ' (key)' : ''}`;

const isPlain = (x: unknown): x is Readonly<Record<string, unknown>> =>
  typeof x === 'object' && x !== null && Object.getPrototypeOf(x) === Object.prototype;

/** Notes every place of a sample that is run with it. */
export class Recorder implements Change {
  readonly places: Place[] = [];
  /** The properties as they are. */
  given: Readonly<Record<string, unknown>> = {};

  props<P extends object>(props: P): P {
    this.given = { ...(props as Readonly<Record<string, unknown>>) };
    for (const [name, value] of Object.entries(props)) this.walk([name], value);
    return props;
  }

  text(at: string, text: string): string {
    this.places.push({ path: [at], what: 'text', original: text });
    return text;
  }

  canonical(at: string, text: string): string {
    this.places.push({ path: [at], what: 'canonical', original: text });
    return text;
  }

  private walk(path: readonly string[], value: unknown): void {
    if (value === undefined) return;
    this.places.push({ path, what: 'value', original: value });
    if (Array.isArray(value)) for (const [index, item] of value.entries()) this.walk([...path, String(index)], item);
    else if (isPlain(value)) {
      for (const [key, item] of Object.entries(value)) {
        this.places.push({ path: [...path, key], what: 'key', original: key });
        this.walk([...path, key], item);
      }
    }
  }
}

/** Puts values at places; the rest of the sample stays as it is. */
export class Put implements Change {
  constructor(private readonly changes: readonly { readonly place: Place; readonly value: unknown }[]) {}

  props<P extends object>(props: P): P {
    const inProps = this.changes.filter(({ place }) => place.what === 'value' || place.what === 'key');
    return inProps.reduce<unknown>((all, { place, value }) => put(all, place.path, place.what, value), props) as P;
  }

  text(at: string, text: string): string {
    const change = this.changes.find(
      ({ place: { what, path } }) => path[0] === at && (what === 'text' || what === 'canonical'),
    );
    return change ? (change.value as string) : text;
  }

  canonical(at: string, text: string): string {
    return this.text(at, text);
  }
}

function put(all: unknown, [first = '', ...rest]: readonly string[], what: Place['what'], value: unknown): unknown {
  const next = (item: unknown) => (rest.length > 0 ? put(item, rest, what, value) : value);
  if (Array.isArray(all)) return all.map((item, index) => (String(index) === first ? next(item) : (item as unknown)));
  return Object.fromEntries(
    Object.entries(all as object).map(([key, item]) => {
      if (key !== first) return [key, item as unknown];
      return what === 'key' && rest.length === 0 ? [value as string, item as unknown] : [key, next(item)];
    }),
  );
}

/** The codec at a place below the properties; undefined for the key of a map and inside of values that are no plain data. */
export function codecAt(type: CodecType | undefined, path: readonly string[]): CodecType | undefined {
  const [first, ...rest] = path;
  if (first === undefined || type === undefined) return type;
  if (type.codec === 'list' || type.codec === 'map') return codecAt(type.of, rest);
  return type.codec === 'record' ? codecAt(type.fields[first], rest) : undefined;
}
