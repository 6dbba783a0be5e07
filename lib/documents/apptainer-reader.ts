import { quote, type Report } from '../values/problem';
import type { ApptainerDefinition, ApptainerSection } from './apptainer-section';
import { type Expandable, readWord } from './expandable';

const scripts = ['help', 'setup', 'pre', 'post', 'test', 'runscript', 'startscript'] as const;

/** Reads a definition file back; what is not read is reported, and left out. */
export function readApptainer(text: string, report: Report): ApptainerDefinition {
  const unread = (what: string) => report({ code: 'HPC2063', message: `the definition cannot be read: ${what}` });
  // The end of the file counts as the end of a line, as it does for Apptainer.
  const blocks = blocksOf(text.replace(/\r\n/g, '\n').replace(/(?<!\n)$/, '\n'));
  const top = /^(?:#[^\n]*\n)*/.exec(blocks[0]!.body)![0];
  const comment = top
    .split('\n')
    .slice(0, -1)
    .map((line) => line.slice(1).replace(/^ /, ''));
  const stages: { header: [string, string][]; sections: ApptainerSection[] }[] = [];
  blocks.forEach((block, index) => {
    if (block.head === undefined) {
      const header = readHeader(block.body, unread);
      if (header.length > 0) stages.push({ header, sections: [] });
      return;
    }
    const stage = stages.at(-1);
    if (!stage) return unread(`%${block.head} stands before the header`);
    const section = readSection(
      block.head,
      withoutSeparator(block.body, index < blocks.length - 1, blocks[index + 1]),
      unread,
    );
    if (section) stage.sections.push(section);
  });
  return comment.length > 0 ? { comment, stages } : { stages };
}

/** Text before the first section (`head` is undefined), sections, and the headers of further stages. */
interface Block {
  readonly head?: string;
  body: string;
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [{ body: '' }];
  for (const [line] of text.matchAll(/[^\n]*\n/g)) {
    const section = /^\s*%(.*)\n$/s.exec(line);
    if (section) blocks.push({ head: section[1]!, body: '' });
    else if (/^bootstrap:/i.test(line)) blocks.push({ body: line });
    else blocks.at(-1)!.body += line;
  }
  return blocks;
}

/** The printer ends a script with a line break, and puts a blank line before a section and two before a stage. */
function withoutSeparator(body: string, isFollowed: boolean, next: Block | undefined): string {
  const text = body.replace(/\n$/, '');
  if (!isFollowed) return text;
  return text.replace(next?.head === undefined ? /\n\n?$/ : /\n$/, '');
}

type Unread = (what: string) => void;

function readHeader(text: string, unread: Unread): [string, string][] {
  const header: [string, string][] = [];
  for (const line of text.split('\n').map((item) => item.replace(/#.*/, '').trim())) {
    if (line === '') continue;
    const found = /^([A-Za-z]+\d*)\s*:\s*(.*[^\\])$/.exec(line);
    if (found) header.push([found[1]!, found[2]!]);
    else unread(`${quote(line)} is no line of a header`);
  }
  return header;
}

function readSection(head: string, body: string, unread: Unread): ApptainerSection | undefined {
  const [, name = '', args = ''] = /^(\S*)\s*([^]*?)\s*$/.exec(head) ?? [];
  const script = scripts.find((known) => known === name.toLowerCase());
  if (script) return args === '' ? { section: script, script: body } : { section: script, args, script: body };
  const lines = body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  switch (name.toLowerCase()) {
    case 'labels':
      return { section: 'labels', labels: lines.map((line) => [/^\S+/.exec(line)![0], line.replace(/^\S+\s*/, '')]) };
    case 'files':
      return readFiles(args, lines, unread);
    case 'environment':
      return { section: 'environment', variables: readVariables(body, unread) };
    default:
      unread(`the section ${quote(`%${name}`)} is not known`);
      return undefined;
  }
}

function readFiles(args: string, lines: readonly string[], unread: Unread): ApptainerSection {
  const files = lines.flatMap((line): [string, string?][] => {
    const words = line.match(/"[^"]*"|[^\s"']+/g)?.map((word) => word.replace(/"/g, '')) ?? [];
    if (words.length === 1) return [[words[0]!]];
    if (words.length === 2) return [[words[0]!, words[1]!]];
    unread(`${quote(line)} is no source and target of %files`);
    return [];
  });
  const from = /^from\s+(\S[^]*)$/.exec(args)?.[1];
  if (args !== '' && from === undefined) unread(`${quote(args)} after %files is not "from" and a stage`);
  return from === undefined ? { section: 'files', files } : { section: 'files', from, files };
}

/** `export NAME=word` or `NAME=word`; a word in quotes may go over several lines. */
function readVariables(body: string, unread: Unread): [string, Expandable][] {
  const variables: [string, Expandable][] = [];
  for (let at = 0; at < body.length;) {
    const rest = body.slice(at);
    const skipped = /^(?:\s+|#[^\n]*)+/.exec(rest);
    const head = /^(?:export[ \t]+)?([A-Za-z_]\w*)=/.exec(rest);
    if (skipped) at += skipped[0].length;
    else {
      const word = head ? readWord(body, at + head[0].length, 'shell') : { wrong: 'it is no assignment' };
      const end = 'wrong' in word ? at : word.end;
      const tail = /^[^\n]*/.exec(body.slice(end))![0];
      if (head && 'value' in word && /^[ \t;]*$/.test(tail)) variables.push([head[1]!, word.value]);
      else unread(`${quote(tail)} in %environment: ${'wrong' in word ? word.wrong : 'more than one word'}`);
      at = end + tail.length;
    }
  }
  return variables;
}
