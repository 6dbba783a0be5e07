import type { IConstruct } from 'constructs';
import type { Codec } from '../../values/codec';
import { reference } from '../../values/codecs';

const DATABASE = Symbol.for('hpcdk/SlurmDatabase');

/** An accounting database that clusters report to: one of ours, or one that is run elsewhere. */
export interface ISlurmDatabase extends IConstruct {
  /** Host name of slurmdbd. */
  readonly host: string;
  /** Port of slurmdbd. */
  readonly port: number;
  /** The accounts and QOS that it knows; nothing when they are kept elsewhere. */
  names?(): { readonly accounts: readonly string[]; readonly qos: readonly string[] };
  /** What its QOS count on: a weight of their priority, and that preemption is on. Nothing when they are kept elsewhere. */
  qosNeeds?(): { readonly priority: readonly string[]; readonly preemption: readonly string[] };
  /** The generic resources that its clusters track, e.g. `gres/gpu:a100`; nothing when they are not known. */
  readonly trackedGres?: readonly string[];
  /** Told of each cluster that reports to it. */
  attach?(cluster: IConstruct): void;
}

/** Marks a construct as an accounting database. */
export function markAsDatabase(construct: ISlurmDatabase): void {
  Object.defineProperty(construct, DATABASE, { value: true });
}

/** Says whether `x` is an accounting database. */
export const isDatabase = (x: unknown): x is ISlurmDatabase => typeof x === 'object' && x !== null && DATABASE in x;

/** Accounting databases in field tables. */
export const database: Codec<ISlurmDatabase> = reference('an accounting database', isDatabase);

/** The accounting database of the cluster that a construct belongs to. */
export function databaseOf(construct: IConstruct): ISlurmDatabase | undefined {
  for (const scope of construct.node.scopes.reverse()) {
    const { database: found } = (scope as { values?: { database?: unknown } }).values ?? {};
    if (isDatabase(found)) return found;
  }
  return undefined;
}
