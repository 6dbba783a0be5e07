import fc from '../fast-check';
import { slurmConf, type SlurmConf, type SlurmConfLine } from '../../lib/documents/slurm-conf';
import type { Problem } from '../../lib/values/problem';

function print(conf: SlurmConf) {
  const problems: string[] = [];
  const text = slurmConf.print(conf, (problem, at) => problems.push(`${problem.code} ${at}`));
  return { text, problems };
}

function parse(text: string) {
  const problems: { problem: Problem; at?: string }[] = [];
  const conf = slurmConf.parse(text, (problem, at) => problems.push({ problem, at }));
  return { lines: conf.lines, problems: problems.map(({ problem, at }) => `${problem.code} ${at}`) };
}

const one = (value: string): SlurmConf => ({ lines: [{ entries: [['MailDomain', value]] }] });

describe('print', () => {
  test('puts each line of the model on one line', () => {
    const lines: SlurmConfLine[] = [
      { comment: 'nodes' },
      { entries: [['NodeName', 'cn[001-064]'], ['CPUs', '96'], ['Reason', 'not yet']] }, // prettier-ignore
      { entries: [] },
      { include: 'partitions.conf' },
    ];
    expect(print({ lines })).toEqual({
      text: '# nodes\nNodeName=cn[001-064] CPUs=96 Reason="not yet"\n\nInclude partitions.conf\n',
      problems: [],
    });
  });

  test.each([
    ['plain', 'MailDomain=plain'],
    ['', 'MailDomain=""'],
    ['two words', 'MailDomain="two words"'],
    ['no\u00a0break', 'MailDomain="no\u00a0break"'],
    ['#1', 'MailDomain=\\#1'],
    ['C:\\temp\\', 'MailDomain=C:\\\\temp\\\\'],
    ["it's $HOME=1", 'MailDomain="it\'s $HOME=1"'],
  ])('writes %j as %s', (value, text) => {
    expect(print(one(value))).toEqual({ text: `${text}\n`, problems: [] });
  });

  test.each(['say "hi"', 'a\nb', 'a\rb', 'tab\there', 'nul\0', '\ud800'])(
    'refuses %j and leaves its line out',
    (value) => {
      expect(print(one(value))).toEqual({ text: '', problems: ['HPC2010 line 1'] });
    },
  );

  test('refuses a key that would split the line', () => {
    expect(print({ lines: [{ entries: [['Node Name', 'x']] }] }).problems).toEqual(['HPC2011 line 1']);
  });

  test.each(['', 'my file', '"a"', '*.conf', 'a\nb'])('refuses to include %j', (include) => {
    expect(print({ lines: [{ include }] })).toEqual({ text: '', problems: ['HPC2013 line 1'] });
  });

  test('refuses a comment that would end before its text does', () => {
    expect(print({ lines: [{ comment: 'a\nClusterName=b' }] })).toEqual({ text: '', problems: ['HPC2010 line 1'] });
  });

  test('reports every fault, each with its line', () => {
    const lines = [...one('"').lines, ...one('ok').lines, ...one('\n').lines];
    expect(print({ lines }).problems).toEqual(['HPC2010 line 1', 'HPC2010 line 3']);
  });
});

describe('parse', () => {
  test('joins continuation lines and keeps the line numbers of what follows', () => {
    const { lines, problems } = parse('NodeName=a \\ # first\n  CPUs=2\nClusterName=x\n');
    expect(problems).toEqual([]);
    expect(lines).toEqual([
      { entries: [['NodeName', 'a'], ['CPUs', '2']] }, // prettier-ignore
      { entries: [['ClusterName', 'x']], line: 3 },
    ]);
  });

  test('a comment starts inside quotes too, unless a backslash is before it', () => {
    expect(parse('Reason="a \\# b" # why\nReason="a # b"\n')).toEqual({
      lines: [{ entries: [['Reason', 'a # b']] }, { entries: [['Reason', '"a']] }],
      problems: ['HPC2012 line 2'],
    });
  });

  test('reads blanks around "=" and values that look odd', () => {
    expect(parse('\tSuspendTime = -1  Licenses==a\r\nA="" B="x y"\n').lines).toEqual([
      { entries: [['SuspendTime', '-1'], ['Licenses', '=a']] }, // prettier-ignore
      { entries: [['A', ''], ['B', 'x y']] }, // prettier-ignore
    ]);
  });

  test('knows Include in any case, but only at the start of a line', () => {
    expect(parse('include a.conf\nINCLUDE\t/etc/b.conf \n Include c\nIncluded=1\n')).toEqual({
      lines: [{ include: 'a.conf' }, { include: '/etc/b.conf' }, { entries: [] }, { entries: [['Included', '1']] }],
      problems: ['HPC2012 line 3'],
    });
  });

  test.each(['ClusterName', 'ClusterName=', 'A=1 junk', 'A=1 =2', '\ufeffA=1', 'include a b', 'A="x"y "z'])(
    'reports %j and goes on',
    (line) => {
      const { lines, problems } = parse(`${line}\nB=2\n`);
      expect(problems.length).toBeGreaterThan(0);
      expect(lines[1]).toEqual({ entries: [['B', '2']] });
    },
  );

  test('reports an operator, which would not add anything', () => {
    expect(parse('PrivateData+=jobs\n')).toEqual({
      lines: [{ entries: [['PrivateData', 'jobs']] }],
      problems: ['HPC2014 line 1'],
    });
  });

  test('takes any text without throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parse(text).lines.length >= 0));
  });

  test('a line of a million characters is no burden', () => {
    const value = `cn[${'1,'.repeat(500_000)}2]`;
    expect(parse(print(one(value)).text).lines).toEqual(one(value).lines);
  });
});

describe('round trip', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'aé "\'\\#=%,[]\t\n\r\ud800') }),
  );
  const key = fc.oneof(fc.constantFrom('NodeName', 'Include', 'x.y_2'), text);
  const line: fc.Arbitrary<SlurmConfLine> = fc.oneof(
    text.map((comment) => ({ comment })),
    text.map((include) => ({ include })),
    fc.array(fc.tuple(key, text), { maxLength: 3 }).map((entries) => ({ entries })),
  );

  test('whatever is printed without a problem is read back unchanged', () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { text: printed, problems } = print({ lines });
        if (problems.length === 0) expect(parse(printed)).toEqual({ lines, problems: [] });
      }),
      { numRuns: 2000 },
    );
  });

  test('a refused line never spoils another', () => {
    fc.assert(
      fc.property(line, (odd) => {
        const read = parse(print({ lines: [odd, ...one('kept').lines] }).text).lines;
        expect(read.at(-1)).toMatchObject(one('kept').lines[0]!);
      }),
    );
  });
});
