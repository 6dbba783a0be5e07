import { printable, type Style } from '../../app/diagnostics/terminal';
import type { Live } from '../live/model';
import type { Action, Diff, Entry, EntryItem } from '../model';
import { entryItems, type EntryLine, entryLines, originText, shortened } from './entry-lines';
import { jobLines } from './job-lines';
import { LIVE_HEADING, liveLines } from './live-lines';
import { sectionsOf, type Tone, toneOf } from './section-words';
import { capacityLines, hiddenText, placeLines, rollOutHeading, stepText, summaryLines } from './summary';
import { wrapText } from './wrap';

/** How a diff is shown on a terminal. */
export interface TerminalOptions {
  /** Columns of the terminal; lines are broken there, but not commands. Below 40 it counts as 40. */
  readonly width: number;
  /** Show every item of an entry that fans out, not the first six, and the whole of long texts. @default false */
  readonly expand?: boolean;
}

/** Items of an entry that are shown without `--expand`; one more is shown rather than counted. */
const MOST_ITEMS = 6;
/** What a running system says otherwise, without `--expand`. */
const MOST_FINDINGS = 20;
const MIN_WIDTH = 40;

/** A diff for people at a terminal: summary, sections with their entries, roll-out plan, what is hidden, notes. */
export function terminalDiff(diff: Diff, style: Style, { width, expand = false }: TerminalOptions): string {
  const page = new Page(style, Math.max(MIN_WIDTH, width), expand);
  page.summary(diff);
  if (diff.jobs) page.section('Jobs', jobLines(diff.jobs));
  for (const { section, heading, entries } of sectionsOf(diff)) {
    page.heading(heading);
    if (section === 'capacity' && diff.capacity) page.plain(capacityLines(diff.capacity));
    entries.forEach((entry, index) => page.entry(entry, index === entries.length - 1));
  }
  if (diff.live) page.live(diff.live);
  if (diff.plan.length > 0) page.plan(diff);
  if (diff.hidden.length > 0) page.hidden(diff);
  if (diff.notes.length > 0) page.notes(diff.notes);
  return page.text();
}

type Colour = (text: string) => string;

class Page {
  private readonly lines: string[] = [];

  constructor(
    private readonly style: Style,
    private readonly width: number,
    private readonly expand: boolean,
  ) {}

  text(): string {
    return this.lines.map((line) => `${line}\n`).join('');
  }

  summary(diff: Diff): void {
    const [first = '', ...rest] = summaryLines(diff);
    this.put('', first, this.style.bold);
    for (const line of rest) this.put('', line);
    for (const line of placeLines(diff)) this.put('  ', line);
  }

  heading(text: string): void {
    this.lines.push('', this.style.bold(text));
  }

  section(heading: string, lines: readonly string[]): void {
    this.heading(heading);
    this.plain(lines);
  }

  plain(lines: readonly string[]): void {
    for (const line of lines) this.put('  ', line);
  }

  entry(entry: Entry, last: boolean): void {
    const below = last ? '   ' : '│  ';
    const sign = SIGNS[entry.action];
    this.put(last ? '└─ ' : '├─ ', `${sign} ${entry.title}`, this.actionColour(entry.action), `${below}  `);
    const indent = `${below}  `;
    for (const line of entryLines(entry)) this.put(indent, this.cut(line.text), this.lineColour(line, entry));
    this.items(entryItems(entry), indent);
    const origin = originText(entry);
    if (origin !== '') this.put(indent, origin, this.style.dim);
  }

  live(live: Live): void {
    this.heading(LIVE_HEADING);
    for (const { heading, findings, notes } of liveLines(live, this.expand ? Infinity : MOST_FINDINGS)) {
      this.put('  ', heading);
      for (const line of [...findings, ...notes]) this.put('  - ', this.cut(line), plainly, '    ');
    }
    this.plain(live.notes);
  }

  plan(diff: Diff): void {
    const steps = diff.plan;
    this.heading(rollOutHeading(diff));
    const digits = String(steps.length).length;
    steps.forEach((step, index) => {
      const number = `  ${String(index + 1).padStart(digits)}. `;
      const indent = ' '.repeat(number.length);
      this.put(number, stepText(step), plainly, indent);
      // A command stays in one line: it is copied from here.
      if (step.command) this.lines.push(`${indent}${this.style.cyan(`$ ${printable(step.command)}`)}`);
    });
  }

  hidden({ hidden }: Diff): void {
    this.heading('Hidden');
    this.put('  ', `${hiddenText(hidden)} (--strict shows changes that rules hide)`);
    for (const { rule, what } of hidden) this.put('  ', `${rule}: ${what}`, this.style.dim);
  }

  notes(notes: readonly string[]): void {
    this.heading('Notes');
    for (const note of notes) this.put('  - ', note, plainly, '    ');
  }

  private items(items: readonly EntryItem[], indent: string): void {
    const shown = this.expand || items.length <= MOST_ITEMS + 1 ? items : items.slice(0, MOST_ITEMS);
    for (const { direction, text } of shown) {
      const sign = direction === 'added' ? '+' : direction === 'removed' ? '-' : '·';
      const colour = sign === '·' ? plainly : this.actionColour(direction);
      this.put(indent, `${sign} ${this.cut(text)}`, colour, `${indent}  `);
    }
    if (shown.length < items.length)
      this.put(indent, `and ${items.length - shown.length} more (--expand shows all)`, this.style.dim);
  }

  private readonly cut = (text: string): string => (this.expand ? text : shortened(text));

  /** Adds a text, broken into lines: the first one behind `first`, the others behind `rest`. */
  private put(first: string, text: string, colour: Colour = plainly, rest = first): void {
    const lines = wrapText(printable(text), Math.max(1, this.width - Math.max(first.length, rest.length)));
    lines.forEach((line, index) => this.lines.push(`${index === 0 ? first : rest}${colour(line)}`.trimEnd()));
  }

  private actionColour(action: Action | EntryItem['direction']): Colour {
    return action === 'added'
      ? this.style.green
      : action === 'removed'
        ? this.style.red
        : action === 'moved'
          ? this.style.cyan
          : this.style.bold;
  }

  private lineColour({ about }: EntryLine, entry: Entry): Colour {
    if (about === 'effect') return this.toneColour(toneOf(entry));
    return about === 'acknowledged' ? this.style.green : plainly;
  }

  private toneColour(tone: Tone): Colour {
    return { danger: this.style.red, caution: this.style.yellow, calm: this.style.dim }[tone];
  }
}

const plainly: Colour = (text) => text;

/** What stands before the title of an entry. */
const SIGNS: Readonly<Record<Action, string>> = {
  added: '+',
  removed: '-',
  changed: '~',
  moved: '>',
  rendering: '=',
};
