/** Characters that take two columns of a terminal: CJK, Hangul, full-width forms, emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Characters that take none: combining marks, joiners, variation selectors. */
const NO_WIDTH = /\p{Mn}|\p{Me}|\p{Cf}/u;
const PLAIN = /^[\x20-\x7e]*$/;

const widthOf = (character: string): number => (NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1);

/** How many columns of a terminal a printable text takes. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/**
 * Breaks a printable text into lines of at most `width` columns: between words, and inside a word only when it is longer
 * than a line. The text has at least one line.
 */
export function wrapText(text: string, width: number): string[] {
  if (displayWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  let room = width;
  for (const word of text.split(' ')) {
    const needed = displayWidth(word);
    if (line !== '' && needed + 1 <= room) {
      line += ` ${word}`;
      room -= needed + 1;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = needed <= width ? [word] : cut(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) as string;
    room = width - displayWidth(line);
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

function cut(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let room = width;
  for (const character of word) {
    const needed = widthOf(character);
    if (needed > room && piece !== '') {
      pieces.push(piece);
      piece = '';
      room = width;
    }
    piece += character;
    room -= needed;
  }
  return [...pieces, piece];
}
