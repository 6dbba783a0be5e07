import type { Outcome } from './outcome';
import type { Progress } from './progress';

/** What completes a value in a shell. */
export type Completes = 'file' | 'folder' | 'code' | readonly string[];

/** An option of a command. */
export interface OptionSpec {
  /** Long name without dashes. */
  readonly name: string;
  /** Placeholder of its value, in capitals. @default - a flag */
  readonly value?: string;
  readonly summary: string;
  /** Whether it may be given several times. @default false */
  readonly repeats?: boolean;
  readonly completes?: Completes;
}

/** An argument of a command. */
export interface ArgumentSpec {
  readonly name: string;
  readonly summary: string;
  /** @default false */
  readonly required?: boolean;
  readonly completes: Completes;
}

/** What a command is called with. */
export interface Request {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** As many as the command line has; required ones are there. */
  readonly arguments: readonly string[];
  /** Options by their long name: text, `true` for a flag, a list for one that repeats. */
  readonly options: Readonly<Record<string, string | true | readonly string[] | undefined>>;
  readonly progress: Progress;
}

/** A command as data: parser, help, completion and docs are made from it. */
export interface CommandSpec {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What the help says beyond the summary. */
  readonly details?: string;
  /** In order; required ones first. @default [] */
  readonly arguments?: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  /** Command lines that work. */
  readonly examples: readonly string[];
  run(request: Request): Outcome | Promise<Outcome>;
}

/** Options of a command with those of every command; its own come first, and replace one of the same name. */
export const allOptions = (own: readonly OptionSpec[], common: readonly OptionSpec[]): readonly OptionSpec[] => [
  ...own,
  ...common.filter(({ name }) => !own.some((option) => option.name === name)),
];
