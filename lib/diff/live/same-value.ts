import { Duration } from '../../values/duration';
import { Hostlist } from '../../values/hostlist';

/**
 * Whether a value that scontrol prints is the one that slurm.conf states: `120 sec` is `120`, `7-00:00:00` is `7-0`,
 * `slurm(64030)` is `slurm`, and lists have no order where Slurm reads none. The form that scontrol prints tells the type.
 *
 * @returns undefined when the two forms cannot be compared
 */
export function sameValue(key: string, live: string, stated: string): boolean | undefined {
  const name = key.toLowerCase();
  if (isSecret(name)) return undefined;
  const [l, s] = [plainValue(name, live), plainValue(name, stated)];
  if (l === s) return true;
  if (isNone(l) || isNone(s)) return isNone(l) && isNone(s) ? true : noneAgainst(isNone(l) ? s : l);
  if (isNoLimit(l) || isNoLimit(s)) return limits(l, s);
  if (isBool(l) && isBool(s)) return truth(l) === truth(s);
  if (TIME.test(l) || TIME.test(s)) return times(l, s);
  const [a, b] = [numberOf(l), numberOf(s)];
  if (a !== undefined && b !== undefined) return a === b;
  if (HOSTS.has(name)) return hosts(l, s);
  // a word in place of a number: its meaning is not known here
  if ((a === undefined) !== (b === undefined)) return undefined;
  return lists(name, l, s);
}

/** What may hold a password is neither compared nor shown. */
export const isSecret = (key: string): boolean => /pass(word)?$|secret|token/i.test(key);

/** Whether the value stands for none: `(null)`, `N/A`, and the plugins that do nothing. */
export const isNone = (value: string): boolean =>
  /^(|\(null\)|\(null type\)|n\/a|none|unknown|\w+\/(none|default))$/i.test(value);

const isNoLimit = (value: string): boolean => /^(unlimited|infinite|-1)$/i.test(value);

/** No limit is written in several ways, and some keys say it with 0. */
const limits = (l: string, s: string): boolean | undefined =>
  isNoLimit(l) && isNoLimit(s) ? true : /^0+$/.test(isNoLimit(l) ? s : l) ? undefined : false;

const noneAgainst = (other: string): boolean | undefined =>
  isNoLimit(other) || /^0+$/.test(other) ? undefined : false;

const TIME = /^(\d+-)?\d+:\d+(:\d+)?$|^\d+-\d+$/;

function times(l: string, s: string): boolean | undefined {
  const [a, b] = [Duration.parseSlurm(l), Duration.parseSlurm(s)];
  if (a.problem || b.problem) return undefined;
  // scontrol prints some times as a bare number, in seconds
  if (/^\d+$/.test(l)) return Number(l) === b.seconds ? true : undefined;
  return a.equals(b);
}

const isBool = (value: string): boolean => /^(yes|no|true|false|0|1)$/i.test(value);
const truth = (value: string): boolean => /^(yes|true|1)$/i.test(value);

/** A number, with the unit that scontrol prints behind it, or the `k` of slurm.conf. */
function numberOf(value: string): number | undefined {
  const [, digits, kilo, unit = ''] = /^(-?\d+(?:\.\d+)?)(k?)(?: ([a-z/]+))?$/i.exec(value) ?? [];
  if (digits === undefined || (kilo && unit)) return undefined;
  return Number(digits) * (kilo ? 1024 : 1);
}

/** Keys whose value is a hostlist. */
const HOSTS: ReadonlySet<string> = new Set(['nodes', 'allocnodes', 'suspendexcnodes']);

function hosts(l: string, s: string): boolean | undefined {
  // a set of nodes or ALL has no names that could be compared
  if (/^all$/i.test(s) || /^all$/i.test(l) || /:/.test(s)) return undefined;
  const [a, b] = [Hostlist.parse(l), Hostlist.parse(s)];
  return a.problem || b.problem ? undefined : a.equals(b);
}

/** Lists whose order counts. */
const ORDERED: ReadonlySet<string> = new Set(['jobsubmitplugins', 'clifilterplugins', 'slurmctldhost', 'prepplugins']);

/** What Slurm adds to a list by itself; plugins without their kind. */
const ADDED: Readonly<Record<string, ReadonlySet<string>>> = {
  accountingstoragetres: new Set(['cpu', 'mem', 'energy', 'node', 'billing', 'disk', 'vmem', 'pages']),
  prologflags: new Set(['alloc', 'contain']),
};

function lists(name: string, l: string, s: string): boolean {
  const [a, b] = [wordsOf(l), wordsOf(s)];
  if (ORDERED.has(name)) return a.join() === b.join();
  const [live, stated] = [new Set(a), new Set(b)];
  const added = ADDED[name];
  return b.every((word) => live.has(word)) && a.every((word) => stated.has(word) || added?.has(word));
}

/** The words of a list: plugins without their kind, `task/cgroup` is `cgroup`; paths in their case, all else in none. */
const wordsOf = (value: string): string[] =>
  value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((word) => (word.startsWith('/') ? word : word.toLowerCase().replace(/^[a-z_]+\/(?=[a-z_0-9]+$)/, '')));

/** A value without what scontrol adds to it. */
function plainValue(name: string, value: string): string {
  const text = value.trim();
  if (name === 'slurmuser' || name === 'slurmduser') return text.replace(/\(\d+\)$/, '');
  if (name === 'slurmctldhost') return text.replace(/\([^)]*\)/g, '');
  if (name === 'gres') return text.replace(/\([SI\w]*:[^)]*\)/g, '');
  return text;
}
