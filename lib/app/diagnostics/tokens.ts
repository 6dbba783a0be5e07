/** A piece of TypeScript or JavaScript text: enough to walk over calls and object literals, and no more. */
export interface Token {
  readonly kind: 'word' | 'string' | 'template' | 'regex' | 'punct';
  /** The text as written, quotes included. */
  readonly text: string;
  /** Offset of its first character. */
  readonly start: number;
}

const SPACE_OR_COMMENT = /(?:\s+|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))+/y;
const WORD = /[\p{L}\p{N}_$#@]+/uy;
const QUOTED = /'(?:[^'\\\n]|\\[^])*'?|"(?:[^"\\\n]|\\[^])*"?/y;
const REGEX = /\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\p{L}*/uy;

/** Words after which a slash begins a regular expression, where a value would have made it a division. */
const BEFORE_VALUE = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'new',
  'delete',
  'void',
  'throw',
  'do',
  'else',
  'await',
  'yield',
]);

/** Cuts text into tokens without comments. Broken text gives tokens too, never an exception. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = skip(text, 0); at < text.length;) {
    const token = next(text, at, tokens.at(-1));
    tokens.push(token);
    at = skip(text, at + token.text.length);
  }
  return tokens;
}

function next(text: string, start: number, before: Token | undefined): Token {
  const first = text[start];
  const word = match(WORD, text, start);
  if (word) return { kind: 'word', text: word, start };
  if (first === "'" || first === '"') return { kind: 'string', text: match(QUOTED, text, start) ?? first, start };
  if (first === '`') return { kind: 'template', text: text.slice(start, templateEnd(text, start)), start };
  const regex = first === '/' && valueMayStart(before) ? match(REGEX, text, start) : undefined;
  if (regex) return { kind: 'regex', text: regex, start };
  for (const operator of ['...', '=>', '?.']) {
    if (text.startsWith(operator, start)) return { kind: 'punct', text: operator, start };
  }
  return { kind: 'punct', text: first as string, start };
}

function valueMayStart(before: Token | undefined): boolean {
  if (!before) return true;
  return before.kind === 'punct' ? ![')', ']', '}'].includes(before.text) : BEFORE_VALUE.has(before.text);
}

/** Where a template literal ends; what stands in its `${}` is skipped as tokens, so that a brace in a string is none. */
function templateEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    if (text[at] === '\\') at += 2;
    else if (text[at] === '`') return at + 1;
    else if (text.startsWith('${', at)) at = expressionEnd(text, at + 2);
    else at += 1;
  }
  return text.length;
}

function expressionEnd(text: string, start: number): number {
  let depth = 1;
  let before: Token | undefined;
  for (let at = skip(text, start); at < text.length;) {
    before = next(text, at, before);
    at = skip(text, at + before.text.length);
    if (before.text === '{') depth += 1;
    else if (before.text === '}') depth -= 1;
    if (depth === 0) return before.start + 1;
  }
  return text.length;
}

function skip(text: string, at: number): number {
  return at + (match(SPACE_OR_COMMENT, text, at)?.length ?? 0);
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
