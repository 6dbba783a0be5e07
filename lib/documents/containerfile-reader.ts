import { quote, type Report } from '../values/problem';
import type { Containerfile, ContainerfileFlag, ContainerfileStep } from './containerfile-step';
import { type Expandable, readWord } from './expandable';

const withWords = ['FROM', 'COPY', 'ADD', 'WORKDIR', 'USER', 'EXPOSE', 'VOLUME', 'STOPSIGNAL'] as const;
const withPairs = ['ENV', 'LABEL', 'ARG'] as const;
const withText = ['RUN', 'CMD', 'ENTRYPOINT', 'SHELL'] as const;

/** An instruction with the physical lines it is made of, trimmed. */
interface Logical {
  readonly line: number;
  readonly lines: readonly string[];
}

/** The text cannot be read; the message says why. */
class Unreadable extends Error {}

/** Reads the Containerfile back; what only a builder can read is reported, and left out. */
export function readContainerfile(text: string, report: Report): Containerfile {
  const steps: ContainerfileStep[] = [];
  for (const item of logicalLines(text)) {
    try {
      steps.push('comment' in item ? readComment(item.comment) : readStep(item.lines));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      report({ code: 'HPC2061', message: `line ${item.line} of the Containerfile cannot be read: ${error.message}` });
    }
  }
  return { steps };
}

/** Lines joined by a backslash at their end; comments and blank lines inside of an instruction are dropped. */
function* logicalLines(text: string): Generator<Logical | { readonly line: number; readonly comment: string }> {
  let lines: string[] = [];
  let start = 0;
  for (const [index, physical] of text.split(/\r?\n/).entries()) {
    const line = physical.trim();
    if (line.startsWith('#')) {
      if (lines.length === 0) yield { line: index + 1, comment: physical.trimStart().slice(1).replace(/^ /, '') };
    } else if (line !== '') {
      if (lines.length === 0) start = index + 1;
      const continued = line.endsWith('\\');
      lines.push(continued ? line.slice(0, -1).trim() : line);
      if (!continued) {
        yield { line: start, lines };
        lines = [];
      }
    }
  }
  if (lines.length > 0) yield { line: start, lines };
}

function readComment(text: string): ContainerfileStep {
  const directive = /^\s*(escape|syntax|check)\s*=/i.exec(text);
  if (directive) throw new Unreadable(`the directive ${quote(directive[1])} is not read`);
  return { comment: text };
}

function readStep(lines: readonly string[]): ContainerfileStep {
  const [, word = '', firstLine = ''] = /^(\S+)\s*([^]*)$/.exec(lines[0]!) ?? [];
  const instruction = word.toUpperCase();
  const isOneOf = <T extends string>(names: readonly T[], name: string): name is T =>
    (names as readonly string[]).includes(name);
  const { flags, rest } = readFlags(firstLine);
  const body = [rest, ...lines.slice(1)].filter((line) => line !== '');
  const head = flags.length > 0 ? { flags } : {};
  if (body.length === 0) throw new Unreadable(`${quote(word)} has nothing after it`);
  if (isOneOf(withWords, instruction)) return { instruction, ...head, words: readWords(body.join(' ')) };
  if (isOneOf(withPairs, instruction)) return { instruction, pairs: readPairs(instruction, body.join(' ')) };
  if (!isOneOf(withText, instruction)) throw new Unreadable(`the instruction ${quote(word)} is not read`);
  const exec = readJson(body.join(' '));
  if (exec) return { instruction, ...head, exec };
  if (instruction === 'SHELL') throw new Unreadable('SHELL needs the JSON form');
  if (body.some((line) => /(^|\s)\d*<<-?[^\s<]/.test(line))) throw new Unreadable('a heredoc is not read');
  return { instruction, ...head, lines: body };
}

function readFlags(text: string): { flags: ContainerfileFlag[]; rest: string } {
  const flags: ContainerfileFlag[] = [];
  let rest = text;
  for (;;) {
    const found = /^--([a-z][a-z-]*)(=\S*)?(\s+|$)/.exec(rest);
    if (!found) return { flags, rest };
    const [all, name = '', value] = found;
    flags.push(value === undefined ? [name] : [name, wordAt(value, 1).value]);
    rest = rest.slice(all.length);
  }
}

function readWords(text: string): Expandable[] {
  if (text.startsWith('[')) throw new Unreadable('the JSON form of this instruction is not read');
  const words: Expandable[] = [];
  for (let at = 0; at < text.length;) {
    const { value, end } = wordAt(text, at);
    words.push(value);
    at = end + /^\s*/.exec(text.slice(end))![0].length;
  }
  return words;
}

function readPairs(instruction: string, text: string): [name: string, value?: Expandable][] {
  const pairs: [string, Expandable?][] = [];
  for (let at = 0; at < text.length;) {
    const name = /^[^\s="'\\$]+/.exec(text.slice(at))?.[0];
    if (name === undefined) throw new Unreadable(`${quote(text.slice(at))} is no name and value`);
    at += name.length;
    let end = at;
    if (text[at] === '=') {
      const word = wordAt(text, at + 1);
      pairs.push([name, word.value]);
      end = word.end;
    } else if (instruction === 'ARG') pairs.push([name]);
    else if (pairs.length === 0 && at < text.length) {
      const word = wordAt(text, at + /^\s*/.exec(text.slice(at))![0].length, true); // `ENV NAME the rest of the line`
      return [[name, word.value]];
    } else throw new Unreadable(`${quote(name)} has no value`);
    at = end + /^\s*/.exec(text.slice(end))![0].length;
  }
  return pairs;
}

function wordAt(text: string, start: number, wholeText = false): { value: Expandable; end: number } {
  const word = readWord(text, start, 'containerfile', wholeText);
  if ('wrong' in word) throw new Unreadable(word.wrong);
  return word;
}

function readJson(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}
