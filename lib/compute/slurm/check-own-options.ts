import type { Problem } from '../../values/problem';
import { Version } from '../../values/version';
import type { SlurmVersion } from '../slurm-version';
import { checkSlurmOptions, type SlurmFile } from './options';

type OwnReport = (problem: Problem, field: 'options', at: string) => void;

/** Refuses keys that fields say: stated as text too, one of the two would be lost. Keys of `said` are in lower case. */
export function checkSaidByFields(
  options: Readonly<Record<string, string>>,
  said: Readonly<Record<string, string>>,
  report: OwnReport,
): void {
  for (const key of Object.keys(options)) {
    const field = said[key.toLowerCase()];
    if (field === undefined) continue;
    const problem = { code: 'HPC4122', message: `${key} is said by ${field}`, fix: 'remove it from options' };
    report(problem, 'options', `.${key}`);
  }
}

/** A key that holds a password; `AccountingStoragePass` may be the socket of a munge daemon instead. */
const isSecret = (key: string, value: string): boolean => /pass$/i.test(key) && !value.startsWith('/');

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
  report: OwnReport,
): void {
  for (const [key, value] of Object.entries(options)) {
    const entries = [...(record ? [record] : []), [key, value] as const];
    const tell = (problem: Problem) => report(problem, 'options', `.${key}`);
    if (isSecret(key, value)) {
      const message = `${key} holds a password, which would stand in the output and in its history`;
      tell({ code: 'HPC4133', message, fix: 'keep it in a file on the host that only slurm can read' });
    }
    checkSlurmOptions(file, { lines: [{ entries }] }, Version.parse(slurm), tell, { acknowledged: words });
  }
}
