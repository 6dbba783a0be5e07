import type { IConstruct } from 'constructs';
import { Noun } from '../app/noun';
import { oncePer } from '../app/once-per';
import type { Codec } from '../values/codec';
import { reference } from '../values/codecs';
import { Hostlist } from '../values/hostlist';
import type { Problem } from '../values/problem';
import type { NodeShape } from './node-type';
import type { PowerTimers } from './power-saving';

const NODES = Symbol.for('hpcdk/Nodes');

/** Nodes that a partition can hold: a pool on the floor, or a burst pool in a cloud. */
export interface INodes extends IConstruct {
  /** Their names. */
  readonly hosts: Hostlist;
  /** What each of them has. */
  readonly shape: NodeShape;
  /** The timers of nodes that come and go. @default - they stand on the floor and stay on */
  readonly power?: PowerTimers;
}

/** Marks a construct as nodes. */
export function markAsNodes(construct: INodes): void {
  Object.defineProperty(construct, NODES, { value: true });
}

/** Says whether `x` is nodes that a partition can hold. */
export const isNodes = (x: unknown): x is INodes => typeof x === 'object' && x !== null && NODES in x;

/** Nodes in field tables. */
export const nodes: Codec<INodes> = reference('nodes of the cluster', isNodes);

/** The cluster that a construct stands below. */
export const clusterOf = (construct: IConstruct): Noun | undefined =>
  construct.node.scopes.filter(Noun.isNoun).find((noun) => noun.definition.kind === 'SlurmCluster');

/** The pools of the clusters in which a host is in two of them: where nothing is wrong, no two pools are compared. */
const poolsThatShare = oncePer((alike: readonly INodes[]): ReadonlyMap<Noun, readonly INodes[]> => {
  const clusters = [...new Set(alike.map(clusterOf))].filter((cluster) => cluster !== undefined);
  const pools = clusters.map((cluster) => [cluster, cluster.node.findAll().filter(isNodes)] as const);
  return new Map(pools.filter(([, all]) => shareHosts(all.map(({ hosts }) => hosts))));
});

const shareHosts = (lists: readonly Hostlist[]): boolean =>
  Hostlist.union(lists).count < lists.reduce((sum, { count }) => sum + count, 0);

/**
 * Reports hosts that an earlier pool of the cluster has already: slurmctld stops at a second NodeName line of a node.
 *
 * @param alike every pool of this kind in the tree, as `Noun.check` gets them
 */
export function checkHosts(pool: INodes & Noun, alike: readonly INodes[], report: (problem: Problem) => void): void {
  const pools = poolsThatShare(alike).get(clusterOf(pool) as Noun) ?? [];
  for (const other of pools.slice(0, pools.indexOf(pool))) {
    const common = pool.hosts.intersection(other.hosts);
    if (common.count === 0) continue;
    const message = `'${common}' is in '${other.node.id}' already; a node has one NodeName line`;
    report({ code: 'HPC4124', message, fix: 'take it out of one of the two' });
  }
}
