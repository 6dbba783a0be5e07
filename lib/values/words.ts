/** Splits at commas; one inside brackets belongs to a hostlist (`cn[1,3]`). Empty words are left out, blanks trimmed. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const sign = text[at];
    if (sign === '[') depth += 1;
    else if (sign === ']' && depth > 0) depth -= 1;
    if (sign !== undefined && (sign !== ',' || depth > 0)) continue;
    const word = text.slice(start, at).trim();
    if (word !== '') words.push(word);
    start = at + 1;
  }
  return words;
}

/** A word of a list, e.g. `matlab:4`. */
export interface Word {
  readonly word: string;
  /** What tells it apart, e.g. `matlab`. */
  readonly name: string;
  /** What is said of the name, e.g. `4`; nothing when the word is no more than its name. */
  readonly value: string;
}

const SAID = /^([^=]+)=(.*)$|^(.+):(\d+)$/s;

/** Reads `bf_window=2880` as 2880 of bf_window, and `matlab:4` as 4 of matlab. */
function readWord(word: string): Word {
  const [, name, value, item, count] = SAID.exec(word) ?? [];
  return { word, name: name ?? item ?? word, value: value ?? count ?? '' };
}

/** The words of two lists by name; where one of the lists names a word twice, whole words are told apart in both. */
export function wordsByName(before: string, after: string): [ReadonlyMap<string, Word>, ReadonlyMap<string, Word>] {
  const lists = [before, after].map((text) => [...new Set(splitWords(text))].map(readWord));
  const clear = lists.every((words) => new Set(words.map(({ name }) => name)).size === words.length);
  const [a, b] = lists.map((words) => new Map(words.map((word) => [clear ? word.name : word.word, word])));
  return [a as ReadonlyMap<string, Word>, b as ReadonlyMap<string, Word>];
}
