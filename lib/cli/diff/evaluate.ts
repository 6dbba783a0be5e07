import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { LocatedDiagnostic } from '../../app/diagnostics/located';
import { openSide, type Side } from '../../diff';
import { packageRoot } from '../../values/package-root';
import { quote } from '../../values/problem';
import { fail, type Failure } from '../outcome';
import type { Scratch } from './scratch';

/** A definition that another process evaluates, so that it shares no module with ours. */
export interface Evaluation {
  /** What the side is called. */
  readonly label: string;
  /** Folder of the package hpcdk that evaluates. @default - this one */
  readonly hpcdk?: string;
  /** The folder of the project. */
  readonly projectDir: string;
  /** A definition file, relative to `projectDir`. @default - the one that cdktf.json names */
  readonly definition?: string;
  /** Parameters of the definition as `name=value`. */
  readonly params: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** What stands before the file in the place of a fault, e.g. `main:`. @default - the file is the present one */
  readonly place?: string;
  /** Is given what the definition prints. @default - nobody sees it */
  readonly onPrint?: (text: string) => void;
}

/** Synthesises a definition into a folder of its own, and opens what comes of it. */
export async function evaluate(evaluation: Evaluation, scratch: Scratch, folder: string): Promise<Side | Failure> {
  const { label, hpcdk = packageRoot(), projectDir, definition, params, env, onPrint } = evaluation;
  const out = join(scratch.dir, folder, 'out');
  const args = [
    ...['synth', ...(definition === undefined ? [] : [definition]), '--json', '--out', out],
    ...params.flatMap((param) => ['--param', param]),
  ];
  // Not bin/hpcdk.js: that hands over to the copy of the project.
  const start = ['-e', 'require(process.argv[1]).run()', join(hpcdk, 'dist', 'cli.js'), ...args];
  const child = spawn(process.execPath, start, { cwd: projectDir, env, stdio: ['ignore', 'pipe', 'pipe'] });
  scratch.tend(child);
  if (onPrint) child.stderr.setEncoding('utf8').on('data', onPrint);
  const [[code, signal], printed, said] = (await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ])) as [[number | null, string | null], string, string];
  if (code === 0) {
    const side = openSide(out, label);
    if (!('code' in side)) return side;
    return fail({ code: 'HPC7021', message: `${quote(label)}: the evaluation stopped: it wrote no output` });
  }
  const diagnostics = faultsIn(printed);
  if (diagnostics.length > 0) return { kind: 'failed', diagnostics: diagnostics.map((one) => named(one, evaluation)) };
  const why = said.split('\n').find((line) => line.trim() !== '') ?? signal ?? `exit code ${code}`;
  return fail({ code: 'HPC7021', message: `${quote(label)}: the evaluation stopped: ${why}` });
}

/** The errors in what hpcdk printed with --json; a definition may have printed something before. */
function faultsIn(printed: string): LocatedDiagnostic[] {
  try {
    const begin = printed.startsWith('{\n') ? 0 : printed.indexOf('\n{\n') + 1;
    const { diagnostics } = JSON.parse(printed.slice(begin)) as { readonly diagnostics: readonly LocatedDiagnostic[] };
    return diagnostics.filter(({ severity }) => severity === 'error');
  } catch {
    return [];
  }
}

/** A fault with its side: the lines of another revision are not those of the present files. */
function named(fault: LocatedDiagnostic, { label, place = '' }: Evaluation): LocatedDiagnostic {
  const { source } = fault;
  return {
    ...fault,
    message: `${label}: ${fault.message}`,
    ...(source && { source: { ...source, file: `${place}${source.file}` } }),
  };
}
