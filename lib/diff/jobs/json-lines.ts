/** The line of an offset, from 1. */
function lineOfOffset(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

// A string, a number or a word, or a character that opens, closes or separates.
const TOKEN =
  /\s*(?:("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([[\]{},:]))/y;

/** The line on which a text stops to be JSON. V8 tells the place in some of its messages only. */
export function lineOfFault(text: string): number {
  const stack: string[] = [];
  let wants = 'value';
  const token = new RegExp(TOKEN);
  for (let at = 0; ; at = token.lastIndex) {
    const [whole = '', string, scalar, mark = ''] = token.exec(text) ?? [];
    const place = at + whole.search(/\S|$/);
    const top = stack.at(-1);
    const closes =
      mark === (top === '{' ? '}' : ']') && (wants === 'end' || wants === 'first key' || wants === 'first');
    if (closes) {
      stack.pop();
      wants = 'end';
    } else if (wants === 'key' || wants === 'first key') {
      if (string === undefined) return lineOfOffset(text, whole ? place : nextPlace(text, at));
      wants = ':';
    } else if (wants === ':' && mark === ':') wants = 'value';
    else if (wants === 'end' && mark === ',' && top) wants = top === '{' ? 'key' : 'value';
    else if ((wants === 'value' || wants === 'first') && (string ?? scalar ?? /[[{]/.exec(mark)?.[0])) {
      if (mark) stack.push(mark);
      wants = mark === '{' ? 'first key' : mark === '[' ? 'first' : 'end';
    } else return lineOfOffset(text, whole ? place : nextPlace(text, at));
  }
}

/** Where a text that is no token begins, behind the blanks. */
const nextPlace = (text: string, at: number): number => {
  const found = text.slice(at).search(/\S/);
  return found === -1 ? text.length : at + found;
};

/** The line on which an item of a top-level list begins, in a text that JSON.parse takes. */
export function lineOfItem(text: string, list: string, index: number): number {
  const token = new RegExp(TOKEN);
  let depth = 0;
  let key = '';
  let left: number | undefined;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [whole, string, , mark = ''] = match;
    if (left === 0 && depth === 2 && mark !== ']') return lineOfOffset(text, match.index + whole.search(/\S/));
    if (depth === 1 && string !== undefined) key = string;
    if (mark === '[' && depth === 1 && key === JSON.stringify(list)) left = index;
    if (mark === ',' && depth === 2 && left !== undefined) left -= 1;
    if (mark === '[' || mark === '{') depth += 1;
    else if (mark === ']' || mark === '}') depth -= 1;
  }
  return lineOfOffset(text, text.length);
}
