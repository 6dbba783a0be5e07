import fc from '../fast-check';
import { jsonFault } from '../../lib/cli/json-fault';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('where text stops being JSON', () => {
  test.each([
    ['{"a": 1,}', 8],
    ['{"a" 1}', 5],
    ['{"a": tru}', 6],
    ['{\n // c\n}', 3],
    ['', 0],
    ['[1, 2', 5],
    ['{} x', 3],
    ['"a\nb"', 0],
    ['01', 1],
  ])('%j', (text, offset) => {
    expect(jsonFault(text)).toBe(offset);
  });

  test('any JSON has no fault', () => {
    fc.assert(fc.property(fc.json(), (text) => expect(jsonFault(text)).toBeUndefined()));
    fc.assert(
      fc.property(fc.jsonValue(), (value) => expect(jsonFault(JSON.stringify(value, null, 2))).toBeUndefined()),
    );
  });

  test('it says no exactly where JSON.parse does', () => {
    const part = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '-', '0.5e3', 'null', ' ', '\n', '"', '\\');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        expect(jsonFault(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });
});
