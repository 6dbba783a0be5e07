import { slurmConf } from '../../lib/documents/slurm-conf';
import { Purchase } from '../../lib/compute/purchase';
import { Duration } from '../../lib/values/duration';
import { campus, poolProps, powerSaving } from '../cloud/campus';
import { synth } from '../cloud/support';

type Campus = ReturnType<typeof campus>;

/** The lines of a Slurm file as records of their entries. */
async function records({ app }: Campus, file = 'slurm.conf') {
  const { files, diagnostics } = await synth(app);
  const text = files.get(`sites/campus/slurm/hpc/${file}`);
  if (text === undefined) throw new Error(JSON.stringify(diagnostics, null, 2));
  return slurmConf
    .parse(text, () => undefined)
    .lines.flatMap((line) => ('entries' in line ? [Object.fromEntries(line.entries)] : []));
}
const global = (lines: Record<string, string>[], key: string) => lines.find((line) => key in line)?.[key];
const codesOf = async ({ app }: Campus) =>
  (await synth(app)).diagnostics.map(({ code, severity }) => `${severity} ${code}`);

describe('a burst pool', () => {
  test('is nodes of the cluster that exist in a cloud: the least of its types, less a reserve', async () => {
    // GIVEN a pool of two types with 96 threads and 192 GiB
    const lines = await records(campus());
    // THEN its line promises what both have
    expect(lines.find(({ NodeName }) => NodeName?.startsWith('hpc-burst'))).toEqual({
      NodeName: 'hpc-burst-[0-31]',
      Sockets: '1',
      CoresPerSocket: '48',
      ThreadsPerCore: '2',
      RealMemory: '186777',
      Feature: 'cloud,spot',
      Weight: '1000',
      State: 'CLOUD',
    });
  });

  test('has its timers at its partitions, and nodes on the floor never power down', async () => {
    const lines = await records(campus({ burst: { idle: Duration.minutes(20) } }));
    expect(global(lines, 'SuspendTime')).toBe('INFINITE');
    const partition = (name: string) => lines.find(({ PartitionName }) => PartitionName === name);
    expect(partition('cloud-burst')).toMatchObject({
      SuspendTime: '1200',
      ResumeTimeout: '900',
      SuspendTimeout: '120',
    });
    expect(partition('batch')).not.toHaveProperty('SuspendTime');
  });

  test('in one partition with another has the longer timers of both', async () => {
    const made = campus({
      short: { idle: Duration.minutes(5) },
      long: { idle: Duration.minutes(30), boot: Duration.hours(1) },
    });
    made.hpc.addPartition('all-cloud', { nodes: made.burst });
    const line = (await records(made)).find(({ PartitionName }) => PartitionName === 'all-cloud');
    expect(line).toMatchObject({ SuspendTime: '1800', ResumeTimeout: '3600' });
  });

  test.each([
    ['22.05', 'enable_configless,idle_on_node_suspend,cloud_reg_addrs', 'NoAddrCache', '65533', 'jobs,cloud'],
    ['23.02', 'enable_configless,idle_on_node_suspend,cloud_reg_addrs', 'NoAddrCache', '65533', 'jobs'],
    ['23.11', 'enable_configless,idle_on_node_suspend', undefined, undefined, 'jobs'],
    ['24.11', 'enable_configless,idle_on_node_suspend', undefined, undefined, 'jobs'],
  ] as const)('is stated as Slurm %s wants it', async (slurm, parameters, communication, width, privateData) => {
    // GIVEN a site that hides jobs WHEN a pool adds words to the same keys THEN both are there
    const lines = await records(campus({ burst: {} }, { cluster: { slurm, privateData: ['jobs'] } }));
    expect(global(lines, 'SlurmctldParameters')).toBe(parameters);
    expect(global(lines, 'CommunicationParameters')).toBe(communication);
    expect(global(lines, 'TreeWidth')).toBe(width);
    expect(global(lines, 'PrivateData')).toBe(privateData);
    expect(global(lines, 'ResumeProgram')).toBe(powerSaving.resumeProgram);
    expect(global(lines, 'ResumeFailProgram')).toBe(powerSaving.suspendProgram);
  });

  test('of machines with GPUs has them as GRES', async () => {
    const made = campus({
      gpu: { instanceTypes: ['p5.48xlarge'], max: 4, purchase: Purchase.onDemand(), features: ['h100'] },
    });
    expect((await records(made)).find(({ NodeName }) => NodeName === 'hpc-gpu-[0-3]')).toMatchObject({
      Gres: 'gpu:h100:8',
      Feature: 'cloud,h100',
    });
    expect(await records(campus({ gpu: { instanceTypes: ['p5.48xlarge'], max: 4 } }), 'gres.conf')).toContainEqual({
      NodeName: 'hpc-gpu-[0-3]',
      Name: 'gpu',
      Type: 'h100',
      File: '/dev/nvidia[0-7]',
    });
  });

  test('runs one thread per core where it is told to', async () => {
    const line = (await records(campus({ burst: { multithreading: false } }))).find(({ State }) => State === 'CLOUD');
    expect(line).toMatchObject({ CoresPerSocket: '48', ThreadsPerCore: '1' });
  });

  test('brings a switch of its own to a topology', async () => {
    const topology = [{ name: 'leaf', nodes: 'cn[001-064]' }];
    const lines = await records(campus({ burst: {} }, { cluster: { topology } }), 'topology.conf');
    expect(lines).toEqual([
      { SwitchName: 'leaf', Nodes: 'cn[001-064]' },
      { SwitchName: 'hpc-burst', Nodes: 'hpc-burst-[0-31]' },
    ]);
  });

  test('of any size is one line', async () => {
    const [few, many] = [await records(campus({ burst: { max: 8 } })), await records(campus({ burst: { max: 8000 } }))];
    expect(many).toHaveLength(few.length);
  });
});

describe('a burst pool is refused', () => {
  test('without the programs that start and end its nodes', async () => {
    expect(await codesOf(campus({ burst: {} }, { cluster: { powerSaving: undefined } }))).toEqual(['error HPC4200']);
  });

  test('where nodes keep files of their own', async () => {
    expect(await codesOf(campus({ burst: {} }, { cluster: { configless: false } }))).toEqual(['error HPC4202']);
  });

  test('in a partition with nodes on the floor with a warning, and those stay on', async () => {
    const made = campus();
    made.hpc.addPartition('mixed', { nodes: [made.cpu, ...made.burst] });
    expect(await codesOf(made)).toEqual(['warning HPC4203']);
    expect(global(await records(campusMixed()), 'SuspendExcNodes')).toBe('cn[001-064]');
  });

  test('in no partition with a warning', async () => {
    const made = campus({});
    made.hpc.addBurstNodes('lonely', { ...poolProps, cloud: made.aws });
    expect(await codesOf(made)).toEqual(['warning HPC4205']);
  });

  test('of a name that DNS cannot hold', async () => {
    expect(await codesOf(campus({ burst: { prefix: 'x'.repeat(61) } }))).toEqual(['error HPC4201']);
    expect(await codesOf(campus({ burst: { prefix: 'Burst_' } }))).toEqual(['error HPC1002']);
  });

  test('in what is no cloud, or bought in a way that there is none', async () => {
    expect(await codesOf(campus({ burst: { cloud: 'aws' as never } }))).toEqual(['error HPC1001']);
    expect(await codesOf(campus({ burst: { purchase: 'spot' as never } }))).toEqual(['error HPC1001']);
  });
});

function campusMixed(): Campus {
  const made = campus();
  made.hpc.addPartition('mixed', { nodes: [made.cpu, ...made.burst] });
  return made;
}
