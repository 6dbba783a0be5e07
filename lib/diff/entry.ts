import { hash } from 'node:crypto';
import { type Effect, EFFECT_CLASSES } from '../app/effect';
import type { ResolvedEffects } from '../app/effect';
import type { Direction } from '../values/compare';
import { byCodeUnit } from '../values/json';
import { type Entry, ENTRY_SECTIONS, type EntrySection, type Mark } from './model';

/** What is assumed of a change that no rule speaks of: the worst. */
export const UNKNOWN_EFFECT: Effect = {
  class: 'data-loss',
  reason: 'no rule says what this change does, so the worst is assumed',
};

/** The effect of a change in one direction. */
export const effectOf = (effects: ResolvedEffects | undefined, direction: Direction): Effect =>
  effects?.[direction] ?? effects?.any ?? UNKNOWN_EFFECT;

/** How bad a class is, from 0 for `none`. */
export const severity = ({ class: name }: Pick<Effect, 'class'>): number => EFFECT_CLASSES.indexOf(name);

/**
 * The id of an entry: what changed, in which way, and a fingerprint of the values, so that an acknowledgement of one
 * change never holds for the next one of the same field.
 */
export const entryId = (subject: string, what: string, ...values: unknown[]): string =>
  `${subject} ${what} ${hash('sha256', JSON.stringify(values)).slice(0, 6)}`;

/** The paths that an entry is about: its own, and those of a group that it shows once. */
export const pathsOf = ({ path, field, also = [] }: Pick<Entry, 'path' | 'field' | 'also'>): readonly string[] => [
  path,
  ...also.flatMap((id) => {
    const end = id.lastIndexOf(`#${field} `);
    return end > 0 ? [id.slice(0, end)] : [];
  }),
];

/** What an entry has when nothing is said of it. */
const PLAIN = { notes: [], items: [], marks: [], files: [] } as const;

/** Makes an entry: the section follows the effect where that is worse than the field says, and the marks follow both. */
export function makeEntry(
  entry: Omit<Entry, 'notes' | 'items' | 'marks' | 'files'> &
    Partial<Pick<Entry, 'notes' | 'items' | 'marks' | 'files'>>,
): Entry {
  const section = sectionFor(entry.section, entry.effect);
  const marks: Mark[] = [...(entry.marks ?? [])];
  if (section === 'contract' && !entry.effect.harmless && !marks.includes('user-contract')) marks.push('user-contract');
  return { ...PLAIN, ...entry, section, marks };
}

/** Data at risk and a stop of all are shown as such, wherever the field belongs. */
function sectionFor(section: EntrySection, effect: Effect): EntrySection {
  if (effect.class === 'data-loss') return 'data';
  const stops = ['reboot', 'stop-logins', 'stop-fleet', 'stop-controller'].includes(effect.class);
  return stops && !['data', 'security', 'contract'].includes(section) ? 'disruption' : section;
}

/** The order of a page: section by section, what is vulnerable and then the worst first, then by path. */
export const inOrder = (a: Entry, b: Entry): number =>
  ENTRY_SECTIONS.indexOf(a.section) - ENTRY_SECTIONS.indexOf(b.section) ||
  Number(b.marks.includes('vulnerable')) - Number(a.marks.includes('vulnerable')) ||
  severity(b.effect) - severity(a.effect) ||
  byCodeUnit(a.path, b.path) ||
  byCodeUnit(a.field ?? '', b.field ?? '') ||
  byCodeUnit(a.id, b.id);
