/** A file that the option table knows. */
export type SlurmFile = 'slurm.conf' | 'gres.conf' | 'cgroup.conf' | 'topology.conf' | 'slurmdbd.conf';

/** The kind of line that a key stands on; `global` is a line of its own. */
export type SlurmScope =
  'global' | 'node' | 'partition' | 'downnodes' | 'nodeset' | 'poweraction' | 'gres' | 'switch' | 'block' | 'ring';

/** `size` is a number of MiB; `time` is minutes or days-hours:minutes:seconds; `list` is words with commas. */
export type SlurmType = 'text' | 'int' | 'float' | 'size' | 'time' | 'bool' | 'enum' | 'list' | 'hostlist' | 'path';

/** What a version does with an option that it no longer has: stop, complain and go on, or say nothing. */
export type SlurmFate = 'fatal' | 'defunct' | 'ignored';

/** What must be done for a change to take effect; `stop all` is every daemon and job at rest. */
export type SlurmChange =
  'reconfigure' | 'restart slurmd' | 'restart slurmctld' | 'restart slurmdbd' | 'restart all' | 'stop all';

/** From and until when Slurm has a key or a word. */
export interface SlurmLife {
  /** First version that has it. @default - older than 22.05 */
  readonly since?: string;
  /** First version that no longer has it; 22.05 stands for that version or an older one. @default - it is still there */
  readonly until?: string;
  /** What versions do with it from `until` on. */
  readonly fate?: SlurmFate;
  /** The key, `Key=word` or file that took its place. Without `until`, the old name is still read. */
  readonly replacement?: string;
}

/** A word that changed with the versions. */
export interface SlurmWord extends SlurmLife {
  readonly word: string;
}

/** What the table says of a key. */
export interface OptionRow extends SlurmLife {
  readonly type: SlurmType;
  /** Width of the number that Slurm keeps, for `int` and `size`. @default - Slurm reads it as text */
  readonly bits?: 16 | 32 | 64;
  /** All words of an `enum` or `list`, or words that a number or time may be instead. @default - any */
  readonly values?: readonly (string | SlurmWord)[];
  /** Slurm itself complains of unknown words. @default false, they are ignored without a word */
  readonly strict?: true;
  /** The value is a list, so a second line replaces the first. @default - true for the type `list` */
  readonly list?: true;
  /** From this version on the key may stand on several lines that add up. @default - never */
  readonly repeat?: string;
  /** What a change needs. @default - `reconfigure`, in slurmdbd.conf `restart slurmdbd` */
  readonly change?: SlurmChange;
  /** The first version where `reconfigure` does instead of `change`. @default - none */
  readonly reconfigureSince?: string;
  /** Where this is said. @default - the man page of the file, 22.05 */
  readonly source?: string;
}

/** A part of the option table, by key as the man page spells it. */
export type OptionTable = Readonly<Record<string, OptionRow>>;

/** A key of a Slurm file. */
export interface SlurmOption extends OptionRow {
  readonly file: SlurmFile;
  readonly scope: SlurmScope;
  /** As the man page spells it; Slurm ignores the case. */
  readonly key: string;
  readonly change: SlurmChange;
  readonly source: string;
}
