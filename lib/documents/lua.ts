import { quote, type Problem } from '../values/problem';

/** What a Lua literal of ours holds; a table is a list or a record. */
export type LuaValue = string | number | boolean | readonly LuaValue[] | { readonly [key: string]: LuaValue };

export type LuaToken =
  | { readonly type: 'name' | 'symbol' | 'end'; readonly text: string; readonly line: number }
  | { readonly type: 'string'; readonly text: string; readonly value: string; readonly line: number }
  | { readonly type: 'number'; readonly text: string; readonly value: number; readonly line: number };

/** The Lua that was read stops here; the parser that reads the file reports it. */
export class LuaSyntaxError extends Error {
  constructor(what: string, line: number) {
    super(`line ${line}: ${what}`);
  }

  get problem(): Problem {
    return { code: 'HPC2050', message: `the Lua file cannot be read at ${this.message}` };
  }
}

const blank = /(?:\s+|--\[(=*)\[[^]*?\]\1\]|--(?!\[=*\[)[^\n]*)+/y;
const word = /[A-Za-z_]\w*/y;
const number = /0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const longString = /\[(=*)\[(?:\r\n|\n)?([^]*?)\]\1\]/y;
const quoted = /"((?:[^"\\\r\n]|\\z\s*|\\\r\n|\\[^])*)"|'((?:[^'\\\r\n]|\\z\s*|\\\r\n|\\[^])*)'/y;
const symbol = /==|[(){}[\]=,;-]/y;
const keywords = new Set(
  ['and', 'break', 'do', 'else', 'elseif', 'end', 'false', 'for', 'function', 'goto', 'if', 'in'].concat([
    'local',
    'nil',
    'not',
    'or',
    'repeat',
    'return',
    'then',
    'true',
    'until',
    'while',
  ]),
);

/** Whether a word may stand as a key of a table without brackets and quotes. */
export const isLuaName = (text: string) => /^[A-Za-z_]\w*$/.test(text) && !keywords.has(text);

