import { quote, type Report } from '../values/problem';

/** The value of an environment variable that the reader of the file puts in. */
export interface Variable {
  readonly variable: string;
}

/** Text that is literal, or literal pieces between variables, such as `['/apps/bin:', { variable: 'PATH' }]`. */
export type Expandable = string | readonly (string | Variable)[];

const variableName = /^[A-Za-z_]\w*$/;

/** Writes the pieces one after the other. The name of a variable is checked here: it stands in the file unquoted. */
export function printExpandable(
  text: Expandable,
  report: Report,
  literal: (piece: string) => string,
  variable: (name: string) => string,
): string {
  const pieces = typeof text === 'string' ? [text] : text;
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return literal(piece);
      if (variableName.test(piece.variable)) return variable(piece.variable);
      report({ code: 'HPC2060', message: `${quote(piece.variable)} cannot be the name of an environment variable` });
      return '';
    })
    .join('');
}

/** A word that was read, and where it ends; or what is wrong with it. */
export type Word = { readonly value: Expandable; readonly end: number } | { readonly wrong: string };

/** Whose rules of quotes, backslashes and $ hold. */
export type WordDialect = 'shell' | 'containerfile';

const doubleQuotedEscapes: Readonly<Record<WordDialect, string>> = { shell: '$`"\\\n', containerfile: '"$\\' };
const shellOperators = /[|&<>()`*?[\]~!{}#]/;

/**
 * Reads the word at `start`: quotes removed, variables kept apart. What only a real shell can evaluate is refused.
 *
 * @param wholeText blanks do not end the word
 */
export function readWord(text: string, start: number, dialect: WordDialect, wholeText = false): Word {
  const pieces: (string | Variable)[] = [];
  const add = (literal: string) => {
    const last = pieces.length - 1;
    if (typeof pieces[last] === 'string') pieces[last] += literal;
    else pieces.push(literal);
  };
  let at = start;
  let quoted = false; // inside double quotes
  for (; at < text.length; at++) {
    const c = text[at]!;
    if (!quoted && !wholeText && (/\s/.test(c) || (c === ';' && dialect === 'shell'))) break;
    if (c === '"') {
      quoted = !quoted;
      add('');
    } else if (c === "'" && !quoted) {
      const close = text.indexOf("'", at + 1);
      if (close < 0) return { wrong: 'a single quote is not closed' };
      add(text.slice(at + 1, close));
      at = close;
    } else if (c === '\\') {
      const next = text[at + 1];
      if (next === undefined) return { wrong: 'a backslash stands at the end' };
      if (quoted && !doubleQuotedEscapes[dialect].includes(next)) add('\\');
      else {
        if (!(next === '\n' && dialect === 'shell')) add(next);
        at++;
      }
    } else if (c === '$') {
      const found = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/.exec(text.slice(at, at + 300));
      if (found) {
        pieces.push({ variable: found[1] ?? found[2]! });
        at += found[0].length - 1;
      } else if (/^\$[\w{(@*#?$!"'-]/.test(text.slice(at, at + 2)) && !(text[at + 1] === '"' && quoted)) {
        return { wrong: `the expansion ${quote(text.slice(at, at + 20))} is not read` };
      } else add('$');
    } else if (dialect === 'shell' && (quoted ? c === '`' : shellOperators.test(c))) {
      return { wrong: `${quote(c)} has a meaning for the shell` };
    } else add(c);
  }
  if (quoted) return { wrong: 'a double quote is not closed' };
  const meaningful = pieces.filter((piece) => piece !== '');
  if (meaningful.every((piece) => typeof piece === 'string')) return { value: meaningful.join(''), end: at };
  return { value: meaningful, end: at };
}
