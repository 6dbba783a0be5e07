const ACRONYMS: Readonly<Record<string, string>> = { aws: 'AWS', mpi: 'MPI', nfs: 'NFS', dns: 'DNS', qos: 'QOS' };

/** A number of constructs of a kind, in words: `SlurmCluster` and 2 give "2 slurm clusters". */
export function countOf(count: number, kind: string): string {
  const words = (kind.split('.').at(-1) as string)
    .split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .map((word) => ACRONYMS[word.toLowerCase()] ?? word.toLowerCase());
  return `${count} ${count === 1 ? words.join(' ') : plural(words.join(' '))}`;
}

/** The plural of an English noun, as far as kinds need it. */
export function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(s|x|ch|sh|QOS)$/.test(noun) ? (noun.endsWith('QOS') ? noun : `${noun}es`) : `${noun}s`;
}

/** "3 files", "1 file". */
export const files = (count: number): string => `${count} file${count === 1 ? '' : 's'}`;
