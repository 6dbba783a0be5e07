import fc from '../fast-check';
import { apptainer } from '../../lib/documents/apptainer';
import type { ApptainerDefinition, ApptainerSection } from '../../lib/documents/apptainer-section';
import { collect, hostile } from './hostile';

const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,5}$/);
const text = fc.oneof(hostile, fc.constantFrom('{{ X }}', 'a\n%post', 'a\nBootstrap: x', 'x\n\n', '\n', ' %a'));
const variable = name.map((n) => ({ variable: n }));
const expandable = fc.oneof(
  text,
  fc.tuple(text, variable, variable, text).map((pieces) => pieces.filter((piece) => piece !== '')),
);
const section = fc.oneof(
  fc.record(
    {
      section: fc.constantFrom('post', 'help', 'test'),
      args: fc.oneof(fc.constant('-c /bin/bash'), text),
      script: text,
    },
    { requiredKeys: ['section', 'script'] },
  ),
  fc.record({ section: fc.constant('environment'), variables: fc.array(fc.tuple(name, expandable), { maxLength: 3 }) }),
  fc.record({
    section: fc.constant('labels'),
    labels: fc.array(fc.tuple(fc.oneof(name, text), text), { maxLength: 3 }),
  }),
  fc.record(
    {
      section: fc.constant('files'),
      from: fc.oneof(name, text),
      files: fc.array(fc.oneof(fc.tuple(text), fc.tuple(text, text)), { maxLength: 3 }),
    },
    { requiredKeys: ['section', 'files'] },
  ),
) as fc.Arbitrary<ApptainerSection>;
const header = fc.oneof(fc.constant('debian@sha256:00'), text).map(
  (from) =>
    [
      ['Bootstrap', 'docker'],
      ['From', from],
    ] as [string, string][],
);
const definition = fc.record(
  {
    comment: fc.array(text, { minLength: 1, maxLength: 2 }),
    stages: fc.array(fc.record({ header, sections: fc.array(section, { maxLength: 3 }) }), {
      minLength: 1,
      maxLength: 2,
    }),
  },
  { requiredKeys: ['stages'] },
) as fc.Arbitrary<ApptainerDefinition>;

const print = (file: ApptainerDefinition) => {
  const { report, codes } = collect();
  return { text: apptainer.print(file, report), codes: codes() };
};
const parse = (source: string) => {
  const { report, problems } = collect();
  return { file: apptainer.parse(source, report), problems };
};
const one = (...sections: ApptainerSection[]): ApptainerDefinition => ({
  stages: [
    {
      header: [
        ['Bootstrap', 'localimage'],
        ['From', 'base.sif'],
      ],
      sections,
    },
  ],
});

