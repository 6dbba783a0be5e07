import { byCodeUnit, isRecord } from '../../values/json';
import { quote, type Report } from '../../values/problem';
import { isDay } from '../day';
import { type Severity, SEVERITIES, severityOf } from './cvss';
import { AffectedRange, type RangeEvent } from './affected-range';
import { spackName } from './ecosystem';

/** One known vulnerability. */
export interface Advisory {
  /** Its CVE, or what the database calls it where there is none. */
  readonly name: string;
  readonly summary?: string;
  readonly severity?: Severity;
}

/** A package that an advisory is about, with the versions that it affects. */
export interface AffectedPackage {
  readonly advisory: Advisory;
  /** Versions that are named one by one, as the database writes them. */
  readonly versions: readonly string[];
  readonly ranges: readonly AffectedRange[];
}

/** What databases say of packages. */
export interface Advisories {
  readonly count: number;
  /** The day on which the newest of them was changed. @default - none says it */
  readonly newest?: string;
  /** By the name that Spack has for the package, in lower case. */
  readonly packages: ReadonlyMap<string, readonly AffectedPackage[]>;
  /** What is in them and not compared. */
  readonly left: {
    /** Ranges of commits. */
    readonly commits: number;
    /** Packages without a name or versions, and ranges with a version that is none. */
    readonly unreadable: number;
    /** Packages of distributions and of registries of other languages, whose names or versions are others than those of Spack. */
    readonly foreign: number;
  };
}

/**
 * Reads advisories in the form of OSV: one document, a list of them, or `{"vulns": [...]}`, as the API of osv.dev answers.
 * Those that were withdrawn are left out.
 *
 * @returns nothing when any of it is refused: half the advisories would look like fewer vulnerabilities
 */
export function readAdvisories(text: string, report: Report): Advisories | undefined {
  const reader = new Reader(report);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    reader.refuse(`they are not JSON: ${(error as Error).message.split('\n')[0]}`);
    return undefined;
  }
  const [documents, at] = documentsOf(content);
  if (documents) documents.forEach((document, index) => reader.document(document, `${at}[${index}]`));
  else if (isRecord(content) && content.id !== undefined) reader.document(content, '');
  else reader.refuse(`${quote(content)} is no document of OSV, no list of them, and has no "vulns"`);
  return reader.refused ? undefined : reader.advisories();
}

function documentsOf(content: unknown): readonly [documents: readonly unknown[] | undefined, at: string] {
  if (Array.isArray(content)) return [content as readonly unknown[], ''];
  if (isRecord(content) && Array.isArray(content.vulns)) return [content.vulns as readonly unknown[], 'vulns'];
  // what osv.dev answers when it knows of nothing
  return [isRecord(content) && Object.keys(content).length === 0 ? [] : undefined, ''];
}

const FIX = 'take them from a database that exports OSV, see docs/diff/software.md';

type Json = Readonly<Record<string, unknown>>;

/** Reads documents one by one, and reports each fault at its place. Keys that it does not know are those of a later OSV. */
class Reader {
  refused = false;
  private count = 0;
  private newest = '';
  private readonly packages = new Map<string, AffectedPackage[]>();
  private readonly left = { commits: 0, unreadable: 0, foreign: 0 };

  constructor(private readonly report: Report) {}

  refuse(message: string, at = ''): void {
    this.refused = true;
    this.report({ code: 'HPC2761', message: `the advisories: ${at && `${at}: `}${message}`, fix: FIX }, at);
  }

  advisories(): Advisories {
    const { count, newest, packages, left } = this;
    return { count, ...(newest !== '' && { newest }), packages, left };
  }

  document(document: unknown, at: string): void {
    if (!isRecord(document) || typeof document.id !== 'string' || document.id === '') {
      this.refuse(`${quote(document)} is no document of OSV: it has no id`, at);
      return;
    }
    if (document.withdrawn !== undefined && document.withdrawn !== null) return;
    this.count += 1;
    const day = String(document.modified ?? '').slice(0, 10);
    if (isDay(day) && day > this.newest) this.newest = day;
    const place = at === '' ? '' : `${at}.`;
    this.records(document.affected, `${place}affected`).forEach((affected, index) =>
      this.affected(document, affected, `${place}affected[${index}]`),
    );
  }

