import fc from '../../fast-check';
import { lineOfFault, lineOfItem } from '../../../lib/diff/jobs/json-lines';

describe('the line on which a text stops to be JSON', () => {
  test.each([
    ['', 1],
    ['{\n', 2],
    ['{\n"a": 1\n"b": 2}', 3],
    ['{\n"a":\n\n}', 4],
    ['[1,\n2,\n]', 3],
    ['[1\n', 2],
    ['{"a": "\\x"}', 1],
    ['{}\n{}', 2],
    ['[\n01]', 2],
    ['[1}\n', 1],
    ['\n\n<html>', 3],
  ])('%j', (text, line) => {
    expect(lineOfFault(text)).toBe(line);
  });

  test('cut anywhere, it is the line of the cut or an earlier one, and it ends', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), (value, n) => {
        const text = JSON.stringify(value, null, 1);
        const cut = text.slice(0, n % text.length);
        const line = lineOfFault(cut);
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(cut.split('\n').length);
      }),
    );
  });
});

test('the line of an item, whatever stands in the others', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), fc.nat(), fc.jsonValue(), (items, n, other) => {
      const index = n % items.length;
      const before = JSON.stringify({ other: { jobs: [other] }, jobs: items.slice(0, index) }, null, 1);
      const text = JSON.stringify({ other: { jobs: [other] }, jobs: items }, null, 1);
      const lines = before.split('\n').length - (index === 0 ? 1 : 2);
      expect(lineOfItem(text, 'jobs', index)).toBe(lines + 1);
    }),
  );
});
