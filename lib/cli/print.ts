import { writeFileSync } from 'node:fs';
import { jsonDiagnostics } from '../app/diagnostics/json';
import { type LocatedDiagnostic, locateDiagnostics } from '../app/diagnostics/located';
import { toolVersion } from '../app/tool-version';
import { diskFault } from './disk-fault';
import { exitCode, type Outcome } from './outcome';
import type { CommandResult, DiffResult } from './result';

/** How an outcome is shown. */
export type Format = 'terminal' | 'json' | 'sarif' | 'brief' | 'markdown' | 'html';

/** A stream that a command writes to. */
export interface Stream {
  readonly isTTY?: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
  write(text: string): unknown;
}

/** Results go to one stream, diagnostics and progress for people to the other. */
export interface Streams {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/** The version of the JSON form, see schemas/command-result.schema.json. */
const RESULT_VERSION = 1;

/** Shows what a command came to, and gives its exit code. */
export function print(outcome: Outcome, command: string | undefined, format: Format, streams: Streams): number {
  const diagnostics = locateDiagnostics(outcome.diagnostics, outcome.projectDir ?? streams.cwd);
  const out = outcome.result && outcome.view?.out;
  const text = rendered(outcome, diagnostics, command, format, streams);
  if (out !== undefined) {
    try {
      writeFileSync(out, text);
    } catch (error) {
      return print(diskFault(error, out), command, format, streams);
    }
  }
  const forPeople = format !== 'json' && (format !== 'sarif' || isDiff(outcome.result));
  if (forPeople) {
    const { terminalDiagnostics } =
      require('../app/diagnostics/terminal') as typeof import('../app/diagnostics/terminal');
    streams.stderr.write(terminalDiagnostics(diagnostics, styleOf(streams.stderr, streams.env)));
  }
  if (out === undefined) streams.stdout.write(text);
  if (forPeople) printGates(outcome.result, streams);
  if (outcome.trace) streams.stderr.write(`${outcome.trace}\n`);
  return exitCode(outcome);
}

/** What goes to stdout, or to the file that takes its place. */
function rendered(
  outcome: Outcome,
  diagnostics: readonly LocatedDiagnostic[],
  command: string | undefined,
  format: Format,
  streams: Streams,
): string {
  const { result, view = {} } = outcome;
  if (format === 'json') {
    const document = {
      format: 'hpcdk-result',
      version: RESULT_VERSION,
      tool: toolVersion(),
      ...(command && { command }),
      exitCode: exitCode(outcome),
      diagnostics: jsonDiagnostics(diagnostics),
      ...(result && { result }),
    };
    return `${JSON.stringify(document, null, 2)}\n`;
  }
  if (isDiff(result)) {
    const { diffView } = require('./diff/view') as typeof import('./diff/view');
    const style = styleOf(view.out === undefined ? streams.stdout : { write: () => undefined }, streams.env);
    const { columns } = streams.stdout;
    return diffView(result.diff, format, { style, expand: view.expand ?? false, ...(columns && { width: columns }) });
  }
  if (format === 'sarif') {
    const { sarifLog } = require('../app/diagnostics/sarif') as typeof import('../app/diagnostics/sarif');
    const { codes } = require('../codes') as typeof import('../codes');
    const log = sarifLog(diagnostics, { name: 'hpcdk', version: toolVersion(), codes });
    return `${JSON.stringify(log, null, 2)}\n`;
  }
  if (!result) return '';
  const { terminalResult } = require('./terminal/results') as typeof import('./terminal/results');
  return terminalResult(result, styleOf(streams.stdout, streams.env));
}

const isDiff = (result: CommandResult | undefined): result is DiffResult =>
  result?.code === 'diff.none' || result?.code === 'diff.changes';

function styleOf({ isTTY }: Stream, env: NodeJS.ProcessEnv) {
  const { styleFor } = require('./terminal/style') as typeof import('./terminal/style');
  return styleFor({ env, ...(isTTY !== undefined && { isTTY }) });
}

/** Gates that failed are told beside every view: a pipeline that only writes a file shall say why it stops. */
function printGates(result: CommandResult | undefined, { stderr, env }: Streams): void {
  if (!result || !('diff' in result) || !result.diff.gates) return;
  const { terminalGates } = require('./terminal/gates') as typeof import('./terminal/gates');
  stderr.write(terminalGates(result.diff, styleOf(stderr, env)));
}
