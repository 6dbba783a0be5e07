import { type Token, tokenize } from './tokens';

/** A stretch of one line of a source file. */
export interface Span {
  /** From 1. */
  readonly line: number;
  /** In UTF-16 code units, from 1. */
  readonly column: number;
  readonly length: number;
}

/** What is looked for: a construct that was declared by a call on a line, and perhaps one of its fields. */
export interface Place {
  /** The line of the call, from 1. */
  readonly line: number;
  /** The id of the construct: tells calls on one line apart. */
  readonly id?: string;
  /** A field with the place inside its value, e.g. `specs[3]` or `limits.nodes`. */
  readonly field?: string;
}

/**
 * Finds where a field stands in the source: its key in the object literal of the call, or the element of a literal list.
 * Without a field, or when the value is not written there, the call itself. Undefined when no call begins on the line.
 */
export function locate(source: string, place: Place): Span | undefined {
  const tokens = tokenize(source);
  const starts = lineStarts(source);
  const from = starts[place.line - 1];
  if (from === undefined) return undefined;
  const to = starts[place.line] ?? source.length + 1;
  const calls = callsBetween(tokens, from, to);
  const named = calls.filter(
    (call) => place.id !== undefined && argumentsOf(tokens, call).some((at) => isText(tokens[at], place.id as string)),
  );
  const candidates = named.length > 0 ? named : calls;
  const path = place.field === undefined ? [] : steps(place.field);
  for (const call of path.length > 0 ? candidates : []) {
    for (const at of argumentsOf(tokens, call)) {
      const found = tokens[at]?.text === '{' ? descend(tokens, at, path) : undefined;
      if (found) return spanOf(found, starts);
    }
  }
  const [call] = candidates;
  return call === undefined ? undefined : spanOf(tokens[calleeOf(tokens, call)] as Token, starts);
}

/** `limits[2].nodes` as its steps. */
function steps(field: string): (string | number)[] {
  return [...field.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map((match) =>
    match[1] === undefined ? (match[2] as string) : Number(match[1]),
  );
}

/** Opening parentheses of calls whose callee stands on the line. */
function callsBetween(tokens: readonly Token[], from: number, to: number): number[] {
  const found: number[] = [];
  tokens.forEach((token, at) => {
    const callee = tokens[at - 1];
    if (token.text !== '(' || !callee || callee.kind !== 'word') return;
    if (callee.start >= from && callee.start < to) found.push(at);
  });
  return found;
}

/** The word that a diagnostic without a field points at: `new Foo(` at `new`, `a.b.c(` at `c`. */
function calleeOf(tokens: readonly Token[], open: number): number {
  let at = open - 1;
  while (tokens[at - 1]?.text === '.' && tokens[at - 2]?.kind === 'word') at -= 2;
  return tokens[at - 1]?.text === 'new' ? at - 1 : open - 1;
}

/** First tokens of the arguments of a call. */
function argumentsOf(tokens: readonly Token[], open: number): number[] {
  return [...itemsOf(tokens, open)];
}

/** First tokens of what stands between a bracket and its partner, separated by commas. */
function* itemsOf(tokens: readonly Token[], open: number): Generator<number> {
  let depth = 0;
  let fresh = true;
  for (let at = open; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] as Token;
    const closes = kind === 'punct' && [')', ']', '}'].includes(text);
    if (closes && depth === 1) return;
    if (depth === 1 && fresh && text !== ',') yield at;
    if (depth === 1) fresh = kind === 'punct' && text === ',';
    if (kind === 'punct' && ['(', '[', '{'].includes(text)) depth += 1;
    else if (closes) depth -= 1;
  }
}

/** Follows the steps into a literal as far as it is written there; undefined when not even the first is. */
function descend(tokens: readonly Token[], open: number, path: readonly (string | number)[]): Token | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return undefined;
  const items = [...itemsOf(tokens, open)];
  if (typeof step === 'number') {
    const spread = items.findIndex((at) => tokens[at]?.text === '...');
    const item = spread >= 0 && spread <= step ? undefined : items[step];
    if (item === undefined) return undefined;
    return opens(tokens[item]) ? (descend(tokens, item, rest) ?? tokens[item]) : tokens[item];
  }
  const key = items.find(
    (at) => isText(tokens[at], step) || (tokens[at]?.kind === 'word' && tokens[at]?.text === step),
  );
  if (key === undefined) return undefined;
  const value = tokens[key + 1]?.text === ':' ? key + 2 : key;
  return (opens(tokens[value]) && value !== key ? descend(tokens, value, rest) : undefined) ?? tokens[key];
}

const opens = (token: Token | undefined): boolean =>
  token?.kind === 'punct' && (token.text === '{' || token.text === '[');

const isText = (token: Token | undefined, text: string): boolean =>
  token !== undefined && ['string', 'template'].includes(token.kind) && token.text.slice(1, -1) === text;

function lineStarts(source: string): number[] {
  return [0, ...[...source.matchAll(/\n/g)].map((match) => match.index + 1)];
}

function spanOf(token: Token, starts: readonly number[]): Span {
  let line = starts.length;
  while ((starts[line - 1] as number) > token.start) line -= 1;
  const shown = token.text.split('\n', 1)[0] as string;
  return { line, column: token.start - (starts[line - 1] as number) + 1, length: shown.length };
}
