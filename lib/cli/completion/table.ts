import { allOptions, type CommandSpec, type Completes, type OptionSpec } from '../command';

/** What completion scripts are made from. */
export interface CompletionTable {
  readonly commands: readonly CommandSpec[];
  readonly commonOptions: readonly OptionSpec[];
  /** The codes that `hpcdk explain` knows. */
  readonly codes: readonly string[];
}

/** All options of a command. */
export const optionsOf = (command: CommandSpec, table: CompletionTable): readonly OptionSpec[] =>
  allOptions(command.options, table.commonOptions);

/** The words that complete a value; none for files and folders. */
export function wordsOf(completes: Completes | undefined, table: CompletionTable): readonly string[] {
  if (completes === 'code') return table.codes;
  return typeof completes === 'object' ? completes : [];
}
