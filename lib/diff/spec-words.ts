import type { CodecType } from '../values/codec';
import { compareSpecs } from '../values/compare-specs';
import type { ItemChange } from '../values/compare';
import type { Json } from '../values/json';
import { Spec } from '../values/spec';

/** How a spec changed, as people say it: `gromacs 2024.3 → 2024.4, ~cuda → +cuda, ^openmpi@5 added`. */
export function specChange(before: string, after: string): string {
  const [a, b] = [Spec.parse(before), Spec.parse(after)];
  if (a.problem || b.problem || a.name !== b.name) return `${before} → ${after}`;
  const parts = (compareSpecs(before, after) ?? []).map(specPart);
  if (parts.length === 0) return `${before} → ${after}`;
  return parts[0]?.startsWith('version ')
    ? `${a.name} ${[parts[0].slice('version '.length), ...parts.slice(1)].join(', ')}`
    : `${a.name}${a.versions === undefined ? '' : ` ${a.versions}`}: ${parts.join(', ')}`;
}

/** One part of a spec that changed. */
function specPart({ key, direction, before, after }: ItemChange): string {
  const name = key === 'version' ? 'version ' : '';
  if (direction === 'added') return `${name}${String(after)} added`;
  if (direction === 'removed') return `${name}${String(before)} removed`;
  return `${name}${String(before)} → ${String(after)}`;
}

/**
 * An item of a list of specs, or of records with a spec; records tell their further parts by `other`.
 *
 * @returns undefined when the type has no spec
 */
export function specItem(
  type: Extract<CodecType, { codec: 'list' }>,
  { before, after, items = [] }: ItemChange,
  other: (part: ItemChange) => string,
): string | undefined {
  const { of, identity } = type;
  if (before === undefined || after === undefined) return recordWithSpec(type, before ?? after);
  if (of.codec === 'spec' && typeof before === 'string' && typeof after === 'string') return specChange(before, after);
  if (of.codec !== 'record') return undefined;
  const [spec] = items.filter(({ key }) => of.fields[key]?.codec === 'spec');
  if (typeof spec?.before !== 'string' || typeof spec.after !== 'string') return undefined;
  // What tells items of such a list apart follows from the spec.
  const rest = items.filter(({ key }) => key !== spec.key && key !== identity);
  return [specChange(spec.before, spec.after), ...rest.map(other)].join(', ');
}

/** A record of such a list by its spec, and what it says beyond: `gcc@13.3.0, external=/usr`. */
export function recordWithSpec(
  { of, identity }: Extract<CodecType, { codec: 'list' }>,
  item: Json | undefined,
): string | undefined {
  if (of.codec !== 'record' || typeof item !== 'object' || item === null) return undefined;
  const parts = Object.entries(item).filter(([key]) => key !== identity);
  const spec = parts.find(([key]) => of.fields[key]?.codec === 'spec');
  if (!spec) return undefined;
  const rest = parts
    .filter((one) => one !== spec)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [String(spec[1]), ...rest].join(', ');
}
