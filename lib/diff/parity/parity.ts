import type { Analyser } from '../comparison';
import type { Entry } from '../model';
import { Causes } from './causes';
import { changedDifferences, type Found } from './changed-differences';
import { meetingsOf } from './meetings';
import { releaseNotes } from './release';
import { mended, sentences } from './sentences';

/**
 * Where a cluster has nodes on the premises and in a cloud: what jobs find on the one and, because of this change, not on the
 * other. What differed before is not said again; what no longer does is.
 */
export const analyseParity: Analyser = (entries, comparison) => {
  if (!entries.some(concernsNodes)) return entries;
  const now = meetingsOf(comparison.after.manifest);
  if (now.size === 0) return entries;
  const before = meetingsOf(comparison.before.manifest);
  const come = new Map<Entry, Found[]>();
  const gone = new Map<Entry, Found[]>();
  const causes = new Causes(entries, comparison.origins);
  for (const meeting of now.values()) {
    const from = comparison.origins.get(meeting.cluster) ?? meeting.cluster;
    // of a new cluster all is new: nobody relies on it
    if (!Object.hasOwn(comparison.before.manifest.constructs, from)) continue;
    const changed = changedDifferences(before.get(from), meeting, comparison);
    attribute(changed.come, causes, come);
    attribute(changed.gone, causes, gone);
  }
  return entries.map((entry) => {
    const warnings = [...sentences(come.get(entry) ?? []), ...releaseNotes(entry, before, now, comparison)];
    const notes = [...warnings, ...mended(gone.get(entry) ?? [])];
    if (notes.length === 0) return entry;
    return {
      ...entry,
      notes: [...entry.notes, ...notes],
      marks: warnings.length > 0 ? [...entry.marks, 'one-sided' as const] : entry.marks,
    };
  });
};

/** Kinds of which nodes have nothing. */
const APART: ReadonlySet<string> = new Set(['Account', 'Bucket', 'Budget', 'Qos', 'SlurmDatabase']);

/** Whether an entry can be about what jobs find on nodes: most are not, and a site is large. */
const concernsNodes = ({ kind, field }: Entry): boolean =>
  !APART.has(kind) && !(kind === 'Partition' && field !== undefined && field !== 'nodes');

function attribute(found: readonly Found[], causes: Causes, to: Map<Entry, Found[]>): void {
  for (const one of found) {
    const cause = causes.of(one);
    if (cause) to.set(cause, [...(to.get(cause) ?? []), one]);
  }
}
