import fc from '../fast-check';
import type { CodecType } from '../../lib/values/codec';

/** Strings that some reader takes for something else. */
export const nastyStrings: readonly string[] = [
  ...[
    '',
    ' ',
    ' a',
    'a ',
    'a b',
    'a\tb',
    "'",
    '"',
    '`',
    '\\',
    'a\\',
    "it's",
    'say "no"',
    "'; id; '",
    '"; id; "',
    'a\'b"c',
  ],
  ...[
    'a\nb',
    '\n',
    'a\n',
    'a\r\nb',
    '\r',
    '\0',
    'a\u0007',
    '\u001b[31m',
    '\u007f',
    '\u0085',
    'a\u2028b',
    '\ufeffa',
    '\ufffe',
  ],
  ...['\ud800', 'a\udc00', 'é', '日本語', '𝒳😀', '\u202eabc', 'e\u0301', '\u00a0'],
  ...['$', '$x', '$(id)', '${x}', '$${x}', '${aws_vpc.x.id}', '%{if true}', '%%{', '%', '%h', '%n', '`id`', '$((1))'],
  ...['{{ x }}', '{{x', '{% raw %}', '{# x #}', '{x}', '}}', '#', 'a#b', 'a #b', '\\#', '\\\\#', ';', 'a;b', '&&', '|'],
  ...[
    '>',
    '<',
    '*',
    '?',
    '[',
    ']',
    '[1',
    '[1-3]',
    'a[1-3]',
    '~',
    '~root',
    '!',
    '!!',
    '(',
    ')',
    '-',
    '--',
    '-rf',
    '--force',
  ],
  ...[
    '=',
    'a=b',
    ',',
    'a,b',
    'a,,b',
    ':',
    'a: b',
    'a:b',
    '- a',
    '@',
    '&a',
    '*a',
    '.',
    '..',
    '../x',
    '/',
    '/..',
    '//x',
    '/a/../b',
    '/a b',
    "/a'b",
  ],
  ...[
    'null',
    'true',
    'no',
    'NULL',
    'off',
    '0',
    '-1',
    '0x10',
    '1e3',
    '.5',
    '012',
    '12:30',
    '2026-01-01',
    '.inf',
    'NaN',
    'y',
  ],
  ...[
    '<<EOF',
    'EOF',
    ']]',
    '--[[',
    ']==]',
    'return',
    'end',
    'include /etc/passwd',
    'NodeName=x',
    'DEFAULT',
    'ALL',
    'root',
  ],
  ...[
    '${TfToken[TOKEN.1]}',
    'TfToken[TOKEN.1]',
    '#{Token[TOKEN.1]}',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
  ],
  ...['a'.repeat(64), 'a'.repeat(300), `/${'a'.repeat(5000)}`, 'a '.repeat(20_000), '['.repeat(2000), '9'.repeat(400)],
];

const specials = [
  ...' \'"`\\\n\r\t\0$%{}#;|&<>*?[]~!()-=,:@./_+^\u0085\u2028\ud800é😀',
  '${',
  '%{',
  '{{',
  '$(',
  '\\n',
  '..',
  "''",
];

/** Any string, and often one that is nearly right: the value that stands there with something put in. */
export function withAccident(original: string): fc.Arbitrary<string> {
  const accident = fc
    .tuple(fc.nat(original.length), fc.constantFrom(...specials), fc.constantFrom('', 'a', '1'))
    .map(([at, special, tail]) => original.slice(0, at) + special + tail + original.slice(at));
  return fc.oneof(
    { weight: 4, arbitrary: accident },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 12 }) },
    { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...specials), maxLength: 6 }) },
  );
}

/** What is no text, with the codecs that take it all the same. */
export interface Garbage {
  readonly value: unknown;
  /** Whether a codec may take it; it is not known for what stands inside of values that are no plain data. */
  readonly fits: (type: CodecType | undefined) => boolean;
}

const never = () => false;
const codecIs =
  (...names: readonly string[]) =>
  (type: CodecType | undefined) =>
    type !== undefined && names.includes(type.codec);

const circular: Record<string, unknown> = {};
circular.self = circular;

export const garbage: readonly Garbage[] = [
  { value: 7, fits: codecIs('integer') },
  { value: -1.5, fits: never },
  { value: NaN, fits: never },
  { value: Infinity, fits: never },
  { value: -1.8881545897087827e289, fits: never },
  { value: 10n, fits: never },
  { value: null, fits: never },
  { value: true, fits: codecIs('boolean') },
  { value: {}, fits: codecIs('map', 'record') },
  { value: circular, fits: never },
  { value: [], fits: codecIs('list') },
  { value: [[]], fits: never },
  { value: [null], fits: never },
  { value: [undefined], fits: never },
  { value: new Array(3), fits: never },
  { value: () => 'x', fits: never },
  { value: class {}, fits: never },
  { value: Symbol('x'), fits: never },
  { value: new Date(0), fits: never },
  { value: new Map([['a', 'b']]), fits: never },
  { value: Object.create(null) as object, fits: codecIs('map', 'record') },
  { value: { toString: 'no function', toJSON: 1 }, fits: never },
  { value: Buffer.from('x'), fits: never },
  { value: Promise.resolve('x'), fits: never },
  { value: /x/, fits: never },
];
