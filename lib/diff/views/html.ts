import { hash } from 'node:crypto';
import type { LocatedDiagnostic } from '../../app/diagnostics/located';
import { printable } from '../../app/diagnostics/terminal';
import { count } from '../words';
import type { Live } from '../live/model';
import type { Diff, Entry, EntryItem } from '../model';
import { entryItems, entryLines, originText } from './entry-lines';
import { jobLines } from './job-lines';
import { LIVE_HEADING, liveLines } from './live-lines';
import { STYLE } from './html-style';
import {
  CLASS_WORDS,
  mustBeSeen,
  RISK_SECTIONS,
  SECTION_MEANINGS,
  type SectionOfEntries,
  sectionsOf,
  toneOf,
} from './section-words';
import { capacityLines, hiddenText, placeLines, rollOutHeading, stepText, summaryLines, verdict } from './summary';

/** What stands on the page beside the diff. */
export interface HtmlOptions {
  /** Errors and warnings of the definition. @default - none */
  readonly diagnostics?: readonly LocatedDiagnostic[];
  /** Sentences that stand below the summary, such as gates that failed. @default - none */
  readonly verdicts?: readonly string[];
}

/** Parts of an entry that stand on the page unfolded. */
const MOST_ITEMS = 6;

/**
 * A diff as one page of HTML that needs nothing else: no script, no font, no picture; its policy allows its own style only.
 * Every entry has an anchor that stays the same for the same change.
 */