  private affected(document: Json, affected: Json, at: string): void {
    const ranges = this.records(affected.ranges, `${at}.ranges`);
    this.left.commits += ranges.filter(({ type }) => type === 'GIT').length;
    const { versions = [] } = affected;
    if (!Array.isArray(versions) || !versions.every((one) => typeof one === 'string'))
      this.refuse(`${quote(versions)} is not a list of versions`, `${at}.versions`);
    const compared = ranges.filter(({ type }) => type !== 'GIT');
    if (affected.package === undefined && compared.length === 0) return;
    const { ecosystem = '', name } = packageOf(document, affected);
    if (typeof name !== 'string' || name === '' || typeof ecosystem !== 'string') {
      if (affected.package === undefined) this.left.unreadable += 1;
      else this.refuse(`${quote(affected.package)} is no package: it has no name`, at);
      return;
    }
    const own = spackName(ecosystem, name);
    if (own === undefined) {
      this.left.foreign += 1;
      return;
    }
    if (ranges.length + (versions as readonly unknown[]).length === 0) this.left.unreadable += 1;
    const found = this.packages.get(own) ?? [];
    this.packages.set(own, found);
    found.push({
      advisory: advisoryOf(document, affected),
      versions: versions as readonly string[],
      ranges: ranges.flatMap((range, index) => this.range(range, `${at}.ranges[${index}]`)),
    });
  }

  private range({ type, events }: Json, at: string): AffectedRange[] {
    if (type === 'GIT') return [];
    if (type !== 'SEMVER' && type !== 'ECOSYSTEM') {
      this.refuse(`${quote(type)} is no type of a range: it is SEMVER, ECOSYSTEM or GIT`, at);
      return [];
    }
    const read = this.records(events, `${at}.events`).flatMap((event, index) =>
      this.event(event, `${at}.events[${index}]`),
    );
    const range = AffectedRange.of(read);
    if (!range) this.left.unreadable += 1;
    return range ? [range] : [];
  }

  private event(event: Json, at: string): RangeEvent[] {
    const [found, ...more] = Object.entries(event).filter(([key]) => EVENTS.has(key)) as [RangeEvent[0], unknown][];
    if (found && more.length === 0 && typeof found[1] === 'string') return [[found[0], found[1]]];
    this.refuse(`${quote(event)} is no event: one of ${[...EVENTS].join(', ')} with a version`, at);
    return [];
  }

  private records(value: unknown, at: string): readonly Json[] {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value) && value.every(isRecord)) return value;
    this.refuse(`${quote(value)} is not a list of records`, at);
    return [];
  }
}

/** A project that speaks of itself alone names its package once, as curl does. */
const packageOf = ({ database_specific: stated }: Json, { package: own }: Json): Json =>
  isRecord(own) ? own : own === undefined && isRecord(stated) ? { name: stated.package } : {};

const EVENTS: ReadonlySet<string> = new Set<RangeEvent[0]>(['introduced', 'fixed', 'last_affected', 'limit']);

function advisoryOf({ id, aliases, summary, severity, database_specific: stated }: Json, affected: Json): Advisory {
  const names = [id, ...(Array.isArray(aliases) ? (aliases as readonly unknown[]) : [])].map(String);
  const name = names.filter((one) => one.startsWith('CVE-')).sort(byCodeUnit)[0] ?? String(id);
  const worst = worstOf([
    ...wordsOf(stated),
    ...wordsOf(affected.database_specific),
    ...wordsOf(affected.ecosystem_specific),
    ...scoresOf(severity),
    ...scoresOf(affected.severity),
  ]);
  return {
    name,
    ...(typeof summary === 'string' && summary.trim() !== '' && { summary: summary.trim() }),
    ...(worst && { severity: worst }),
  };
}

const wordsOf = (specific: unknown): string[] =>
  isRecord(specific) && typeof specific.severity === 'string' ? [specific.severity] : [];

const scoresOf = (severity: unknown): string[] =>
  (Array.isArray(severity) ? (severity as readonly unknown[]) : []).flatMap((one) =>
    isRecord(one) && typeof one.score === 'string' ? [one.score] : [],
  );

/** The worst of severities that are known. */
function worstOf(texts: readonly string[]): Severity | undefined {
  const found = new Set(texts.map(severityOf));
  return SEVERITIES.find((one) => found.has(one));
}
