import type { IConstruct } from 'constructs';
import type { Codec } from '../values/codec';
import { reference } from '../values/codecs';
import type { Report } from '../values/problem';
import type { BurstPool } from './burst-pool';
import type { NodeShape } from './node-type';

const BURST_CLOUD = Symbol.for('hpcdk/BurstCloud');

/** Receives what a cloud finds wrong with a pool, by the field of the pool. */
export type PoolReport = (problem: Parameters<Report>[0], field?: BurstPoolField, at?: string) => void;

/** The fields of a pool that a cloud has rules for. */
export type BurstPoolField =
  'instanceTypes' | 'max' | 'purchase' | 'zones' | 'placement' | 'efa' | 'image' | 'key' | 'prefix' | 'multithreading';

/** A cloud that can give nodes to a cluster. lib/cloud implements it. */
export interface IBurstCloud extends IConstruct {
  /** What a node of a pool offers: the minimum over the pool's instance types, less a reserve. Nothing when a type is wrong. */
  shapeOf(pool: BurstPool): NodeShape | undefined;
  /** Takes a pool in; the cloud renders what its nodes start from. */
  attach(pool: BurstPool): void;
  /** Checks a pool by the rules of the cloud. */
  checkPool(pool: BurstPool, report: PoolReport): void;
}

/** Marks a construct as a cloud that can give nodes. */
export function markAsBurstCloud(construct: IBurstCloud): void {
  Object.defineProperty(construct, BURST_CLOUD, { value: true });
}

/** Says whether `x` is a cloud that can give nodes. */
export const isBurstCloud = (x: unknown): x is IBurstCloud => typeof x === 'object' && x !== null && BURST_CLOUD in x;

/** Clouds in field tables. */
export const burstCloud: Codec<IBurstCloud> = reference('a cloud', isBurstCloud);
