import { hash } from 'node:crypto';
import type { Problem } from '../../values/problem';

/** A generic resource that a job asks for. */
export interface JobGres {
  readonly name: string;
  /** The type that it insists on. @default - any type will do */
  readonly type?: string;
  /** How many on each node. */
  readonly count: number;
}

/** One job of an export, or one submission of a history: what it asks for, as far as a change can take that away. */
export interface Job {
  /** e.g. `4711`, `4711_3` */
  readonly id: string;
  /** ClusterName; empty when the export does not say it. */
  readonly cluster: string;
  /** The name of the user, or what stands for it. */
  readonly user: string;
  readonly account: string;
  /** The partitions that it may run in; a running job has one. */
  readonly partitions: readonly string[];
  readonly qos: string;
  readonly state: 'running' | 'pending' | 'ended';
  /** How many jobs it stands for: the tasks of an array that wait are one record. */
  readonly tasks: number;
  /** Hostlist of the nodes that it runs on. Empty unless it runs. */
  readonly nodes: string;
  /** Hostlist of the nodes that it insists on (`--nodelist`). */
  readonly required: string;
  /** `--constraint` as it was written. */
  readonly features: string;
  /** Time limit in seconds. @default - none was set */
  readonly limit?: number;
  readonly nodeCount: number;
  readonly cpus: number;
  readonly cpusPerNode: number;
  /** Memory that it asked for, in MiB per node. @default - it asked for none by the node */
  readonly memoryPerNode?: number;
  /** Memory that it asked for, in MiB per CPU. @default - it asked for none by the CPU */
  readonly memoryPerCpu?: number;
  readonly gres: readonly JobGres[];
  /** When it ends at the latest, in seconds since 1970. @default - it has no time limit, or does not run */
  readonly ends?: number;
}

/** Jobs as a site exported them. */
export interface JobExport {
  /** `queue` is a moment, `history` a span of time. */
  readonly kind: 'queue' | 'history';
  readonly jobs: readonly Job[];
  /** The latest time in the export, in seconds since 1970: as good as the time at which it was made. */
  readonly takenAt?: number;
  /** Whether `user` is the name itself. */
  readonly showsUsers: boolean;
  /** What could not be read. With an error among them nothing was; a warning passed over one job. */
  readonly problems: readonly Problem[];
}

/** How an export is read. */
export interface ReadJobsOptions {
  /** What messages call the file. */
  readonly file: string;
  /** Keep the names of users. @default false: each is replaced by `userHash` */
  readonly showUsers?: boolean;
}

/**
 * What stands for the name of a user: the first 8 hex digits of its SHA-256. The same user has the same one in every run, so
 * two exports can be compared; whoever has a list of names can find the name again, so it hides names from readers, not
 * from attackers.
 */
export const userHash = (name: string): string => hash('sha256', name).slice(0, 8);
