import type { Report } from '../values/problem';

/** A file format: a printer and the pure parser beside it. */
export interface Format<T> {
  /** The name of the format, e.g. `slurm.conf`; a diff chooses the parser by it. */
  readonly name: string;
  /** Prints a value; reports what the format cannot carry, and then writes nothing broken. */
  print(value: T, report: Report): string;
  /** Reads the text back. Never throws. */
  parse(text: string, report: Report): T;
}
