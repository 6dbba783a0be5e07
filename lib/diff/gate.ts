import { type EffectClass, EFFECT_CLASSES } from '../app/effect';
import { closest } from '../values/closest';
import { type Problem, quote } from '../values/problem';
import type { Diff, Entry, GateResult, Mark } from './model';

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
  ...Object.fromEntries(EFFECT_CLASSES.filter((name) => name !== 'none').map((name) => [name, ofClass(name)])),
};

/** What `--fail-on` takes; of `cost` an example. */
export const GATE_NAMES: readonly string[] = [...Object.keys(entryGates), 'cost>10%'];

/** What acknowledges the gate on cost: it judges the sum, not one entry. */
export const COST_ID = 'cost';

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
  const near = name.startsWith('cost') ? 'cost>10%' : closest(name, GATE_NAMES);
  const fix = near ? `did you mean ${near}?` : `the gates are ${GATE_NAMES.join(', ')}`;
  return { code: 'HPC2710', message: `there is no gate ${quote(name)}`, fix };
}

function gateOf(name: string): Gate | undefined {
  const limit = /^cost\s*>\s*(\d{1,6}(?:\.\d+)?)\s*%$/.exec(name)?.[1];
  if (limit !== undefined) return { name, judge: (diff) => judgeCost(name, Number(limit), diff) };
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

/** The sum of the cloud against a limit in percent; what had no price is said, for it is not in the sum. */
function judgeCost(gate: string, limit: number, { capacity, entries }: Diff): GateResult {
  const passed = { gate, failed: false, entries: [], acknowledged: [] };
  if (!capacity) return passed;
  const missing = capacity.notEstimated.length > 0 ? `not estimated: ${capacity.notEstimated.join(', ')}` : undefined;
  const { cost } = capacity;
  if (!cost) return missing === undefined ? passed : { ...passed, note: missing };
  const note = [
    `at most ${cost.before} ${cost.currency} a month before, ${cost.after} after, at the prices of ${cost.date}`,
    ...(missing === undefined ? [] : [missing]),
  ].join('; ');
  const over = cost.after > cost.before && cost.after > cost.before * (1 + limit / 100);
  if (!over) return { ...passed, note };
  if (capacity.acknowledged) return { ...passed, acknowledged: [COST_ID], note };
  const found = entries.filter(({ section, acknowledged }) => section === 'capacity' && !acknowledged);
  return { gate, failed: true, entries: found.flatMap(idsOf), acknowledged: [], note };
}
