import type { Problem } from '../../values/problem';
import { Version } from '../../values/version';
import type { SlurmVersion } from '../slurm-version';
import { checkSlurmOptions, type SlurmFile } from './options';

/**
 * Checks keys that a definition states as text, each at its own place. The rendered file is checked as a whole as well;
 * that comes too late to be told together with the faults of the tree.
 *
 * @param record the entry that the keys stand behind, e.g. `['PartitionName', 'batch']`
 */
export function checkOwnOptions(
  file: SlurmFile,
  options: Readonly<Record<string, string>>,
  { slurm, words = [], record }: { slurm: SlurmVersion; words?: readonly string[]; record?: readonly [string, string] },
  report: (problem: Problem, field: 'options', at: string) => void,
): void {
  for (const [key, value] of Object.entries(options)) {
    const entries = [...(record ? [record] : []), [key, value] as const];
    const tell = (problem: Problem) => report(problem, 'options', `.${key}`);
    checkSlurmOptions(file, { lines: [{ entries }] }, Version.parse(slurm), tell, { acknowledged: words });
  }
}
