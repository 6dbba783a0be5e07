import { type ChangeSet, changeSet } from './change-set';
import type { Entry } from './model';
import type { Side } from './side';

/** Two sides and everything in which they differ: what entries are made of. */
export interface Comparison {
  readonly before: Side;
  readonly after: Side;
  readonly changes: ChangeSet;
  /** Where constructs that moved stood before, by the path that they have now. */
  readonly origins: ReadonlyMap<string, string>;
}

/** Compares two sides. */
export function compareSides(before: Side, after: Side): Comparison {
  const changes = changeSet(before.manifest, after.manifest);
  const origins = new Map([...changes.moves].map(([from, to]) => [to, from]));
  return { before, after, changes, origins };
}

/** Adds to the entries what one domain knows: sentences, marks, entries of its own. */
export type Analyser = (entries: readonly Entry[], comparison: Comparison) => readonly Entry[];
