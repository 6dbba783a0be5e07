import type { LocatedDiagnostic } from './located';

/** Colours of a terminal; without colour each is the identity. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
}

const MAX_DIFF_LINES = 60;

/** So much of a line is shown, and so much of it before what is meant: files of programs have lines of any length. */
const MOST = 160;
const LEAD = 40;

/**
 * Text without what could steer the terminal that it is printed on: text of a definition is not to be trusted there, nor
 * is that of a file on disk. Tabs become blanks, so that carets stand where they should.
 */
export function printable(text: string): string {
  return text
    .replace(/\t/g, '  ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

/** A diagnostic for people: where, what, the line with carets, how to mend it, where to read on. */
export function terminalDiagnostic(diagnostic: LocatedDiagnostic, style: Style): string {
  const { code, severity, message, source, snippet, construct, field, fix, diff } = diagnostic;
  const colour = severity === 'error' ? style.red : style.yellow;
  const place = source
    ? `${[printable(source.file), source.line, source.column].filter((part) => part !== undefined).join(':')}: `
    : '';
  const lines = [`${style.bold(place)}${colour(style.bold(`${severity} ${code}`))}: ${style.bold(printable(message))}`];
  if (source?.column !== undefined && snippet)
    lines.push(...shownLine(source.line, source.column, snippet, style, colour));
  if (diff) lines.push(...shownDiff(diff, style));
  if (construct) lines.push(`  at ${printable(construct)}${field ? `, ${printable(field)}` : ''}`);
  if (fix) lines.push(`  ${style.green('fix:')} ${printable(fix)}`);
  lines.push(style.dim(`  explain: hpcdk explain ${code}`));
  return lines.join('\n');
}

/** All diagnostics, and how many there are. */
export function terminalDiagnostics(diagnostics: readonly LocatedDiagnostic[], style: Style): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const counts = [count(errors, 'error'), count(diagnostics.length - errors, 'warning')].filter((text) => text !== '');
  const blocks = diagnostics.map((diagnostic) => `${terminalDiagnostic(diagnostic, style)}\n`);
  return blocks.length === 0
    ? ''
    : `${blocks.join('\n')}\n${(errors > 0 ? style.red : style.yellow)(counts.join(', '))}\n`;
}

const count = (n: number, noun: string): string => (n === 0 ? '' : `${n} ${noun}${n === 1 ? '' : 's'}`);

function shownLine(
  line: number,
  column: number,
  { text, length }: { readonly text: string; readonly length: number },
  style: Style,
  colour: (text: string) => string,
): string[] {
  const number = String(line);
  const from = text.length > MOST ? Math.max(0, Math.min(column - 1 - LEAD, text.length - MOST)) : 0;
  const until = Math.min(text.length, from + MOST);
  const lead = from > 0 ? '…' : '';
  const before = `${lead}${printable(text.slice(from, column - 1))}`;
  const meant = printable(text.slice(column - 1, Math.min(until, column - 1 + length)));
  return [
    `${style.dim(`  ${number} |`)} ${lead}${printable(text.slice(from, until))}${until < text.length ? '…' : ''}`,
    `${style.dim(`  ${' '.repeat(number.length)} |`)} ${' '.repeat(before.length)}${colour('^'.repeat(Math.max(1, meant.length)))}`,
  ];
}

function shownDiff(diff: string, style: Style): string[] {
  const lines = diff
    .replace(/\n$/, '')
    .split('\n')
    .filter((line) => !/^(={3,}|Index: )/.test(line));
  const shown = lines.slice(0, MAX_DIFF_LINES).map((line) => {
    const colour = line.startsWith('+') ? style.green : line.startsWith('-') ? style.red : style.dim;
    return `  ${colour(printable(line))}`;
  });
  return lines.length > MAX_DIFF_LINES ? [...shown, `  ... ${lines.length - MAX_DIFF_LINES} more lines`] : shown;
}
