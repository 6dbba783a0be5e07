import { type EffectClass, EFFECT_CLASSES } from '../app/effect';
import { closest } from '../values/closest';
import { type Problem, quote } from '../values/problem';
import type { Capacity, Diff, Entry, GateResult, Mark } from './model';
import { count, wattsText } from './words';

/** A condition under which a change is not let through. */
export interface Gate {
  readonly name: string;
  judge(diff: Diff): GateResult;
}

/** The gates that ask for a property of single entries. */
const entryGates: Readonly<Record<string, (entry: Entry) => boolean>> = {
  'data-loss': ofClass('data-loss'),
  'security-broadened': marked('security-broadened'),
  'user-contract': marked('user-contract'),
  'fleet-stop': ofClass('stop-fleet'),
  'library-default': marked('library-default'),
  'one-sided': marked('one-sided'),
  vulnerable: marked('vulnerable'),
  ...Object.fromEntries(EFFECT_CLASSES.filter((name) => name !== 'none').map((name) => [name, ofClass(name)])),
};

/** The gates that ask for a sum, with a limit in percent; the name is also what acknowledges one: no entry is meant. */
const sumGates: Readonly<Record<string, (capacity: Capacity) => Judged>> = { cost: costOf, power: powerOf };

/** What `--fail-on` takes; of sums an example. */
export const GATE_NAMES: readonly string[] = [
  ...Object.keys(entryGates),
  ...Object.keys(sumGates).map((name) => `${name}>10%`),
];

/** The sum that a gate judges, e.g. `cost` of `cost>10%`; nothing for one that asks for entries. */
export const sumOf = (gate: string): string | undefined =>
  Object.keys(sumGates).find((sum) => gate.startsWith(sum) && gate.includes('>'));

/** What acknowledgements of a diff can name beside entries: the sums that it has. */
export const sumIds = ({ capacity }: Diff): readonly string[] => [
  ...(capacity?.cost ? ['cost'] : []),
  ...(capacity?.power ? ['power'] : []),
];

/** The ids of the changes that an entry stands for: its own, and those of a group that it shows once. */
export const idsOf = ({ id, also = [] }: Entry): readonly string[] => [id, ...also];

function ofClass(name: EffectClass) {
  return ({ effect }: Entry) => effect.class === name;
}

function marked(mark: Mark) {
  return ({ marks }: Entry) => marks.includes(mark);
}

/**
 * Reads a list of gates, e.g. `data-loss,fleet-stop,cost>10%`.
 *
 * @returns the gates, each once, or what is wrong with the list
 */
export function parseGates(list: string): readonly Gate[] | Problem {
  const gates = new Map<string, Gate>();
  for (const name of list.split(',').map((part) => part.trim())) {
    if (name === '') continue;
    const gate = gateOf(name);
    if (!gate) return unknownGate(name);
    gates.set(name, gate);
  }
  return gates.size > 0 ? [...gates.values()] : unknownGate(list);
}

function unknownGate(name: string): Problem {
  const sum = Object.keys(sumGates).find((one) => name.startsWith(one));
  const near = sum ? `${sum}>10%` : closest(name, GATE_NAMES);
  const fix = near ? `did you mean ${near}?` : `the gates are ${GATE_NAMES.join(', ')}`;
  return { code: 'HPC2710', message: `there is no gate ${quote(name)}`, fix };
}

function gateOf(name: string): Gate | undefined {
  const [, sum = '', limit] = /^([a-z]+)\s*>\s*(\d{1,6}(?:\.\d+)?)\s*%$/.exec(name) ?? [];
  if (limit !== undefined && Object.hasOwn(sumGates, sum))
    return { name, judge: (diff) => judgeSum(name, sum, Number(limit), diff) };
  const stopped = Object.hasOwn(entryGates, name) ? entryGates[name] : undefined;
  return stopped && { name, judge: ({ entries }) => judgeEntries(name, entries.filter(stopped)) };
}

function judgeEntries(gate: string, found: readonly Entry[]): GateResult {
  const open = found.filter(({ acknowledged }) => !acknowledged);
  return {
    gate,
    failed: open.length > 0,
    entries: open.flatMap(idsOf),
    acknowledged: found.filter(({ acknowledged }) => acknowledged).flatMap(idsOf),
  };
}

/** What a gate on a sum compares. */
interface Judged {
  /** @default - it has none: nothing is estimated or stated */
  readonly before?: number;
  readonly after?: number;
  /** Both in words. */
  readonly text?: string;
  /** What is not in the sum, in words. */
  readonly missing: readonly string[];
  readonly acknowledged: boolean;
}

function costOf({ cost, notEstimated, acknowledged }: Capacity): Judged {
  const text =
    cost &&
    `at most ${cost.before} ${cost.currency} a month before, ${cost.after} after, at the prices of ${cost.date}`;
  return { ...cost, ...(text && { text }), missing: notEstimated, acknowledged: acknowledged !== undefined };
}

function powerOf({ power }: Capacity): Judged {
  if (!power) return { missing: [], acknowledged: false };
  const { before, after, alike, unstated, acknowledged } = power;
  const [a, b] = [before, after].map((watts) => (watts === undefined ? 'not stated' : wattsText(watts)));
  const isAlike = before === alike.before && after === alike.after;
  const judged = isAlike
    ? ''
    : `; where both sides state it ${wattsText(alike.before)} before, ${wattsText(alike.after)} after`;
  return {
    ...alike,
    text: `at full load ${a} before, ${b} after${judged}`,
    missing: unstated > 0 ? [`power of ${count(unstated, 'node')} on the premises`] : [],
    acknowledged: acknowledged !== undefined,
  };
}

/** A sum against a limit in percent; what is not in it is said. */
function judgeSum(gate: string, sum: string, limit: number, { capacity, entries }: Diff): GateResult {
  const passed = { gate, failed: false, entries: [], acknowledged: [] };
  const judged = capacity && sumGates[sum]?.(capacity);
  if (!judged) return passed;
  const { before, after, text, missing, acknowledged } = judged;
  const told = [
    ...(text === undefined ? [] : [text]),
    ...(missing.length > 0 ? [`not estimated: ${missing.join(', ')}`] : []),
  ].join('; ');
  const note = told === '' ? {} : { note: told };
  const over = before !== undefined && after !== undefined && after > before && after > before * (1 + limit / 100);
  if (!over) return { ...passed, ...note };
  if (acknowledged) return { ...passed, acknowledged: [sum], ...note };
  const found = entries.filter((entry) => entry.section === 'capacity' && !entry.acknowledged);
  return { gate, failed: true, entries: found.flatMap(idsOf), acknowledged: [], ...note };
}
