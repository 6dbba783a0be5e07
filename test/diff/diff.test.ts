import type { Manifest, ManifestConstruct, ManifestTable } from '../../lib/app/manifest';
import type { Diff } from '../../lib/diff';
import { diffSides } from '../../lib/diff';
import { NodeType, Power, Size } from '../../lib/index';
import { declareSmall, type Small, type Variant } from './support/campus';
import { diffOf, sideOf } from './support/sides';

const diff = (before: Variant, after: Variant): Promise<Diff> => diffOf(declareSmall(before), declareSmall(after));
const titles = ({ entries }: Diff) => entries.map(({ section, title }) => `${section}: ${title}`);

describe('two definitions compared', () => {
  test('the same definition differs in nothing', async () => {
    const { entries, hidden, summary } = await diff({}, {});
    expect([entries, hidden]).toEqual([[], []]);
    expect(summary).toEqual({
      entries: 0,
      worst: 'none',
      added: 0,
      removed: 0,
      changed: 0,
      moved: 0,
      files: 0,
      filesOnHosts: 0,
    });
  });

  test('one limit of two partitions is one entry, with the files behind it', async () => {
    const result = await diff({}, { partitions: { batch: 2, long: 2 } });
    expect(titles(result)).toEqual(['contract: 2 partitions (batch, long): maxTime 7d → 2d']);
    expect(result.entries[0]).toMatchObject({
      effect: { class: 'reconfigure', running: expect.any(String) as string, pending: expect.any(String) as string },
      marks: ['user-contract'],
      files: ['sites/campus/slurm/hpc/slurm.conf'],
      source: { file: expect.stringContaining('campus.ts') as string },
    });
    expect(result.summary).toMatchObject({ entries: 1, worst: 'reconfigure', changed: 1, filesOnHosts: 1 });
  });

  test('hosts of other names are other machines', async () => {
    const { entries } = await diff({}, { hosts: 'cn[1-64]' });
    expect(entries).toMatchObject([
      { path: 'campus/hpc/nodes/cpu', field: 'hosts', before: 'cn[001-064]', after: 'cn[1-64]', direction: 'changed' },
    ]);
    expect(entries[0]?.notes).toContain('64 hosts removed: cn[001-064]; 64 hosts added: cn[1-64]');
  });

  test('a part of a record that has a rule of its own is an entry of its own, and no matter of the others', async () => {
    const type = (watts: number, threads = 1) => ({ type: { power: Power.w(watts), threads } });
    const quiet = await diff({}, type(650));
    expect(quiet.entries).toMatchObject([
      {
        section: 'capacity',
        field: 'type.power',
        title: 'node pool cpu: type.power not set → 650W',
        effect: { class: 'none', harmless: true },
        files: [],
      },
    ]);
    expect([quiet.summary.files, quiet.plan]).toEqual([0, []]);

    const both = await diff(type(650), type(700, 2));
    expect(both.entries.map(({ title, direction, effect }) => [title, direction, effect.class])).toEqual([
      ['node pool cpu: type threads 1 → 2', 'increased', 'rolling-drain'],
      ['node pool cpu: type.power 650W → 700W', 'increased', 'none'],
    ]);
    const { entries } = await diff({ type: { threads: 1 } }, { type: { threads: 2 } });
    expect(both.entries[0]?.effect).toEqual(entries[0]?.effect);
  });

  test('what no file holds stands behind no file that changed beside it', async () => {
    const gpus = (watts: number) => ({
      more: ({ hpc }: Small) => {
        const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256), power: Power.w(watts) });
        hpc.addPartition('gpu', { nodes: [hpc.addNodes('gpu', { hosts: 'gn[1-4]', type })] });
      },
    });
    const { entries, plan } = await diff(gpus(2000), { ...gpus(2400), hosts: 'cn[001-072]' });
    expect(entries.map(({ field, files }) => [field, files])).toEqual([
      ['hosts', ['sites/campus/slurm/hpc/slurm.conf']],
      ['type.power', []],
    ]);
    expect(plan.filter(({ because }) => because.some((id) => id.includes('power')))).toEqual([]);
  });

  test('the queue at another place is data at risk, and comes first', async () => {
    const result = await diff({}, { cluster: { stateSaveLocation: '/srv/slurm' }, partitions: { batch: 2, long: 7 } });
    expect(result.entries.map(({ section }) => section)).toEqual(['data', 'contract']);
    expect(result.summary.worst).toBe('data-loss');
  });

  test('a partition that goes takes its users contract with it', async () => {
    const result = await diff({}, { partitions: { batch: 7 } });
    expect(titles(result)).toEqual(['contract: partition long removed']);
    expect(result.entries[0]?.notes[0]).toBe('nodes cpu, maxTime 7d, default no');
  });

  test('a partition of another name is a rename that its users notice', async () => {
    const result = await diff({}, { partitions: { batch: 7, slow: 7 } });
    expect(titles(result)).toEqual(['contract: partition long renamed to slow']);
    expect(result.entries[0]?.marks).toEqual(['user-contract']);
  });

  test('what came with something else is one entry with its parts', async () => {
    const { entries } = await diffOf(() => undefined, declareSmall());
    expect(entries).toMatchObject([
      {
        title: 'site campus added, with 4 constructs below it',
        effect: { class: 'none', reason: 'a new site' },
        marks: [],
      },
    ]);
    expect(entries[0]?.items.map(({ text }) => text)).toEqual([
      'Slurm cluster hpc',
      'node pool cpu',
      'partition batch',
      'partition long',
    ]);
  });

  test('each key of the options is judged by itself', async () => {
    const before = { options: { SchedulerParameters: 'bf_continue,bf_window=10', MessageTimeout: '10' } };
    const after = {
      options: { SchedulerParameters: 'bf_window=10,bf_continue', MessageTimeout: '20', KillWait: '60' },
    };
    const { entries } = await diff({ cluster: before }, { cluster: after });
    expect(entries.map(({ field }) => field).sort()).toEqual(['options.KillWait', 'options.MessageTimeout']);
  });

  test('a document that no field stands behind is a rendering that changed', async () => {
    const { entries } = await diff({ motd: 'welcome' }, { motd: 'back at 12', partitions: { batch: 2, long: 7 } });
    expect(entries.find(({ level }) => level === 'file')).toMatchObject({
      action: 'rendering',
      title: 'sites/campus/motd.yaml: rendering changed',
      items: [{ direction: 'changed', text: 'text "welcome" → "back at 12"' }],
    });
  });

  test('of the files of a play no more is said than of the change that is behind them', async () => {
    const { entries } = await diff({}, { hosts: 'cn[001-032]', cluster: { stateSaveLocation: '/srv/slurm' } });
    expect(entries.filter(({ level }) => level === 'file')).toEqual([]);
  });

  test('without files only what was declared is compared, and that is said', async () => {
    const { manifest } = await sideOf('x', declareSmall());
    const { manifest: other } = await sideOf('y', declareSmall({ memory: 512, motd: 'new' }));
    const result = diffSides(
      { label: 'deployed', manifest, sources: {} },
      { label: 'new', manifest: other, sources: {} },
    );
    expect(result.notes).toEqual([
      expect.stringMatching(/^deployed is a manifest without its output/) as string,
      expect.stringMatching(/^new is a manifest without its output/) as string,
    ]);
    expect(result.entries.length).toBeGreaterThan(0);
  });

  test('two versions of hpcdk are told apart, and fields that only one has are counted', async () => {
    const a = await sideOf('a', declareSmall());
    const b = await sideOf('b', declareSmall());
    const name = 'SlurmCluster/slurm-22.05';
    const table = a.manifest.tables[name] as ManifestTable;
    const { configless: _field, ...fields } = table.fields;
    const hpc = a.manifest.constructs['campus/hpc'] as ManifestConstruct;
    const { configless: _value, ...values } = hpc.values;
    const old: Manifest = {
      ...a.manifest,
      tool: '0.0.9',
      constructs: { ...a.manifest.constructs, 'campus/hpc': { ...hpc, values } },
      tables: { ...a.manifest.tables, [name]: { ...table, fields } },
    };
    const result = diffSides({ ...a, manifest: old }, b);
    expect(result.entries).toEqual([]);
    expect(result.notes).toEqual(['hpcdk 0.0.9 wrote one side and 0.1.0 the other']);
    expect(result.hidden).toMatchObject([{ rule: 'library-fields', count: 1 }]);
  });
});
