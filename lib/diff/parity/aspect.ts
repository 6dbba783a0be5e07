import type { Manifest, ManifestConstruct, ManifestFile } from '../../app/manifest';
import type { Json } from '../../values/json';
import { Hostlist } from '../../values/hostlist';

/** A pool of nodes of a cluster. */
export interface PoolOf {
  readonly path: string;
  readonly hosts: Hostlist;
  readonly values: Readonly<Record<string, Json>>;
}

/** A cluster that has nodes on the premises and in a cloud. */
export interface Meeting {
  readonly cluster: string;
  readonly premises: readonly PoolOf[];
  readonly cloud: readonly PoolOf[];
  /** The names of the partitions that have nodes of both pools. */
  readonly shared: (premises: string, cloud: string) => readonly string[];
  /** What is mounted on the cluster or on one of its pools, by constructs in the order of their paths. */
  readonly mounts: readonly MountOf[];
  /** What is declared at the site of the cluster, and the files of it. */
  readonly site: SiteOf;
}

/** What stands below one topmost construct. */
export interface SiteOf {
  readonly path: string;
  readonly constructs: readonly (readonly [path: string, construct: ManifestConstruct])[];
  readonly files: readonly (readonly [path: string, file: ManifestFile])[];
  readonly manifest: Manifest;
}

/** A file system on the nodes of a cluster, or of one pool. */
export interface MountOf {
  /** The path of the construct. */
  readonly path: string;
  /** The cluster or the pool. */
  readonly on: string;
  /** Where it is mounted. */
  readonly at: string;
  readonly readOnly: boolean;
  /** The path of the file system, and its kind. */
  readonly system: string;
  readonly kind: string;
}

/** The nodes that a sentence speaks of. */
export interface Nodes {
  /** A hostlist. */
  readonly premises: string;
  /** The same with what tells that they stand in a cloud: `cloud nodes hpc-burst-[0-31]`. */
  readonly cloud: string;
  /** What cloud nodes boot: `ami-0123`, or the parameter that names it, `/hpc/images/compute`. */
  readonly image: string;
  /** `jobs`, or `jobs of partition batch` where partitions have nodes of both. */
  readonly jobs: string;
}

/** One thing that jobs find on nodes, or do not: a mount, a package, a feature. */
export interface Aspect {
  /** What is compared; aspects of one topic that differ between the same nodes are said in one sentence. */
  readonly topic: Topic;
  /** What it is called in that sentence: `/scratch`. */
  readonly name: string;
  /** What the nodes of each pool have of it, by the path of the pool. A pool that is not in it has nothing. */
  readonly of: ReadonlyMap<string, string>;
  /** What brings it about: the path of a construct, with `#field` where only that field does. */
  readonly behind: readonly string[];
}

/** Aspects that are compared and said alike. */
export interface Topic {
  readonly name: string;
  /** Nodes in a cloud have it from their image, which no definition describes. @default false */
  readonly ofImage?: true;
  /** Only jobs of a partition that has nodes of both notice. @default false */
  readonly inPartition?: true;
  /** Whether what two pools have is the same for jobs. @default - equal texts */
  readonly alike?: (premises: string, cloud: string) => boolean;
  /** What names are called where it is said that they no longer differ. @default - by themselves */
  readonly called?: (names: string) => string;
  /** The sentence for names of which nodes have these; nothing where they lack it. */
  readonly differs: (names: string, nodes: Nodes, premises: string | undefined, cloud: string | undefined) => string;
}

/** What one kind of aspects comes to in a cluster. */
export type Look = (meeting: Meeting) => readonly Aspect[];

/** An aspect of the pools that have it; nothing when none has. */
export function aspect(
  topic: Topic,
  name: string,
  of: Iterable<readonly [pool: string, value: string | undefined]>,
  behind: readonly string[],
): Aspect[] {
  const known = new Map([...of].filter((one): one is readonly [string, string] => one[1] !== undefined));
  return known.size > 0 ? [{ topic, name, of: known, behind }] : [];
}

/** The texts of a list; none of anything else. */
export const texts = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

export const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
