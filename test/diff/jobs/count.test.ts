import Ajv2020 from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, NodeType, Site, Size, SlurmCluster, SlurmDatabase, SlurmVersion } from '../../../lib';
import type { Declare } from '../../../lib/app/definition';
import { userHash } from '../../../lib/diff/jobs/job';
import { HISTORY_COLUMNS, readHistory } from '../../../lib/diff/jobs/read-history';
import { readQueue } from '../../../lib/diff/jobs/read-queue';
import { packageRoot } from '../../../lib/values/package-root';
import { diffOf } from '../support/sides';

interface Choices {
  readonly nodes: string;
  readonly extra: boolean;
  readonly maxTime: Duration;
  readonly enforce: 'ALL' | 'NO';
  readonly allowAccounts: readonly string[] | undefined;
  readonly partition: string;
  readonly memory: Size;
  readonly gpu: string;
  readonly features: readonly string[];
  readonly state: string;
  readonly maxWall: Duration;
  readonly deny: boolean;
}

const CHOICES: Choices = {
  nodes: 'cn[001-064]',
  extra: true,
  maxTime: Duration.days(7),
  enforce: 'ALL',
  allowAccounts: undefined,
  partition: 'batch',
  memory: Size.gib(200),
  gpu: 'a100',
  features: ['ib'],
  state: '/var/spool/slurmctld',
  maxWall: Duration.days(7),
  deny: false,
};

const cluster =
  (changes: Partial<Choices> = {}): Declare =>
  (app) => {
    const c = { ...CHOICES, ...changes };
    const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
    const database = new SlurmDatabase(site, 'accounting', { host: 'db1', slurm: SlurmVersion.V22_05 });
    const normal = database.addQos('normal', { maxWall: c.maxWall, flags: c.deny ? ['DenyOnLimit'] : [] });
    for (const name of ['biology', 'physics']) database.addAccount(name, { qos: [normal] });
    const hpc = new SlurmCluster(site, 'hpc', {
      slurm: SlurmVersion.V22_05,
      controller: 'ctl1',
      database,
      enforcePartLimits: c.enforce,
      stateSaveLocation: c.state,
    });
    const type = NodeType.of({ sockets: 2, cores: 32, memory: c.memory, reserve: Size.gib(8) });
    const cn = hpc.addNodes('cn', { hosts: c.nodes, type, features: c.features });
    const gpu = NodeType.of({
      sockets: 2,
      cores: 16,
      memory: Size.gib(400),
      gres: [{ name: 'gpu', type: c.gpu, count: 4 }],
    });
    const g = hpc.addNodes('g', { hosts: 'g[1-2]', type: gpu });
    hpc.addPartition(c.partition, {
      nodes: [cn],
      default: true,
      maxTime: c.maxTime,
      ...(c.allowAccounts && { allowAccounts: c.allowAccounts }),
    });
    hpc.addPartition('gpu', { nodes: [g] });
    if (c.extra) hpc.addPartition('debug', { nodes: [cn], maxTime: Duration.hours(1) });
  };

const NOW = 1_800_000_000;
let id = 100;
const job = (fields: Record<string, unknown>) => ({
  job_id: (id += 1),
  cluster: 'hpc',
  user_name: 'ada',
  account: 'biology',
  partition: 'batch',
  qos: 'normal',
  job_state: 'PENDING',
  node_count: 1,
  cpus: 1,
  minimum_cpus_per_node: 1,
  time_limit: 60,
  flags: ['JOB_MEM_SET'],
  submit_time: NOW,
  ...fields,
});
const running = (nodes: string, hours: number | null, fields: Record<string, unknown> = {}) =>
  job({
    job_state: 'RUNNING',
    nodes,
    time_limit: hours === null ? null : hours * 60,
    start_time: NOW,
    end_time: NOW + (hours ?? 8760) * 3600,
    ...fields,
  });
const queue = (...jobs: readonly object[]) => readQueue(JSON.stringify({ jobs }), { file: 'squeue.json' });

const history = (...rows: readonly Partial<Record<(typeof HISTORY_COLUMNS)[number], string>>[]) =>
  readHistory(
    [
      HISTORY_COLUMNS.join('|'),
      ...rows.map((row) =>
        HISTORY_COLUMNS.map(
          (name) =>
            ({
              Cluster: 'hpc',
              JobID: String((id += 1)),
              User: 'ada',
              Account: 'biology',
              Partition: 'batch',
              QOS: 'normal',
              TimelimitRaw: '60',
              NNodes: '1',
              ReqCPUS: '1',
              ...row,
            })[name as string] ?? '',
        ).join('|'),
      ),
    ].join('\n'),
    { file: 'sacct.txt' },
  );

