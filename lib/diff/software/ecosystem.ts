/** Registries whose packages Spack has, with what it puts before their names. */
const PREFIXES: Readonly<Record<string, string>> = { PyPI: 'py-', CRAN: 'r-', Bioconductor: 'r-', CPAN: 'perl-' };

/** Distributions, which mend a package without a new version of it, and count in versions of their own. */
const DISTRIBUTIONS: readonly string[] = [
  'AlmaLinux',
  'Alpaquita',
  'Alpine',
  'Android',
  'Azure Linux',
  'BellSoft',
  'BellSoft Hardened Containers',
  'Chainguard',
  'CleanStart',
  'Debian',
  'Docker Hardened Images',
  'Echo',
  'Mageia',
  'MinimOS',
  'Photon OS',
  'Red Hat',
  'Rocky Linux',
  'Root',
  'SUSE',
  'Ubuntu',
  'Wolfi',
  'openEuler',
  'openSUSE',
];

/** Registries in which a name that Spack has too is another program's. */
const REGISTRIES: readonly string[] = [
  'GHC',
  'GitHub Actions',
  'Go',
  'Hackage',
  'Hex',
  'Kubernetes',
  'Maven',
  'NuGet',
  'Packagist',
  'Pub',
  'RubyGems',
  'SwiftURL',
  'VSCode',
  'crates.io',
  'npm',
  'opam',
];

const FOREIGN: ReadonlySet<string> = new Set([...DISTRIBUTIONS, ...REGISTRIES]);

/**
 * The name that Spack has for a package of an ecosystem of OSV, in lower case; undefined where names or versions mean something else.
 *
 * @param ecosystem as OSV writes it, with a release after a colon: `Debian:12`
 */
export function spackName(ecosystem: string, name: string): string | undefined {
  const [family = ''] = ecosystem.split(':');
  if (FOREIGN.has(family)) return undefined;
  const lower = name.toLowerCase();
  const prefix = Object.hasOwn(PREFIXES, family) ? PREFIXES[family] : undefined;
  return prefix === undefined ? lower : prefix + lower.replace(/[-_.:]+/g, '-');
}
