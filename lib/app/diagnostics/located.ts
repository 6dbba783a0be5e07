import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, sortDiagnostics } from '../diagnostic';
import { locate, type Span } from './locate';

/** A diagnostic with its column and the line of the source that it stands in. */
export interface LocatedDiagnostic extends Diagnostic {
  /** The line as written, and how many characters from `source.column` on are meant. */
  readonly snippet?: { readonly text: string; readonly length: number };
  /** Whether the line is not to be shown: the file holds personal data. @default false */
  readonly confidential?: boolean;
  /** For a file of the output that is in the way: its path below the output folder. */
  readonly output?: string;
  /** Unified diff from that file on disk to the one that would be written. */
  readonly diff?: string;
}

const CODE_FILE = /\.[cm]?[jt]sx?$/;

/**
 * Finds line and column of each diagnostic in the files of the project, and sorts them by place. Only what is printed is
 * worth this: the files are read again and cut into tokens.
 */
export function locateDiagnostics(diagnostics: readonly LocatedDiagnostic[], projectDir: string): LocatedDiagnostic[] {
  const texts = new Map<string, string | undefined>();
  const textOf = (file: string): string | undefined => {
    if (!texts.has(file)) texts.set(file, read(join(projectDir, file)));
    return texts.get(file);
  };
  const located = diagnostics.map((diagnostic) => {
    const { source } = diagnostic;
    // A file of the output is shown by its diff.
    const readable = diagnostic.output === undefined && !diagnostic.confidential;
    const text = source && readable ? textOf(source.file) : undefined;
    if (!source || text === undefined) return diagnostic;
    const span = source.column === undefined && CODE_FILE.test(source.file) ? spanOf(text, diagnostic) : undefined;
    const line = text.split('\n')[(span?.line ?? source.line) - 1]?.replace(/\r$/, '');
    if (line === undefined) return diagnostic;
    const column = span?.column ?? source.column ?? line.search(/\S|$/) + 1;
    const length = span?.length ?? (source.column === undefined ? line.trim().length : 1);
    return {
      ...diagnostic,
      source: { file: source.file, line: span?.line ?? source.line, column },
      snippet: { text: line, length: Math.max(1, length) },
    };
  });
  return sortDiagnostics(located);
}

/** Where a construct or its field stands; an exception stands at its line, and says no more. */
function spanOf(text: string, { construct, field, source }: LocatedDiagnostic): Span | undefined {
  const id = construct?.split('/').at(-1);
  return id && source ? locate(text, { line: source.line, id, ...(field && { field }) }) : undefined;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