describe('a lower MaxTime', () => {
  const changed = { maxTime: Duration.days(2) };
  const pending = [
    job({ time_limit: 3 * 1440 }),
    job({ time_limit: 1440 }),
    job({ time_limit: 3 * 1440, account: 'physics' }),
  ];

  test('longer jobs that wait never start, those that run go on', async () => {
    const jobs = queue(...pending, running('cn001', 100));
    const diff = await diffOf(cluster(), cluster(changed), { jobs });
    const [entry] = diff.entries;
    expect(entry).toMatchObject({ field: 'maxTime', jobs: { killed: 0, stuck: 2 } });
    expect(entry?.notes).toContain('2 pending jobs could never start: biology 1, physics 1');
    expect(diff.jobs).toMatchObject({ running: 1, pending: 3, killed: 0, stuck: 2 });
    expect(diff.jobs).not.toHaveProperty('window');
  });

  test('an array that waits counts with its tasks', async () => {
    const jobs = queue(job({ time_limit: 3 * 1440, array_job_id: 9, array_task_string: '1-500%10' }));
    expect((await diffOf(cluster(), cluster(changed), { jobs })).jobs).toMatchObject({ pending: 500, stuck: 500 });
  });

  test('a job with another partition to go to still starts', async () => {
    const jobs = queue(job({ time_limit: 3 * 1440, partition: 'batch,gpu' }));
    expect((await diffOf(cluster(), cluster(changed), { jobs })).jobs).toMatchObject({ stuck: 0 });
  });

  test('submissions of the past that would be refused, by account; with EnforcePartLimits=NO they would wait', async () => {
    const long = { TimelimitRaw: '4320' };
    const past = history(long, long, {}, { ...long, Account: 'physics' });
    const refused = (await diffOf(cluster(), cluster(changed), { history: past })).entries[0];
    expect(refused).toMatchObject({ jobs: { killed: 0, stuck: 0, refused: 3 } });
    expect(refused?.notes).toContain('3 past submissions would be refused now: biology 2, physics 1');
    const lax = await diffOf(cluster({ enforce: 'NO' }), cluster({ ...changed, enforce: 'NO' }), { history: past });
    expect(lax.entries[0]?.notes).toContain(
      '3 past submissions would be taken now and wait for ever: biology 2, physics 1',
    );
    expect(lax.jobs).toMatchObject({ submissions: 4, refused: 3 });
  });

  test('the tasks of an array and the parts of a heterogeneous job are one submission', async () => {
    const rows = ['7_1', '7_2', '7_[3-9]', '8+0', '8+1'].map((JobID) => ({ JobID, TimelimitRaw: '4320' }));
    const diff = await diffOf(cluster(), cluster(changed), { history: history(...rows) });
    expect(diff.jobs).toMatchObject({ submissions: 2, refused: 2 });
  });
});

describe('nodes that go', () => {
  test('jobs that run there are killed; the window is when the last one ends', async () => {
    const jobs = queue(running('cn[001-002]', 5), running('cn[030-070]', 30), running('cn010', 50), job({}));
    const diff = await diffOf(cluster(), cluster({ nodes: 'cn[003-029]' }), { jobs });
    const entry = diff.entries.find(({ field }) => field === 'hosts');
    expect(entry?.jobs).toEqual({ killed: 2, stuck: 0 });
    expect(entry?.notes).toEqual(
      expect.arrayContaining([
        '2 running jobs would be killed if it were rolled out at once: biology 2',
        'by 2027-01-16 14:00 UTC (1d6h after the export) the last of them has ended by its time limit',
      ]),
    );
    expect(diff.jobs?.window).toEqual({ at: '2027-01-16 14:00 UTC', after: '1d6h', unlimited: 0 });
  });

  test('a job without a time limit has no window', async () => {
    const jobs = queue(running('cn001', null));
    const diff = await diffOf(cluster(), cluster({ nodes: 'cn[003-029]' }), { jobs });
    expect(diff.jobs?.window).toEqual({ unlimited: 1 });
    expect(diff.entries.flatMap(({ notes }) => notes)).toContain('1 job of them has no time limit');
  });

  test('other digits are other nodes: every job of the pool dies', async () => {
    const jobs = queue(running('cn001', 1), running('cn[001-064]', 1), running('g1', 1, { partition: 'gpu' }));
    expect((await diffOf(cluster(), cluster({ nodes: 'cn[1-64]' }), { jobs })).jobs).toMatchObject({ killed: 2 });
  });

  test('a job that asks for more nodes than are left, or for one that goes, waits for ever', async () => {
    const jobs = queue(
      job({ node_count: 40 }),
      job({ required_nodes: 'cn001' }),
      job({ cpus: 27 * 64 + 1 }),
      job({ node_count: 27 }),
    );
    const diff = await diffOf(cluster(), cluster({ nodes: 'cn[003-029]' }), { jobs });
    expect(diff.entries.find(({ field }) => field === 'hosts')?.jobs).toEqual({ killed: 0, stuck: 3 });
  });
});

