import { quote, type Report } from '../values/problem';
import { comment, lua, textOf } from './escape';
import type { Format } from './format';
import { LuaReader, LuaSyntaxError } from './lua';

/** A call of one function with literal arguments. */
export interface LuaCall<Fn extends string> {
  readonly fn: Fn;
  readonly args: readonly (string | number)[];
  /** The call is made only in this mode, such as a message that only a load should print. @default - every mode */
  readonly when?: LuaMode;
}

/** A mode of Lmod that calls can be restricted to. */
export type LuaMode = 'load' | 'unload';
const modes: readonly string[] = ['load', 'unload'] satisfies LuaMode[];

/** A Lua file that is an ordered list of calls, after a comment. */
export interface LuaCalls<Fn extends string> {
  /** Lines of the comment at the top. */
  readonly header?: readonly string[];
  readonly calls: readonly LuaCall<Fn>[];
}

/**
 * The format of Lua files that only call these functions. Text of several lines is written in long brackets.
 *
 * @param check reports what Lua carries but Lmod does not
 */
export function luaCalls<Fn extends string>(
  name: string,
  functions: readonly Fn[],
  check: (call: LuaCall<Fn>, report: Report) => void = () => undefined,
): Format<LuaCalls<Fn>> {
  const known = (fn: string): fn is Fn => (functions as readonly string[]).includes(fn);

  const printCall = (call: LuaCall<Fn>, report: Report) => {
    if (!known(call.fn)) report({ code: 'HPC2051', message: `${quote(call.fn)} is no function of a ${name} file` });
    check(call, report);
    return `${call.fn}(${call.args.map((arg) => luaLiteral(arg, report)).join(', ')})`;
  };

  const readCall = (lua: LuaReader, when: LuaMode | undefined): LuaCall<Fn> => {
    const { text, type, line } = lua.take();
    if (type !== 'name' || !known(text))
      throw new LuaSyntaxError(`${quote(text)} is no function of a ${name} file`, line);
    const args: (string | number)[] = [];
    const argument = () => {
      const arg = lua.value();
      if (typeof arg !== 'string' && typeof arg !== 'number') throw lua.unexpected('a string or a number');
      args.push(arg);
    };
    if (lua.next.type === 'string') argument();
    else {
      lua.expect('(');
      while (!lua.accept(')')) {
        argument();
        if (lua.next.text !== ')') lua.expect(',');
      }
    }
    return when ? { fn: text, args, when } : { fn: text, args };
  };

  return {
    name,
    print({ header = [], calls }, report) {
      const lines = header.map((line) => (line === '' ? '--' : `-- ${comment(line, report)}`));
      if (header.length > 0) lines.push('');
      calls.forEach((call, index) => {
        if (call.when && call.when !== calls[index - 1]?.when) lines.push(`if mode() == "${call.when}" then`);
        lines.push(`${call.when ? '  ' : ''}${printCall(call, report)}`);
        if (call.when && call.when !== calls[index + 1]?.when) lines.push('end');
      });
      return lines.map((line) => `${line}\n`).join('');
    },
    parse(text, report) {
      const header = headerOf(text);
      const calls: LuaCall<Fn>[] = [];
      try {
        const lua = new LuaReader(text);
        while (lua.next.type !== 'end') {
          if (lua.accept('if')) {
            const when = readMode(lua);
            while (!lua.accept('end')) calls.push(readCall(lua, when));
          } else calls.push(readCall(lua, undefined));
          lua.accept(';');
        }
      } catch (error) {
        if (!(error instanceof LuaSyntaxError)) throw error;
        report(error.problem);
      }
      return header.length > 0 ? { header, calls } : { calls };
    },
  };
}

/** `if mode() == "load" then`, with or without brackets around the condition. */
function readMode(lua: LuaReader): LuaMode {
  const bracket = lua.accept('(');
  lua.expect('mode', '(', ')', '==');
  const mode = lua.take();
  if (mode.type !== 'string' || !modes.includes(mode.value)) {
    throw new LuaSyntaxError(`a mode is one of ${modes.join(', ')}, not ${quote(mode.text)}`, mode.line);
  }
  if (bracket) lua.expect(')');
  lua.expect('then');
  return mode.value as LuaMode;
}

function headerOf(text: string): string[] {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !/^--(?!\[=*\[)/.test(line));
  return lines.slice(0, end < 0 ? undefined : end).map((line) => line.slice(2).replace(/^ /, ''));
}

/** A Lua literal: quoted, or in long brackets when it is text of several lines. */
export function luaLiteral(value: string | number, report: Report): string {
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return String(value);
    report({ code: 'HPC2051', message: `${value} cannot be written as a number of Lua` });
    return '0';
  }
  // The first line break after the bracket is not part of the text, and Lua turns a carriage return into a line break.
  if (!value.includes('\n') || /[\u0000-\u0008\u000b-\u001f\u007f]/.test(value)) return lua(value, report);
  const text = textOf(value, report);
  for (let level = '='; ; level += '=') {
    const close = `]${level}]`;
    if (`${text}${close}`.indexOf(close) === text.length) return `[${level}[\n${text}${close}`;
  }
}
