import { printable } from '../../app/diagnostics/terminal';
import type { Diff, Entry } from '../model';
import { count } from '../words';
import { summaryLines, verdict } from './summary';

/** One line for each entry, then one of counts; `no changes` when there is none. */
export function briefDiff(diff: Diff): string {
  if (diff.summary.entries === 0 && diff.summary.files === 0) return 'no changes\n';
  const width = Math.max(0, ...new Set(diff.entries.map(({ section }) => section.length)));
  const entries = diff.entries.map(
    (entry) => `${entry.section.padEnd(width)}  ${printable(entry.title)}  [${risk(entry)}]`,
  );
  const files = summaryLines(diff).at(-1) as string;
  const left = diff.summary.entries - diff.entries.length;
  const filtered = left > 0 ? [`${count(left, 'change')} not shown`] : [];
  return [...entries, [verdict(diff), files, ...filtered].join('; ')].map((line) => `${line}\n`).join('');
}

/** The class, and what else one must not overlook: no host has to do anything for a port that is open. */
function risk({ effect, marks }: Entry): string {
  const risks = [
    ...(marks.includes('security-broadened') ? ['opens more'] : []),
    ...(marks.includes('vulnerable') ? ['vulnerable'] : []),
  ];
  const disrupts = effect.class !== 'none' || risks.length === 0;
  return [...(disrupts ? [effect.class] : []), ...risks].join(', ');
}
