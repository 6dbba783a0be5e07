import { byCodeUnit } from '../../values/json';
import { Version } from '../../values/version';
import type { Advisories, Advisory } from './advisories';
import { readVersion } from './affected-range';
import { SEVERITIES } from './cvss';
import type { Installed, StackPackages } from './installed';

/** A known vulnerability of a package of a stack. */
export interface Vulnerability extends Advisory {
  readonly package: string;
  /** The versions of the package that have it. */
  readonly versions: readonly string[];
  /** The first version after these that has it no more. @default - none is named */
  readonly fixed?: string;
}

/** The known vulnerabilities of a side, by package and name. */
export function vulnerabilitiesOf({ packages }: StackPackages, advisories: Advisories): Map<string, Vulnerability> {
  const found = new Map<string, Vulnerability>();
  const seen = new Set<string>();
  for (const { name, version } of packages) {
    if (version === undefined || seen.has(`${name} ${version}`)) continue;
    seen.add(`${name} ${version}`);
    for (const one of vulnerabilitiesIn(name, version, advisories)) {
      const key = `${name} ${one.name}`;
      const known = found.get(key);
      found.set(key, known ? merged(known, one) : one);
    }
  }
  return found;
}

function vulnerabilitiesIn(name: string, version: string, { packages }: Advisories): Vulnerability[] {
  const installed = Version.parse(version);
  return (packages.get(name.toLowerCase()) ?? []).flatMap(({ advisory, versions, ranges }) => {
    const inRanges = installed.problem ? [] : ranges.filter((range) => range.has(installed));
    const isListed = versions.some((listed) => isSame(listed, name, version));
    if (inRanges.length === 0 && !isListed) return [];
    const fixes = (inRanges.length > 0 ? inRanges : ranges).flatMap((range) => range.fixAfter(installed) ?? []);
    const [fixed] = fixes.sort((a, b) => Version.compare(a, b));
    return [{ ...advisory, package: name, versions: [version], ...(fixed && { fixed: fixed.toString() }) }];
  });
}

/** Whether a version of a list, which may be the name of a tag (`zlib-1.2.11`, `v1.2.11`), is this one. */
function isSame(listed: string, name: string, version: string): boolean {
  if (listed === version) return true;
  const lower = listed.toLowerCase();
  const bare = lower.startsWith(name.toLowerCase()) ? lower.slice(name.length).replace(/^[-_./]/, '') : lower;
  const [a, b] = [readVersion(bare), Version.parse(version)];
  return !a.problem && !b.problem && a.equals(b);
}

/** What two versions, or two databases, say of one vulnerability: the worse of both. */
function merged(a: Vulnerability, b: Vulnerability): Vulnerability {
  const worst = SEVERITIES.find((one) => one === a.severity || one === b.severity);
  const [fixed] = [a.fixed, b.fixed]
    .filter((one) => one !== undefined)
    .sort((x, y) => -Version.compare(Version.parse(x), Version.parse(y)));
  return {
    ...b,
    ...a,
    versions: [...new Set([...a.versions, ...b.versions])],
    ...(worst && { severity: worst }),
    ...(fixed !== undefined && { fixed }),
  };
}

/** The worst first, then by name. */
export const bySeverity = (a: Advisory, b: Advisory): number => rank(a) - rank(b) || byCodeUnit(a.name, b.name);

const rank = ({ severity }: Advisory): number => (severity ? SEVERITIES.indexOf(severity) : SEVERITIES.length);

/** How many of the packages have no single version, so that nothing can be said of them. */
export const unversioned = (packages: readonly Installed[]): string[] =>
  [...new Set(packages.filter(({ version }) => version === undefined).map(({ name }) => name))].sort(byCodeUnit);
