import type { Json } from '../values/json';
import { quote, type Report } from '../values/problem';
import { json as quoted } from './escape';
import type { Format } from './format';
import { plain } from './plain';

/**
 * YAML that readers of version 1.1 (PyYAML, so Ansible, Spack and cloud-init) and of 1.2 read alike: `no`, `0123`,
 * `12:30` and dates stay strings. Starts with `---`; no anchors, no folding, keys in the order given, text of several
 * lines as a block where that gives it back unchanged.
 *
 * The printer is our own: whole documents take a millisecond, where loading the yaml package alone takes 36.
 */
export const yaml = format((text) => text.length < 1000 && plainString.test(text) && !knownWord.test(text));

/** The same, with every string in double quotes that is not a key of letters: for text such as specs of Spack. */
export const quotedYaml = format(
  (text, isKey) => isKey && /^[A-Za-z_][\w-]{0,99}$/.test(text) && !knownWord.test(text),
);

function format(isPlain: Printer['isPlain']): Format<unknown> {
  return {
    name: 'yaml',
    print(value, report) {
      const item = plain(value, report);
      const printer = { report, isPlain };
      return `---\n${isNested(item) ? printNested(item, '', printer) : `${printScalar(item, '', printer)}\n`}`;
    },
    parse,
  };
}

/** What the printing functions share. */
interface Printer {
  readonly report: Report;
  /** Whether a string stands without quotes. */
  readonly isPlain: (text: string, isKey: boolean) => boolean;
}

function parse(text: string, report: Report): Json {
  const { parseAllDocuments } = require('yaml') as typeof import('yaml');
  const documents = parseAllDocuments(text, {
    version: '1.1',
    merge: true,
    logLevel: 'silent',
    resolveKnownTags: false,
  });
  const refuse = (why: string): null => {
    report({ code: 'HPC2064', message: `the YAML cannot be read: ${why}` });
    return null;
  };
  if (!Array.isArray(documents)) return null;
  if (documents.length > 1) return refuse('it holds more than one document');
  const error = documents[0]?.errors[0];
  if (error) return refuse(error.message.split('\n')[0]!.replace(/:$/, ''));
  try {
    return plain(documents[0]?.toJS({ maxAliasCount: 100 }), report);
  } catch (problem) {
    return refuse((problem as Error).message);
  }
}

const isNested = (value: Json): value is readonly Json[] | { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

/** A block list or record; each line starts with the indent. */
function printNested(
  value: readonly Json[] | { readonly [key: string]: Json },
  indent: string,
  printer: Printer,
): string {
  if (Array.isArray(value)) {
    return (value as readonly Json[])
      .map((item) => {
        if (!isNested(item)) return `${indent}- ${printScalar(item, indent, printer)}\n`;
        return `${indent}- ${printNested(item, `${indent}  `, printer).slice(indent.length + 2)}`;
      })
      .join('');
  }
  return Object.entries(value)
    .map(([key, item]) => {
      const head = `${indent}${printKey(key, printer)}:`;
      if (!isNested(item)) return `${head} ${printScalar(item, indent, printer)}\n`;
      return `${head}\n${printNested(item, `${indent}  `, printer)}`;
    })
    .join('');
}

function printScalar(value: Json, indent: string, printer: Printer): string {
  if (typeof value === 'string') return isBlock(value) ? printBlock(value, `${indent}  `) : printString(value, printer);
  if (typeof value === 'number') return printNumber(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[]' : '{}';
  return String(value);
}

/** YAML 1.1 takes a number with an exponent for a string unless it has a point. */
function printNumber(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const text = Number.isInteger(value) ? value.toExponential() : String(value);
  return /^-?\d+e/.test(text) ? text.replace('e', '.0e') : text;
}

/** Plain only when no reader could take it for something else: a letter, / or _ first, no indicators, no known word. */
const plainString = /^(?:[A-Za-z_]|\/)(?:[\w./+@%^(),;=-]|:(?=[\w/])| (?=[\w./(]))*$/;
const knownWord = /^(?:y|yes|n|no|true|false|on|off|null|nan|inf)$/i;

const printString = (value: string, { report, isPlain }: Printer, isKey = false) =>
  isPlain(value, isKey) ? value : quoted(value, report);

/** PyYAML reads a key of at most 1024 characters. */
function printKey(key: string, printer: Printer): string {
  const text = printString(key, printer, true);
  if (text.length <= 1000) return text;
  printer.report({
    code: 'HPC2065',
    message: `the key ${quote(key)} is longer than the 1,000 characters that YAML readers take`,
  });
  return text.slice(0, 10);
}

/** Printable text of several lines, without blanks at its start or at the end of a line. */
const isBlock = (value: string) =>
  /^\S[^]*\n/.test(value) &&
  !/[ \t](?:\n|$)/.test(value) &&
  !/[^\t\n\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u.test(value);

function printBlock(value: string, indent: string): string {
  const end = /\n*$/.exec(value)![0].length;
  const chomp = end === 0 ? '-' : end === 1 ? '' : '+';
  const text = end > 0 ? value.slice(0, -1) : value;
  return `|${chomp}\n${text.replace(/^(?=.)/gm, indent)}`;
}
