import type { IConstruct } from 'constructs';
import type { Codec } from '../values/codec';
import { reference } from '../values/codecs';
import type { Problem } from '../values/problem';
import type { NodeShape } from './node-type';

const BURST_CLOUD = Symbol.for('hpcdk/BurstCloud');

/** A cloud that can give nodes to a cluster. lib/cloud implements it. */
export interface IBurstCloud extends IConstruct {
  /** What a node of a pool of these instance types offers: the minimum over the types, less a reserve. */
  shapeOf(instanceTypes: readonly string[], report: (problem: Problem) => void): NodeShape;
}

/** Marks a construct as a cloud that can give nodes. */
export function markAsBurstCloud(construct: IBurstCloud): void {
  Object.defineProperty(construct, BURST_CLOUD, { value: true });
}

/** Says whether `x` is a cloud that can give nodes. */
export const isBurstCloud = (x: unknown): x is IBurstCloud => typeof x === 'object' && x !== null && BURST_CLOUD in x;

/** Clouds in field tables. */
export const burstCloud: Codec<IBurstCloud> = reference('a cloud', isBurstCloud);
