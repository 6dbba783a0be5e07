import { closest } from '../values/closest';
import { type Problem, quote } from '../values/problem';
import { pathsOf } from './entry';
import { type Diff, type Entry, ENTRY_SECTIONS, type EntrySection } from './model';
import { count } from './words';

/** Which entries are shown. */
export interface EntryFilter {
  /** Sections to show. @default - all */
  readonly sections?: readonly EntrySection[];
  /** Constructs, with all below them, and files or folders of the output. @default - all */
  readonly paths?: readonly string[];
}

/** Reads a list of sections, e.g. `data,security`. */
export function parseSections(list: string): readonly EntrySection[] | Problem {
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !(ENTRY_SECTIONS as readonly string[]).includes(name));
  if (unknown === undefined) return names as EntrySection[];
  const near = closest(unknown, ENTRY_SECTIONS);
  const fix = near ? `did you mean ${near}?` : `the sections are ${ENTRY_SECTIONS.join(', ')}`;
  return { code: 'HPC2714', message: `there is no section ${quote(unknown)}`, fix };
}

/** The diff with the entries that a filter lets through, and a note of how many it took. The summary stays that of all. */
export function filterEntries(diff: Diff, { sections, paths }: EntryFilter): Diff {
  if (!sections && !paths) return diff;
  const entries = diff.entries.filter(
    (entry) => (!sections || sections.includes(entry.section)) && (!paths || paths.some((path) => isAt(entry, path))),
  );
  const left = diff.entries.length - entries.length;
  if (left === 0) return diff;
  const what = [sections && `sections ${sections.join(', ')}`, paths && `paths ${paths.join(', ')}`].filter(Boolean);
  const note = `${left} of ${count(diff.entries.length, 'change')} not shown: the view is limited to ${what.join(' and ')}`;
  return { ...diff, entries, notes: [...diff.notes, note] };
}

/** Whether an entry is about a construct or something below it, or about a file or one of a folder. */
export function isAt(entry: Pick<Entry, 'path' | 'about' | 'field' | 'also' | 'files'>, at: string): boolean {
  const wanted = at.replace(/\/+$/, '');
  return [...pathsOf(entry), ...(entry.about ?? []), ...entry.files].some(
    (one) => one === wanted || one.startsWith(`${wanted}/`),
  );
}
