import type { Codec, CodecType } from '../values/codec';
import type { Effects } from './effect';

/** Where a review shows a change of the field. The order is that of a review page. */
export const SECTIONS = ['data', 'security', 'contract', 'disruption', 'capacity', 'software', 'other'] as const;
export type Section = (typeof SECTIONS)[number];

/** What a field table says of a field beside its codec. */
export interface FieldOptions {
  /** Where a review shows a change of it. */
  readonly section: Section;
  /** What a change of it does to a running site. */
  readonly effects: Effects;
  /** What holds for one key of a map, or for one part of a record. @default - what holds for the field */
  readonly keys?: (key: string) => KeyOptions | undefined;
}

/** What a field table says of one key of a map, or of one part of a record. */
export interface KeyOptions {
  /** Where a review shows a change of it. @default - the section of the field */
  readonly section?: Section;
  /** What a change of it does to a running site. */
  readonly effects: Effects;
  /** How its values are compared, which are text in the map. @default - as those of the map */
  readonly type?: CodecType;
  /** No file of the output holds it. @default - files may */
  readonly unrendered?: true;
}

/** One entry of a field table. */
export interface Field<
  In = never,
  Out = unknown,
  Presence extends 'required' | 'optional' = 'required' | 'optional',
> extends FieldOptions {
  readonly codec: Codec<In, Out>;
  readonly presence: Presence;
  /** What holds when the field is left out. */
  readonly default?: unknown;
}

/** A field table of any construct. */
export type FieldTable = Readonly<Record<string, Field>>;

/**
 * The field table that goes with a props interface: the compiler reports a property without an entry, a codec that cannot
 * read what the property allows, and an optional property whose entry is required.
 */
export type Fields<Props> = {
  readonly [K in keyof Props]-?: undefined extends Props[K]
    ? Field<NonNullable<Props[K]>, unknown, 'optional'> | DefaultedField<NonNullable<Props[K]>, unknown>
    : Field<Props[K], unknown, 'required'>;
};

/** An optional field that always has a value. */
export type DefaultedField<In, Out> = Field<In, Out, 'required'> & { readonly default: unknown };

/** The parsed values of a field table. */
export type Values<F> = {
  readonly [K in keyof F]: F[K] extends Field<infer _In, infer Out, infer Presence>
    ? 'required' extends Presence
      ? Out
      : Out | undefined
    : never;
};

/** A field that must be given. */
export const required = <In, Out>(codec: Codec<In, Out>, options: FieldOptions): Field<In, Out, 'required'> => ({
  codec,
  presence: 'required',
  ...options,
});

/** A field that may be left out and then has no value. */
export const optional = <In, Out>(codec: Codec<In, Out>, options: FieldOptions): Field<In, Out, 'optional'> => ({
  codec,
  presence: 'optional',
  ...options,
});

/** A field that has a default, which counts as a value of the definition: a default that changes shows in a diff. */
export const defaulted = <In, Out>(
  codec: Codec<In, Out>,
  value: NoInfer<In>,
  options: FieldOptions,
): DefaultedField<In, Out> => ({ codec, presence: 'required', default: value, ...options });
