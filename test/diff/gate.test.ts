import { EFFECT_CLASSES } from '../../lib/app/effect';
import { GATE_NAMES, parseGates } from '../../lib/diff/gate';
import type { Capacity, Diff, Entry, GateResult } from '../../lib/diff/model';
import { diffWith, entryWith } from './support/entries';

const judge = (list: string, diff: Diff): GateResult[] => {
  const gates = parseGates(list);
  if ('code' in gates) throw new Error(gates.message);
  return gates.map((gate) => gate.judge(diff));
};
const acknowledged = { reason: 'planned', until: '2026-12-31' };
const lossy = (id: string, more: Partial<Entry> = {}) =>
  entryWith(id, { effect: { class: 'data-loss', reason: 'the queue is lost' }, ...more });

describe('a gate', () => {
  test('fails on what it asks for, and names each entry', () => {
    const diff = diffWith([lossy('hpc#a changed'), entryWith('hpc#b changed'), lossy('hpc#c changed')]);

    expect(judge('data-loss,fleet-stop', diff)).toEqual([
      { gate: 'data-loss', failed: true, entries: ['hpc#a changed', 'hpc#c changed'], acknowledged: [] },
      { gate: 'fleet-stop', failed: false, entries: [], acknowledged: [] },
    ]);
  });

  test('lets through what is acknowledged, and tells it', () => {
    const diff = diffWith([lossy('hpc#a changed', { acknowledged }), lossy('hpc#b changed')]);

    expect(judge('data-loss', diff)).toEqual([
      { gate: 'data-loss', failed: true, entries: ['hpc#b changed'], acknowledged: ['hpc#a changed'] },
    ]);
    expect(judge('data-loss', diffWith(diff.entries.slice(0, 1)))[0]?.failed).toBe(false);
  });

  test('names every change of a group', () => {
    expect(judge('data-loss', diffWith([lossy('a', { also: ['b', 'c'] })]))[0]?.entries).toEqual(['a', 'b', 'c']);
  });

  test.each([
    ['security-broadened', { marks: ['security-broadened'] }],
    ['user-contract', { marks: ['user-contract'] }],
    ['library-default', { marks: ['library-default'] }],
    ['vulnerable', { marks: ['vulnerable'] }],
    ['fleet-stop', { effect: { class: 'stop-fleet', reason: 'all nodes stop' } }],
    ...EFFECT_CLASSES.filter((name) => name !== 'none').map(
      (name) => [name, { effect: { class: name, reason: 'x' } }] as const,
    ),
  ] as [string, Partial<Entry>][])('%s', (gate, more) => {
    expect(judge(gate, diffWith([entryWith('a', more)]))[0]?.failed).toBe(true);
    expect(judge(gate, diffWith([entryWith('a', { marks: ['security-narrowed'] })]))[0]?.failed).toBe(false);
  });
});

describe('the gate on cost', () => {
  const cost = (before: number, after: number): Capacity => ({
    figures: [],
    cost: { before, after, currency: 'USD', date: '2026-10-01' },
    notEstimated: [],
  });
  const entries = [entryWith('pool#max increased', { section: 'capacity' }), entryWith('other')];

  test.each([
    ['cost>10%', 100, 110, false],
    ['cost>10%', 100, 110.01, true],
    ['cost>0%', 100, 100, false],
    ['cost > 2.5 %', 100, 103, true],
    ['cost>10%', 100, 50, false],
    ['cost>10%', 0, 0, false],
    ['cost>900%', 0, 1, true],
  ])('%s from %d to %d', (gate, before, after, failed) => {
    const [result] = judge(gate, diffWith(entries, { capacity: cost(before, after) }));

    expect(result?.failed).toBe(failed);
    expect(result?.entries).toEqual(failed ? ['pool#max increased'] : []);
    expect(result?.note).toBe(`at most ${before} USD a month before, ${after} after, at the prices of 2026-10-01`);
  });

  test('passes without a cloud, says what has no price, and takes an acknowledgement of the sum', () => {
    const unknown = { figures: [], notEstimated: ['2 GPU instances'] };

    expect(judge('cost>10%', diffWith(entries))).toEqual([
      { gate: 'cost>10%', failed: false, entries: [], acknowledged: [] },
    ]);
    expect(judge('cost>10%', diffWith(entries, { capacity: unknown }))).toMatchObject([
      { failed: false, note: 'not estimated: 2 GPU instances' },
    ]);
    expect(judge('cost>10%', diffWith(entries, { capacity: { ...cost(1, 9), acknowledged } }))).toMatchObject([
      { failed: false, acknowledged: ['cost'] },
    ]);
  });
});

