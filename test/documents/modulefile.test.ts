import fc from '../fast-check';
import luaparse from 'luaparse';
import { modulefile, modulefileFunctions, type Modulefile } from '../../lib/documents/modulefile';
import { modulerc, modulercFunctions } from '../../lib/documents/modulerc';
import { collect, hostile } from './hostile';

const argument = fc.oneof(
  hostile,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
);
const args = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: fc.constant('NAME') }, argument), fc.array(argument, { maxLength: 2 }))
  .map(([name, rest]) => [name, ...rest]);
const callOf = <Fn extends string>(functions: readonly Fn[]) =>
  fc.record(
    {
      fn: fc.constantFrom(...functions),
      args,
      when: fc.constantFrom('load' as const, 'unload' as const),
    },
    { requiredKeys: ['fn', 'args'] },
  );
const anyModulefile = fc.record(
  {
    header: fc.array(hostile, { minLength: 1, maxLength: 2 }),
    calls: fc.array(callOf(modulefileFunctions), { maxLength: 5 }),
  },
  { requiredKeys: ['calls'] },
);

/** The calls of a file as an independent parser reads them. */
function independent(text: string): { fn: string; args: unknown[]; when?: string }[] {
  const latin = (value: string) => Buffer.from(value, 'latin1').toString('utf8');
  const literal = (node: luaparse.Expression): unknown => {
    if (node.type === 'StringLiteral') return latin(node.value);
    if (node.type === 'NumericLiteral') return node.value;
    if (node.type === 'UnaryExpression' && node.operator === '-') return -(literal(node.argument) as number);
    throw new Error(`no literal: ${node.type}`);
  };
  const call = (node: luaparse.Statement) => {
    if (node.type !== 'CallStatement' || node.expression.type !== 'CallExpression')
      throw new Error(`no call: ${node.type}`);
    const { base, arguments: args } = node.expression;
    return { fn: (base as luaparse.Identifier).name, args: args.map(literal) };
  };
  const source = Buffer.from(text, 'utf8').toString('latin1');
  return luaparse.parse(source, { encodingMode: 'pseudo-latin1', luaVersion: '5.1' }).body.flatMap((node) => {
    if (node.type !== 'IfStatement') return [call(node)];
    const [clause] = node.clauses;
    const condition = (clause as luaparse.IfClause).condition as luaparse.BinaryExpression;
    return clause!.body.map((inner) => ({ ...call(inner), when: literal(condition.right) as string }));
  });
}

