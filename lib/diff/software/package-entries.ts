import type { Comparison } from '../comparison';
import type { Entry } from '../model';
import { count } from '../words';
import type { Advisories } from './advisories';
import { advisoryReport } from './advisory-entries';
import { buildTimeNote } from './build-time';
import { packagesOf, rebuiltOf, type StackPackages } from './installed';
import { licenceReport, licencesOn } from './licence-entries';
import type { PackageTable } from './package-table';
import { type Stack, stacksOf } from './stack';

/** What a site knows of packages, which no output has. */
export interface PackageKnowledge {
  /** Licences and times of builds (`readPackages`). @default - nothing is said of them */
  readonly packages?: PackageTable;
  /** Known vulnerabilities (`readAdvisories`). @default - nothing is said of them */
  readonly advisories?: Advisories;
}

/** Says of each stack that changes what its packages mean: known vulnerabilities, licences, how long they build. */
export function packageEntries(
  entries: readonly Entry[],
  comparison: Comparison,
  { packages: table, advisories }: PackageKnowledge,
): readonly Entry[] {
  if (!table && !advisories) return entries;
  const pairs = stackPairs(comparison);
  const had = new Set(table && pairs.flatMap(({ sides: [was] }) => licencesOn(was, table)));
  const found: Entry[] = [];
  const notes = new Map<Entry, readonly string[]>();
  for (const { before, after, sides } of pairs) {
    if (!after) continue;
    const source = comparison.after.sources[after.path];
    const subject = { path: after.path, ...(source && { source }) };
    const known = advisories && advisoryReport(subject, sides, advisories);
    const licences = table && licenceReport(subject, sides, had, table);
    found.push(...(known?.entries ?? []), ...(licences?.entry ? [licences.entry] : []));
    const own = ownEntry(entries, after.path);
    if (!own) continue;
    const isLocked = own.level === 'lock' || (own.action === 'added' && sides[1].isWhole);
    const time = table && buildTimeNote(rebuiltOf(before, after, comparison, isLocked), table);
    notes.set(
      own,
      [time, known?.note, licences?.unknown].filter((note) => note !== undefined),
    );
  }
  return [...entries.map((entry) => ({ ...entry, notes: [...entry.notes, ...(notes.get(entry) ?? [])] })), ...found];
}

/** The stacks of both sides with what they were before, and their packages. */
function stackPairs(comparison: Comparison) {
  const { before, after, changes } = comparison;
  const [old, now] = [stacksOf(before.manifest), stacksOf(after.manifest)];
  const pairs: { before?: Stack; after?: Stack }[] = [...old].map(([path, stack]) => {
    const is = now.get(changes.moves.get(path) ?? path);
    return { before: stack, ...(is && { after: is }) };
  });
  const paired = new Set(pairs.map((pair) => pair.after));
  for (const stack of now.values()) if (!paired.has(stack)) pairs.push({ after: stack });
  return pairs.map((pair) => ({
    ...pair,
    sides: packagesOf(pair.before, pair.after, comparison) as readonly [StackPackages, StackPackages],
  }));
}

/** The entry of a stack that says what is built: that of its locks, or the first of a field. */
const ownEntry = (entries: readonly Entry[], path: string): Entry | undefined => {
  const own = entries.filter((entry) => entry.path === path && entry.level !== 'file');
  return (
    own.find(({ level }) => level === 'lock') ??
    own.find(({ effect }) => effect.class === 'rebuild-software') ??
    own.find(({ action }) => action === 'added')
  );
};

/** Where what is said of packages comes from, and what of it is not compared; as sentences. */
export function knowledgeNotes(entries: readonly Entry[], { packages, advisories }: PackageKnowledge): string[] {
  if (!entries.some(({ kind }) => kind === 'SoftwareStack')) return [];
  return [
    ...(packages ? [`licences and times of builds are those of ${packages.date}, from ${packages.source}`] : []),
    ...(advisories ? [advisoriesNote(advisories)] : []),
  ];
}

function advisoriesNote({ count: n, newest, left: { commits, unreadable, foreign } }: Advisories): string {
  const left = [
    ...(commits > 0 ? [`${count(commits, 'range')} of commits`] : []),
    ...(unreadable > 0 ? [`${unreadable} without names or versions that can be read`] : []),
    ...(foreign > 0 ? [`${count(foreign, 'package')} of distributions and other registries`] : []),
  ];
  const all = n === 1 ? '1 advisory' : `${n} advisories`;
  return [
    `known vulnerabilities are those of ${all}${newest === undefined ? '' : `, the newest of ${newest}`}`,
    ...(left.length > 0 ? [`not compared: ${left.join(', ')}`] : []),
  ].join('; ');
}
