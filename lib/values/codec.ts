import type { Json } from './json';
import type { Report } from './problem';

/**
 * How the value of a field is read, checked and printed canonically.
 *
 * The set of codecs is closed: constructs of third parties choose from the same ones, so a diff can compare values that
 * it knows only from a manifest, by the codec's `type`.
 */
export interface Codec<In, Out = In> {
  /** The codec as data, for the manifest. */
  readonly type: CodecType;
  /** Reads what the user wrote. Never throws; after a report it returns a harmless placeholder. */
  readonly parse: (input: In, report: Report) => Out;
  /** The canonical form: two values mean the same when their canonical forms are equal. */
  print(value: Out): Json;
  /** Whether the value may hold any characters; such fields are fed with hostile strings by the property tests. */
  readonly freeText?: true;
}

/** A codec as data: its name and what compares need to know. */
export type CodecType =
  | { readonly codec: ScalarName }
  | { readonly codec: 'list'; readonly of: CodecType; readonly ordered: boolean; readonly identity?: string }
  | { readonly codec: 'map'; readonly of: CodecType }
  | { readonly codec: 'record'; readonly fields: Readonly<Record<string, CodecType>> };

/** The codecs of single values. */
export type ScalarName =
  | 'text'
  | 'integer'
  | 'boolean'
  | 'choice'
  | 'path'
  | 'reference'
  | 'secret'
  | 'duration'
  | 'size'
  | 'hostlist'
  | 'version'
  | 'cidr'
  | 'money'
  | 'power'
  | 'spec'
  /** Words with commas between them, in an order without meaning; of `name=value` and `name:3` the name is the word. */
  | 'words';

/** What a codec reads. */
export type InputOf<C> = C extends Codec<infer In, unknown> ? In : never;
/** What a codec gives. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the input side is contravariant
export type OutputOf<C> = C extends Codec<any, infer Out> ? Out : never;
