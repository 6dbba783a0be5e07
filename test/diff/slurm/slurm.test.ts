import {
  Duration,
  NodeType,
  type PartitionProps,
  Site,
  Size,
  SlurmCluster,
  type SlurmClusterProps,
  SlurmDatabase,
} from '../../../lib';
import type { Declare } from '../../../lib/app/definition';
import type { Entry } from '../../../lib/diff';
import { diffOf } from '../support/sides';

interface Choices {
  readonly hosts?: string;
  readonly features?: readonly string[];
  readonly gpu?: string;
  readonly memory?: Size;
  readonly spareGpus?: boolean;
  readonly batch?: Partial<PartitionProps>;
  readonly batchName?: string;
  readonly debug?: boolean;
  readonly defaults?: 'batch' | 'gpu' | 'none';
  readonly gpuNodes?: boolean;
  readonly cluster?: Partial<SlurmClusterProps>;
  readonly maxWall?: Duration;
  readonly deny?: boolean;
  readonly hidden?: readonly ('jobs' | 'usage' | 'users')[];
}

const campus =
  (c: Choices = {}): Declare =>
  (app) => {
    const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
    const database = new SlurmDatabase(site, 'accounting', {
      host: 'db1',
      slurm: c.cluster?.slurm ?? '22.05',
      ...(c.hidden && { privateData: c.hidden }),
    });
    database.addAccount('guests');
    database.addQos('long', { maxWall: c.maxWall ?? Duration.days(7), flags: c.deny ? ['DenyOnLimit'] : [] });
    const hpc = new SlurmCluster(site, 'hpc', { slurm: '22.05', controller: 'ctl1', database, ...c.cluster });
    const type = NodeType.of({ sockets: 2, cores: 32, memory: c.memory ?? Size.gib(256), reserve: Size.gib(8) });
    const cpu = hpc.addNodes('cpu', { hosts: c.hosts ?? 'cn[001-064]', type, features: c.features ?? ['ib'] });
    const gpuType = (model: string) =>
      NodeType.of({ sockets: 2, cores: 16, memory: Size.gib(400), gres: [{ name: 'gpu', type: model, count: 4 }] });
    const gpu = hpc.addNodes('gpu', { hosts: 'g[1-2]', type: gpuType(c.gpu ?? 'a100') });
    if (c.spareGpus) hpc.addNodes('old', { hosts: 'old[1-2]', type: gpuType('a100'), features: ['ib'] });
    const isDefault = (name: string) => (c.defaults ?? 'batch') === name;
    hpc.addPartition(c.batchName ?? 'batch', {
      nodes: [cpu],
      default: isDefault('batch'),
      maxTime: Duration.days(7),
      ...c.batch,
    });
    hpc.addPartition('gpu', {
      nodes: c.gpuNodes === false ? [] : [gpu],
      default: isDefault('gpu'),
      maxTime: Duration.days(1),
    });
    if (c.debug !== false) hpc.addPartition('debug', { nodes: [cpu], maxTime: Duration.hours(1) });
  };

const entriesOf = async (before: Choices, after: Choices): Promise<readonly Entry[]> =>
  (await diffOf(campus(before), campus(after))).entries;
const only = async (before: Choices, after: Choices): Promise<Entry> => {
  const entries = await entriesOf(before, after);
  expect(entries.map(({ title }) => title)).toHaveLength(1);
  return entries[0] as Entry;
};

