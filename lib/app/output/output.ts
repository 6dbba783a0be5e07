import { byCodeUnit } from '../../values/json';
import type { OutputCode } from './codes';
import { HOME, RECORD } from './layout';
import type { OutputProblem } from './refusal';

/** One file of the output: its bytes and its mode. */
export interface OutputFile {
  /** Text (written as UTF-8) or bytes. */
  readonly content: string | Uint8Array;
  /** 0o644 (a file to read), 0o755 (a program) or 0o600 (a private file), whatever the umask. */
  readonly mode: number;
}

/** What a synth produces: relative POSIX path to file. */
export type Output = ReadonlyMap<string, OutputFile>;

const MODES: readonly number[] = [0o644, 0o755, 0o600];

/** Everything that keeps this output from being written on any disk: bad paths, clashing paths, unknown modes. */
export function checkOutput(output: Output): OutputProblem[] {
  const problems: OutputProblem[] = [];
  const add = (code: OutputCode, path: string, message: string, fix?: string) =>
    problems.push({ code, path, message, fix });
  const spelt = new Map<string, string>();
  for (const [path, file] of output) {
    const fault = pathFault(path);
    if (fault) add('HPC2601', path, `path ${JSON.stringify(path)} ${fault}`);
    if (!MODES.includes(file.mode)) {
      add('HPC2603', path, `mode 0${file.mode.toString(8)} of "${path}" is none of 0644, 0755 and 0600`);
    }
    const folded = fold(path);
    const twin = spelt.get(folded);
    if (twin !== undefined) add('HPC2602', path, `paths "${twin}" and "${path}" differ only in case`);
    spelt.set(folded, path);
  }
  const asFile = new Map<string, string | undefined>();
  for (const path of output.keys()) {
    for (const folder of ancestors(path)) {
      if (!asFile.has(folder)) asFile.set(folder, spelt.get(fold(folder)));
      const file = asFile.get(folder);
      if (file !== undefined) add('HPC2602', path, `"${file}" is a file, and the folder of "${path}"`);
    }
  }
  return problems.sort((a, b) => byCodeUnit(a.message, b.message));
}

/** Why a path cannot be one of the output, or undefined. Also guards paths read back from the record and the journal. */
export function pathFault(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.startsWith('/')) return 'is absolute';
  if (/[\u0000-\u001f\u007f]/.test(path)) return 'has a control character';
  if (/\p{Surrogate}/u.test(path)) return 'is no Unicode text';
  for (const segment of path.split('/')) {
    if (segment === '') return 'has an empty segment';
    if (segment === '.' || segment === '..') return `has the segment "${segment}"`;
    if (Buffer.byteLength(segment) > 255) return 'has a segment of more than 255 bytes';
  }
  const folded = fold(path);
  if (folded === HOME || folded === RECORD || folded.startsWith(`${HOME}/.`)) return 'is kept for the commit itself';
  return undefined;
}

/** The folders of a path, outermost first: `a/b/c` gives `a`, `a/b`. */
export function ancestors(path: string): string[] {
  const found: string[] = [];
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    found.push(path.slice(0, slash));
  }
  return found;
}

/** How a case-insensitive, normalising disk sees a path. */
function fold(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
