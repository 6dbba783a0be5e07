import { locateDiagnostics } from '../app/diagnostics/located';
import { toolVersion } from '../app/tool-version';
import { jsonDiagnostics } from '../app/diagnostics/json';
import { exitCode, type Outcome } from './outcome';

/** How an outcome is shown. */
export type Format = 'terminal' | 'json' | 'sarif';

/** A stream that a command writes to. */
export interface Stream {
  readonly isTTY?: boolean;
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

/** Shows what a command came to. */
export function print(outcome: Outcome, command: string | undefined, format: Format, streams: Streams): void {
  const diagnostics = locateDiagnostics(outcome.diagnostics, outcome.projectDir ?? streams.cwd);
  if (format === 'json') {
    const document = {
      format: 'hpcdk-result',
      version: RESULT_VERSION,
      tool: toolVersion(),
      ...(command && { command }),
      exitCode: exitCode(outcome),
      diagnostics: jsonDiagnostics(diagnostics),
      ...(outcome.result && { result: outcome.result }),
    };
    streams.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else if (format === 'sarif') {
    const { sarifLog } = require('../app/diagnostics/sarif') as typeof import('../app/diagnostics/sarif');
    const { codes } = require('../codes') as typeof import('../codes');
    const log = sarifLog(diagnostics, { name: 'hpcdk', version: toolVersion(), codes });
    streams.stdout.write(`${JSON.stringify(log, null, 2)}\n`);
  } else printForPeople(outcome, diagnostics, streams);
  if (outcome.trace) streams.stderr.write(`${outcome.trace}\n`);
}

function printForPeople(outcome: Outcome, diagnostics: ReturnType<typeof locateDiagnostics>, streams: Streams): void {
  const { terminalDiagnostics } =
    require('../app/diagnostics/terminal') as typeof import('../app/diagnostics/terminal');
  const { styleFor } = require('./terminal/style') as typeof import('./terminal/style');
  const { terminalResult } = require('./terminal/results') as typeof import('./terminal/results');
  const styleOf = ({ isTTY }: Stream) => styleFor({ env: streams.env, ...(isTTY !== undefined && { isTTY }) });
  streams.stderr.write(terminalDiagnostics(diagnostics, styleOf(streams.stderr)));
  if (outcome.result) streams.stdout.write(terminalResult(outcome.result, styleOf(streams.stdout)));
}