describe('the gate on power', () => {
  const entries = [entryWith('pool#hosts increased', { section: 'capacity' }), entryWith('other')];
  const stated = (before: number, after: number) => ({ before, after, alike: { before, after }, unstated: 0 });
  const judged = (power: Capacity['power'], gate = 'power>10%') =>
    judge(
      gate,
      diffWith(entries, { capacity: { figures: [], ...(power && { power }), notEstimated: ['traffic'] } }),
    )[0];

  test.each([
    ['power>10%', 10_000, 11_000, false],
    ['power>10%', 10_000, 11_001, true],
    ['power>10%', 10_000, 5000, false],
    ['power>900%', 0, 1, true],
  ])('%s from %d to %d W', (gate, before, after, failed) => {
    const result = judged(stated(before, after), gate);

    expect([result?.failed, result?.entries]).toEqual([failed, failed ? ['pool#hosts increased'] : []]);
  });

  test('says both sums, and how many nodes are not in them', () => {
    expect(judged({ ...stated(41_600, 83_200), unstated: 8 })?.note).toBe(
      'at full load 41.6 kW before, 83.2 kW after; not estimated: power of 8 nodes on the premises',
    );
  });

  test('is not passed by saying less: it judges what both sides say', () => {
    const power = { before: 80_000, after: 85_000, alike: { before: 60_000, after: 85_000 }, unstated: 8 };

    expect(judged(power)).toMatchObject({
      failed: true,
      note: 'at full load 80 kW before, 85 kW after; where both sides state it 60 kW before, 85 kW after; not estimated: power of 8 nodes on the premises',
    });
  });

  test('passes where there is nothing to compare with, says so, and takes an acknowledgement of the sum', () => {
    expect(judged(undefined)).toEqual({ gate: 'power>10%', failed: false, entries: [], acknowledged: [] });
    expect(judged({ after: 9, alike: { before: 0, after: 0 }, unstated: 0 })).toMatchObject({
      failed: false,
      note: 'at full load not stated before, 9 W after; where both sides state it 0 W before, 0 W after',
    });
    expect(judged({ ...stated(1, 9), acknowledged })).toMatchObject({
      failed: false,
      acknowledged: ['power'],
    });
  });
});

describe('the list of gates', () => {
  test('names each gate once, blanks and empty items do not matter', () => {
    const gates = parseGates(' data-loss, ,cost>10%,data-loss');

    expect('code' in gates ? gates : gates.map(({ name }) => name)).toEqual(['data-loss', 'cost>10%']);
  });

  test.each([
    ['dataloss', "there is no gate 'dataloss'", 'did you mean data-loss?'],
    ['data-loss,fleetstop', "there is no gate 'fleetstop'", 'did you mean fleet-stop?'],
    ['cost>10', "there is no gate 'cost>10'", 'did you mean cost>10%?'],
    ['cost', "there is no gate 'cost'", 'did you mean cost>10%?'],
    ['power>10', "there is no gate 'power>10'", 'did you mean power>10%?'],
    ['bandwidth>10%', "there is no gate 'bandwidth>10%'", `the gates are ${GATE_NAMES.join(', ')}`],
    ['constructor', "there is no gate 'constructor'", `the gates are ${GATE_NAMES.join(', ')}`],
    ['', "there is no gate ''", `the gates are ${GATE_NAMES.join(', ')}`],
    ['none', "there is no gate 'none'", `the gates are ${GATE_NAMES.join(', ')}`],
  ])('%j is refused', (list, message, fix) => {
    expect(parseGates(list)).toEqual({ code: 'HPC2710', message, fix });
  });
});
