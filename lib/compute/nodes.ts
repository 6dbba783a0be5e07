import type { IConstruct } from 'constructs';
import type { Codec } from '../values/codec';
import { reference } from '../values/codecs';
import type { Hostlist } from '../values/hostlist';
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
