import { severity } from '../entry';
import type { Diff, Entry } from '../model';

/** The labels that `hpcdk ci diff` puts on a merge request; of the set, one at a time. */
export const DIFF_LABELS = ['no-change', 'safe', 'disruptive', 'data-loss'] as const;
export type DiffLabel = (typeof DIFF_LABELS)[number];

/**
 * The label of a diff: `data-loss` when data can be lost; `disruptive` when nodes drain or stop, something is built or made
 * anew, job scripts break, security is broadened, or a known vulnerability comes; `safe` for every other change. An
 * acknowledgement makes nothing safe.
 */
export function labelsOf({ entries, summary }: Diff): DiffLabel[] {
  if (entries.length === 0 && summary.files === 0) return ['no-change'];
  if (entries.some(({ effect }) => effect.class === 'data-loss')) return ['data-loss'];
  return [entries.some(disrupts) ? 'disruptive' : 'safe'];
}

const disrupts = ({ effect, marks }: Entry): boolean =>
  (severity(effect) >= severity({ class: 'rolling-drain' }) && effect.harmless !== true) ||
  (['user-contract', 'security-broadened', 'vulnerable'] as const).some((mark) => marks.includes(mark));
