import type { Comparison } from './comparison';
import { foreignFields } from './field-entries';
import type { Entry, Hidden } from './model';

/** A rule that takes out what no reviewer needs to see. What it takes out is counted, and `--strict` shows it. */
export interface NoiseRule {
  readonly name: string;
  /** What it hides, in words. */
  readonly what: string;
  hides(entry: Entry): boolean;
}

/** The rules, by name. None hides an entry of a section above `other`. */
export const noiseRules: readonly NoiseRule[] = [
  {
    name: 'same-meaning',
    what: 'files with other bytes in which their reader finds the same',
    hides: ({ level, action, effect, items }) =>
      level === 'file' && action === 'rendering' && effect.harmless === true && items.length === 0,
  },
  {
    name: 'tags',
    what: 'resources of a cloud of which nothing but tags changed',
    hides: ({ level, field, section }) => level === 'file' && field === 'tags' && section === 'other',
  },
];

/** Takes out what the rules hide. */
export function hideNoise(
  entries: readonly Entry[],
  comparison: Comparison,
  strict: boolean,
): { readonly shown: readonly Entry[]; readonly hidden: readonly Hidden[] } {
  const counts = new Map<NoiseRule, number>();
  const shown = entries.filter((entry) => {
    const rule = noiseRules.find((one) => one.hides(entry));
    if (rule) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    return !rule || strict;
  });
  const fields = foreignFields(comparison).length;
  const hidden = [...counts].map(([{ name, what }, count]) => ({ rule: name, what, count }));
  if (fields > 0) {
    hidden.push({
      rule: 'library-fields',
      what: 'fields that one of the two versions of hpcdk does not have',
      count: fields,
    });
  }
  return { shown, hidden: strict ? hidden.filter(({ rule }) => rule === 'library-fields') : hidden };
}
