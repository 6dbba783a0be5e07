import { printable } from '../../app/diagnostics/terminal';

/** A word that no reader of markdown takes for anything but itself. */
const PLAIN_WORD = /^[\p{L}\p{N}\p{M}("'→–—…?.,;:][\p{L}\p{N}\p{M}()"'→–—…?.,;:=+-]*%?[).,;:]*$/u;

/** Words of plain characters that code hosts make links or pictures of, or that begin a list. */
const SPECIAL_WORD = /^\W*(www\.|mailto:|xmpp:)|:[\w+-]+:|^\W*[A-Za-z]+-\d+\W*$|^\W*[0-9a-f]{7,}\W*$|^\d+[.)]$/i;

/** Signs that mean nothing between two words. */
const SIGN = /^[-+=%&]$/;

/**
 * Text of a definition as inline markdown. Plain words stay; every other word, such as a path, a hostlist or a mention,
 * stands in a code span, where neither CommonMark nor GitHub nor GitLab reads anything into it.
 */
export function markdownText(text: string): string {
  const words = printable(text).split(/\s+/).filter(Boolean);
  return words.map((word, index) => (index > 0 && SIGN.test(word) ? word : markdownWord(word))).join(' ') || '(empty)';
}

function markdownWord(word: string): string {
  const special = SPECIAL_WORD.test(word);
  if (PLAIN_WORD.test(word) && !special) return word;
  const [, open = '', core = '', close = ''] = /^(\(?)(.*?)([),;:]*)$/u.exec(word) ?? [];
  const whole = special || core === '' || (open === '' && core.includes('('));
  return whole ? codeSpan(word) : `${open}${codeSpan(core)}${close}`;
}

/** Text as a code span of one line: a command, a path. */
export function codeSpan(text: string): string {
  const clean = printable(text);
  if (clean.trim() === '') return '(empty)';
  const longest = Math.max(0, ...(clean.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^[ `]|[ `]$/.test(clean) ? ' ' : '';
  return `${fence}${pad}${clean}${pad}${fence}`;
}
