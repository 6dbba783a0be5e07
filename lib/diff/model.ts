import type { Effect } from '../app/effect';
import type { Section } from '../app/field';
import type { Direction } from '../values/compare';
import type { Origin } from '../values/origin';
import type { Live } from './live/model';

/** The version of the JSON form, see schemas/diff.schema.json. Readers ignore keys that they do not know. */
export const DIFF_VERSION = 1;

/** Where an entry stands on the page: the sections of fields, and what changes only our own records. */
export const ENTRY_SECTIONS = [
  'data',
  'security',
  'contract',
  'disruption',
  'capacity',
  'software',
  'other',
  'state',
] as const satisfies readonly (Section | 'state')[];
export type EntrySection = (typeof ENTRY_SECTIONS)[number];

/** What happened to the subject of an entry; `rendering` is said of bytes that changed with no field behind them. */
export type Action = 'added' | 'removed' | 'changed' | 'moved' | 'rendering';

/**
 * What a line was read from: a field of a construct, a file of the output, a Spack lock, the running system. What runs is
 * no change, so no entry is of the level `live`.
 */
export type Level = 'field' | 'file' | 'lock' | 'live';

/** A property of a change that gates ask for. */
export type Mark =
  'security-broadened' | 'security-narrowed' | 'user-contract' | 'library-default' | 'vulnerable' | 'one-sided';

/** A side of a site: machines on the floor of the centre, and what stands in a cloud. */
export type Reach = 'premises' | 'cloud';

/** One part of a change that fans out: an item of a list, one of many constructs that changed alike. */
export interface EntryItem {
  readonly direction: Direction;
  /** One line, e.g. `cn[065-072]` or `maxTime 7d → 2d`. */
  readonly text: string;
}

/** How many jobs a change concerns, by an export of the queue. */
export interface JobCounts {
  /** Running jobs that would die. */
  readonly killed: number;
  /** Pending jobs that could never start. */
  readonly stuck: number;
  /** Submissions of the history that would now be refused, or would wait for ever. @default - no history was given */
  readonly refused?: number;
}

/** Somebody looked at it, and said why it may pass. */
export interface Acknowledged {
  readonly reason: string;
  /** The last day on which that counts, e.g. `2026-12-31`. */
  readonly until: string;
}

/** How many jobs of an account or a user a change concerns. */
export interface JobTally extends JobCounts {
  /** The account; of a user the name, or the hash that stands for it. */
  readonly name: string;
}

/** How many jobs all changes together concern; a job that two changes concern is counted once. */
export interface JobSummary extends JobCounts {
  /** Running and pending jobs of the export. @default - the queue was not given */
  readonly running?: number;
  readonly pending?: number;
  /** Submissions of the history. @default - no history was given */
  readonly submissions?: number;
  /** When none of the running jobs that would die runs any more, if no others are let in. @default - none would die */
  readonly window?: {
    /** e.g. `2026-11-26 08:33 UTC`. @default - none of them has a time limit */
    readonly at?: string;
    /** The same as a time after the export: `4d23h`. */
    readonly after?: string;
    /** How many of them have no time limit. */
    readonly unlimited: number;
  };
  /** By account and by user, the most first. */
  readonly accounts: readonly JobTally[];
  readonly users: readonly JobTally[];
  /** What was not counted, in sentences. */
  readonly notes: readonly string[];
}

/** One thing that a reviewer has to judge. */
export interface Entry {
  /** What acknowledgements name; the same for the same change of the same thing on every run. */
  readonly id: string;
  /** Ids of the other changes that are one decision with this one. @default - it stands alone */
  readonly also?: readonly string[];
  readonly section: EntrySection;
  readonly action: Action;
  readonly level: Exclude<Level, 'live'>;
  /** Kind of the construct, e.g. `Partition`; the type of a Terraform resource; the format of a file. */
  readonly kind: string;
  /** Path of the construct or of the file. */
  readonly path: string;
  /** Of an entry of a file: the constructs that it is about, such as a pool and its cloud. @default - `path` says it */
  readonly about?: readonly string[];
  /** The field, with the key where a map has one entry per key: `options.PrivateData`. */
  readonly field?: string;
  readonly direction?: Direction;
  /** The values in words; absent where the parts say it. */
  readonly before?: string;
  readonly after?: string;
  /** One line that says all of it to someone who administers clusters. */
  readonly title: string;
  readonly effect: Effect;
  /** Further sentences: what it means, what it does not touch. */
  readonly notes: readonly string[];
  /** What it fans out to. */
  readonly items: readonly EntryItem[];
  readonly marks: readonly Mark[];
  /** Files of the output that changed because of it. */
  readonly files: readonly string[];
  readonly jobs?: JobCounts;
  /** The sides of the site that its roll-out touches. @default - nothing but our records, or there is no cloud */
  readonly reaches?: readonly Reach[];
  /** Where the construct is declared. */
  readonly source?: Origin;
  readonly acknowledged?: Acknowledged;
}

