/**
 * What a node of an instance type may declare to Slurm, in MiB: its memory less a reserve.
 *
 * The operating system sees less than the type's memory (firmware, kernel and its page tables), and slurmctld drains a
 * node that registers with less than its RealMemory. Two published reserves are in use: AWS ParallelCluster keeps 5 %
 * (`SchedulableMemory` defaults to 95 % of the type's memory), Slurm on Google Cloud keeps 400 MiB plus 30 MiB per GiB.
 * The first is too small for small instances and the second smaller for large ones: we keep the larger of the two.
 *
 * @param memoryMib memory of the instance type
 * @param reserveMib what to keep for the operating system @default - the larger of 5 % and 400 MiB + 30 MiB per GiB
 */
export function slurmMemoryMib(memoryMib: number, reserveMib: number = defaultReserveMib(memoryMib)): number {
  return Math.max(1, Math.floor(memoryMib - reserveMib));
}

function defaultReserveMib(memoryMib: number): number {
  return Math.ceil(Math.max(memoryMib * 0.05, 400 + 30 * (memoryMib / 1024)));
}
