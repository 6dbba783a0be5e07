import type { CodecType } from '../values/codec';
import { compareSpecs } from '../values/compare-specs';
import type { ItemChange } from '../values/compare';
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
 * An item of a list of specs, or of records with a spec, that changed; records tell their further parts by `other`.
 *
 * @returns undefined when the type has no spec, or the item came or went
 */
export function specItem(
  type: Extract<CodecType, { codec: 'list' }>,
  { before, after, items = [] }: ItemChange,
  other: (part: ItemChange) => string,
): string | undefined {
  const { of, identity } = type;
  if (of.codec === 'spec' && typeof before === 'string' && typeof after === 'string') return specChange(before, after);
  if (of.codec !== 'record') return undefined;
  const [spec] = items.filter(({ key }) => of.fields[key]?.codec === 'spec');
  if (typeof spec?.before !== 'string' || typeof spec.after !== 'string') return undefined;
  // What tells items of such a list apart follows from the spec.
  const rest = items.filter(({ key }) => key !== spec.key && key !== identity);
  return [specChange(spec.before, spec.after), ...rest.map(other)].join(', ');
}