describe('apptainer', () => {
  test('prints header, scripts, environment, labels and files', () => {
    const file: ApptainerDefinition = {
      comment: ['made from campus/apps'],
      stages: [
        {
          header: [
            ['Bootstrap', 'docker'],
            ['From', 'debian@sha256:00'],
            ['Stage', 'build'],
          ],
          sections: [{ section: 'post', args: '-c /bin/bash', script: '    set -e\n    apt-get update' }],
        },
        {
          header: [
            ['Bootstrap', 'docker'],
            ['From', 'debian@sha256:00'],
          ],
          sections: [
            { section: 'files', from: 'build', files: [['/opt/my view', '/opt/view'], ['/etc/x']] },
            {
              section: 'environment',
              variables: [
                ['PATH', ['/opt/view/bin:', { variable: 'PATH' }]],
                ['NOTE', "it's $5"],
              ],
            },
            { section: 'labels', labels: [['org.opencontainers.image.title', 'apps "2026"']] },
            { section: 'runscript', script: 'exec "$@"' },
          ],
        },
      ],
    };
    const { text: printed, codes } = print(file);
    expect(codes).toEqual([]);
    expect(printed).toBe(`# made from campus/apps
Bootstrap: docker
From: debian@sha256:00
Stage: build

%post -c /bin/bash
    set -e
    apt-get update


Bootstrap: docker
From: debian@sha256:00

%files from build
    "/opt/my view" /opt/view
    /etc/x

%environment
    export PATH=/opt/view/bin:"\${PATH}"
    export NOTE='it'\\''s $5'

%labels
    org.opencontainers.image.title apps "2026"

%runscript
exec "$@"
`);
    expect(parse(printed)).toEqual({ file, problems: [] });
  });

  test('what is printed without a report comes back', () => {
    let carried = 0;
    fc.assert(
      fc.property(definition, (file) => {
        const { text: printed, codes } = print(file);
        const parsed = parse(printed);
        if (codes.length > 0) return;
        carried++;
        expect(parsed).toEqual({ file, problems: [] });
      }),
      { numRuns: 2000 },
    );
    expect(carried).toBeGreaterThan(100);
  });

  test.each<[string, string, ApptainerDefinition]>([
    ['a section inside of a script', 'HPC2044', one({ section: 'post', script: 'cat <<E\n %files\nE' })],
    ['a stage inside of a script', 'HPC2044', one({ section: 'post', script: 'bootstrap: x' })],
    ['a section inside of a value', 'HPC2044', one({ section: 'environment', variables: [['A', 'x\n%post']] })],
    ['a build argument', 'HPC2043', one({ section: 'labels', labels: [['A', '{{ b }}']] })],
    ['a build argument in a comment', 'HPC2043', { ...one(), comment: ['{{ b }}'] }],
    ['a line break in a label', 'HPC2041', one({ section: 'labels', labels: [['A', 'a\nb']] })],
    ['a carriage return', 'HPC2041', one({ section: 'post', script: 'a\r' })],
    ['a bad name', 'HPC2062', one({ section: 'environment', variables: [['A=B', '']] })],
    ['a bad label', 'HPC2062', one({ section: 'labels', labels: [['a b', '']] })],
    ['a quote in a path', 'HPC2062', one({ section: 'files', files: [['a"b']] })],
    ['a comment in the header', 'HPC2062', { stages: [{ header: [['Bootstrap', 'a # b']], sections: [] }] }],
    ['no Bootstrap', 'HPC2062', { stages: [{ header: [['From', 'x']], sections: [] }] }],
    [
      'two of them',
      'HPC2062',
      {
        stages: [
          {
            header: [
              ['Bootstrap', 'x'],
              ['bootstrap', 'x'],
            ],
            sections: [],
          },
        ],
      },
    ],
    ['blanks after a section', 'HPC2062', one({ section: 'post', args: ' ', script: '' })],
  ])('refuses %s', (_, code, file) => expect(print(file).codes).toEqual([code]));

  test('reads what people write', () => {
    const { file, problems } = parse(
      'BootStrap: docker   # base\nFrom: debian\n%environment\n  # where\n  A=1\n  export B="x $A"; \n%labels\n  Author me and  you\n%files\n  a  b\n%help\nHello',
    );
    expect(problems).toEqual([]);
    expect(file.stages[0]).toEqual({
      header: [
        ['BootStrap', 'docker'],
        ['From', 'debian'],
      ],
      sections: [
        {
          section: 'environment',
          variables: [
            ['A', '1'],
            ['B', ['x ', { variable: 'A' }]],
          ],
        },
        { section: 'labels', labels: [['Author', 'me and  you']] },
        { section: 'files', files: [['a', 'b']] },
        { section: 'help', script: 'Hello' },
      ],
    });
  });

  test.each([
    '%environment\nA=$(id)\n',
    '%environment\nif x\n',
    '%environment\nA=b c\n',
    '%appinstall x\n',
    '%files x\n',
    '%files\na b c\n',
    'nothing\n',
    '%environment\nA="\n',
  ])('reports %j', (bad) => {
    const { problems } = parse(`Bootstrap: docker\n${bad}`);
    expect(problems).toEqual([{ code: 'HPC2063', message: expect.any(String) }]);
  });

  test('never throws, whatever the text', () => {
    const start = fc.constantFrom(
      '',
      'Bootstrap: x\n',
      'Bootstrap: x\n%environment\nA=',
      'Bootstrap: x\n%files\n',
      '%labels\n',
    );
    fc.assert(fc.property(start, text, (head, rest) => void parse(head + rest)));
  });
});
