import fc from '../fast-check';
import { yaml } from '../../lib/documents/yaml';
import { anyValue, traps } from '../documents/any-value';
import { collect } from '../documents/hostile';
import { describeWith, runOk } from './support/tools';

// Debian's Python has PyYAML with Ansible; a Python of the user's own may lack it.
const python = '/usr/bin/python3';

/** Reads a JSON list of YAML texts, gives the JSON of what PyYAML made of each. Numbers keep their type. */
const program = `
import json, sys, yaml
def typed(v):
    if isinstance(v, dict): return {"map": [[typed(k), typed(x)] for k, x in v.items()]}
    if isinstance(v, list): return [typed(x) for x in v]
    if isinstance(v, (int, float)) and not isinstance(v, bool): return {"number": repr(float(v))}
    if v is None or isinstance(v, (bool, str)): return v
    raise TypeError(type(v))
json.dump([typed(yaml.safe_load(t)) for t in json.load(sys.stdin)], sys.stdout)
`;

const typed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(typed);
  if (typeof value === 'number') return { number: value };
  if (typeof value !== 'object' || value === null) return value;
  return { map: Object.entries(value).map(([key, item]) => [typed(key), typed(item)]) };
};

describeWith([python], 'YAML and PyYAML', () => {
  test('every value comes back with its type', async () => {
    // GIVEN values with strings that YAML 1.1 takes for numbers, dates and booleans
    const values = [
      ...traps,
      ...traps.map((trap) => ({ [trap]: [trap] })),
      ...fc.sample(anyValue, { numRuns: 2000, seed: 3 }),
    ];
    const carried = values.flatMap((value) => {
      const { report, problems } = collect();
      const text = yaml.print(value, report);
      return problems.length === 0 ? [{ value, text }] : [];
    });
    expect(carried.length).toBeGreaterThan(1000);
    // WHEN PyYAML reads them THEN it has the same values
    const input = JSON.stringify(carried.map(({ text }) => text));
    const read = JSON.parse(await runOk(python, ['-c', program], { input })) as unknown[];
    const numbers = (_: string, item: unknown) =>
      typeof item === 'object' && item !== null && 'number' in item ? { number: Number(item.number) } : item;
    read.forEach((item, i) => expect(JSON.parse(JSON.stringify(item), numbers)).toEqual(typed(carried[i]!.value)));
  });
});