/** One side of a comparison. */
export interface DiffSide {
  /** What the user called it: a folder, a git revision, `deployed`. */
  readonly label: string;
  /** The version of hpcdk that wrote it. */
  readonly tool: string;
  /** `output` has the files, `manifest` only what was declared. */
  readonly level: 'output' | 'manifest';
  /** sha256 over all that reaches a host or a cloud. */
  readonly digest: string;
}

/** What kind of thing is done in a step of the roll-out. */
export type StepAction =
  'by-hand' | 'drain' | 'stop' | 'apply' | 'build' | 'place' | 'run' | 'start' | 'restart' | 'reconfigure' | 'resume';

/** One step of the roll-out, in order. */
export interface PlanStep {
  readonly action: StepAction;
  /** What to do, in one line. */
  readonly text: string;
  /** The hosts that it is done on, as a hostlist. */
  readonly hosts?: string;
  /** The command that does it. */
  readonly command?: string;
  /** Ids of the entries that ask for it. */
  readonly because: readonly string[];
}

/** Changes that a noise rule took out. */
export interface Hidden {
  /** The name of the rule. */
  readonly rule: string;
  /** What it hides, in words. */
  readonly what: string;
  readonly count: number;
}

/** The counts that a summary shows first. */
export interface Summary {
  readonly entries: number;
  /** The worst class of any entry. */
  readonly worst: Effect['class'];
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly moved: number;
  /** Files of the output that differ, and how many of them stand on hosts. */
  readonly files: number;
  readonly filesOnHosts: number;
  /** Changes that make nodes on the premises and in a cloud differ (the mark `one-sided`). @default - there are none */
  readonly oneSided?: number;
}

/** What Terraform is going to count in a stack. */
export interface ResourceCounts {
  readonly added: number;
  /** Changed in place. */
  readonly changed: number;
  /** Destroyed and made anew. */
  readonly replaced: number;
  /** Those of `replaced` of which hpcdk does not know it; `terraform plan` does. */
  readonly perhaps: number;
  readonly removed: number;
  /** At another address in the state, whatever else is done with them. */
  readonly moved: number;
}

/** A site or a stack in which something changes. */
export interface Place {
  /** The topmost construct, e.g. `campus` or `campus-aws`. */
  readonly path: string;
  readonly kind: string;
  /** How many entries are about it, or change files of it; one may concern several places. */
  readonly entries: number;
  /** The worst class of these. */
  readonly worst: Effect['class'];
  /** @default - it has no stack that changes, or only manifests are compared */
  readonly resources?: ResourceCounts;
}

/** What one capacity figure was and is. */
export interface CapacityFigure {
  /** e.g. `nodes`, `CPUs`, `GPUs`, `memory`, `cloud per month`. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** The change in percent, when both are numbers and the first is not zero. */
  readonly percent?: number;
}

/** Capacity and cost before and after. */
export interface Capacity {
  readonly figures: readonly CapacityFigure[];
  /** The most that the cloud can cost in a month. @default - nothing in it has a price */
  readonly cost?: { readonly before: number; readonly after: number; readonly currency: string; readonly date: string };
  /** What the nodes on the premises draw at full load. @default - none of their types states it, or it is the same */
  readonly power?: PowerChange;
  /** What has no price in the table, in words. */
  readonly notEstimated: readonly string[];
  /** The change of the cost was acknowledged. */
  readonly acknowledged?: Acknowledged;
}

/** What nodes draw at full load, in W. */
export interface PowerChange {
  /** @default - there are nodes, and none of their types states it */
  readonly before?: number;
  readonly after?: number;
  /** Both without the pools of which only one side says it: what a growth is reckoned from. */
  readonly alike: { readonly before: number; readonly after: number };
  /** How many nodes there are after the change whose type states none: they are not in the sum. */
  readonly unstated: number;
  /** The change of the power was acknowledged. */
  readonly acknowledged?: Acknowledged;
}

/** What a gate came to. */
export interface GateResult {
  /** As it was asked for, e.g. `data-loss` or `cost>10%`. */
  readonly gate: string;
  readonly failed: boolean;
  /** Ids of the entries that failed it. */
  readonly entries: readonly string[];
  /** Ids of those that would have failed it, had they not been acknowledged. */
  readonly acknowledged: readonly string[];
  /** What else there is to say, such as what the cost is compared with. */
  readonly note?: string;
}

/** Two outputs compared: everything that the views show. */
export interface Diff {
  readonly format: 'hpcdk-diff';
  readonly version: number;
  /** The version of hpcdk that compared. */
  readonly tool: string;
  readonly before: DiffSide;
  readonly after: DiffSide;
  readonly summary: Summary;
  /** In the order of sections; within one, the worst first. */
  readonly entries: readonly Entry[];
  /** Sites and stacks in which something changes. @default - nothing changes */
  readonly places?: readonly Place[];
  readonly capacity?: Capacity;
  /** @default - no jobs were exported */
  readonly jobs?: JobSummary;
  /** @default - no live state was exported */
  readonly live?: Live;
  readonly plan: readonly PlanStep[];
  /** What the gates came to, in the order in which they were asked for. @default - none was asked for */
  readonly gates?: readonly GateResult[];
  readonly hidden: readonly Hidden[];
  /** What limits the comparison, in sentences. */
  readonly notes: readonly string[];
}
