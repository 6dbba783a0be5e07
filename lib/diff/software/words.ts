import { byCodeUnit } from '../../values/json';

/** How many names a line of text has before the rest is counted. */
const SHOWN = 8;

/** Names with commas between them; of many the first, and how many more there are. */
export function some(names: readonly string[]): string {
  if (names.length <= SHOWN) return names.join(', ');
  return `${names.slice(0, SHOWN - 1).join(', ')} and ${names.length - SHOWN + 1} more`;
}

/** The versions of a package before and now: `1.2.12 → 1.3.1`, or `1.3.1` where they are the same, or only one side has it. */
export function versionsText(
  before: readonly { readonly version?: string }[],
  after: readonly { readonly version?: string }[],
): string {
  const [was, is] = [before, after].map((all) =>
    [...new Set(all.flatMap(({ version }) => version ?? []))].sort(byCodeUnit).join(' and '),
  ) as [string, string];
  return was === is || was === '' || is === '' ? is || was : `${was} → ${is}`;
}
