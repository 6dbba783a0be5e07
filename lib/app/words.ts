/** Words of kinds that are written in a way of their own. */
const WORDS: Readonly<Record<string, string>> = { aws: 'AWS', dns: 'DNS', mpi: 'MPI', qos: 'QOS', slurm: 'Slurm' };

/** Kinds whose name is not what an administrator would call the thing. */
const LABELS: Readonly<Record<string, string>> = {
  Efs: 'EFS file system',
  ExistingLustre: 'Lustre file system',
  ExistingNfs: 'NFS file system',
  FsxLustre: 'FSx for Lustre file system',
};

/** A number of constructs of a kind, in words: `SlurmCluster` and 2 give "2 Slurm clusters". */
export function countOf(count: number, kind: string): string {
  const label = labelOf(kind);
  return `${count} ${count === 1 ? label : plural(label)}`;
}

/** The name of a kind in words; the kind of a package of others is said without the name of the package. */
export const labelOf = (kind: string): string =>
  LABELS[kind] ??
  (kind.split('.').at(-1) as string)
    .split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .map((word) => WORDS[word.toLowerCase()] ?? word.toLowerCase())
    .join(' ');

/** The plural of an English noun, as far as kinds need it. */
export function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(s|x|ch|sh|QOS)$/.test(noun) ? (noun.endsWith('QOS') ? noun : `${noun}es`) : `${noun}s`;
}

/** "3 files", "1 file". */
export const files = (count: number): string => `${count} file${count === 1 ? '' : 's'}`;
