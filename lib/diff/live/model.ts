import type { Origin } from '../../values/origin';

/** One thing that a running system says otherwise than what is rolled out, or than a reviewer would expect. */
export interface LiveFinding {
  readonly level: 'live';
  /**
   * `drift` was changed outside the definition; `already` is what this change brings; `resume` would be resumed by the
   * roll-out; `plan` is what terraform plans otherwise than this diff says.
   */
  readonly what: 'drift' | 'already' | 'resume' | 'plan';
  /** What it is about, e.g. `partition batch`, `slurm.conf`, `cn[001-002]`, the address of a resource. */
  readonly subject: string;
  /** The key, the attribute; of a plan absent. */
  readonly key?: string;
  readonly live: string;
  /** What is rendered for it, before and after. @default - nothing is */
  readonly before?: string;
  readonly after?: string;
  /** One line that says all of it. */
  readonly title: string;
  /** What the roll-out does to it. */
  readonly then: string;
  /** The construct that it is about, and where that is declared. @default - none is known */
  readonly path?: string;
  readonly source?: Origin;
}

/** What an export of one running system says. */
export interface LiveSystem {
  readonly kind: 'slurm' | 'terraform';
  /** The cluster by its ClusterName, the stack by its path. */
  readonly name: string;
  /** The version that runs, or that planned. @default - not exported */
  readonly version?: string;
  /** How many values, or resources, were compared. */
  readonly compared: number;
  /** What could not be compared, by name. */
  readonly notCompared: readonly string[];
  /** The worst first. */
  readonly findings: readonly LiveFinding[];
  /** What else there is to say, in sentences. */
  readonly notes: readonly string[];
}

/** What running systems say, beside what is declared and rendered. It is no change, so it is no entry and fails no gate. */
export interface Live {
  readonly systems: readonly LiveSystem[];
  /** What was not compared at all, in sentences. */
  readonly notes: readonly string[];
}
