import type { Problem } from '../../values/problem';

/** The facts of one line or one list that scontrol printed, by key in lower case. */
export type Facts = ReadonlyMap<string, string>;

/** What scontrol said of one cluster. */
export interface SlurmExport {
  readonly kind: 'slurm';
  /** `scontrol show config`. @default - not exported */
  readonly config?: Facts;
  /** `scontrol -o show partition`, by name. */
  readonly partitions: ReadonlyMap<string, Facts>;
  /** `scontrol -o show node`, by name. */
  readonly nodes: ReadonlyMap<string, Facts>;
}

/** What terraform says of one resource, with no value that it calls sensitive. */
export interface PlannedResource {
  readonly address: string;
  /** Where it was before, when terraform moves it. */
  readonly from?: string;
  readonly actions: readonly string[];
  /** What differs, e.g. `tags.Owner`: with values where they may be shown. */
  readonly attributes: readonly PlannedAttribute[];
}

/** An attribute that differs; values that are sensitive, long, or not yet known are left out. */
export interface PlannedAttribute {
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

/** A plan of terraform for one stack. */
export interface PlanExport {
  readonly kind: 'terraform';
  readonly file: string;
  /** The cloud that its resources are tagged with (`hpcdk:cloud`). @default - its provider has no such tag */
  readonly cloud?: string;
  /** The version of terraform that made it. */
  readonly version: string;
  /** Whether planning ended in an error. */
  readonly errored: boolean;
  /** What was changed outside terraform. */
  readonly drift: readonly PlannedResource[];
  /** Every resource of the plan, those that stay as they are among them; data sources are left out. */
  readonly resources: readonly PlannedResource[];
}

/** What a file says of running systems. */
export interface LiveExport {
  /** By ClusterName; scontrol prints it in lower case. */
  readonly clusters: readonly (readonly [name: string, SlurmExport])[];
  /** Partitions and nodes of a file that names no cluster. @default - none */
  readonly nameless?: SlurmExport;
  readonly plans: readonly PlanExport[];
  readonly problems: readonly Problem[];
}

/** Exports of the same cluster in several files as one. */
export const together = (a: SlurmExport, b: SlurmExport): SlurmExport => ({
  kind: 'slurm',
  ...((b.config ?? a.config) && { config: b.config ?? a.config }),
  partitions: new Map([...a.partitions, ...b.partitions]),
  nodes: new Map([...a.nodes, ...b.nodes]),
});
