import { type ChangeSet, changeSet } from './change-set';
import type { Entry } from './model';
import type { Side } from './side';

/** Two sides and everything in which they differ: what entries are made of. */
export interface Comparison {
  readonly before: Side;
  readonly after: Side;
  readonly changes: ChangeSet;
}

/** Compares two sides. */
export const compareSides = (before: Side, after: Side): Comparison => ({
  before,
  after,
  changes: changeSet(before.manifest, after.manifest),
});

/** Adds to the entries what one domain knows: sentences, marks, entries of its own. */
export type Analyser = (entries: readonly Entry[], comparison: Comparison) => readonly Entry[];
