import { printable } from '../../app/diagnostics/terminal';
import type { Diff } from '../model';
import { count } from '../words';
import { summaryLines, verdict } from './summary';

/** One line for each entry, then one of counts; `no changes` when there is none. */
export function briefDiff(diff: Diff): string {
  if (diff.summary.entries === 0 && diff.summary.files === 0) return 'no changes\n';
  const width = Math.max(0, ...new Set(diff.entries.map(({ section }) => section.length)));
  const entries = diff.entries.map(
    ({ section, title, effect }) => `${section.padEnd(width)}  ${printable(title)}  [${effect.class}]`,
  );
  const files = summaryLines(diff).at(-1) as string;
  const left = diff.summary.entries - diff.entries.length;
  const filtered = left > 0 ? [`${count(left, 'change')} not shown`] : [];
  return [...entries, [verdict(diff), files, ...filtered].join('; ')].map((line) => `${line}\n`).join('');
}
