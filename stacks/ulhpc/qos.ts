import { Duration, type QosProps } from 'hpcdk';

/*
 * Qualities of service of ULHPC.
 * Source: hpc-docs.uni.lu, repository ULHPC/ulhpc-docs at 5d0f9a2 (2026-08-06): slurm/qos (2026-01-12), its table and the
 * output of sqos below it. Every QOS but besteffort may preempt besteffort, which the stack says in one place.
 * - 'Partiti+' of sqos is taken for PartitionTimeLimit: slides of 2022-07-13, linked from slurm/index, have it in full for
 *   the long QOS of then, and without it no job could pass the 48 hours of the partitions.
 * - iris-hopper has 14 days in the table and none in sqos; what Slurm itself prints is taken.
 * - low has 300 jobs in slurm/index; the table and sqos agree on 200.
 */

/** A QOS, and where the table says that it may be used: everywhere unless it names a partition. */
export interface PublishedQos extends Omit<QosProps, 'preempt'> {
  readonly cluster?: 'aion' | 'iris';
  readonly partition?: string;
}

const long = (cluster: 'aion' | 'iris', partition: string, more: QosProps): PublishedQos => ({
  cluster,
  partition,
  priority: 100,
  maxWall: Duration.days(14),
  flags: ['DenyOnLimit', 'PartitionTimeLimit'],
  ...more,
});

export const publishedQos: Readonly<Record<string, PublishedQos>> = {
  besteffort: { priority: 1, maxJobs: 300, maxWall: Duration.days(50), flags: ['NoReserve'] },
  low: { priority: 10, maxJobs: 200, flags: ['DenyOnLimit'] },
  normal: { priority: 100, maxJobs: 100, flags: ['DenyOnLimit'] },
  high: { priority: 200, maxJobs: 50, flags: ['DenyOnLimit'] },
  urgent: { priority: 1000, maxJobs: 20, flags: ['DenyOnLimit'] },
  admin: { priority: 1000, flags: ['DenyOnLimit'] },
  debug: { partition: 'interactive', priority: 150, maxJobs: 10, grpTres: { node: 50 }, flags: ['DenyOnLimit'] },
  wide: {
    priority: 100,
    maxJobs: 10,
    maxWall: Duration.hours(2),
    maxTresPerJob: { node: 160 },
    flags: ['DenyOnLimit'],
  },
  'aion-batch-long': long('aion', 'batch', { maxJobs: 8, grpTres: { node: 64 }, maxTresPerJob: { node: 16 } }),
  'iris-batch-long': long('iris', 'batch', { maxJobs: 8, grpTres: { node: 24 }, maxTresPerJob: { node: 16 } }),
  'iris-gpu-long': long('iris', 'gpu', { maxJobs: 4, grpTres: { node: 6 }, maxTresPerJob: { node: 2 } }),
  'iris-bigmem-long': long('iris', 'bigmem', { maxJobs: 4, grpTres: { node: 2 }, maxTresPerJob: { node: 2 } }),
  'iris-hopper': { cluster: 'iris', partition: 'hopper', priority: 100, maxJobs: 100, flags: ['DenyOnLimit'] },
  'iris-hopper-long': long('iris', 'hopper', {
    maxJobs: 100,
    grpTres: { 'gres/gpu': 2 },
    maxTresPerJob: { 'gres/gpu': 1 },
  }),
};

/** The QOS of a partition by the columns of the table in slurm/qos; `interactive` has debug only (jobs/interactive). */
export const qosOf = (cluster: string, partition: string): string[] =>
  Object.entries(publishedQos)
    .filter(([, { cluster: only = cluster }]) => only === cluster)
    .filter(([, where]) => (where.partition ?? (partition === 'interactive' ? '' : partition)) === partition)
    .map(([name]) => name);