describe('modulefile', () => {
  test('prints one call a line, long text in brackets, messages only where they belong', () => {
    const file: Modulefile = {
      header: ['hdf5 1.14.5', '', 'x'],
      calls: [
        { fn: 'help', args: ['HDF5\n]] and ]=]\n'] },
        { fn: 'setenv', args: ['HDF5_ROOT', '/apps/"x"\\'] },
        { fn: 'prepend_path', args: ['PATH', '/apps/bin', -1] },
        { fn: 'LmodMessage', args: ['old'], when: 'load' },
        { fn: 'LmodWarning', args: ['older'], when: 'load' },
        { fn: 'LmodMessage', args: ['bye'], when: 'unload' },
      ],
    };
    const { report, problems } = collect();
    const text = modulefile.print(file, report);
    expect(text).toBe(
      [
        '-- hdf5 1.14.5',
        '--',
        '-- x',
        '',
        'help([==[',
        'HDF5',
        ']] and ]=]',
        ']==])',
        'setenv("HDF5_ROOT", "/apps/\\"x\\"\\\\")',
        'prepend_path("PATH", "/apps/bin", -1)',
        'if mode() == "load" then',
        '  LmodMessage("old")',
        '  LmodWarning("older")',
        'end',
        'if mode() == "unload" then',
        '  LmodMessage("bye")',
        'end',
        '',
      ].join('\n'),
    );
    expect(modulefile.parse(text, report)).toEqual(file);
    expect(problems).toEqual([]);
  });

  test('what is printed without a report comes back, from our parser and from an independent one', () => {
    let carried = 0;
    fc.assert(
      fc.property(anyModulefile, (file) => {
        const printed = collect();
        const text = modulefile.print(file, printed.report);
        const parsed = collect();
        const again = modulefile.parse(text, parsed.report);
        expect(parsed.problems).toEqual([]); // what is written after a report is still Lua
        const strings = independent(text);
        if (printed.problems.length > 0) return;
        carried++;
        expect(again).toEqual(file);
        expect(strings).toEqual(file.calls.map((call) => JSON.parse(JSON.stringify(call))));
      }),
      { numRuns: 300 },
    );
    expect(carried).toBeGreaterThan(50);
  });

  test('reads the Lua that people write', () => {
    const { report, problems } = collect();
    const { calls } = modulefile.parse(
      `--[[ a block
       comment ]] help [[
two
lines]]   -- trailing
setenv('A', 'it\\'s \\x41\\065\\u{e9}\\z
        b'); setenv("B", 0x10)
if (mode() == 'load') then LmodMessage [=[x]=] end`,
      report,
    );
    expect(problems).toEqual([]);
    expect(calls).toEqual([
      { fn: 'help', args: ['two\nlines'] },
      { fn: 'setenv', args: ['A', "it's AAéb"] },
      { fn: 'setenv', args: ['B', 16] },
      { fn: 'LmodMessage', args: ['x'], when: 'load' },
    ]);
  });

  test.each([
    ['setenv("A", "b"', "line 1: there is 'the end of the file' where ',' belongs"],
    ['\nexecute("x")', "line 2: 'execute' is no function of a modulefile file"],
    ['os.execute("x")', 'line 1'],
    ['setenv("A" .. "b")', 'line 1'],
    ['setenv("A", {})', 'line 1'],
    ['setenv("A\n")', 'line 1'],
    ['setenv("\\q")', '\\q is no escape of Lua'],
    ['setenv("\\300")', '\\300 is more than a byte'],
    ['setenv("\\xff")', 'the bytes of the string are not UTF-8'],
    ['setenv([[x)', 'line 1'],
    ['if mode() == "spider" then end', 'a mode is one of load, unload'],
    ['if mode() == "load" then setenv("A", "b")', 'line 1'],
    ['setenv(-"A")', 'a minus sign belongs before a number'],
  ])('reports %j', (text, message) => {
    const { report, problems } = collect();
    modulefile.parse(text, report);
    expect(problems).toEqual([{ code: 'HPC2050', message: expect.stringContaining(message) }]);
  });

  test('never throws, whatever the text', () => {
    fc.assert(fc.property(hostile, (text) => void modulefile.parse(text, collect().report)));
    fc.assert(fc.property(hostile, (text) => void modulefile.parse(`setenv("${text}", [[${text}`, collect().report)));
  });

  test.each([
    ['HPC2053', 'setenv', ['A', 'x\nrm -rf ~']],
    ['HPC2053', 'set_shell_function', ['f', 'a\nb', 'c']],
    ['HPC2053', 'depends_on', ['a\r']],
    ['HPC2054', 'prepend_path', ['A;rm', 'x']],
    ['HPC2054', 'pushenv', ['A.B', 'x']],
    ['HPC2054', 'setenv', []],
    ['HPC2054', 'set_alias', ['a b', 'x']],
  ] as const)('%s: Lmod would hand %s %j to a shell', (code, fn, args) => {
    const { report, codes } = collect();
    modulefile.print({ calls: [{ fn, args }] }, report);
    expect(codes()).toEqual([code]);
  });

  test('refuses a number that is not finite and a function of plain JavaScript', () => {
    const { report, codes } = collect();
    modulefile.print(
      {
        calls: [
          { fn: 'setenv', args: ['A', NaN] },
          { fn: 'execute' as 'load', args: [] },
        ],
      },
      report,
    );
    expect(codes()).toEqual(['HPC2051', 'HPC2051']);
  });
});

describe('modulerc', () => {
  test('has its own functions', () => {
    const file = {
      calls: [
        { fn: 'module_version', args: ['gcc/13.3.0', 'default'] },
        { fn: 'hide_version', args: ['gcc/8'] },
      ],
    } as const;
    const { report, problems } = collect();
    const text = modulerc.print(file, report);
    expect(text).toBe('module_version("gcc/13.3.0", "default")\nhide_version("gcc/8")\n');
    expect(modulerc.parse(text, report)).toEqual(file);
    expect(problems).toEqual([]);
    modulerc.parse('setenv("A", "b")', report);
    expect(problems).toHaveLength(1);
    expect(modulercFunctions).toContain('module_alias');
  });
});