describe('nodes', () => {
  test('other digits: a typing slip, and the whole pool stops', async () => {
    const entry = await only({}, { hosts: 'cn[1-64]' });
    expect(entry).toMatchObject({ section: 'disruption', effect: { class: 'stop-fleet' } });
    expect(entry.notes).toEqual([
      '64 hosts removed: cn[001-064]; 64 hosts added: cn[1-64]',
      'a typing slip? cn[001-064] and cn[1-64] are different machines',
    ]);
    expect(entry.effect.running).toContain('killed (NODE_FAIL) unless the nodes are drained first');
  });

  test('other digits of a part only', async () => {
    const entry = await only({ hosts: 'cn[001-064]' }, { hosts: 'cn[001-060],cn[61-64]' });
    expect(entry.effect.class).toBe('rolling-drain');
    expect(entry.notes).toContain('a typing slip? cn[061-064] and cn[61-64] are different machines');
  });

  test('other nodes are no slip', async () => {
    const entry = await only({}, { hosts: 'cn[065-128]' });
    expect(entry.effect.class).toBe('stop-fleet');
    expect(entry.notes).toHaveLength(1);
  });

  test('before 24.11 nodes that go need slurmctld stopped, from then on a reconfigure', async () => {
    const steps = async (slurm: '22.05' | '24.11') =>
      (await only({ cluster: { slurm } }, { cluster: { slurm }, hosts: 'cn[001-060]' })).effect.steps;
    expect(await steps('22.05')).toContain('stop slurmctld');
    expect(await steps('24.11')).toContain('scontrol reconfigure');
    expect(await steps('24.11')).not.toContain('stop slurmctld');
  });

  test('GPUs of another type: which scripts never start', async () => {
    const gone = await only({}, { gpu: 'h100' });
    expect(gone.notes).toContain('sbatch --gres=gpu:a100 is refused: no node has it any more');
    expect(gone.marks).toContain('user-contract');
    const left = await only({ spareGpus: true }, { spareGpus: true, gpu: 'h100' });
    expect(left.notes).toContain('--gres=gpu:a100 is met by other nodes only');
  });

  test('less memory: what a job can have, by partition; more hurts nobody', async () => {
    const less = await only({}, { memory: Size.gib(128) });
    expect(less.notes).toContain('a job in batch or debug can have 120GiB of one node, before 248GiB');
    expect(less.marks).toContain('user-contract');
    expect((await only({ memory: Size.gib(128) }, {})).marks).toEqual([]);
  });

  test('features: gone for all, or met by others', async () => {
    const gone = await only({}, { features: [] });
    expect(gone.notes).toEqual(['sbatch --constraint=ib is refused: no node has it any more']);
    const met = await only({ spareGpus: true }, { spareGpus: true, features: [] });
    expect(met.notes).toEqual(['--constraint=ib is still met by old']);
  });

  test('a partition without a node', async () => {
    const entry = await only({}, { gpuNodes: false });
    expect(entry.effect.harmless).toBeUndefined();
  });
});

describe('partitions', () => {
  test.each([
    ['ALL', 'new ones are refused when they are submitted (EnforcePartLimits=ALL)'],
    ['NO', 'new ones are taken and wait as well (EnforcePartLimits=NO)'],
  ] as const)('a lower MaxTime with EnforcePartLimits=%s', async (enforcePartLimits, words) => {
    const cluster = { enforcePartLimits };
    const entry = await only({ cluster }, { cluster, batch: { maxTime: Duration.days(2) } });
    expect(entry).toMatchObject({ section: 'contract', effect: { class: 'reconfigure' }, marks: ['user-contract'] });
    expect(entry.effect.running).toBe('running jobs keep the limit that they started with');
    expect(entry.notes).toEqual([`squeue shows the reason PartitionTimeLimit for them; ${words}`]);
  });

  test('a higher one hurts nobody', async () => {
    const entry = await only({}, { batch: { maxTime: Duration.days(9) } });
    expect(entry).toMatchObject({ effect: { harmless: true }, marks: [], notes: [] });
  });

  test('rights: narrower is a matter of the contract, wider is not', async () => {
    const few = { batch: { denyAccounts: ['guests'] } };
    const narrower = await only({}, few);
    expect(narrower.marks).toEqual(['user-contract']);
    expect(narrower.notes).toEqual([
      'jobs without the right: new ones are refused when they are submitted (EnforcePartLimits=ALL)',
    ]);
    expect(await only(few, {})).toMatchObject({ marks: [], effect: { harmless: true }, notes: [] });
  });

  test('one that goes, and one that is renamed', async () => {
    const gone = await only({}, { debug: false });
    expect(gone.notes).toEqual(
      expect.arrayContaining(['scripts with --partition=debug are refused', 'its nodes are in batch']),
    );
    const [renamed] = await entriesOf({}, { batchName: 'work' });
    expect(renamed).toMatchObject({ action: 'moved', marks: ['user-contract'] });
    expect(renamed?.notes).toEqual([
      'scripts with --partition=batch are refused',
      'it was the default partition',
      'its nodes are in debug, work',
    ]);
  });

  test('another default: said once, where it breaks something', async () => {
    const entries = await entriesOf({}, { defaults: 'gpu' });
    expect(entries.map(({ path, marks, notes }) => [path, marks, notes])).toEqual([
      [
        'campus/hpc/partitions/batch',
        ['user-contract'],
        ['jobs that name no partition go to gpu instead of batch, which has a shorter time limit'],
      ],
      ['campus/hpc/partitions/gpu', [], []],
    ]);
  });

  test('no default any more; a first default', async () => {
    expect((await only({}, { defaults: 'none' })).notes).toEqual([
      'jobs that name no partition are refused: there is no default any more',
    ]);
    expect(await only({ defaults: 'none' }, {})).toMatchObject({ marks: [], effect: { harmless: true } });
  });

  test('closed is a matter of the contract, opened is not', async () => {
    const down = { batch: { state: 'DOWN' } } as const;
    expect((await only({}, down)).marks).toEqual(['user-contract']);
    expect((await only(down, {})).marks).toEqual([]);
  });
});