export function htmlDiff(diff: Diff, { diagnostics = [], verdicts = [] }: HtmlOptions = {}): string {
  const title = `hpcdk diff: ${verdict(diff)}`;
  const policy = `default-src 'none'; style-src 'sha256-${hash('sha256', STYLE, 'base64')}'; base-uri 'none'; form-action 'none'`;
  const numbers = new Map(diff.entries.map((entry, index) => [entry, index + 1]));
  const byId = new Map(diff.entries.flatMap((entry) => [entry.id, ...(entry.also ?? [])].map((id) => [id, entry])));
  const link = (entry: Entry): string => `<a href="#${anchorOf(entry)}">#${numbers.get(entry)}</a>`;
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${html(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${html(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${html(title)}</h1>`,
    list([...summaryLines(diff), ...placeLines(diff)].map(html)),
    ...verdicts.map((text) => `<p class="verdict">${html(text)}</p>`),
    ...(diagnostics.length > 0 ? [list(diagnostics.map(diagnosticText))] : []),
    ...(diff.jobs ? ['<section id="jobs">', '<h2>Jobs</h2>', list(jobLines(diff.jobs).map(html)), '</section>'] : []),
    ...sectionsOf(diff).map((section) => sectionBlock(diff, section, link)),
    ...(diff.live ? [liveBlock(diff.live)] : []),
    ...(diff.plan.length > 0 ? [planBlock(diff, byId, link)] : []),
    ...(diff.hidden.length > 0 ? [hiddenBlock(diff)] : []),
    ...(diff.notes.length > 0 ? ['<section>', '<h2>Notes</h2>', list(diff.notes.map(html)), '</section>'] : []),
    sidesBlock(diff),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** Text as HTML, in elements and in attributes with double quotes. */
const html = (text: string): string =>
  printable(text)
    .replace(NO_CHARACTER, '\ufffd')
    .replace(/[&<>"'`]/g, (c) => `&#${c.charCodeAt(0)};`);

/** What HTML does not allow in its text. */
const NO_CHARACTER = /\p{Surrogate}|\p{Noncharacter_Code_Point}/gu;

const list = (items: readonly string[]): string => `<ul>\n${items.map((item) => `<li>${item}</li>`).join('\n')}\n</ul>`;

const code = (text: string): string => `<code>${html(text)}</code>`;

/** The anchor of an entry. */
const anchorOf = ({ id }: Entry): string => `entry-${hash('sha256', id).slice(0, 12)}`;

function diagnosticText({ severity, code: id, message, source, construct }: LocatedDiagnostic): string {
  const place = source ? `${source.file}:${source.line}` : construct;
  return `<strong>${severity} ${html(id)}</strong>${place ? ` ${code(place)}` : ''} ${html(message)}`;
}

/** A link to an entry by its number on the page. */
type Link = (entry: Entry) => string;

function sectionBlock({ capacity }: Diff, { section, heading, entries }: SectionOfEntries, link: Link): string {
  const open = RISK_SECTIONS.has(section) || entries.some(mustBeSeen);
  return [
    `<section id="${section}">`,
    `<details${open ? ' open' : ''}>`,
    `<summary><h2>${heading}</h2>${entries.length > 0 ? ` <span class="quiet">(${entries.length})</span>` : ''}</summary>`,
    `<p class="about">${SECTION_MEANINGS[section]}</p>`,
    ...(section === 'capacity' && capacity ? [list(capacityLines(capacity).map(html))] : []),
    ...entries.map((entry) => entryBlock(entry, link)),
    '</details>',
    '</section>',
  ].join('\n');
}

function entryBlock(entry: Entry, link: Link): string {
  const lines = entryLines(entry).filter(({ about }) => about !== 'effect');
  const origin = originText(entry);
  return [
    `<article class="entry ${toneOf(entry)}" id="${anchorOf(entry)}">`,
    `<h3>${html(entry.title)}</h3> ${link(entry)}`,
    `<p><span class="class">${CLASS_WORDS[entry.effect.class]}</span>: ${html(entry.effect.reason)}</p>`,
    ...(lines.length > 0 ? [list(lines.map(({ text }) => html(text)))] : []),
    ...itemsBlock(entryItems(entry)),
    ...(origin === '' ? [] : [`<p class="source">${html(origin)}</p>`]),
    `<p class="source">id: ${html(entry.id)}</p>`,
    '</article>',
  ].join('\n');
}

function itemsBlock(items: readonly EntryItem[]): string[] {
  if (items.length === 0) return [];
  const shown = list(items.map(itemText));
  if (items.length <= MOST_ITEMS) return [shown];
  return ['<details>', `<summary>${count(items.length, 'part')}</summary>`, shown, '</details>'];
}

function itemText({ direction, text }: EntryItem): string {
  if (direction !== 'added' && direction !== 'removed') return html(text);
  return `<span class="${direction}">${direction}:</span> ${html(text)}`;
}

function liveBlock(live: Live): string {
  const systems = liveLines(live).map(({ heading, findings, notes }) => {
    const said = [...findings, ...notes];
    return html(heading) + (said.length > 0 ? `\n${list(said.map(html))}\n` : '');
  });
  return [
    '<section id="live">',
    `<h2>${LIVE_HEADING}</h2>`,
    list([...systems, ...live.notes.map(html)]),
    '</section>',
  ].join('\n');
}

function planBlock(diff: Diff, entries: ReadonlyMap<string, Entry>, link: Link): string {
  const items = diff.plan.map((step) => {
    const because = [...new Set(step.because.flatMap((id) => entries.get(id) ?? []))];
    const links = because.map(link);
    const command = step.command ? `<br>${code(step.command)}` : '';
    const reasons = links.length > 0 ? ` <span class="quiet">because of ${links.join(', ')}</span>` : '';
    return `<li>${html(stepText(step))}${reasons}${command}</li>`;
  });
  return [
    '<section id="roll-out">',
    `<h2>${rollOutHeading(diff)}</h2>`,
    `<ol>\n${items.join('\n')}\n</ol>`,
    '</section>',
  ].join('\n');
}

const hiddenBlock = ({ hidden }: Diff): string =>
  [
    '<section id="hidden">',
    '<h2>Hidden</h2>',
    `<p>${html(hiddenText(hidden))}</p>`,
    list(hidden.map(({ rule, what }) => `${code(rule)} ${html(what)}`)),
    '</section>',
  ].join('\n');

const sidesBlock = ({ before, after }: Diff): string =>
  [
    '<section id="sides">',
    '<h2>What was compared</h2>',
    list(
      [before, after].map(
        ({ label, tool, digest }) => `${html(label)}, written by hpcdk ${html(tool)}: ${code(`sha256:${digest}`)}`,
      ),
    ),
    '</section>',
  ].join('\n');
