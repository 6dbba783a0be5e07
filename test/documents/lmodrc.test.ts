import fc from '../fast-check';
import luaparse from 'luaparse';
import { lmodrc, type Lmodrc } from '../../lib/documents/lmodrc';
import { collect, hostile } from './hostile';

const display = fc.record(
  { short: hostile, long: hostile, color: hostile, doc: hostile },
  { requiredKeys: ['short', 'doc'], noNullPrototype: true },
);
const anyLmodrc: fc.Arbitrary<Lmodrc> = fc.record(
  {
    propT: fc.dictionary(
      hostile,
      fc.record(
        {
          validT: fc.dictionary(hostile, fc.integer(), { noNullPrototype: true }),
          displayT: fc.dictionary(hostile, display, { noNullPrototype: true }),
        },
        { noNullPrototype: true },
      ),
      { noNullPrototype: true, maxKeys: 3 },
    ),
    scDescriptT: fc.array(fc.record({ dir: hostile, timestamp: hostile }, { noNullPrototype: true }), { maxLength: 3 }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

describe('lmodrc', () => {
  test('prints tables of literals, names bare where Lua allows it', () => {
    const { report, problems } = collect();
    const file: Lmodrc = {
      propT: {
        status: { validT: { deprecated: 1 }, displayT: { 'deprecated:x': { short: '(D)', doc: 'going\naway' } } },
      },
      scDescriptT: [{ dir: '/apps/cache', timestamp: '/apps/stamp' }],
    };
    const text = lmodrc.print(file, report);
    expect(text).toContain('  status = {\n    validT = {\n      deprecated = 1,\n');
    expect(text).toContain('["deprecated:x"] = {\n        short = "(D)",\n        doc = "going\\naway",\n');
    expect(lmodrc.parse(text, report)).toEqual(file);
    expect(problems).toEqual([]);
    expect(lmodrc.print({}, report)).toBe('');
  });

  test('what is printed without a report comes back, and is Lua', () => {
    fc.assert(
      fc.property(anyLmodrc, (file) => {
        const { report, problems } = collect();
        const text = lmodrc.print(file, report);
        luaparse.parse(text, { luaVersion: '5.1' });
        if (problems.length === 0) expect(lmodrc.parse(text, report)).toEqual(file);
        if (!problems.some(({ code }) => code === 'HPC2040')) expect(problems).toEqual([]);
      }),
    );
  });

  test.each([
    ['propT = { 1 }', 'HPC2052'],
    ['propT = { a = { validT = {} } }', 'HPC2052'],
    ['scDescriptT = { { dir = "x" } }', 'HPC2052'],
    ['scDescriptT = { dir = "x" }', 'HPC2052'],
    ['scDescriptT = 1', 'HPC2052'],
    ['other = {}', 'HPC2050'],
    ['propT = { a = 1, 2 }', 'HPC2050'],
    ['propT = { [1] = 2 }', 'HPC2050'],
    ['propT = {', 'HPC2050'],
    ['propT = { a = 1 b = 2 }', 'HPC2050'],
    ['propT = nil', 'HPC2050'],
    [`propT = ${'{'.repeat(100_000)}`, 'HPC2050'],
  ])('reports %.40s', (text, code) => {
    const { report, codes } = collect();
    lmodrc.parse(text, report);
    expect(codes()).toEqual([code]);
  });

  test('an empty table stands for an empty list too, and true and false are values', () => {
    const { report, problems } = collect();
    expect(lmodrc.parse('scDescriptT = {}; propT = {}', report)).toEqual({ scDescriptT: [], propT: {} });
    expect(problems).toEqual([]);
  });
});
