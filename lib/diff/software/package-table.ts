import { closest } from '../../values/closest';
import { quote, type Report } from '../../values/problem';
import { Spec } from '../../values/spec';
import { isDay } from '../day';
import { isRecord } from '../../values/json';

/** What a site knows of packages as of one day: their licences, and how long they took to build. */
export interface PackageTable {
  /** The day of the table, YYYY-MM-DD. */
  readonly date: string;
  /** Where it comes from. */
  readonly source: string;
  /** By the name that Spack has for the package. */
  readonly packages: ReadonlyMap<string, PackageFacts>;
}

/** What is known of one package. */
export interface PackageFacts {
  /** The first one whose condition holds counts. */
  readonly licences: readonly Licence[];
  readonly builds: readonly Build[];
}

/** A licence, with the versions or variants that it is for. */
export interface Licence {
  /** @default - it is for every build */
  readonly when?: Spec;
  /** In words of SPDX, e.g. `LGPL-2.1-only`. */
  readonly licence: string;
}

/** How long a build took. */
export interface Build {
  /** @default - it stands for every version */
  readonly version?: string;
  readonly seconds: number;
}

/**
 * Reads a table of packages: `hpcdk diff --packages FILE`; scripts/spack-packages.py writes one.
 *
 * @returns nothing when any of it is refused: half a table would look like nothing changes
 */
export function readPackages(text: string, report: Report): PackageTable | undefined {
  const reader = new Reader(report);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    reader.refuse(`it is not JSON: ${(error as Error).message.split('\n')[0]}`);
    return undefined;
  }
  const table = reader.table(content);
  return reader.refused ? undefined : table;
}

const FIX = 'let scripts/spack-packages.py of hpcdk write it, see docs/diff/software.md';

type Json = Readonly<Record<string, unknown>>;

/** Reads the parts, and reports each fault at its place. */
class Reader {
  refused = false;

  constructor(private readonly report: Report) {}

  refuse(message: string, at = ''): void {
    this.refused = true;
    this.report({ code: 'HPC2760', message: `the table of packages: ${at && `${at}: `}${message}`, fix: FIX }, at);
  }

  table(content: unknown): PackageTable | undefined {
    if (!isRecord(content)) {
      this.refuse(`${quote(content)} is not a table`);
      return undefined;
    }
    const { format, version, date, source, packages } = content;
    if (format !== 'hpcdk-packages' || version !== 1)
      this.refuse(`format ${quote(format)}, version ${quote(version)}; it is hpcdk-packages, version 1`);
    if (typeof date !== 'string' || !isDay(date)) this.refuse(`${quote(date)} is not a day`, 'date');
    if (typeof source !== 'string' || source === '') this.refuse('it does not say where it comes from', 'source');
    if (!isRecord(packages)) this.refuse(`${quote(packages)} is not a record of packages`, 'packages');
    const known = Object.entries(isRecord(packages) ? packages : {}).map(
      ([name, facts]) => [name, this.facts(facts, `packages.${name}`)] as const,
    );
    return { date: String(date), source: String(source), packages: new Map(known) };
  }

  private facts(facts: unknown, at: string): PackageFacts {
    const { licences, builds } = this.record(facts, at, ['licences', 'builds']);
    return {
      licences: this.list(licences, `${at}.licences`).flatMap((one, i) => this.licence(one, `${at}.licences[${i}]`)),
      builds: this.list(builds, `${at}.builds`).flatMap((one, i) => this.build(one, `${at}.builds[${i}]`)),
    };
  }

  private licence(one: unknown, at: string): Licence[] {
    const { when, licence } = this.record(one, at, ['when', 'licence']);
    if (typeof licence !== 'string' || licence.trim() === '') {
      this.refuse(`${quote(licence)} is not a licence, such as 'BSD-3-Clause'`, at);
      return [];
    }
    if (when === undefined) return [{ licence: licence.trim() }];
    const condition = typeof when === 'string' ? Spec.constraint(when) : undefined;
    if (!condition || condition.problem) {
      this.refuse(condition?.problem?.message ?? `${quote(when)} is not a condition, such as '@2.0:'`, at);
      return [];
    }
    return [{ when: condition, licence: licence.trim() }];
  }

  private build(one: unknown, at: string): Build[] {
    const { version, seconds } = this.record(one, at, ['version', 'seconds']);
    const isVersion = version === undefined || (typeof version === 'string' && version !== '');
    if (!isVersion) this.refuse(`${quote(version)} is not a version`, at);
    const isTime = typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0;
    if (!isTime) this.refuse(`${quote(seconds)} is not a number of seconds`, at);
    return isVersion && isTime ? [{ ...(typeof version === 'string' && { version }), seconds }] : [];
  }

  /** A record with no other keys than these: a key that nobody reads would be a fact that nobody is told. */
  private record(value: unknown, at: string, keys: readonly string[]): Json {
    if (!isRecord(value)) {
      this.refuse(`${quote(value)} is not a record`, at);
      return {};
    }
    for (const key of Object.keys(value).filter((name) => !keys.includes(name))) {
      const near = closest(key, keys);
      this.refuse(`there is no ${quote(key)}${near === undefined ? '' : `, did you mean ${near}?`}`, at);
    }
    return value;
  }

  private list(value: unknown, at: string): readonly unknown[] {
    if (value === undefined || Array.isArray(value)) return (value ?? []) as readonly unknown[];
    this.refuse(`${quote(value)} is not a list`, at);
    return [];
  }
}
