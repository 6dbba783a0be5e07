import { spawnSync } from 'node:child_process';
import luaparse from 'luaparse';
import { parseAllDocuments, parseDocument } from 'yaml';
import type { RenderedFile } from '../../lib/app/renderer';
import { yaml as ownYaml } from '../../lib/documents/yaml';

/**
 * Every piece of text that a program would find in a file, read by parsers that share no code with the printers: packages
 * of others, or small ones of this folder that are written from the rules of the programs. Throws when a file cannot be read.
 */
export function wordsOf({ path, content, format }: RenderedFile): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const reader = readers[format ?? ''] ?? byName.find(([pattern]) => pattern.test(name))?.[1];
  if (!reader)
    throw new Error(
      `${path} has the format '${format ?? ''}', of which test/house/readers.ts has no independent reader`,
    );
  const words = reader(content);
  // Ansible expands what stands in braces, wherever it stands
  return /(^|\/)ansible\/.*\.yml$/.test(path) ? words.map((word) => word.replace(/\{(?=[{%#])/g, EXPANDED)) : words;
}

type Reader = (text: string) => string[];

/** Keys and strings of a value, in the order in which they stand. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return inside(value);
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...stringsIn(item)]);
}

/** The words of a script or of cloud-init's YAML that stands inside of another file, or the text itself. */
function inside(text: string): string[] {
  if (/^#!.*sh\b/.test(text)) return shellScript(text);
  if (text.startsWith('#cloud-config\n')) return yaml(text);
  const isBase64 = text.length > 40 && /^[A-Za-z0-9+/]+=*$/.test(text);
  const decoded = isBase64 ? Buffer.from(text, 'base64').toString() : '';
  return decoded.startsWith('#') ? inside(decoded) : [text];
}

const json: Reader = (text) => stringsIn(JSON.parse(text));

/** How the user data of an instance starts in a stack: `#cloud-config` in base64. */
const USER_DATA = 'I2Nsb3VkLWNvbmZpZwo';
const userData: Reader = (word) => yaml(Buffer.from(word, 'base64').toString());

/** Terraform reads `$${` as `${`, and `${` that is not ours as a template. */
const terraform: Reader = (text) =>
  stringsIn(JSON.parse(text)).flatMap((word) =>
    word.startsWith(USER_DATA) ? userData(word) : word.replace(/\$\$\{/g, '${').replace(/%%\{/g, '%{'),
  );

/** As the yaml package reads it by 1.1 and by 1.2, and as ours does. */
const yaml: Reader = (text) => {
  const [one, two, ...more] = [
    ...(['1.1', '1.2'] as const).map((version) => {
      const documents = parseAllDocuments(text, { version, strict: true, merge: true });
      if (!Array.isArray(documents) || documents.length !== 1) throw new Error('it is not one document');
      const faults = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
      if (faults.length > 0) throw faults[0] as Error;
      return JSON.stringify(documents[0]?.toJS());
    }),
    JSON.stringify(
      ownYaml.parse(text, ({ message }) => {
        throw new Error(message);
      }),
    ),
  ];
  if (one !== two || more.some((other) => other !== one)) throw new Error('readers of YAML 1.1 and 1.2 disagree');
  return stringsIn(JSON.parse(one as string));
};

/** YAML that is not of our printing: the files that every Ansible project has. */
const anyYaml: Reader = (text) => stringsIn(parseDocument(text).toJS());

/** String literals of Lua; the source is handed over byte by byte, as Lua has it. */
const lua: Reader = (text) => {
  const words: string[] = [];
  const source = Buffer.from(text).toString('latin1');
  const onCreateNode = (node: luaparse.Node) => {
    if (node.type === 'StringLiteral') words.push(Buffer.from(node.value, 'latin1').toString());
    if (node.type === 'Identifier') words.push(node.name);
  };
  luaparse.parse(source, { luaVersion: '5.1', encodingMode: 'pseudo-latin1', onCreateNode });
  return words;
};

/**
 * The slurm.conf family by the steps of src/common/parse_config.c: an odd number of backslashes at the end joins the next line, a `#` that no backslash
 * escapes starts a comment, then `\x` is x, then `Key=value` and `Key="value"` with blanks between them.
 */
const slurmConf: Reader = (text) => {
  const words: string[] = [];
  for (const line of text.replace(/(?<!\\)((?:\\\\)*)\\[ \t]*\n/g, '$1').split('\n')) {
    let code = '';
    for (let at = 0; at < line.length && line[at] !== '#'; at++)
      code += line[at] === '\\' ? (line[++at] ?? '') : line[at];
    let rest = code.trim();
    while (rest !== '') {
      const include = /^include\s+(\S+)$/i.exec(rest);
      const pair = include ?? /^([A-Za-z0-9_.]+)\s*=\s*(?:"([^"]*)"|([^\s"]\S*))(?:\s+|$)/.exec(rest);
      if (!pair) throw new Error(`slurm.conf: ${JSON.stringify(rest)} is no Key=Value`);
      if (include) words.push(include[1] as string);
      else words.push(pair[1] as string, pair[2] ?? (pair[3] as string));
      rest = rest.slice(pair[0].length);
    }
  }
  return words;
};

const checked = new Map<string, string>();

/** What `sh -n` says of a script. */
function syntaxFault(script: string): string {
  let said = checked.get(script);
  if (said === undefined) {
    const shell = /^#!.*bash/.test(script) ? 'bash' : 'sh';
    const { status, stderr } = spawnSync(shell, ['-n'], { input: script, encoding: 'utf8' });
    checked.set(script, (said = status === 0 ? '' : stderr));
  }
  return said;
}

const shellScript: Reader = (text) => {
  const said = syntaxFault(text);
  if (said !== '') throw new Error(said);
  return shellWords(text);
};

/** Stands in a word where its reader puts something else: what a user wrote there does not come back. */
const EXPANDED = '\0';

/**
 * The words of a script after POSIX quoting (Shell Command Language, 2.2): what stands unquoted ends at blanks and operators.
 * Where the shell would expand something, the word has a mark.
 */
export function shellWords(text: string, expands = /[$`]/): string[] {
  const words: string[] = [];
  let word: string | undefined;
  const add = (piece: string) => (word = (word ?? '') + piece);
  const end = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  for (let at = 0; at < text.length; at++) {
    const c = text[at] as string;
    if (c === "'") {
      const close = text.indexOf("'", at + 1);
      if (close < 0) throw new Error('a single quote is never closed');
      add(text.slice(at + 1, close));
      at = close;
    } else if (c === '"') {
      add('');
      for (at++; text[at] !== '"'; at++) {
        if (at >= text.length) throw new Error('a double quote is never closed');
        if (text[at] === '\\' && '$`"\\\n'.includes(text[at + 1] ?? ' ')) at++;
        else if (expands.test(text[at] as string)) {
          add(EXPANDED);
          continue;
        }
        add(text[at] as string);
      }
    } else if (c === '\\') {
      if (text[at + 1] !== '\n') add(text[at + 1] ?? '');
      at++;
    } else if (c === '#' && word === undefined) {
      const line = text.indexOf('\n', at);
      at = line < 0 ? text.length : line - 1;
    } else if (/[\s;&|<>()]/.test(c)) end();
    else if (expands.test(c) || /[*?[]/.test(c) || (c === '~' && word === undefined)) add(EXPANDED);
    else add(c);
  }
  end();
  return words;
}

/** `NAME="value"` lines, as a shell reads them. */
const env: Reader = (text) =>
  text.split('\n').flatMap((line) => {
    const [name, value] = [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)];
    const words = line === '' || line.startsWith('#') ? [] : shellWords(value);
    if (words.length > 1) throw new Error(`${name} is more than one word`);
    return words.length === 0 ? [] : [name, ...words];
  });

/** Sections and `key = value` lines. */
const ini: Reader = (text) =>
  text.split('\n').flatMap((line) => {
    const match = /^\[([^\]]+)\]$|^([^=#;\s][^=]*?)\s*=\s*(.*)$/.exec(line);
    if (!match && !/^\s*([#;].*)?$/.test(line)) throw new Error(`${JSON.stringify(line)} is no line of an INI file`);
    return match ? match.slice(1).filter((part) => part !== undefined) : [];
  });

/** Instructions of a Containerfile: lines joined at a backslash, comments left out, JSON forms and shell words unquoted. */
const containerfile: Reader = (text) =>
  text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replace(/\\[ \t]*\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const [, instruction, rest] = /^\s*([A-Za-z]+)\s+(.*)$/.exec(line) ?? [];
      if (instruction === undefined || rest === undefined) throw new Error(`${JSON.stringify(line)} is no instruction`);
      if (rest.trimStart().startsWith('[')) return [instruction, ...stringsIn(JSON.parse(rest))];
      const words = shellWords(rest, /\$/); // a back quote is a letter there
      return [
        instruction,
        ...(/^(ENV|LABEL|ARG)$/.test(instruction) ? words.flatMap((word) => word.split(/=(.*)/s)) : words),
      ];
    });

/** A definition of Apptainer: headers, and sections whose scripts are shell. */
const apptainer: Reader = (text) => {
  const words: string[] = [];
  const [header = '', ...sections] = text.split(/^(?=%)/m);
  for (const line of header.split('\n').filter((one) => one.trim() !== '' && !one.startsWith('#'))) {
    const [, keyword, value] = /^([A-Za-z]+\d*):\s*(.*)$/.exec(line) ?? [];
    if (keyword === undefined || value === undefined) throw new Error(`${JSON.stringify(line)} is no header`);
    words.push(keyword, value);
  }
  for (const section of sections) {
    const [first = '', ...lines] = section.split('\n');
    const name = /^%(\w+)/.exec(first)?.[1] ?? '';
    words.push(name);
    if (name === 'labels')
      for (const line of lines)
        words.push(
          ...line
            .trim()
            .split(/\s(.*)/)
            .filter(Boolean),
        );
    else if (name === 'help') words.push(lines.join('\n'));
    else words.push(...shellWords(lines.join('\n')));
  }
  return words;
};

/** Text that only people read. */
const prose: Reader = (text) => text.split('\n');

const readers: Readonly<Record<string, Reader>> = {
  json,
  terraform,
  yaml,
  'cloud-config': yaml,
  'slurm.conf': slurmConf,
  env,
  ini,
  shell: shellScript,
  sh: shellScript,
  modulefile: lua,
  '.modulerc.lua': lua,
  'lmodrc.lua': lua,
  containerfile,
  apptainer,
  text: prose,
};

const byName: readonly (readonly [RegExp, Reader])[] = [
  [/\.ya?ml$|^\.yamllint$/, anyYaml],
  [/\.json$/, json],
  [/\.(cfg|ini|service|timer)$/, ini],
  [/\.sh$/, shellScript],
  [/\.lua$/, lua],
  [/\.(md|py|txt)$/, prose],
];
