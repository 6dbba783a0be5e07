import { printable } from '../../app/diagnostics/terminal';
import type { Diff, Entry } from '../model';
import { count } from '../words';
import { liveTitles } from './live-lines';
import { reachText } from './entry-lines';
import { summaryLines, verdict } from './summary';

/** One line for each entry, then one of counts; `no changes` when there is none. */
export function briefDiff(diff: Diff): string {
  const live = diff.live ? liveTitles(diff.live).map(printable) : [];
  if (diff.summary.entries === 0 && diff.summary.files === 0)
    return lines([...live.map((line) => `live  ${line}`), 'no changes']);
  const sections = [...diff.entries.map(({ section }) => section), ...(live.length > 0 ? ['live'] : [])];
  const width = Math.max(0, ...new Set(sections.map(({ length }) => length)));
  const entries = diff.entries.map(
    (entry) => `${entry.section.padEnd(width)}  ${printable(entry.title)}  [${risk(entry)}]${sides(entry)}`,
  );
  const files = summaryLines(diff).at(-1) as string;
  const left = diff.summary.entries - diff.entries.length;
  const filtered = left > 0 ? [`${count(left, 'change')} not shown`] : [];
  const running = live.map((line) => `${'live'.padEnd(width)}  ${line}`);
  return lines([...entries, ...running, [verdict(diff), files, ...filtered].join('; ')]);
}

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

/** The sides that it reaches, where there are two. */
const sides = (entry: Entry): string => (entry.reaches ? `  ${reachText(entry)}` : '');

/** The class, and what else one must not overlook: no host has to do anything for a port that is open. */
function risk({ effect, marks }: Entry): string {
  const risks = [
    ...(marks.includes('security-broadened') ? ['opens more'] : []),
    ...(marks.includes('vulnerable') ? ['vulnerable'] : []),
    ...(marks.includes('one-sided') ? ['one-sided'] : []),
  ];
  const disrupts = effect.class !== 'none' || risks.length === 0;
  return [...(disrupts ? [effect.class] : []), ...risks].join(', ');
}
