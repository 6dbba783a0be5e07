import { labelOf } from '../../app/words';
import type { Acknowledged, Capacity, Diff, Hidden, PlanStep, PowerChange, ResourceCounts } from '../model';
import { count, thousands, wattsText } from '../words';
import { CLASS_WORDS, sectionsOf } from './section-words';

/**
 * The three lines that stand first in every view: how much and how bad, where it stands, what reaches hosts. Without a
 * change the second one is left out.
 */
export function summaryLines(diff: Diff): string[] {
  const { before, after, summary, plan } = diff;
  const sections = sectionsOf(diff)
    .filter(({ entries }) => entries.length > 0)
    .map(({ heading, entries }) => `${heading} ${entries.length}`);
  return [
    `${before.label} → ${after.label}: ${verdict(diff)}`,
    ...(sections.length > 0 ? [sections.join(', ')] : []),
    [
      filesText(summary),
      ...(summary.oneSided ? [oneSidedText(summary.oneSided)] : []),
      ...(plan.length > 0 ? [`${count(plan.length, 'step')} to roll out`] : []),
    ].join('; '),
  ];
}

/** One line for each site and stack that changes, where there are several, and what Terraform is going to count. */
export function placeLines({ places = [] }: Diff): string[] {
  const counted = places.filter(({ resources }) => resources);
  return (places.length > 1 ? places : counted).map(({ path, kind, entries, worst, resources }) =>
    [
      `${labelOf(kind)} ${path}: ${count(entries, 'change')}, worst: ${CLASS_WORDS[worst]}`,
      ...(resources ? [`terraform: ${resourceText(resources)}`] : []),
    ].join('; '),
  );
}

function resourceText({ added, changed, replaced, perhaps, removed, moved }: ResourceCounts): string {
  const replacements = perhaps > 0 ? `${replaced} to replace (${perhaps} of them perhaps)` : `${replaced} to replace`;
  const counts: [number, string][] = [
    [added, `${added} to add`],
    [changed, `${changed} to change`],
    [replaced, replacements],
    [removed, `${removed} to destroy`],
    [moved, `${moved} moved`],
  ];
  const texts = counts.filter(([n]) => n > 0).map(([, text]) => text);
  return texts.length > 0 ? texts.join(', ') : 'no resource changes';
}

/** How much and how bad: `3 changes (1 added, 2 changed), worst: data loss`. */
export function verdict({ summary }: Diff): string {
  const { entries, worst } = summary;
  return entries === 0
    ? 'no changes'
    : `${count(entries, 'change')} (${actionCounts(summary)}), worst: ${CLASS_WORDS[worst]}`;
}

function actionCounts({ added, removed, changed, moved }: Diff['summary']): string {
  const counts = { added, removed, changed, moved };
  return Object.entries(counts)
    .filter(([, n]) => n > 0)
    .map(([word, n]) => `${n} ${word}`)
    .join(', ');
}

/** What reaches hosts: `2 files differ, 1 of them on hosts`. */
function filesText({ files, filesOnHosts }: Diff['summary']): string {
  const differ = `${count(files, 'file')} ${files === 1 ? 'differs' : 'differ'}`;
  if (filesOnHosts === 0) return `${differ}, 0 files on hosts`;
  return files === 1 ? `${differ}, on hosts` : `${differ}, ${filesOnHosts} of them on hosts`;
}

/** `1 change makes premises and cloud differ`. */
const oneSidedText = (n: number): string =>
  `${count(n, 'change')} ${n === 1 ? 'makes' : 'make'} premises and cloud differ`;

/** Capacity and cost, one line for each figure. */
export function capacityLines({ figures, power, cost, notEstimated, acknowledged }: Capacity): string[] {
  const missing = [
    ...notEstimated,
    ...(power && power.unstated > 0 ? [`power of ${count(power.unstated, 'node')} on the premises`] : []),
  ];
  return [
    ...figures.map(({ what, before, after, percent }) => `${what} ${before} → ${after}${percentText(percent)}`),
    ...(power ? [powerLine(power)] : []),
    ...(power?.acknowledged ? [acknowledgedText(power.acknowledged)] : []),
    ...(cost
      ? [
          `at most ${amount(cost.before)} → ${amount(cost.after)} ${cost.currency} a month, at the prices of ${cost.date}${percentText(growth(cost))}`,
        ]
      : []),
    ...(acknowledged ? [acknowledgedText(acknowledged)] : []),
    ...(missing.length > 0 ? [`not estimated: ${missing.length} (${missing.join(', ')})`] : []),
  ];
}

/** `power at full load 41.6 kW → 83.2 kW (+100 %)`. */
function powerLine({ before, after, alike }: PowerChange): string {
  const [a, b] = [before, after].map((watts) => (watts === undefined ? 'not stated' : wattsText(watts)));
  const isAlike = before === alike.before && after === alike.after;
  return `power at full load ${a} → ${b}${percentText(growth(alike), isAlike ? '' : ' where both sides state it')}`;
}

/** Who let it pass, and until when. */
export const acknowledgedText = ({ reason, until }: Acknowledged): string => `acknowledged until ${until}: ${reason}`;

/** 1,234,567 or 12.50: cents only where there is little. */
const amount = (value: number): string => (value < 100 ? value.toFixed(2) : thousands(Math.round(value)));

const growth = ({ before, after }: { readonly before: number; readonly after: number }): number | undefined =>
  before > 0 ? ((after - before) / before) * 100 : undefined;

function percentText(percent: number | undefined, of = ''): string {
  if (percent === undefined) return '';
  const rounded = Math.round(percent * 10) / 10;
  return ` (${rounded > 0 ? '+' : ''}${Object.is(rounded, -0) ? 0 : rounded} %${of})`;
}

/** A step of the plan in one line, without its number and its command. */
export const stepText = ({ text, hosts }: PlanStep): string => (hosts ? `${text} (${hosts})` : text);

/** How much is hidden: `9 hidden: same-meaning 8, library-fields 1`. */
export function hiddenText(hidden: readonly Hidden[]): string {
  const total = hidden.reduce((sum, { count: n }) => sum + n, 0);
  return `${total} hidden: ${hidden.map(({ rule, count: n }) => `${rule} ${n}`).join(', ')}`;
}

/** The heading of the plan: commands that name files of the output are run where those are. */
export const rollOutHeading = ({ plan }: Diff): string =>
  plan.some(({ command }) => /^cd |-chdir=/.test(command ?? '')) ? 'Roll-out, from the output folder' : 'Roll-out';
