import fc from '../fast-check';
import { containerfile } from '../../lib/documents/containerfile';
import type { Containerfile, ContainerfileStep } from '../../lib/documents/containerfile-step';
import type { Expandable } from '../../lib/documents/expandable';
import { collect, hostile } from './hostile';

const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,5}$/);
const variable = name.map((n) => ({ variable: n }));
/** Literal text around variables, in the form in which a reader gives it back. */
const expandable: fc.Arbitrary<Expandable> = fc.oneof(
  hostile,
  fc.tuple(hostile, variable, hostile).map((pieces) => pieces.filter((piece) => piece !== '')),
);
const plain = fc.stringMatching(/^[a-z/.:@*-]{1,8}$/);
const word = fc.oneof({ weight: 5, arbitrary: plain }, { weight: 1, arbitrary: expandable });
const flags = fc.array(fc.oneof(fc.tuple(fc.constant('from'), word), fc.tuple(fc.constant('link'))), {
  minLength: 1,
  maxLength: 2,
});
const line = fc.oneof(fc.constantFrom('apt-get update &&', 'echo \'x\' "$HOME"'), hostile);
const step = fc.oneof(
  fc.record({ comment: hostile }),
  fc.record(
    {
      instruction: fc.constantFrom('FROM' as const, 'COPY' as const, 'USER' as const),
      flags,
      words: fc.array(word, { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ['instruction', 'words'] },
  ),
  fc.record({
    instruction: fc.constantFrom('ENV' as const, 'LABEL' as const),
    pairs: fc.array(fc.tuple(name, expandable), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    instruction: fc.constant('ARG' as const),
    pairs: fc.array(fc.oneof(fc.tuple(name), fc.tuple(name, expandable)), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    instruction: fc.constantFrom('RUN' as const, 'CMD' as const),
    lines: fc.array(line, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    instruction: fc.constantFrom('ENTRYPOINT' as const, 'SHELL' as const),
    exec: fc.array(hostile, { maxLength: 3 }),
  }),
) as fc.Arbitrary<ContainerfileStep>;

const print = (steps: ContainerfileStep[]) => {
  const { report, codes } = collect();
  return { text: containerfile.print({ steps }, report), codes: codes() };
};
const parse = (text: string) => {
  const { report, problems } = collect();
  return { file: containerfile.parse(text, report), problems };
};

describe('containerfile', () => {
  test('prints instructions with quoted values, and lines of shell text', () => {
    const steps: ContainerfileStep[] = [
      { comment: 'made from campus/apps' },
      { instruction: 'FROM', words: ['docker.io/library/debian@sha256:abc', 'AS', 'build'] },
      {
        instruction: 'ENV',
        pairs: [
          ['PATH', ['/apps/"bin":', { variable: 'PATH' }]],
          ['COST', '5$'],
        ],
      },
      {
        instruction: 'RUN',
        flags: [['mount', 'type=cache,target=/x']],
        lines: ['apt-get update &&', 'apt-get install -y gcc'],
      },
      { instruction: 'FROM', words: [[{ variable: 'BASE' }, ':1']] },
      { instruction: 'CMD', exec: ['sh', '-c', 'echo "$HOME"\n'] },
    ];
    const { text, codes } = print(steps);
    expect(text).toBe(`# made from campus/apps
FROM docker.io/library/debian@sha256:abc AS build
ENV PATH="/apps/\\"bin\\":\${PATH}" \\
    COST="5\\$"
RUN --mount=type=cache,target=/x apt-get update && \\
    apt-get install -y gcc

FROM \${BASE}:1
CMD ["sh", "-c", "echo \\"$HOME\\"\\n"]
`);
    expect(codes).toEqual([]);
    expect(parse(text)).toEqual({ file: { steps }, problems: [] });
  });

  test('what is printed without a report comes back', () => {
    let carried = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3 }), (steps) => {
        const { text, codes } = print(steps);
        const { file, problems } = parse(text);
        if (codes.length > 0) return;
        carried++;
        expect(problems).toEqual([]);
        expect(file).toEqual({ steps } satisfies Containerfile);
      }),
      { numRuns: 1000 },
    );
    expect(carried).toBeGreaterThan(100);
  });

  test.each<[string, ContainerfileStep]>([
    ['a line break in a value', { instruction: 'LABEL', pairs: [['a', 'x\nRUN y']] }],
    ['a blank in a word', { instruction: 'COPY', words: ['a b', '/x'] }],
    ['a literal $ in a word', { instruction: 'USER', words: ['$x'] }],
    ['no word', { instruction: 'USER', words: [] }],
    ['a word that is a flag', { instruction: 'COPY', words: ['--from=x', '/y'] }],
    ['a bad variable', { instruction: 'USER', words: [[{ variable: 'a}b' }]] }],
    ['a bad name', { instruction: 'ENV', pairs: [['a=b', '']] }],
    ['no value', { instruction: 'ENV', pairs: [['A']] }],
    ['no pair', { instruction: 'ARG', pairs: [] }],
    ['a directive', { comment: 'syntax=evil/image' }],
    ['a heredoc', { instruction: 'RUN', lines: ['cat <<EOF'] }],
    ['a comment in a command', { instruction: 'RUN', lines: ['a', '#b'] }],
    ['a continuation', { instruction: 'RUN', lines: ['a\\'] }],
    ['a JSON form', { instruction: 'RUN', lines: ['["a"]'] }],
    ['no line', { instruction: 'CMD', lines: [] }],
    ['a NUL', { instruction: 'CMD', exec: ['\0'] }],
    ['a bad flag', { instruction: 'COPY', flags: [['a b', 'x']], words: ['x', 'y'] }],
  ])('refuses %s', (_, bad) => expect(print([bad]).codes).toHaveLength(1));

  test('reads what people write', () => {
    const { file, problems } = parse(`from  debian:12 as build
ENV A=1 B='two $x' C=a\\ b D=$HOME/x
env OLD the rest  of it
run apt-get update \\
 # a comment
 \\

   && true
COPY --from=build --chown=$U:g a* /x/
ARG V
CMD [ "a" ]
`);
    expect(problems).toEqual([]);
    expect(file.steps).toEqual([
      { instruction: 'FROM', words: ['debian:12', 'as', 'build'] },
      {
        instruction: 'ENV',
        pairs: [
          ['A', '1'],
          ['B', 'two $x'],
          ['C', 'a b'],
          ['D', [{ variable: 'HOME' }, '/x']],
        ],
      },
      { instruction: 'ENV', pairs: [['OLD', 'the rest  of it']] },
      { instruction: 'RUN', lines: ['apt-get update', '&& true'] },
      {
        instruction: 'COPY',
        flags: [
          ['from', 'build'],
          ['chown', [{ variable: 'U' }, ':g']],
        ],
        words: ['a*', '/x/'],
      },
      { instruction: 'ARG', pairs: [['V']] },
      { instruction: 'CMD', exec: ['a'] },
    ]);
  });

  test.each([
    'HEALTHCHECK NONE',
    'RUN cat <<EOF',
    'ENV A=${B:-c}',
    'ENV A="x',
    'ENV A',
    'COPY ["a", "b"]',
    'SHELL sh',
    'FROM',
    '# escape=`',
    'ENV =x',
    'RUN',
  ])('reports %s and reads on', (text) => {
    const { file, problems } = parse(`${text}\nUSER x`);
    expect(problems).toEqual([{ code: 'HPC2061', message: expect.stringContaining('line 1 of') }]);
    expect(file.steps).toEqual([{ instruction: 'USER', words: ['x'] }]);
  });

  test('never throws, whatever the text', () => {
    const start = fc.constantFrom('', 'ENV ', 'RUN ', 'COPY --a=', 'ARG x=', 'LABEL a ');
    fc.assert(fc.property(start, hostile, (head, text) => void parse(head + text)));
  });
});

test('a variable whose name is none is refused: HPC2060', () => {
  const pairs = [['PATH', ['/opt/bin:', { variable: 'P ATH' }]]] as const;
  expect(print([{ instruction: 'ENV', pairs }]).codes).toEqual(['HPC2060']);
});
