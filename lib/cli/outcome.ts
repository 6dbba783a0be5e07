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
  /** The stack trace of a fault of ours. */
  readonly trace?: string;
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
export function isFailure(x: object): x is Failure {
  return (x as Partial<Failure>).kind === 'failed';
}

/** 0: no errors; 1: any error. 2 and 3 are kept for `hpcdk diff`. */
export function exitCode(outcome: Outcome): number {
  return hasErrors(outcome.diagnostics) ? 1 : 0;
}
