import { quote, type Problem, type Report } from '../values/problem';
import type { Format } from './format';

/** One `Key=Value` of a line. Slurm ignores the case of keys; it is kept here. */
export type SlurmConfEntry = readonly [key: string, value: string];

/** One line of a file of the slurm.conf family. */
export type SlurmConfLine = (
  | { readonly comment: string }
  | { readonly include: string }
  /** Pairs in order; the first names the record (`NodeName=cn[001-064] CPUs=96`). No pair is a blank line. */
  | { readonly entries: readonly SlurmConfEntry[] }
) & {
  /** Number of its first line in the text it was read from, where continuation lines made that differ from the position. */
  readonly line?: number;
};

/** A file of the slurm.conf family, in the order of its lines. */
export interface SlurmConf {
  readonly lines: readonly SlurmConfLine[];
}

/** The number that an editor shows for a line, counted from 1. */
export const lineNumber = (conf: SlurmConf, index: number): number => conf.lines[index]?.line ?? index + 1;

/**
 * slurm.conf, gres.conf, cgroup.conf, topology.conf and slurmdbd.conf: lines of `Key=Value`.
 *
 * Printing puts each line of the model on one line, quotes a value only when it is empty or has blanks, and writes `\`
 * and `#` as `\\` and `\#`, because Slurm removes escapes and comments before it looks at quotes. Refused are double
 * quotes (there is no escape for them), control characters and halves of surrogate pairs. Parsing joins continuation
 * lines and drops a comment that stands behind a value. Source: src/common/parse_config.c of Slurm, the same from 22.05
 * to 26.05.
 */
export const slurmConf: Format<SlurmConf> = {
  name: 'slurm.conf',

  print(conf, report) {
    const printed = conf.lines.map((line, index) => printLine(line, at(report, lineNumber(conf, index))));
    return printed
      .filter((line) => line !== undefined)
      .map((line) => `${line}\n`)
      .join('');
  },

  parse(text, report) {
    return { lines: [...logicalLines(text)].map((line, index) => parseLine(line, index, at(report, line.number))) };
  },
};

type ReportProblem = (problem: Problem) => void;

const at =
  (report: Report, line: number): ReportProblem =>
  (problem) =>
    report(problem, `line ${line}`);

// --- printing

const keyRule = /^[A-Za-z0-9_.]+$/;
const controls = /[\u0000-\u001f\u007f]/;
const escape = (text: string): string => text.replace(/[\\#]/g, '\\$&');

function printLine(line: SlurmConfLine, report: ReportProblem): string | undefined {
  if ('comment' in line) return printComment(line.comment, report);
  if ('include' in line) return printInclude(line.include, report);
  const pairs = line.entries.map((entry) => printEntry(entry, report));
  return pairs.includes(undefined) ? undefined : pairs.join(' ');
}

function printComment(text: string, report: ReportProblem): string | undefined {
  const fault = unprintable(text);
  if (fault !== undefined) return void report({ code: 'HPC2010', message: `a comment holds ${fault}: ${quote(text)}` });
  return text === '' ? '#' : `# ${text}`;
}

function printInclude(path: string, report: ReportProblem): string | undefined {
  if (path !== '' && !/["*\s]/.test(path) && unprintable(path) === undefined) return `Include ${escape(path)}`;
  return void report({
    code: 'HPC2013',
    message: `Slurm cannot include ${quote(path)}: a path has no blanks, quotes or "*"`,
  });
}

function printEntry([key, value]: SlurmConfEntry, report: ReportProblem): string | undefined {
  if (!keyRule.test(key)) {
    return void report({ code: 'HPC2011', message: `${quote(key)} is no key: only letters, digits, "_" and "."` });
  }
  const fault = value.includes('"') ? 'a double quote, for which Slurm has no escape' : unprintable(value);
  if (fault !== undefined)
    return void report({ code: 'HPC2010', message: `${key} is ${quote(value)}, which holds ${fault}` });
  return value === '' || /\s/.test(value) ? `${key}="${escape(value)}"` : `${key}=${escape(value)}`;
}

function unprintable(text: string): string | undefined {
  if (/[\n\r]/.test(text)) return 'a line break';
  if (controls.test(text)) return 'a control character';
  return /\p{Surrogate}/u.test(text) ? 'half of a surrogate pair' : undefined;
}

// --- parsing, in the steps of Slurm's own: comments, continuation, escapes, then pairs

interface LogicalLine {
  readonly number: number;
  /** What stands before a comment, joined with its continuation lines, escapes still in place. */
  readonly text: string;
  /** The comment of a line that holds nothing else. */
  readonly comment?: string;
}

function* logicalLines(text: string): Generator<LogicalLine> {
  const physical = text.split('\n');
  if (physical.at(-1) === '') physical.pop();
  let joined: { number: number; text: string } | undefined;
  for (const [index, raw] of physical.entries()) {
    const [code, comment] = splitComment(raw.replace(/\r$/, ''));
    const whole = { number: joined?.number ?? index + 1, text: (joined?.text ?? '') + code };
    const continued = continuation.exec(code);
    if (continued && index + 1 < physical.length) {
      joined = { ...whole, text: whole.text.slice(0, whole.text.length - continued[0].length) };
    } else {
      yield comment !== undefined && blank.test(whole.text) ? { ...whole, comment } : whole;
      joined = undefined;
    }
  }
}

const blank = /^[ \t\v\f\r]*$/;
/** An odd number of backslashes at the end: the last one joins the next line. */
const continuation = /(?<!\\)(?:\\\\)*\\[ \t\v\f\r]*$/;

/** Cuts a line at the first `#` behind an even number of backslashes; quotes do not protect it. */
function splitComment(line: string): [code: string, comment?: string] {
  const match = /(?<!\\)(?:\\\\)*#/.exec(line);
  if (!match) return [line];
  const hash = match.index + match[0].length - 1;
  return [line.slice(0, hash), line.slice(hash + 1).replace(/^ /, '')];
}

/** A pair at the start of the rest of a line. */
const pair =
  /^[ \t\v\f\r]*([A-Za-z0-9_.]+)[ \t\v\f\r]*([-*+/]?)=[ \t\v\f\r]*(?:"([^"]*)"(?=[ \t\v\f\r]|$)|([^ \t\v\f\r]+))/;

function parseLine(line: LogicalLine, index: number, report: ReportProblem): SlurmConfLine {
  const place = line.number === index + 1 ? {} : { line: line.number };
  if (line.comment !== undefined) return { comment: line.comment, ...place };
  const text = line.text.replace(/\\(.?)/gsu, '$1');
  const include = /^include[ \t\v\f\r]+([^ \t\v\f\r]+)(.*)$/isu.exec(text);
  let rest = include?.[2] ?? text;
  const entries: SlurmConfEntry[] = [];
  for (let match = pair.exec(rest); match && !include; match = pair.exec(rest)) {
    const [all, key = '', operator, quoted, bare = ''] = match;
    const value = quoted ?? bare;
    if (operator) report({ code: 'HPC2014', message: `${key} is set with "${operator}=", which Slurm reads as "="` });
    if (value.includes('"'))
      report({ code: 'HPC2012', message: `the double quote in ${key}=${value} becomes part of the value` });
    entries.push([key, value]);
    rest = rest.slice(all.length);
  }
  if (!blank.test(rest))
    report({ code: 'HPC2012', message: `Slurm cannot read ${quote(rest.trim())}`, fix: 'Write Key=Value' });
  return include ? { include: include[1] ?? '', ...place } : { entries, ...place };
}
