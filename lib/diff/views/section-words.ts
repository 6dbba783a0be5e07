import type { EffectClass } from '../../app/effect';
import { severity } from '../entry';
import { type Diff, type Entry, ENTRY_SECTIONS, type EntrySection, type Mark } from '../model';

/** What the views call the sections of a page. */
export const SECTION_HEADINGS: Readonly<Record<EntrySection, string>> = {
  data: 'Data at risk',
  security: 'Security',
  contract: 'User contract',
  disruption: 'Disruption',
  capacity: 'Cost and capacity',
  software: 'Software',
  other: 'Other',
  state: 'State only',
};

/** What each section is for, in one sentence. */
export const SECTION_MEANINGS: Readonly<Record<EntrySection, string>> = {
  data: 'Data or the queue of jobs can be lost.',
  security: 'Who may reach, see or do what.',
  contract: "What users' job scripts rely on.",
  disruption: 'What stops or drains machines.',
  capacity: 'What there is to compute with, and what it costs.',
  software: 'What is built and what modules load.',
  other: 'What belongs to none of the above.',
  state: 'Our own records change, and nothing of the site.',
};

/** Sections that a reviewer has to read. */
export const RISK_SECTIONS: ReadonlySet<EntrySection> = new Set(['data', 'security', 'contract', 'disruption']);

/** What a class of effect is called where people read it. */
export const CLASS_WORDS: Readonly<Record<EffectClass, string>> = {
  none: 'no disruption',
  reconfigure: 'reconfigure',
  'daemon-restart': 'daemon restart',
  'rolling-drain': 'rolling drain',
  reboot: 'reboot',
  'stop-logins': 'login nodes stop',
  'stop-fleet': 'all nodes stop',
  'stop-controller': 'controller stops',
  'rebuild-software': 'software rebuild',
  replace: 'replacement',
  'data-loss': 'data loss',
};

/** How loudly a class is said. */
export type Tone = 'danger' | 'caution' | 'calm';

const DANGER: ReadonlySet<EffectClass> = new Set([
  'stop-logins',
  'stop-fleet',
  'stop-controller',
  'replace',
  'data-loss',
]);

const DANGEROUS_MARKS: ReadonlySet<Mark> = new Set(['security-broadened', 'vulnerable']);

/** The tone of an entry. */
export function toneOf({ effect, marks }: Pick<Entry, 'effect' | 'marks'>): Tone {
  if (DANGER.has(effect.class) || marks.some((mark) => DANGEROUS_MARKS.has(mark))) return 'danger';
  // what jobs no longer find on some nodes is not made good by being harmless to the others
  if (marks.includes('one-sided')) return 'caution';
  const notices = severity(effect) >= severity({ class: 'daemon-restart' }) || marks.includes('user-contract');
  return notices && effect.harmless !== true ? 'caution' : 'calm';
}

/** Entries that no view may leave out for want of room: data loss, stops, replacements, security that is broadened, known vulnerabilities. */
export const mustBeSeen = (entry: Entry): boolean => toneOf(entry) === 'danger';

/** One section of a page. */
export interface SectionOfEntries {
  readonly section: EntrySection;
  readonly heading: string;
  readonly entries: readonly Entry[];
}

/** The sections of a page that have something to show, in order. Figures of capacity have their section without an entry. */
export function sectionsOf({ entries, capacity }: Diff): SectionOfEntries[] {
  const found = new Map<EntrySection, Entry[]>();
  for (const entry of entries) {
    const list = found.get(entry.section);
    if (list) list.push(entry);
    else found.set(entry.section, [entry]);
  }
  if (capacity && !found.has('capacity')) found.set('capacity', []);
  return ENTRY_SECTIONS.filter((section) => found.has(section)).map((section) => ({
    section,
    heading: SECTION_HEADINGS[section],
    entries: found.get(section) as Entry[],
  }));
}
