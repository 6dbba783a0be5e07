import type { Live, LiveFinding, LiveSystem } from '../live/model';
import { count } from '../words';

/** Names that are said to be not compared. */
const MOST_NAMES = 8;

/** What one running system says: a heading of its own, then one line for each finding, then what else there is to say. */
export interface LiveLines {
  readonly heading: string;
  readonly findings: readonly string[];
  readonly notes: readonly string[];
}

/**
 * What running systems say, by system.
 *
 * @param most findings of a system that are shown; more are counted. @default - all
 */
export const liveLines = ({ systems }: Live, most = Infinity): LiveLines[] =>
  systems.map((system) => {
    const { findings, notes } = system;
    const shown = findings.slice(0, most).map(findingLine);
    const left = findings.slice(most);
    const more = left.length > 0 ? [`and ${left.length} more: ${countsOf(left)}`] : [];
    return { heading: headingOf(system), findings: [...shown, ...more], notes };
  });

/** One short line for each finding, or for a system without one. */
export const liveTitles = ({ systems, notes }: Live): string[] => [
  ...systems.flatMap((system) =>
    system.findings.length > 0
      ? system.findings.map(({ title, what }) => `${title}  [${WORDS[what]}]`)
      : [headingOf(system)],
  ),
  ...notes,
];

/** A finding in one line. */
export const findingLine = ({ what, title, then }: LiveFinding): string => `${WORDS[what]}: ${title}; ${then}`;

/** How findings are called. */
const WORDS: Readonly<Record<LiveFinding['what'], string>> = {
  resume: 'out of service',
  plan: 'planned otherwise',
  drift: 'drift',
  already: 'already there',
};

function headingOf({ kind, name, version, compared, notCompared, findings }: LiveSystem): string {
  const system = kind === 'slurm' ? `cluster ${name}` : `stack ${name}`;
  const by = version === undefined ? '' : kind === 'slurm' ? `, Slurm ${version}` : `, planned by terraform ${version}`;
  const what = count(compared, kind === 'slurm' ? 'value' : 'resource');
  const names = notCompared.slice(0, MOST_NAMES);
  const more = notCompared.length > names.length ? [`${notCompared.length - names.length} more`] : [];
  const left = names.length > 0 ? `; not compared: ${[...names, ...more].join(', ')}` : '';
  return `${system}${by}: ${what} compared, ${findings.length > 0 ? countsOf(findings) : 'no drift'}${left}`;
}

/** `2 drift, 1 already there`. */
function countsOf(findings: readonly LiveFinding[]): string {
  return (Object.keys(WORDS) as LiveFinding['what'][])
    .map((what) => [findings.filter((one) => one.what === what).length, WORDS[what]] as const)
    .filter(([n]) => n > 0)
    .map(([n, words]) => `${n} ${words}`)
    .join(', ');
}

/** The heading of what running systems say. */
export const LIVE_HEADING = 'Live state';
