import type { Effect } from '../../app/effect';
import type { Comparison } from '../comparison';
import type { Entry, Mark } from '../model';
import type { Cluster } from './cluster';

/** What the domain adds to an entry. */
export interface Saying {
  readonly notes?: readonly string[];
  readonly marks?: readonly Mark[];
  /** What the effect is when the whole cluster is looked at. @default - as the field says */
  readonly effect?: Effect;
}

/** The cluster of an entry on both sides, for those who say something of it. */
export interface Subject {
  readonly entry: Entry;
  readonly comparison: Comparison;
  /** The path of the construct on the old side. */
  readonly pathBefore: string;
  readonly before: Cluster;
  readonly after: Cluster;
}

/** What is to be said of one kind of change. */
export type Rule = (subject: Subject) => Saying | undefined;
