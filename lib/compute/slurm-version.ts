import type { Codec } from '../values/codec';
import { oneOf } from '../values/codecs';

/** The Slurm releases that hpcdk knows the options of. */
export const SlurmVersion = {
  V22_05: '22.05',
  V23_02: '23.02',
  V23_11: '23.11',
  V24_05: '24.05',
  V24_11: '24.11',
  V25_05: '25.05',
  V25_11: '25.11',
  V26_05: '26.05',
} as const;

/** A Slurm release by its first two numbers, e.g. `22.05`. */
export type SlurmVersion = (typeof SlurmVersion)[keyof typeof SlurmVersion];

/** The releases in their order. */
export const slurmVersions = Object.values(SlurmVersion);

/** A Slurm release in field tables: compared as a version, so that an older one is told from a newer one. */
export const slurmVersion: Codec<SlurmVersion> = { ...oneOf(slurmVersions), type: { codec: 'version' } };
