import type { Entry, EntryItem } from '../model';
import { count } from '../words';
import { CLASS_WORDS } from './section-words';
import { acknowledgedText } from './summary';

/** One sentence that stands below the title of an entry. */
export interface EntryLine {
  readonly about: 'effect' | 'fate' | 'note' | 'acknowledged';
  readonly text: string;
}

/** What is said of an entry below its title, in order: class and reason, the fate of jobs, notes, the acknowledgement. */
export function entryLines({ effect, marks, notes, acknowledged }: Entry): EntryLine[] {
  const lines: EntryLine[] = [{ about: 'effect', text: `${CLASS_WORDS[effect.class]}: ${effect.reason}` }];
  if (effect.running) lines.push({ about: 'fate', text: fate('running jobs', effect.running) });
  if (effect.pending) lines.push({ about: 'fate', text: fate('pending jobs', effect.pending) });
  if (marks.includes('security-broadened')) lines.push({ about: 'note', text: 'this opens more than before' });
  if (marks.includes('security-narrowed')) lines.push({ about: 'note', text: 'this opens less than before' });
  if (marks.includes('one-sided')) lines.push({ about: 'note', text: 'premises and cloud differ from now on' });
  for (const text of notes) lines.push({ about: 'note', text });
  if (acknowledged) lines.push({ about: 'acknowledged', text: acknowledgedText(acknowledged) });
  return lines;
}

/** Most effects name the jobs that they speak of; for the others it is said. */
const fate = (jobs: string, text: string): string =>
  /^(running|pending|waiting) /.test(text) ? text : `${jobs}: ${text}`;

/** Characters of a sentence or a part that are shown where there is little room. */
const MOST_TEXT = 600;

/** A text that is too long to be read, such as all packages of a stack, cut with the count of what is left out. */
export function shortened(text: string): string {
  if (text.length <= MOST_TEXT) return text;
  const shown = text.slice(0, MOST_TEXT).replace(/[\ud800-\udbff]$/, '');
  return `${shown}… (${text.length - shown.length} more characters)`;
}

/** The parts that an entry fans out to; none when its title has said all of them. */
export const entryItems = ({ title, items }: Entry): readonly EntryItem[] =>
  items.every(({ text }) => title.includes(text)) ? [] : items;

/** Where an entry comes from, what it changes and whom it reaches: `stacks/campus.ts:8, changes slurm.conf and 2 more files`. */
export function originText(entry: Entry): string {
  const { source, files, level } = entry;
  const more = files.length > 1 ? ` and ${count(files.length - 1, 'more file')}` : '';
  const reach = reachText(entry);
  return [
    ...(source ? [`${source.file}:${source.line}`] : []),
    ...(level === 'file' || files.length === 0 ? [] : [`changes ${files[0]}${more}`]),
    ...(reach === '' ? [] : [`reaches ${reach}`]),
  ].join(', ');
}

/** The sides that an entry reaches: `premises and cloud`; nothing where there is no cloud. */
export const reachText = ({ reaches = [] }: Pick<Entry, 'reaches'>): string => reaches.join(' and ');
