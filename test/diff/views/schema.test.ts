import Ajv2020 from 'ajv/dist/2020';
import fc from '../../fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, NodeType, Site, Size, SlurmCluster } from '../../../lib';
import type { App } from '../../../lib/app/app';
import { EFFECT_CLASSES } from '../../../lib/app/effect';
import { type Diff, ENTRY_SECTIONS } from '../../../lib/diff/model';
import { scenarios } from '../scenarios';
import { diffOfScenario } from '../scenarios/scenario';
import { diffOf } from '../support/sides';
import { anyText, diffs, diffWith, entryWith } from './support';

const schema = JSON.parse(readFileSync(join(__dirname, '../../../schemas/diff.schema.json'), 'utf8')) as {
  readonly $defs: Readonly<Record<'class' | 'section', { readonly enum: readonly string[] }>>;
};
const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(schema);
/** The form as a reader gets it: JSON has no undefined. */
const faultsOf = (diff: unknown) => (validate(JSON.parse(JSON.stringify(diff))) ? [] : validate.errors);

const campus = (days: number, place: string, partitions: readonly string[]) => (app: App) => {
  const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const hpc = new SlurmCluster(site, 'hpc', {
    slurm: '22.05',
    controller: 'ctl1',
    login: 'login1',
    stateSaveLocation: place,
  });
  const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) });
  const cpu = hpc.addNodes('cpu', { hosts: 'cn[001-064]', type });
  for (const name of partitions)
    hpc.addPartition(name, { nodes: [cpu], maxTime: Duration.days(days), default: name === 'batch' });
};

describe('the published schema of a diff', () => {
  test('accepts diffs of definitions', async () => {
    const changed = await diffOf(campus(7, '/a', ['batch', 'long']), campus(2, '/b', ['batch', 'debug']));

    expect(changed.entries.length).toBeGreaterThan(2);
    expect(faultsOf(changed)).toEqual([]);
    expect(faultsOf(await diffOf(campus(7, '/a', ['batch']), campus(7, '/a', ['batch'])))).toEqual([]);
  });

  test('accepts every form that the model has', () => {
    const proper = (diff: Diff): Diff => ({
      ...diff,
      entries: diff.entries.map((entry) => ({ ...entry, id: `id ${entry.id}` })),
    });
    fc.assert(
      fc.property(diffs(anyText), (any) => {
        const diff = proper(any);
        const figures = diff.capacity?.figures.map(({ percent: _percent, ...figure }) => figure);
        expect(faultsOf({ ...diff, ...(figures && { capacity: { ...diff.capacity, figures } }) })).toEqual([]);
      }),
    );
  });

  test('accepts gates, and an acknowledged cost and power', () => {
    const gates = [{ gate: 'data-loss', failed: true, entries: ['x'], acknowledged: [], note: 'n' }];
    const capacity = {
      figures: [{ what: 'nodes', before: '1', after: '2', percent: 100 }],
      cost: { before: 1.5, after: 3, currency: 'USD', date: '2026-01-01' },
      power: {
        before: 650,
        after: 1300,
        alike: { before: 650, after: 1300 },
        unstated: 8,
        acknowledged: { reason: 'r', until: '2027-01-31' },
      },
      notEstimated: [],
      acknowledged: { reason: 'r', until: '2027-01-31' },
    };
    expect(faultsOf(diffWith([entryWith({ also: ['y'] })], { gates, capacity }))).toEqual([]);
  });

  test('accepts the example of its page', () => {
    const page = readFileSync(join(__dirname, '../../../docs/diff/model.md'), 'utf8');
    const [, example = ''] = /^```json\n([^]*?)^```$/m.exec(page) ?? [];

    expect(validate(JSON.parse(example)) ? [] : validate.errors).toEqual([]);
  });

  test('names every key that diffs of realistic changes have', async () => {
    const closed = JSON.parse(JSON.stringify(schema), (_, value: unknown) =>
      typeof value === 'object' && value !== null && 'properties' in value && 'type' in value
        ? { ...value, additionalProperties: false }
        : value,
    ) as object;
    const knows = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(closed);
    expect(knows({ ...diffWith([]), novelty: 1 })).toBe(false);
    for (const scenario of Object.values(scenarios).flat()) {
      const diff: unknown = JSON.parse(JSON.stringify(await diffOfScenario(scenario)));
      expect([scenario.title, knows(diff) ? [] : knows.errors]).toEqual([scenario.title, []]);
    }
  });

  test('lets readers of this version read what a later one adds', () => {
    const diff = diffWith([{ ...entryWith(), novelty: 1 } as never]);
    expect(faultsOf({ ...diff, novelty: { a: 1 } })).toEqual([]);
  });

  test.each([
    ['no title', { title: undefined }],
    ['a class that is none', { effect: { class: 'bad', reason: 'r' } }],
    ['a section that is none', { section: 'misc' }],
    ['no list of notes', { notes: undefined }],
    ['a line that is none', { source: { file: 'a.ts', line: 0 } }],
  ])('refuses an entry with %s', (_, entry) => {
    expect(faultsOf(diffWith([{ ...entryWith(), ...entry } as never]))).not.toEqual([]);
  });

  test('names the classes and sections of the code', () => {
    expect(schema.$defs.class.enum).toEqual(EFFECT_CLASSES);
    expect(schema.$defs.section.enum).toEqual(ENTRY_SECTIONS);
  });
});
