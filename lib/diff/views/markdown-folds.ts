import { RISK_SECTIONS, mustBeSeen } from './section-words';
import type { Entry } from '../model';

/** How much an entry matters when there is little room: 2 must be seen, 1 stands in a risk section, 0 is the rest. */
export type Weight = 0 | 1 | 2;

export const weightOf = (entry: Entry): Weight => (mustBeSeen(entry) ? 2 : RISK_SECTIONS.has(entry.section) ? 1 : 0);

/** What is shown of entries: each number is the least weight that keeps it, 3 for none. */
export interface Fold {
  readonly items: Weight | 3;
  readonly notes: Weight | 3;
  /** Class, reason, fate of jobs. */
  readonly reasons: Weight | 3;
  /** The entry itself; below it, entries are counted. */
  readonly entries: Weight;
  readonly plan: boolean;
}

const ALL: Fold = { items: 0, notes: 0, reasons: 0, entries: 0, plan: true };

/** Ever less, until a page fits. What must be seen keeps its title to the last one. */
export const FOLDS: readonly Fold[] = [
  ALL,
  { ...ALL, items: 1 },
  { ...ALL, items: 1, notes: 1 },
  { ...ALL, items: 1, notes: 1, entries: 1 },
  { ...ALL, items: 2, notes: 2, entries: 1 },
  { ...ALL, items: 3, notes: 2, entries: 1 },
  { ...ALL, items: 3, notes: 2, entries: 2 },
  { ...ALL, items: 3, notes: 3, entries: 2 },
  { items: 3, notes: 3, reasons: 3, entries: 2, plan: true },
  { items: 3, notes: 3, reasons: 3, entries: 2, plan: false },
];

/** What a fold leaves out, in words. */
export function leftOut({ items, notes, reasons, entries, plan }: Fold): string[] {
  return [
    ...(items > 0 ? ['parts'] : []),
    ...(notes > 0 ? ['notes'] : []),
    ...(reasons > 0 ? ['reasons'] : []),
    ...(entries > 0 ? ['entries of less weight'] : []),
    ...(plan ? [] : ['the roll-out']),
  ];
}
