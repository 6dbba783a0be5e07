import type { LocatedDiagnostic } from '../../app/diagnostics/located';
import type { Live } from '../live/model';
import type { Diff, Entry, PlanStep } from '../model';
import { count } from '../words';
import { entryItems, entryLines, originText, shortened } from './entry-lines';
import { jobLines } from './job-lines';
import { LIVE_HEADING, liveLines } from './live-lines';
import { type Fold, FOLDS, leftOut, weightOf } from './markdown-folds';
import { codeSpan, markdownText } from './markdown-text';
import { CLASS_WORDS, mustBeSeen, RISK_SECTIONS, sectionsOf, type SectionOfEntries } from './section-words';
import { capacityLines, hiddenText, placeLines, rollOutHeading, stepText, summaryLines, verdict } from './summary';

/** How a diff is written for a merge request. */
export interface MarkdownOptions {
  /** Tells this comment from those of other jobs, e.g. the name of the project: it stands in the marker. */
  readonly marker: string;
  /** Most characters. Below 2,000 it counts as that. @default 60000 */
  readonly limit?: number;
  /** Where the whole diff is: an https address or a file. @default - `hpcdk diff` */
  readonly full?: string;
  /** Errors and warnings of the definition. @default - none */
  readonly diagnostics?: readonly LocatedDiagnostic[];
  /** Sentences that stand below the summary, such as gates that failed. @default - none */
  readonly verdicts?: readonly string[];
}

const LIMIT = 60_000;
const LEAST_LIMIT = 2_000;
/** Parts of an entry that are shown when there is room. */
const MOST_ITEMS = 20;
const MOST_LABEL = 80;
/** What a running system says otherwise. */
const MOST_FINDINGS = 20;
const FEW_FINDINGS = 3;

/** The hidden first line by which the one comment is found again and updated. */
export const diffMarker = (key: string): string =>
  `<!-- hpcdk-diff: ${key
    .replace(/[^A-Za-z0-9._/]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 100)} -->`;

/**
 * A diff as the comment of a merge request: the summary, risk sections open, the rest folded, the roll-out. When it is
 * too long, parts, notes and entries of less weight are left out in this order. The titles of what must be seen and
 * diagnostics stay; when even they do not fit, the text says how many more there are and where.
 */
export function markdownDiff(diff: Diff, options: MarkdownOptions): string {
  const limit = Math.max(LEAST_LIMIT, options.limit ?? LIMIT);
  for (const fold of FOLDS) {
    const text = fitted(pageLines(diff, options, fold), limit);
    if (text !== undefined) return text;
  }
  return lastResort(diff, options, limit);
}

/** The lines as one text, or undefined as soon as they are longer than `limit`. */
function fitted(lines: Iterable<string>, limit: number): string | undefined {
  const parts: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    if (length > limit) return undefined;
    parts.push(`${line}\n`);
  }
  return parts.join('');
}

function* pageLines(diff: Diff, options: MarkdownOptions, fold: Fold): Iterable<string> {
  yield* headLines(diff, options);
  if (fold.plan) for (const line of placeLines(diff)) yield `- ${markdownText(line)}`;
  const statements = mustBeSaid(options);
  if (statements.length > 0) yield* ['', ...statements];
  if (diff.jobs) yield* ['', '#### Jobs', '', ...jobLines(diff.jobs).map((line) => `- ${markdownText(line)}`)];
  for (const section of sectionsOf(diff)) yield* sectionLines(diff, section, fold);
  if (diff.live) yield* liveBlock(diff.live, fold);
  if (diff.plan.length > 0 && fold.plan) yield* ['', `#### ${rollOutHeading(diff)}`, '', ...planLines(diff.plan)];
  yield* tailLines(diff, options, leftOut(fold));
}

function* headLines(diff: Diff, { marker }: MarkdownOptions): Iterable<string> {
  const clip = ({ label }: { readonly label: string }) =>
    label.length > MOST_LABEL ? `${label.slice(0, MOST_LABEL)}…` : label;
  const short = {
    ...diff,
    before: { ...diff.before, label: clip(diff.before) },
    after: { ...diff.after, label: clip(diff.after) },
  };
  yield diffMarker(marker);
  yield `### hpcdk diff: ${verdict(diff)}`;
  yield '';
  for (const line of summaryLines(short)) yield `- ${markdownText(line)}`;
}

/** What has its place however short the text: verdicts and diagnostics. */
const mustBeSaid = ({ verdicts = [], diagnostics = [] }: MarkdownOptions): string[] => [
  ...verdicts.map((text) => `- **${markdownText(text)}**`),
  ...diagnostics.map(diagnosticLine),
];

function diagnosticLine({ severity, code, message, source, construct }: LocatedDiagnostic): string {
  const place = source ? `${source.file}:${source.line}` : construct;
  return `- **${severity} ${markdownText(code)}**${place ? ` ${codeSpan(place)}` : ''} ${markdownText(message)}`;
}

