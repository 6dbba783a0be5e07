import { Grid } from './grid';
import { digitsAt, joined, MAX_DIGITS, positionOf, span } from './host-number';
import { type Interval, type Intervals, normalise, sizeOf } from './intervals';
import { quote, type Report } from './problem';

/** The hosts of one expression: its shape, which is the name with `#` for each number (`r#n#`), and the numbers. */
export type Shaped = readonly [shape: string, grid: Grid];

/** Numbers right in front of a bracket, as in `n[1-9][01-16]`, are written out one by one. */
const MAX_JOINED = 10_000;

/** One expression and what follows it: a comma, white space or the end. */
const ITEM = /((?:[^[\],\s]|\[[^[\]]*\])*)(\s*,\s*|\s+|$)/y;
/** One part of an expression: the inside of a bracket, a number, or other text. */
const PART = /\[([^[\]]*)\]|([0-9]+)|([^[\]0-9]+)/g;

/** Reads a hostlist in Slurm's notation. What cannot be read is reported and left out. */
export function readHostlist(text: string, report: Report): Shaped[] {
  const shaped: Shaped[] = [];
  const list = text.trim();
  if (list === '') {
    report({ code: 'HPC1010', message: `hostlist ${quote(text)} names nothing`, fix: SOME });
    return shaped;
  }
  for (let at = 0; ;) {
    ITEM.lastIndex = at;
    const match = ITEM.exec(list);
    if (!match) {
      report({ code: 'HPC1010', message: `the brackets of hostlist ${quote(list)} do not pair up`, fix: PAIRED });
      return shaped;
    }
    const [, item, separator] = match as unknown as [string, string, string];
    if (item === '')
      report({ code: 'HPC1010', message: `hostlist ${quote(text)} names nothing in one place`, fix: COMMA });
    else {
      const read = readItem(item, report);
      if (read) shaped.push(read);
    }
    if (separator === '') return shaped;
    at = ITEM.lastIndex;
  }
}

const PAIRED = "write brackets as in 'cn[001-064,070]', one after another and never one inside another";
const SOME = "name a host, or several as in 'cn[001-064],login1'";
const COMMA = "write one comma between two names, as in 'cn[001-064],login1'";

/** Reads a name such as `login1`, or an expression such as `r[1-3]n[01-16]`. */
function readItem(item: string, report: Report): Shaped | undefined {
  let shape = '';
  const numbers: Intervals[] = [];
  let number: Intervals | undefined; // the number that is being read; it may have several parts, as in `n1[0-9]`
  for (const [, bracket, digits, text] of item.matchAll(PART)) {
    if (text !== undefined) {
      if (!checkText(text, item, report)) return undefined;
      if (number) numbers.push(number);
      number = undefined;
      shape += text;
    } else {
      const part = bracket === undefined ? readNumber(digits as string, item, report) : readBracket(bracket, report);
      if (!part) return undefined;
      if (!number) shape += '#';
      number = number ? join(number, part, item, report) : part;
      if (!number) return undefined;
    }
  }
  if (number) numbers.push(number);
  return [shape, Grid.product(numbers)];
}

function checkText(text: string, item: string, report: Report): boolean {
  const bad = /[^A-Za-z0-9._-]/u.exec(text)?.[0] ?? (item.startsWith(text) ? /^[.-]/.exec(text)?.[0] : undefined);
  if (bad === undefined) return true;
  const where = /[.-]/.test(bad) ? 'cannot start a host name' : 'cannot stand in a host name';
  report({
    code: 'HPC1011',
    message: `${quote(bad)} of ${quote(item)} ${where}, which holds letters, digits and . _ - and starts with none of . -`,
  });
  return false;
}

function readNumber(digits: string, within: string, report: Report): Intervals | undefined {
  if (digits.length <= MAX_DIGITS) {
    const position = positionOf(digits);
    return [[position, position]];
  }
  report({
    code: 'HPC1015',
    message: `the number ${quote(digits)} of ${quote(within)} has more than ${MAX_DIGITS} digits`,
    fix: 'give the host a shorter number',
  });
  return undefined;
}

/** Reads what stands between two brackets: `001-064,070`. */
function readBracket(bracket: string, report: Report): Intervals | undefined {
  const ranges: Interval[] = [];
  for (const text of bracket.split(',')) {
    const range = readRange(text, bracket, report);
    if (!range) return undefined;
    ranges.push(...range);
  }
  const merged = normalise(ranges);
  if (sizeOf(merged) === sizeOf(ranges)) return merged;
  report({
    code: 'HPC1014',
    message: `'[${bracket}]' holds a number twice`,
    fix: 'write each number once',
  });
  return undefined;
}

function readRange(text: string, bracket: string, report: Report): Intervals | undefined {
  const [, low, high = low] = /^([0-9]+)(?:-([0-9]+))?$/.exec(text) ?? [];
  if (low === undefined || high === undefined) {
    const step = /^([0-9]+)-([0-9]+)[:/]([0-9]+)$/.exec(text);
    const message = `${quote(text)} of '[${bracket}]' is not a number or a range of numbers`;
    report({
      code: 'HPC1012',
      message: step ? `${message}: Slurm's hostlists have no steps` : message,
      fix: step ? 'write the numbers one by one, with commas' : "write a range as '001-064'",
    });
    return undefined;
  }
  if (!readNumber(low, bracket, report) || !readNumber(high, bracket, report)) return undefined;
  if (Number(low) > Number(high)) {
    const fix = `did you mean '${high}-${low}'?`;
    report({ code: 'HPC1012', message: `the range '${text}' of '[${bracket}]' ends before it starts`, fix });
    return undefined;
  }
  if (high.length < low.length || (high.startsWith('0') && high.length > low.length)) {
    const width = Math.max(low.length, high.length);
    report({
      code: 'HPC1013',
      message: `the two ends of the range '${text}' of '[${bracket}]' are padded to different widths`,
      fix: `did you mean '${low.padStart(width, '0')}-${high.padStart(width, '0')}'?`,
    });
    return undefined;
  }
  return span(low, high);
}

/** Two parts of one number, such as `1` and `[0-9]`. */
function join(left: Intervals, right: Intervals, item: string, report: Report): Intervals | undefined {
  const digits = longest(left) + longest(right);
  if (digits > MAX_DIGITS) {
    report({ code: 'HPC1015', message: `a number of ${quote(item)} has more than ${MAX_DIGITS} digits` });
  } else if (sizeOf(left) > MAX_JOINED) {
    report({
      code: 'HPC1015',
      message: `${quote(item)} has ${sizeOf(left)} numbers right in front of a bracket, ${MAX_JOINED} at most are read`,
      fix: 'write the whole number inside one bracket',
    });
  } else {
    const ranges = joined(left, right);
    const merged = normalise(ranges);
    if (sizeOf(merged) === sizeOf(ranges)) return merged;
    report({
      code: 'HPC1014',
      message: `${quote(item)} names a host twice`,
      fix: 'write the whole number inside one bracket',
    });
  }
  return undefined;
}

const longest = (intervals: Intervals): number => digitsAt((intervals.at(-1) as Interval)[1]).length;
