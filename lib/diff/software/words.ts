/** How many names a line of text has before the rest is counted. */
const SHOWN = 8;

/** Names with commas between them; of many the first, and how many more there are. */
export function some(names: readonly string[]): string {
  if (names.length <= SHOWN) return names.join(', ');
  return `${names.slice(0, SHOWN - 1).join(', ')} and ${names.length - SHOWN + 1} more`;
}