describe('PrivateData', () => {
  test('a word less: broadened, and the line that keeps all', async () => {
    const all = ['jobs', 'usage', 'users'] as const;
    const entry = await only({ cluster: { privateData: all } }, { cluster: { privateData: ['usage', 'users'] } });
    expect(entry).toMatchObject({ section: 'security', marks: ['security-broadened'] });
    expect(entry.notes).toEqual(["users see one another's jobs", 'to keep all: PrivateData=jobs,usage,users']);
  });

  test('a word more: narrowed; cloud hides nothing', async () => {
    expect((await only({}, { cluster: { privateData: ['jobs'] } })).marks).toEqual(['security-narrowed']);
    expect((await only({}, { cluster: { privateData: ['cloud'] } })).marks).toEqual([]);
  });

  test('of slurmdbd', async () => {
    const entry = await only({ hidden: ['jobs', 'users'] }, { hidden: [] });
    expect(entry.marks).toEqual(['security-broadened']);
    expect(entry.notes).toEqual([
      "users see one another's jobs",
      "users see one another's user records",
      'to keep all: PrivateData=jobs,users',
    ]);
  });
});

describe('accounting and releases', () => {
  test('a shorter MaxWall of a QOS: jobs wait, with DenyOnLimit they are refused', async () => {
    const notes = async (deny: boolean) => (await only({ deny }, { deny, maxWall: Duration.days(1) })).notes;
    expect(await notes(false)).toEqual([
      'squeue shows the reason QOSMaxWallDurationPerJobLimit for them; new ones are taken and wait as well',
    ]);
    expect(await notes(true)).toEqual([
      'squeue shows the reason QOSMaxWallDurationPerJobLimit for them; new ones are refused (DenyOnLimit)',
    ]);
  });

  test.each([
    ['22.05', '23.02', 'one release apart: jobs and the queue come with it'],
    ['22.05', '23.11', '2 releases apart: jobs and the queue come with it'],
    ['22.05', '24.05', '3 releases apart: too far for one step; upgrade to 23.02 first'],
    ['23.02', '24.11', '3 releases apart: jobs and the queue come with it'],
    ['22.05', '25.05', '5 releases apart: too far for one step; upgrade to 23.11 first'],
  ] as const)('from %s to %s', async (from, to, note) => {
    const entries = await entriesOf({ cluster: { slurm: from } }, { cluster: { slurm: to } });
    expect(entries.find(({ kind, field }) => kind === 'SlurmCluster' && field === 'slurm')?.notes).toEqual([note]);
  });
});
