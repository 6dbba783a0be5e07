import fc from '../fast-check';

const name = fc.constantFrom('hdf5', 'zlib-ng', 'py-numpy', 'openmpi', 'r-ggplot2', '_x', '7zip');
const point = fc.constantFrom(
  '1',
  '1.2',
  '1.14.5',
  '2024.3',
  'main',
  'develop',
  '1.0-rc1',
  '1.1.1w',
  '5_0',
  '3.11.0beta2',
  'stable',
);
const range = fc.oneof(
  point,
  point.map((v) => `=${v}`),
  fc.tuple(point, point).map(([a, b]) => `${a}:${b}`),
  point.map((v) => `${v}:`),
  point.map((v) => `:${v}`),
);
const versions = fc.oneof(
  { weight: 4, arbitrary: range.map((v) => `@${v}`) },
  fc.array(range, { minLength: 2, maxLength: 4 }).map((list) => `@${list.join(',')}`),
  fc.constantFrom(
    '@:',
    '@git.main',
    '@git.feature/x=2.0',
    `@${'a1'.repeat(20)}`,
    `@${'0'.repeat(40)}=1.2`,
    '@ 1.2 , 1.4',
  ),
);
const variant = fc.constantFrom('mpi', 'shared', 'cuda_arch', 'build-type', 'x.y', 'api');
const bare = fc.constantFrom(
  'v110',
  'a,b',
  'b,a,b',
  '*',
  'Release',
  'TRUE',
  'false',
  '70',
  'a/b',
  'x86_64_v3:',
  '-x',
  'a=b',
);
const quoted = fc.constantFrom('"a b"', "'a,b c'", '"it\'s"', '""', "'$x'", '"a \\" b"', "'true'");
const property = fc.oneof(
  fc.tuple(fc.constantFrom('+', '~', ' -', '++', '~~', ' --', '+ '), variant).map(([sign, key]) => `${sign}${key}`),
  fc
    .tuple(variant, fc.constantFrom('=', '==', ':=', ':=='), fc.oneof(bare, quoted))
    .map(([key, sign, value]) => ` ${key}${sign}${value}`),
  fc.constantFrom(' cflags="-O2 -g"', ' cflags=-O3', ' ldflags=="-L /x -lm"', ' fflags=-g'),
  fc.constantFrom(
    ' target=x86_64_v3',
    ' os=debian12',
    ' platform=linux',
    ' arch=linux-ubuntu22.04-zen3',
    ' arch=zen4',
    ' target=zen2:',
  ),
);
const namespace = fc.constantFrom('', '', '', 'builtin.', 'a.b.');
const properties = fc.array(property, { maxLength: 3 }).map((list) => list.join(''));
const node = fc.tuple(namespace, name, fc.option(versions, { nil: '' }), properties).map((parts) => parts.join(''));
const compiler = fc.constantFrom(
  'gcc',
  'gcc@13',
  'clang@=17.0.1',
  'llvm',
  'oneapi',
  'intel-oneapi-compilers@2024:',
  'gcc languages=c,c++',
);
const virtuals = fc.constantFrom('c=', 'c,cxx=', 'cxx,c,fortran=', 'mpi=');
const edge = fc.oneof(
  compiler.map((c) => `%${c}`),
  fc.tuple(virtuals, compiler).map(([v, c]) => `%${v}${c}`),
  fc.tuple(fc.constantFrom(' ^', '^ ', ' %', ' %%'), node).map((parts) => parts.join('')),
  fc.tuple(virtuals, node).map(([v, n]) => ` ^${v}${n}`),
  fc
    .tuple(
      fc.constantFrom('^', '%'),
      fc.constantFrom(
        'virtuals=mpi',
        'virtuals="mpi,c"',
        'deptypes=build,run',
        "when='+mpi' virtuals=mpi",
        'deptypes=all',
        "when='@2:'",
      ),
      node,
    )
    .map(([sign, attributes, n]) => ` ${sign}[${attributes}] ${n}`),
);

/** Specs as people write them, of every form; some have a mistake that Spack reports too. */
export const anySpec = fc.tuple(node, fc.array(edge, { maxLength: 3 })).map(([root, edges]) => root + edges.join(''));

/** Any text made of the characters of the language: most of it is wrong somewhere. */
export const specLike = fc.string({
  unit: fc.constantFrom(
    'a',
    'mpi',
    '1',
    '.',
    '@',
    ':',
    '=',
    ',',
    '+',
    '~',
    '-',
    '^',
    '%',
    '[',
    ']',
    ' ',
    '"',
    "'",
    '/',
    '*',
    '\\',
    '<',
  ),
  maxLength: 14,
});
