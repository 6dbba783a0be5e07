import fc from '../fast-check';
import { json } from '../../lib/documents/json';
import { collect, hostile } from './hostile';
import { anyValue } from './any-value';

describe('json', () => {
  test('two spaces, a line break at the end, keys in the order given', () => {
    expect(json.print({ b: [1, { a: null }], a: 'x', u: undefined }, collect().report)).toBe(
      '{\n  "b": [\n    1,\n    {\n      "a": null\n    }\n  ],\n  "a": "x"\n}\n',
    );
  });

  test('whatever is printed without a report comes back', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const { report, problems } = collect();
        const parsed = json.parse(json.print(value, report), report);
        if (problems.length === 0) expect(parsed).toEqual(value);
      }),
    );
  });

  test('refuses what JSON would drop or change', () => {
    const { report, codes } = collect();
    json.print({ a: NaN, b: [undefined], c: new Date(0), d: 1n }, report);
    expect(codes()).toEqual(['HPC2065', 'HPC2065', 'HPC2065', 'HPC2065']);
  });

  test('reports what is not JSON, and never throws', () => {
    const { report, codes } = collect();
    expect(json.parse('{"a": 1,}', report)).toBeNull();
    expect(codes()).toEqual(['HPC2066']);
    fc.assert(fc.property(hostile, (text) => void json.parse(text, collect().report)));
  });
});
