import fc from '../fast-check';
import { parse } from 'yaml';
import { yaml } from '../../lib/documents/yaml';
import { anyValue, traps } from './any-value';
import { collect, hostile } from './hostile';

const print = (value: unknown) => {
  const { report, problems } = collect();
  return { text: yaml.print(value, report), problems };
};

describe('yaml', () => {
  test('prints blocks, quotes only what is in doubt, keeps the order of keys', () => {
    const { text, problems } = print({
      zeta: 'plain text 1.2',
      alpha: [{ name: 'a', tags: [] }, [1, 'x'], {}, 'no'],
      script: '#!/bin/sh\n\nset -e\n',
      version: '1.10',
      nested: { empty: null, when: 'a == "b"' },
    });
    expect(problems).toEqual([]);
    expect(text).toBe(`---
zeta: plain text 1.2
alpha:
  - name: a
    tags: []
  - - 1
    - x
  - {}
  - "no"
script: |
  #!/bin/sh

  set -e
version: "1.10"
nested:
  empty: null
  when: "a == \\"b\\""
`);
  });

  test.each(traps)('%j comes back as a string from readers of YAML 1.1 and 1.2', (value) => {
    for (const item of [value, [value], { [value]: value }, { a: [{ b: value }, 1] }]) {
      const { text } = print(item);
      expect(parse(text, { version: '1.1' })).toEqual(item);
      expect(parse(text, { version: '1.2' })).toEqual(item);
      expect(text).toMatch(/\n$/);
    }
  });

  test('whatever is printed without a report comes back', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const { text, problems } = print(value);
        if (problems.length > 0) {
          // Two keys that differ in what no YAML can hold come to be one, so there may be nothing to read back.
          expect(problems.every(({ code }) => ['HPC2040', 'HPC2065'].includes(code))).toBe(true);
          return;
        }
        const again = collect();
        expect(yaml.parse(text, again.report)).toEqual(value);
        expect(again.problems).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('refuses what YAML has no value for, and says where', () => {
    const at: (string | undefined)[] = [];
    const circle: unknown[] = [];
    circle.push(circle);
    const value = {
      a: [NaN, undefined],
      b: new Map(),
      c: () => 1,
      d: 1n,
      e: { f: circle },
      g: new Date(0),
      skipped: undefined,
      s: '\ud800',
    };
    yaml.print(value, (_, where) => at.push(where));
    expect(at).toEqual(['a[0]', 'a[1]', 'b', 'c', 'd', 'e.f[0]', 'g', 's']);
    expect(print({ ['k'.repeat(2000)]: 1 }).problems).toHaveLength(1);
  });

  test('one object in two places is written twice, without an anchor', () => {
    const shared = { a: 1 };
    expect(print([shared, shared]).text).toBe('---\n- a: 1\n- a: 1\n');
  });

  test.each([
    'a: [',
    'a: 1\na: 2',
    '--- 1\n--- 2',
    'a: 2026-01-31',
    '"',
    '*x',
    `a: &a [1]\nb: [${'*a, '.repeat(300)}]`,
  ])('reports %j', (text) => {
    const { report, problems } = collect();
    yaml.parse(text, report);
    expect(problems.length).toBeGreaterThan(0);
  });

  test('never throws, and an empty file is null', () => {
    fc.assert(fc.property(hostile, (text) => void yaml.parse(text, collect().report)));
    expect(yaml.parse('', collect().report)).toBeNull();
  });
});

test('text that is no YAML is reported: HPC2064', () => {
  const { report, problems } = collect();
  yaml.parse('a: [1, 2\n', report);
  expect(problems.map(({ code }) => code)).toEqual(['HPC2064']);
});