/** Reads the tokens of the subset that we write: names, literals, brackets and comments, no operators. */
export function* luaTokens(text: string): Generator<LuaToken, void> {
  let at = 0;
  let line = 1;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const take = (found: string) => {
    at += found.length;
    line += found.split('\n').length - 1;
  };
  for (;;) {
    const skipped = match(blank);
    if (skipped) take(skipped[0]);
    if (at >= text.length) break;
    const start = line;
    const found = match(word) ?? match(number) ?? match(longString) ?? match(quoted) ?? match(symbol);
    if (!found)
      throw new LuaSyntaxError(
        `${quote(text.slice(at).split('\n')[0])} is not part of the Lua that is read here`,
        line,
      );
    const source = found[0];
    take(source);
    if (/^[A-Za-z_]/.test(source)) yield { type: 'name', text: source, line: start };
    else if (/^[.\d]/.test(source)) yield { type: 'number', text: source, value: Number(source), line: start };
    else if (/^\[=*\[/.test(source)) {
      yield { type: 'string', text: source, value: found[2]!.replace(/\r\n?/g, '\n'), line: start };
    } else if (/^["']/.test(source)) {
      yield { type: 'string', text: source, value: unescape(source.slice(1, -1), start), line: start };
    } else yield { type: 'symbol', text: source, line: start };
  }
  yield { type: 'end', text: 'the end of the file', line };
}

const simpleEscapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Escapes of a quoted string stand for bytes; the bytes together are UTF-8. */
function unescape(body: string, line: number): string {
  if (!body.includes('\\')) return body;
  const bytes: Buffer[] = [];
  const pattern = /\\(?:x([0-9a-fA-F]{2})|(\d{1,3})|u\{([0-9a-fA-F]{1,6})\}|(z)\s*|(\r\n|[^]))|([^\\]+)/gy;
  for (const [, hex, decimal, codePoint, skip, other, plain] of body.matchAll(pattern)) {
    if (plain !== undefined) bytes.push(Buffer.from(plain));
    else if (hex !== undefined) bytes.push(Buffer.from([parseInt(hex, 16)]));
    else if (codePoint !== undefined) {
      const point = parseInt(codePoint, 16);
      if (point > 0x10ffff) throw new LuaSyntaxError(`\\u{${codePoint}} is no character`, line);
      bytes.push(Buffer.from(String.fromCodePoint(point)));
    } else if (decimal !== undefined) {
      if (Number(decimal) > 255) throw new LuaSyntaxError(`\\${decimal} is more than a byte`, line);
      bytes.push(Buffer.from([Number(decimal)]));
    } else if (skip === undefined) {
      if (/[A-Za-z0-9]/.test(other!) && simpleEscapes[other!] === undefined) {
        throw new LuaSyntaxError(`\\${other} is no escape of Lua`, line);
      }
      const code = simpleEscapes[other!];
      bytes.push(code === undefined ? Buffer.from(other!.replace(/^\r\n?$/, '\n')) : Buffer.from([code]));
    }
  }
  try {
    return decoder.decode(Buffer.concat(bytes));
  } catch {
    throw new LuaSyntaxError('the bytes of the string are not UTF-8', line);
  }
}

/** A cursor over tokens with one token of look-ahead. */
export class LuaReader {
  private readonly tokens: Generator<LuaToken, void>;
  private current: LuaToken;
  private depth = 0;

  constructor(text: string) {
    this.tokens = luaTokens(text);
    this.current = this.tokens.next().value as LuaToken;
  }

  get next(): LuaToken {
    return this.current;
  }

  take(): LuaToken {
    const token = this.current;
    if (token.type !== 'end') this.current = this.tokens.next().value as LuaToken;
    return token;
  }

  /** Takes the next token when it is this word or symbol. */
  accept(text: string): boolean {
    const isIt = this.current.text === text && (this.current.type === 'name' || this.current.type === 'symbol');
    if (isIt) this.take();
    return isIt;
  }

  expect(...texts: string[]): void {
    for (const text of texts) if (!this.accept(text)) throw this.unexpected(quote(text));
  }

  unexpected(wanted: string): LuaSyntaxError {
    return new LuaSyntaxError(`there is ${quote(this.current.text)} where ${wanted} belongs`, this.current.line);
  }

  /** A string, a number, true, false or a table of these. */
  value(): LuaValue {
    const { current } = this;
    if (current.type === 'string' || current.type === 'number') {
      this.take();
      return current.value;
    }
    if (this.accept('true')) return true;
    if (this.accept('false')) return false;
    if (this.accept('-')) {
      const number = this.take();
      if (number.type !== 'number') throw new LuaSyntaxError('a minus sign belongs before a number', number.line);
      return -number.value;
    }
    if (this.accept('{')) return this.table();
    throw this.unexpected('a value');
  }

  private table(): LuaValue {
    const list: LuaValue[] = [];
    const record: [string, LuaValue][] = [];
    if (++this.depth > 100) throw this.unexpected('a table that is less deep');
    while (!this.accept('}')) {
      const key = this.key();
      if (key === undefined) list.push(this.value());
      else record.push([key, this.value()]);
      if (!this.accept(',') && !this.accept(';') && this.next.text !== '}') throw this.unexpected("',' or '}'");
    }
    this.depth--;
    if (list.length > 0 && record.length > 0) throw this.unexpected('a table that is a list or a record, not both,');
    return list.length > 0 ? list : Object.fromEntries(record);
  }

  /** `name =` or `["name"] =`; a value in a list has no key. */
  private key(): string | undefined {
    if (this.accept('[')) {
      const key = this.take();
      if (key.type !== 'string') throw new LuaSyntaxError('a key in brackets must be a string', key.line);
      this.expect(']', '=');
      return key.value;
    }
    if (this.next.type !== 'name' || this.next.text === 'true' || this.next.text === 'false') return undefined;
    const key = this.take().text;
    this.expect('=');
    return key;
  }
}
