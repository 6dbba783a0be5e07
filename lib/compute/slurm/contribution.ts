import type { IConstruct } from 'constructs';
import type { SlurmConfEntry } from '../../documents/slurm-conf';
import { Hostlist } from '../../values/hostlist';

/** A construct below a cluster with this method adds to the cluster's Slurm files. */
export const SLURM = Symbol.for('hpcdk/slurm');

/** Values of global keys; a list adds its words to what others say of the key. */
export type SlurmOptions = Readonly<Record<string, string | number | readonly string[]>>;

/** One record of a file: `NodeName=... CPUs=...`. Entries without a value are left out. */
export type SlurmRecord = readonly (readonly [key: string, value: string | number | Hostlist | undefined])[];

/** What a construct adds to the Slurm files of its cluster. */
export interface SlurmContribution {
  /** Global keys of slurm.conf. A key with one value may come from one place only; lists are merged. */
  readonly options?: SlurmOptions;
  /** NodeName lines. */
  readonly nodes?: readonly SlurmRecord[];
  /** PartitionName lines. */
  readonly partitions?: readonly SlurmRecord[];
  /** Lines of topology.conf, where the cluster has one. */
  readonly switches?: readonly SlurmRecord[];
  /** Lines of gres.conf. */
  readonly gres?: readonly SlurmRecord[];
}

/** A construct that adds to the Slurm files of its cluster. */
export interface SlurmContributor extends IConstruct {
  [SLURM](): SlurmContribution;
}

/** Says whether a construct adds to the Slurm files. */
export function contributesToSlurm(construct: IConstruct): construct is SlurmContributor {
  return typeof (construct as Partial<SlurmContributor>)[SLURM] === 'function';
}

/**
 * The entries of a record that have a value, as slurm.conf prints them. Hostlists with text behind the brackets
 * (`cn[1-3]-ib`) are read since 23.11; for an older Slurm those names are written one by one.
 */
export const entriesOf = (record: SlurmRecord, suffixes: boolean): SlurmConfEntry[] =>
  record.flatMap(([key, value]) => {
    if (value === undefined) return [];
    return [[key, Hostlist.isHostlist(value) ? value.slurm({ suffixes }) : String(value)] as const];
  });
