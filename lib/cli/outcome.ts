import { hasErrors } from '../app/diagnostic';
import type { LocatedDiagnostic } from '../app/diagnostics/located';
import type { Origin } from '../values/origin';
import type { CliCode } from './codes';
import type { CommandResult } from './result';

/** What a command came to. Terminal, JSON and SARIF are views of it. */
export interface Outcome {
  /** Every fault. With an error among them the command failed: exit code 1. */
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** What the command has to say; an error may leave it out. */
  readonly result?: CommandResult;
  /** The folder that places in diagnostics are relative to. @default - the present folder */
  readonly projectDir?: string;
  /** The exit code when there is no error. @default 0 */
  readonly ending?: 2 | 3;
  /** How the result is shown, when the command line says more than a format. */
  readonly view?: ViewOptions;
  /** The stack trace of a fault of ours. */
  readonly trace?: string;
}

/** How a result is shown. */
export interface ViewOptions {
  /** Show every item of what fans out. @default false */
  readonly expand?: boolean;
  /** A file that takes the place of stdout; an absolute path. @default - stdout */
  readonly out?: string;
}

/** A command that could not go on. */
export interface Failure extends Outcome {
  readonly kind: 'failed';
}

/** A fault of the command line, the project file or the loading. */
export interface CliFault {
  readonly code: CliCode;
  readonly severity?: 'error' | 'warning';
  readonly message: string;
  readonly fix?: string;
  readonly source?: Origin;
}

/** A fault as a diagnostic. */
export const cliDiagnostic = ({ severity = 'error', ...fault }: CliFault): LocatedDiagnostic => ({
  severity,
  ...fault,
});

/** Ends a command with a fault. */
export function fail(fault: CliFault, projectDir?: string): Failure {
  return { kind: 'failed', diagnostics: [cliDiagnostic(fault)], ...(projectDir !== undefined && { projectDir }) };
}

/** Whether something is a command that could not go on. */
export function isFailure(x: unknown): x is Failure {
  return typeof x === 'object' && x !== null && (x as Partial<Failure>).kind === 'failed';
}

/** 0: no errors; 1: always an error; 2: a diff with changes, where `--exit-code` asks for it; 3: a gate that failed. */
export function exitCode({ diagnostics, ending }: Outcome): number {
  return hasErrors(diagnostics) ? 1 : (ending ?? 0);
}
