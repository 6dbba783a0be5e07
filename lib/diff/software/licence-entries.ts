import { byCodeUnit } from '../../values/json';
import { push } from '../../values/multimap';
import type { Effect } from '../../app/effect';
import type { Entry, EntryItem } from '../model';
import { count } from '../words';
import type { Installed, StackPackages } from './installed';
import { licenceOf } from './licence';
import type { PackageTable } from './package-table';
import { type StackSubject, stackEntry } from './stack-subject';
import { some, versionsText } from './words';

/** What there is to say of the licences of a stack. */
export interface LicenceReport {
  readonly entry?: Entry;
  /** Of which packages that come or change the licence is not known, as a sentence. */
  readonly unknown?: string;
}

const EFFECT: Effect = { class: 'none', reason: 'the terms under which it is used and passed on are others' };

/**
 * Packages that have another licence, and those that come with one that no package of the site had.
 *
 * @param had the licences that are known of the old side
 */
export function licenceReport(
  subject: StackSubject,
  [was, is]: readonly [StackPackages, StackPackages],
  had: ReadonlySet<string>,
  table: PackageTable,
): LicenceReport {
  const [old, now] = [byName(was), byName(is)];
  const unknown: string[] = [];
  const lines: { readonly item: EntryItem; readonly title: string }[] = [];
  for (const [name, packages] of [...now].sort(([a], [b]) => byCodeUnit(a, b))) {
    const before = old.get(name);
    const versions = versionsText(before ?? [], packages);
    const subjectText = `${name} ${versions}`.trim();
    const [a, b] = [before ? licencesOf(before, table) : [], licencesOf(packages, table)];
    if (!a || !b) {
      if (!before || versions !== versionsText(packages, packages)) unknown.push(name);
    } else if (before && key(a) !== key(b)) {
      const change = `licence ${a.join(', ')} → ${b.join(', ')}`;
      lines.push({
        item: { direction: 'changed', text: `${subjectText}: ${change}` },
        title: `${subjectText}, ${change}`,
      });
    } else if (!before && had.size > 0) {
      const novel = b.filter((licence) => !had.has(plain(licence)));
      if (novel.length === 0) continue;
      const text = `${subjectText} comes with the licence ${novel.join(', ')}`;
      const which = is.isWhole ? 'no package' : 'no root';
      lines.push({ item: { direction: 'added', text }, title: `${text}, which ${which} of the site had` });
    }
  }
  const [only] = lines;
  return {
    ...(only && {
      entry: stackEntry(subject, is, {
        about: 'licences',
        title: lines.length === 1 ? only.title : `licences of ${count(lines.length, 'package')} that are others or new`,
        effect: EFFECT,
        items: lines.map(({ item }) => item),
      }),
    }),
    ...(unknown.length > 0 && {
      unknown: `licence not known of ${count(unknown.length, 'package')} of those that come or change: ${some(unknown)}`,
    }),
  };
}

/** The licences of a side, in the form in which they are compared. */
export const licencesOn = ({ packages }: StackPackages, table: PackageTable): string[] =>
  packages.flatMap((one) => licenceOf(one, table) ?? []).map(plain);

const plain = (licence: string): string => licence.toLowerCase().replace(/\s+/g, ' ');
const key = (licences: readonly string[]): string => licences.map(plain).join('\n');

function byName({ packages }: StackPackages): Map<string, Installed[]> {
  const found = new Map<string, Installed[]>();
  for (const one of packages) push(found, one.name, one);
  return found;
}

/** The licences of the builds of a package, each once; undefined when one of them is not known. */
function licencesOf(packages: readonly Installed[], table: PackageTable): string[] | undefined {
  const found = packages.map((one) => licenceOf(one, table));
  if (found.includes(undefined)) return undefined;
  return [...new Set(found as string[])].sort((a, b) => byCodeUnit(plain(a), plain(b)));
}
