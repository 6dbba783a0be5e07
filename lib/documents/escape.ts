import { quote, type Report } from '../values/problem';

/**
 * Writes a value so that the reader of one format gets exactly that value back. What the format cannot carry is
 * reported, and is left out of the returned text, so that it breaks nothing until the report stops the synth.
 */
export type Escape = (value: string, report: Report) => string;

const notText = /\0|\p{Surrogate}/gu;
/** Control characters, and what some readers take for a line break: NEL, LS, PS. */
const notOneLine = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]/g;

/** Reports what no text file carries: NUL and half surrogate pairs. */
export function textOf(value: string, report: Report): string {
  return without(notText, value, report, 'HPC2040', 'a text file carries no NUL and no half of a surrogate pair');
}

/** As {@link textOf}, and in one line: control characters other than a tab are reported too. */
export function oneLine(value: string, report: Report): string {
  return without(
    notOneLine,
    textOf(value, report),
    report,
    'HPC2041',
    'a value in one line has no line break and no control character',
  );
}

function without(pattern: RegExp, value: string, report: Report, code: string, rule: string): string {
  const clean = value.replace(pattern, '');
  if (clean !== value) report({ code, message: `${quote(value)} cannot be written: ${rule}` });
  return clean;
}

/** A quoted Lua string literal. Control characters become decimal escapes, which Lua 5.1 to 5.4 read alike. */
export const lua: Escape = (value, report) =>
  `"${textOf(value, report).replace(/[\\"\u0000-\u001f\u007f]/g, (c) => luaEscapes[c] ?? `\\${decimal(c)}`)}"`;

const luaEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};
const decimal = (c: string) => c.charCodeAt(0).toString().padStart(3, '0');

/** One word of a POSIX shell, in single quotes unless it is plain: nothing in it is expanded. */
export const shell: Escape = (value, report) => {
  const word = textOf(value, report);
  return /^[A-Za-z0-9_./:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
};

/** The value of a `key = value` line that every reader of INI files reads alike. */
export const ini: Escape = (value, report) => {
  const text = oneLine(value, report);
  if (/^\s|\s$|^["'`]|%|\$[{_]|(^|\s)[;#]|\\$/.test(text)) {
    report({
      code: 'HPC2042',
      message: `${quote(value)} cannot be written to an INI file: its readers disagree on blanks and quotes at the ends, on %, on \${ and on comments`,
    });
    return '';
  }
  return text;
};

/** A quoted value of ENV, LABEL or ARG in a Containerfile: no variable in it is expanded. */
export const containerfile: Escape = (value, report) => `"${oneLine(value, report).replace(/["\\$]/g, '\\$&')}"`;

/** The value of a line of %labels in an Apptainer definition: the rest of the line, without blanks at its ends. */
export const apptainerLabel: Escape = (value, report) => {
  const text = oneLine(value, report);
  if (text !== text.trim()) {
    report({ code: 'HPC2041', message: `${quote(value)} cannot be a label: Apptainer strips blanks at its ends` });
  }
  return noBuildArgument(text.trim(), report);
};

/** A word of the shell in a section (%environment, %post) of an Apptainer definition. */
export const apptainer: Escape = (value, report) => {
  const text = noBuildArgument(value, report);
  if (/\n(?:[\s\u0085]*%|bootstrap:)/i.test(text)) {
    report({
      code: 'HPC2044',
      message: `${quote(value)} cannot stand in a definition file: Apptainer starts a section at a line that begins with %, and a stage at bootstrap:`,
    });
    return "''";
  }
  return shell(text, report);
};

/** Reports `{{ NAME }}`, which Apptainer replaces wherever it stands. */
export function noBuildArgument(value: string, report: Report): string {
  if (!/\{\{\s*\w+\s*\}\}/.test(value)) return value;
  report({
    code: 'HPC2043',
    message: `${quote(value)} cannot stand in a definition file: Apptainer replaces {{ NAME }} by a build argument`,
  });
  return '';
}

/** The text of a comment after `#` or `--`. */
export const comment: Escape = (value, report) => {
  const text = oneLine(value, report);
  if (!text.endsWith('\\')) return text;
  report({
    code: 'HPC2046',
    message: `the comment ${quote(value)} ends with a backslash, which joins it with the next line`,
  });
  return text.replace(/\\+$/, '');
};

/**
 * A string of Terraform's JSON or HCL syntax, before its quoting: no `${` or `%{` in it is a template. Text that Terraform
 * would change is reported: it keeps text in Unicode's composed form and drops a byte order mark at the start.
 */
export const terraform: Escape = (value, report) => {
  const text = textOf(value, report);
  if (text !== text.normalize('NFC') || text.startsWith('\ufeff')) {
    report({
      code: 'HPC2047',
      message: `${quote(value)} cannot be written: Terraform turns it into its composed form (NFC), without a byte order mark`,
    });
  }
  return text.replace(/\$\{/g, '$$$${').replace(/%\{/g, '%%{');
};

/** Text or an attribute's value in XML and HTML. */
export const xml: Escape = (value, report) =>
  without(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g,
    textOf(value, report),
    report,
    'HPC2045',
    'XML 1.0 has no such control character',
  ).replace(/[&<>"'\t\n\r]/g, (c) => `&#${c.charCodeAt(0)};`);

/** A JSON string, which YAML reads as well; what an editor or a line reader would trip over is escaped. */
export const json: Escape = (value, report) =>
  JSON.stringify(textOf(value, report)).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The escapes by the name of their template helper. */
export const escapes = {
  lua,
  shell,
  ini,
  containerfile,
  apptainer,
  apptainerLabel,
  comment,
  json,
  terraform,
  xml,
} as const satisfies Readonly<Record<string, Escape>>;