test('a partition that goes: its jobs die, also when it is renamed', async () => {
  const jobs = queue(
    running('cn001', 2, { partition: 'debug' }),
    job({ partition: 'debug' }),
    job({ partition: 'debug,batch' }),
  );
  const gone = await diffOf(cluster(), cluster({ extra: false }), { jobs });
  expect(gone.entries.find(({ action }) => action === 'removed')?.jobs).toEqual({ killed: 1, stuck: 1 });
  const renamed = await diffOf(cluster(), cluster({ partition: 'work' }), {
    jobs: queue(running('cn001', 2), job({})),
  });
  expect(renamed.jobs).toMatchObject({ killed: 1, stuck: 1 });
  expect(renamed.entries.some((entry) => entry.jobs?.killed === 1)).toBe(true);
});

test('a queue that is lost: every job', async () => {
  const jobs = queue(running('cn001', 2), running('g1', 3, { partition: 'gpu' }), job({}));
  const diff = await diffOf(cluster(), cluster({ state: '/srv/state' }), { jobs });
  expect(diff.entries[0]).toMatchObject({ field: 'stateSaveLocation', jobs: { killed: 2, stuck: 1 } });
});

describe('what a job asks for and no node has any more', () => {
  test.each([
    ['memory by node', { memory: Size.gib(100) }, { memory_per_node: 150 * 1024 }, 'type'],
    ['memory by CPU', { memory: Size.gib(100) }, { memory_per_cpu: 20 * 1024, minimum_cpus_per_node: 5 }, 'type'],
    ['a type of GPU', { gpu: 'h100' }, { partition: 'gpu', tres_per_node: 'gres:gpu:a100:1' }, 'type'],
    ['a feature', { features: ['opa'] }, { features: 'ib&opa|ib' }, 'features'],
    ['the right', { allowAccounts: ['physics'] }, {}, 'allowAccounts'],
    ['a time by its QOS', { maxWall: Duration.hours(1) }, { time_limit: 90 }, 'maxWall'],
  ] as const)('%s', async (_what, changes, fields, field) => {
    const jobs = queue(
      job(fields),
      job({ partition: 'gpu', account: 'physics', qos: '' }),
      running('cn001', 9, fields),
    );
    const diff = await diffOf(cluster(), cluster(changes), { jobs });
    expect(diff.jobs).toMatchObject({ killed: 0, stuck: 1 });
    expect(diff.entries.filter((entry) => entry.jobs).map((entry) => entry.field)).toEqual([field]);
  });

  test('memory that is only a default counts for nothing', async () => {
    const jobs = queue(job({ memory_per_node: 150 * 1024, flags: [] }));
    expect((await diffOf(cluster(), cluster({ memory: Size.gib(100) }), { jobs })).jobs).toMatchObject({ stuck: 0 });
  });

  test('QOS: past submissions wait, with DenyOnLimit they are refused', async () => {
    const past = history({ TimelimitRaw: '90' });
    const notes = async (deny: boolean) =>
      (
        await diffOf(cluster({ deny }), cluster({ deny, maxWall: Duration.hours(1) }), { history: past })
      ).entries[0]?.notes.at(-1);
    expect(await notes(false)).toBe('1 past submission would be taken now and wait for ever: biology 1');
    expect(await notes(true)).toBe('1 past submission would be refused now: biology 1');
  });
});

test('jobs of a cluster that is not declared are not counted, and that is said', async () => {
  const jobs = queue(job({ cluster: 'other' }), running('cn001', 1, { cluster: 'other' }));
  const diff = await diffOf(cluster(), cluster({ nodes: 'cn[003-029]' }), { jobs });
  expect(diff.jobs).toMatchObject({
    killed: 0,
    notes: ['2 jobs of cluster other not counted: the definition has no such cluster'],
  });
});

test('no change, no jobs; no export, no word of jobs', async () => {
  const jobs = queue(running('cn001', 1), job({}));
  expect((await diffOf(cluster(), cluster(), { jobs })).jobs).toMatchObject({
    running: 1,
    pending: 1,
    killed: 0,
    stuck: 0,
  });
  expect(await diffOf(cluster(), cluster({ nodes: 'cn[003-029]' }))).not.toHaveProperty('jobs');
});

test('the published schema takes it', async () => {
  const path = join(packageRoot(), 'schemas/diff.schema.json');
  const validate = new Ajv2020().compile(JSON.parse(readFileSync(path, 'utf8')) as object);
  const diff = await diffOf(cluster(), cluster({ nodes: 'cn[003-029]', maxTime: Duration.hours(2) }), {
    jobs: queue(running('cn001', 1), running('cn002', null), job({ time_limit: 600 })),
    history: history({}, { TimelimitRaw: '600' }),
  });
  expect(diff.jobs).toMatchObject({ killed: 2, stuck: 1, refused: 1, window: { unlimited: 1 } });
  validate(JSON.parse(JSON.stringify(diff)));
  expect(validate.errors).toBeNull();
});

test('users are hashed in what is said of them', async () => {
  const jobs = queue(running('cn001', 1));
  const diff = await diffOf(cluster(), cluster({ nodes: 'cn[003-029]' }), { jobs });
  expect(JSON.stringify(diff)).not.toContain('ada');
  expect(diff.jobs?.users).toEqual([{ name: userHash('ada'), killed: 1, stuck: 0 }]);
});