function* sectionLines(diff: Diff, { section, heading, entries }: SectionOfEntries, fold: Fold): Iterable<string> {
  const open = RISK_SECTIONS.has(section) || entries.some(mustBeSeen);
  const title = entries.length > 0 ? `${heading} (${entries.length})` : heading;
  yield '';
  if (open) yield `#### ${title}`;
  else yield* ['<details>', `<summary>${title}</summary>`];
  yield '';
  if (section === 'capacity' && diff.capacity)
    for (const line of capacityLines(diff.capacity)) yield `- ${markdownText(line)}`;
  const shown = entries.filter((entry) => weightOf(entry) >= fold.entries);
  for (const entry of shown) yield* entryBlock(entry, fold);
  if (shown.length < entries.length) yield countsLine(entries.filter((entry) => weightOf(entry) < fold.entries));
  if (!open) yield* ['', '</details>'];
}

const titleLine = ({ title, effect }: Entry): string => `- **${CLASS_WORDS[effect.class]}** ${markdownText(title)}`;

function* entryBlock(entry: Entry, fold: Fold): Iterable<string> {
  const weight = weightOf(entry);
  yield titleLine(entry);
  for (const { about, text } of entryLines(entry)) {
    const least = about === 'note' ? fold.notes : fold.reasons;
    if (weight >= least) yield `  - ${markdownText(shortened(about === 'effect' ? entry.effect.reason : text))}`;
  }
  const items = weight >= fold.items ? entryItems(entry) : [];
  for (const { direction, text } of items.slice(0, MOST_ITEMS)) {
    const sign = direction === 'added' || direction === 'removed' ? `${direction}: ` : '';
    yield `  - ${sign}${markdownText(shortened(text))}`;
  }
  if (items.length > MOST_ITEMS) yield `  - and ${items.length - MOST_ITEMS} more`;
  const origin = weight >= fold.reasons ? originText(entry) : '';
  if (origin !== '') yield `  - ${markdownText(origin)}`;
}

/** What running systems say; with little room the worst of it, and how much more there is. */
function* liveBlock(live: Live, fold: Fold): Iterable<string> {
  yield* ['', `#### ${LIVE_HEADING}`, ''];
  const tight = fold.entries === 2;
  for (const { heading, findings, notes } of liveLines(live, tight ? FEW_FINDINGS : MOST_FINDINGS)) {
    yield `- ${markdownText(heading)}`;
    for (const line of [...findings, ...notes]) yield `  - ${markdownText(shortened(line))}`;
  }
  for (const note of live.notes) yield `- ${markdownText(note)}`;
}

/** Entries that are only counted: `- 41 more: 12 daemon restart, 29 no disruption`. */
function countsLine(entries: readonly Entry[]): string {
  const counts = new Map<string, number>();
  for (const { effect } of entries) {
    const words = CLASS_WORDS[effect.class];
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return `- ${entries.length} more: ${[...counts].map(([words, n]) => `${n} ${words}`).join(', ')}`;
}

function* planLines(steps: readonly PlanStep[]): Iterable<string> {
  for (const [index, step] of steps.entries()) {
    const number = `${index + 1}. `;
    yield `${number}${markdownText(stepText(step))}`;
    if (step.command) yield `${' '.repeat(number.length)}- ${codeSpan(step.command)}`;
  }
}

function* tailLines(diff: Diff, options: MarkdownOptions, missing: readonly string[]): Iterable<string> {
  const { hidden, notes } = diff;
  if (hidden.length > 0 || notes.length > 0) yield '';
  if (hidden.length > 0) yield `- ${markdownText(hiddenText(hidden))}`;
  for (const note of notes) yield `- ${markdownText(note)}`;
  yield '';
  if (missing.length > 0) yield* [`Left out for want of room: ${missing.join(', ')}. ${whereAllIs(options)}`, ''];
  yield digestLine(diff);
}

const digestLine = ({ after }: Diff): string => `Reviewed output: ${codeSpan(`sha256:${after.digest}`)}`;

function whereAllIs({ full }: MarkdownOptions): string {
  if (full === undefined || full.length > 400) return 'The full diff: run `hpcdk diff`.';
  const address = /^https?:\/\/[\w.:/~%?=&#+,;-]+$/.test(full);
  return `The full diff: ${address ? `[all of it](<${full}>)` : codeSpan(full)}.`;
}

/** The summary, as much of what must be seen as fits, and how much more there is. */
function lastResort(diff: Diff, options: MarkdownOptions, limit: number): string {
  const running = diff.live ? liveLines(diff.live).map(({ heading }) => `- ${markdownText(shortened(heading))}`) : [];
  const wanted = [...mustBeSaid(options), ...diff.entries.filter(mustBeSeen).map(titleLine), ...running];
  const head = [...headLines(diff, options), ''];
  const tailFor = (missing: number): string[] => [
    ...(missing > 0 ? [`- ${count(missing, 'more line')} that must be seen`] : []),
    '',
    `Most of it is left out for want of room. ${whereAllIs(options)}`,
    '',
    digestLine(diff),
  ];
  const lengthOf = (lines: readonly string[]) => lines.reduce((sum, line) => sum + line.length + 1, 0);
  let room = limit - lengthOf(head) - lengthOf(tailFor(wanted.length));
  const shown = wanted.filter((line) => {
    const fits = line.length + 1 <= room;
    if (fits) room -= line.length + 1;
    return fits;
  });
  return [...head, ...shown, ...tailFor(wanted.length - shown.length)].map((line) => `${line}\n`).join('');
}
