import fc from '../../fast-check';
import { displayWidth, wrapText } from '../../../lib/diff/views/wrap';

describe('the width of a text on a terminal', () => {
  test.each([
    ['abc', 3],
    ['', 0],
    ['日本', 4],
    ['e\u0301', 1],
    ['😀', 2],
    ['7d → 2d', 7],
  ])('%j is %d', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('a text broken into lines', () => {
  test('is broken between words', () => {
    expect(wrapText('one two three', 8)).toEqual(['one two', 'three']);
  });

  test('is broken inside a word that is longer than a line', () => {
    expect(wrapText('to /a/very/long/path', 8)).toEqual(['to', '/a/very/', 'long/pat', 'h']);
  });

  test('loses nothing but blanks, and no line is too wide', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrapText(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
      }),
    );
  });
});
