import type { Codec } from '../../values/codec';
import { integer } from '../../values/codecs';
import { record } from '../../values/collections';
import type { SlurmOptions } from './contribution';

/** How much each factor of a job's priority counts (slurm.conf(5), PriorityWeight...). A factor that is left out counts nothing. */
export interface PriorityWeights {
  /** Time that it waits. */
  readonly age?: number;
  /** Its association: the priorities of accounts and users. */
  readonly association?: number;
  /** The share of its account and user, less what they have used. */
  readonly fairshare?: number;
  /** Its size. */
  readonly jobSize?: number;
  /** The priority of its partition: PriorityJobFactor. */
  readonly partition?: number;
  /** The priority of its QOS. */
  readonly qos?: number;
}

const KEYS = {
  age: 'PriorityWeightAge',
  association: 'PriorityWeightAssoc',
  fairshare: 'PriorityWeightFairshare',
  jobSize: 'PriorityWeightJobSize',
  partition: 'PriorityWeightPartition',
  qos: 'PriorityWeightQOS',
} as const satisfies Record<keyof PriorityWeights, string>;

const weight = integer(0, 2 ** 32 - 2);

/** Weights of the factors in field tables. */
export const priorityWeights: Codec<PriorityWeights> = record(
  {},
  { age: weight, association: weight, fairshare: weight, jobSize: weight, partition: weight, qos: weight },
);

/** The keys of slurm.conf that say it. */
export const priorityOptions = (weights: PriorityWeights): SlurmOptions =>
  Object.fromEntries(
    Object.entries(KEYS).flatMap(([factor, key]) => {
      const value = weights[factor as keyof PriorityWeights];
      return value === undefined ? [] : [[key, value]];
    }),
  );
