import type { Effect } from '../../app/effect';
import { byCodeUnit } from '../../values/json';
import type { Entry } from '../model';
import type { Advisories } from './advisories';
import { type StackPackages, rootsThatNeed } from './installed';
import { type StackSubject, stackEntry } from './stack-subject';
import { bySeverity, unversioned, vulnerabilitiesOf, type Vulnerability } from './vulnerabilities';
import { some, versionsText } from './words';

/** What there is to say of known vulnerabilities of a stack. */
export interface AdvisoryReport {
  readonly entries: readonly Entry[];
  /** How many there are, as a sentence. */
  readonly note: string;
}

const BROUGHT: Effect = { class: 'none', reason: 'an advisory names this version as vulnerable' };
const FIXED: Effect = {
  class: 'none',
  reason: 'advisories name the old versions and not the new ones; what is installed stays until it is uninstalled',
  harmless: true,
};

/** The known vulnerabilities that a stack has now and did not have before, package by package, and those that it has no more. */
export function advisoryReport(
  subject: StackSubject,
  [was, is]: readonly [StackPackages, StackPackages],
  advisories: Advisories,
): AdvisoryReport {
  const [old, now] = [vulnerabilitiesOf(was, advisories), vulnerabilitiesOf(is, advisories)];
  const brought = [...now].filter(([key]) => !old.has(key)).map(([, one]) => one);
  const names = new Set(is.packages.map(({ name }) => name));
  // what is no root any more may still be there for another one
  const fixed = [...old]
    .filter(([key, one]) => !now.has(key) && (is.isWhole || names.has(one.package)))
    .map(([, one]) => one);
  const byPackage = new Map<string, Vulnerability[]>();
  for (const one of brought) byPackage.set(one.package, [...(byPackage.get(one.package) ?? []), one]);
  const entries = [...byPackage]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([name, found]) => broughtEntry(subject, name, found.sort(bySeverity), was, is));
  return {
    entries: [...entries, ...(fixed.length > 0 ? [fixedEntry(subject, fixed.sort(bySeverity), was, is)] : [])],
    note: noteOf(brought.length, fixed.length, now.size - brought.length, is),
  };
}

function noteOf(brought: number, fixed: number, kept: number, is: StackPackages): string {
  const { packages, external } = is;
  const unknown = unversioned(packages);
  return [
    `known vulnerabilities${scopeOf(is)}: ${brought} brought, ${fixed} fixed, ${kept} kept`,
    ...(unknown.length > 0 ? [`not compared for want of one version: ${some(unknown)}`] : []),
    ...(external.length > 0 ? [`not compared, for the hosts have them: ${some(external)}`] : []),
  ].join('; ');
}

/** Of which packages it is known. */
const scopeOf = ({ isWhole, locks }: StackPackages): string =>
  isWhole ? '' : locks.length > 0 ? ' of the roots and of what some locks have' : ' of the roots alone';

/** The versions of a package on both sides. */
function versionsOf(name: string, was: StackPackages, is: StackPackages): string {
  const [before, after] = [was, is].map(({ packages }) => packages.filter((one) => one.name === name));
  return versionsText(before ?? [], after ?? []);
}

function broughtEntry(
  subject: StackSubject,
  name: string,
  found: readonly Vulnerability[],
  was: StackPackages,
  is: StackPackages,
): Entry {
  const [worst] = found as readonly [Vulnerability];
  const isOne = found.length === 1;
  const summary = isOne && worst.summary !== undefined ? [worst.summary] : [];
  const roots = [...new Set(worst.versions.flatMap((version) => rootsThatNeed(name, version, is.locks)))];
  const what = isOne ? `${nameOf(worst)}, ${fixText(worst)}` : severalText(found.length, worst);
  return stackEntry(subject, is, {
    about: `vulnerable ${name}`,
    title: `${name} ${versionsOf(name, was, is)} brings ${what}`,
    effect: BROUGHT,
    marks: ['vulnerable'],
    identity: [...new Set(found.flatMap(({ versions, name: known }) => [...versions, known]))].sort(byCodeUnit),
    notes: [...summary, ...(roots.length > 0 ? [`needed by ${some(roots)}`] : [])],
    items: isOne
      ? []
      : found.map((one) => ({
          direction: 'added',
          text: [nameOf(one), ...(one.summary === undefined ? [] : [one.summary]), fixText(one)].join(', '),
        })),
  });
}

function fixedEntry(
  subject: StackSubject,
  found: readonly Vulnerability[],
  was: StackPackages,
  is: StackPackages,
): Entry {
  const [worst] = found as readonly [Vulnerability];
  const line = (one: Vulnerability): string => {
    const isGone = is.packages.every(({ name }) => name !== one.package);
    const versions = versionsOf(one.package, was, is);
    return isGone
      ? `${one.package} ${versions} goes with ${nameOf(one)}`
      : `${one.package} ${versions} fixes ${nameOf(one)}`;
  };
  const isOne = found.length === 1;
  return stackEntry(subject, is, {
    about: 'vulnerabilities fixed',
    title: isOne ? line(worst) : `fixes ${severalText(found.length, worst)}`,
    effect: FIXED,
    items: isOne ? [] : found.map((one) => ({ direction: 'removed', text: line(one) })),
  });
}

const severalText = (n: number, { severity }: Vulnerability): string =>
  `${n} known vulnerabilities${severity ? `, the worst ${severity}` : ''}`;

/** `CVE-2022-37434 (critical)`. */
const nameOf = ({ name, severity }: Vulnerability): string => `${name} (${severity ?? 'no severity that is known'})`;

const fixText = ({ fixed }: Vulnerability): string => (fixed === undefined ? 'no fix is named' : `fixed in ${fixed}`);
