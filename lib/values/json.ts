/** What JSON can carry; canonical values in a manifest are of this type. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A record of JSON. */
export type JsonRecord = { readonly [key: string]: Json };

/** Whether a value is a record: no list, not null. What a value of JSON consists of is JSON too. */
export function isRecord(value: Json | undefined): value is JsonRecord;
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>>;
export function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Plain comparison of strings by code unit: the same order on every machine and in every locale. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The entries of a record in code-unit order of their keys. */
export function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => byCodeUnit(a, b));
}
