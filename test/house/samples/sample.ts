import type { App } from '../../../lib/app/app';
import type { Noun } from '../../../lib/app/noun';
import { NodeType, Site, Size, SlurmCluster, type SlurmClusterProps, SlurmVersion } from '../../../lib/index';

/** How a sample differs from what it says: in one place, or nowhere. */
export interface Change {
  /** The properties of the construct that the sample is of. */
  props<P extends object>(props: P): P;
  /** Text that stands inside of a value (`Compiler.gcc(...)`) or beside the properties (an id). */
  text(at: string, text: string): string;
  /** The same for text that is read and printed anew, such as the variants of a spec. */
  canonical(at: string, text: string): string;
}

/** A sample without a change. */
export const AS_IT_IS: Change = { props: (props) => props, text: (_at, text) => text, canonical: (_at, text) => text };

/** Declares one sound construct of a kind with what it needs around it. Words that a test looks for are not used twice. */
export type Sample = (app: App, change: Change) => Noun;

/** The samples by kind. Together those of a kind state each of its fields. */
export type Samples = Readonly<Record<string, readonly Sample[]>>;

/** A site to declare something below. */
export const siteOf = (app: App) =>
  new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@centre.example' });
/** A machine without anything special. */
export const machine = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) });
/** Programs of power saving. */
export const programs = { resumeProgram: '/opt/power/resume', suspendProgram: '/opt/power/suspend' };

/** A cluster, which needs nodes and a partition. */
export function clusterOf(app: App, more: Partial<SlurmClusterProps> = {}, site = siteOf(app)): SlurmCluster {
  return new SlurmCluster(site, 'hpc', { slurm: SlurmVersion.V24_11, controller: 'ctl1', ...more });
}

/** A cluster with nodes and a partition. */
export function readyCluster(app: App, more: Partial<SlurmClusterProps> = {}, site = siteOf(app)): SlurmCluster {
  const cluster = clusterOf(app, more, site);
  cluster.addPartition('work', { nodes: [cluster.addNodes('cpu', { hosts: 'cn[1-4]', type: machine })] });
  return cluster;
}
