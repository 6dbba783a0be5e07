import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hostlist } from '../../lib';
import { absent } from '../../lib/testing/match';
import type { SlurmConf } from '../../lib/testing/slurm-conf';
import { synthesize } from '../../lib/testing/synthesize';
import type { TestOutput } from '../../lib/testing/test-output';
import ulhpc from '../../stacks/ulhpc';
import { runScript } from '../compute/accounting/support';
import { sqos } from './support/ulhpc-sqos';

const root = join(__dirname, '../..');
let output: TestOutput;
beforeAll(async () => {
  output = await synthesize(ulhpc, { projectDir: root });
});

/** Numbers of the pages: the tests state them again, so that a slip in the data of the stack shows. */
const sizeOf = (conf: SlurmConf, partition: string): { nodes: number; cpus: number } => {
  const hosts = Hostlist.parse(conf.partition(partition).Nodes ?? '');
  const held = conf.records('NodeName').filter(({ NodeName }) => Hostlist.parse(NodeName ?? '').overlaps(hosts));
  const cpus = held.map(
    ({ NodeName, Sockets, CoresPerSocket }) =>
      Hostlist.parse(NodeName ?? '').count * Number(Sockets) * Number(CoresPerSocket),
  );
  return { nodes: hosts.count, cpus: cpus.reduce((a, b) => a + b, 0) };
};

test('stacks/ulhpc.ts is accepted with a word about the one partition of which no node is published, and short', () => {
  expect(output.diagnostics).toMatchObject([
    { code: 'HPC4117', severity: 'warning', construct: 'ulhpc/iris/partitions/hopper' },
  ]);
  expect(readFileSync(join(root, 'stacks/ulhpc.ts'), 'utf8').split('\n').length).toBeLessThan(200);
});

test.each(['stacks/ulhpc.ts', 'nodes.csv', 'partitions.csv', 'accounts.csv', 'software.csv', 'qos.ts', 'releases.ts'])(
  '%s names its source and the date of it',
  (file) => {
    const text = readFileSync(join(root, file.includes('/') ? file : `stacks/ulhpc/${file}`), 'utf8');
    expect(text).toMatch(/hpc-docs\.uni\.lu/);
    expect(text).toMatch(/5d0f9a2\w* (?:of |\()2026-08-06/);
  },
);

describe('Aion, as systems/aion and slurm/partitions describe it', () => {
  test('has 354 nodes and 45312 cores', () => {
    const conf = output.slurmConf('aion');
    expect(conf.hosts.toString()).toBe('aion-[0001-0354]');
    expect(sizeOf(conf, 'batch')).toEqual({ nodes: 354, cpus: 45312 });
    conf.hasNode('aion-[0001-0354]', { Sockets: 8, CoresPerSocket: 16, ThreadsPerCore: 1, Feature: 'batch,epyc' });
    // THEN no node claims more memory than it shows: 251 GB in jobs/hwloc
    expect(Number(conf.node('aion-0001').RealMemory)).toBeLessThanOrEqual(251 * 1024);
  });

  test('has two partitions on the same nodes', () => {
    output
      .slurmConf('aion')
      .hasPartition('interactive', {
        Nodes: 'aion-[0001-0354]',
        DefaultTime: '00:30:00',
        MaxTime: '02:00:00',
        MaxNodes: 2,
        PriorityTier: 100,
        AllowQos: 'debug',
      })
      .hasPartition('batch', { Default: 'YES', DefaultTime: '02:00:00', MaxTime: '2-00:00:00', MaxNodes: 64 });
    expect(Object.keys(output.slurmConf('aion').partitions)).toEqual(['interactive', 'batch']);
  });
});

describe('Iris, as systems/iris and slurm/partitions describe it', () => {
  test('has 196 nodes and 5824 cores, with 96 GPUs', () => {
    const conf = output.slurmConf('iris');
    expect(conf.hosts.toString()).toBe('iris-[001-196]');
    expect(sizeOf(conf, 'interactive')).toEqual({ nodes: 196, cpus: 5824 });
    // what pload prints of the partitions
    expect(sizeOf(conf, 'batch')).toEqual({ nodes: 168, cpus: 4704 });
    expect(sizeOf(conf, 'gpu')).toEqual({ nodes: 24, cpus: 672 });
    expect(sizeOf(conf, 'bigmem')).toEqual({ nodes: 4, cpus: 448 });
    expect(conf.partition('gpu').Nodes).toBe('iris-[169-186,191-196]');
    conf
      .hasNode('iris-[169-186]', { Gres: 'gpu:4', Feature: 'gpu,skylake,volta' })
      .hasNode('iris-[191-196]', { Gres: 'gpu:4', Feature: 'gpu,skylake,volta32' })
      .hasNode('iris-[001-108]', { Gres: absent, Feature: 'batch,broadwell' });
  });

  test.each([
    ['iris-001', 126],
    ['iris-169', 755],
    ['iris-187', 3022],
  ])('%s claims no more than the %d GB that jobs/hwloc shows', (host, gigabytes) => {
    expect(Number(output.slurmConf('iris').node(host).RealMemory)).toBeLessThanOrEqual(gigabytes * 1024);
  });

  test.each([
    ['interactive', '00:30:00', '02:00:00', 2, 100],
    ['batch', '02:00:00', '2-00:00:00', 64, 1],
    ['gpu', '02:00:00', '2-00:00:00', 4, 1],
    ['hopper', '02:00:00', '2-00:00:00', 1, 1],
    ['bigmem', '02:00:00', '2-00:00:00', 1, 1],
  ])('has a partition %s with its limits', (name, DefaultTime, MaxTime, MaxNodes, tier) => {
    const PriorityTier = tier === 1 ? absent : tier;
    output.slurmConf('iris').hasPartition(name, { DefaultTime, MaxTime, MaxNodes, PriorityTier });
  });

  test('says nothing of the node of hopper, which is not published', () => {
    output.slurmConf('iris').hasPartition('hopper', { Nodes: absent, DefMemPerCPU: absent });
  });

  test('has no topology, whose leaves are not published', () => {
    output.slurmConf('iris').hasOption('TopologyPlugin', absent);
  });
});

describe('QOS and accounts, as slurm/qos and slurm/accounts describe them', () => {
  const calls = () =>
    runScript(output.at('sites/ulhpc/slurm/accounting/accounts.sh'), 'exit 0', '', ['gres|gpu']).calls;

  test('each QOS is what sqos prints', () => {
    const limit = (value = '') => (value === '-1' ? '' : value);
    const limits = (list = '') => list.split(',').filter((entry) => !entry.endsWith('=-1'));
    const preempt = new Map(
      calls().flatMap(({ words, sets }) => (sets.Preempt === undefined ? [] : [[words, sets.Preempt] as const])),
    );
    const said = calls()
      .filter(({ words, sets }) => words.startsWith('-i modify qos') && sets.Priority !== undefined)
      .map(({ words, sets: s }) =>
        [
          words.split(' ').at(-1),
          preempt.get(words) ?? '',
          s.Priority,
          limits(s.GrpTRES).join(),
          limits(s.MaxTRESPerJob).join(),
          limit(s.MaxJobsPerUser),
          limit(s.MaxWall),
          s.Flags,
        ].join('|'),
      );
    expect(said.sort()).toEqual([...sqos].sort());
  });

  test.each([
    ['aion', 'batch', 'aion-batch-long'],
    ['iris', 'batch', 'iris-batch-long'],
    ['iris', 'gpu', 'iris-gpu-long'],
    ['iris', 'bigmem', 'iris-bigmem-long'],
    ['iris', 'hopper', 'iris-hopper,iris-hopper-long'],
  ])('on %s, %s allows the QOS of every partition and %s', (cluster, partition, own) => {
    const allowed = `besteffort,low,normal,high,urgent,admin,wide,${own}`;
    output.slurmConf(cluster).hasPartition(partition, { AllowQos: allowed });
  });

  test('the tree of accounts has its organisations, their units and a group, on both clusters', () => {
    const parents = Object.fromEntries(
      calls().flatMap(({ words }) => {
        const [, name, parent] = /^-i add account (\S+) Cluster=aion,iris Parent=(\S+)$/.exec(words) ?? [];
        return name ? [[name, parent]] : [];
      }),
    );
    expect(Object.keys(parents).filter((name) => parents[name] === 'root')).toEqual(
      expect.arrayContaining(['ul', 'crp', 'externals', 'projects', 'trainings']),
    );
    expect(parents).toMatchObject({ fstm: 'ul', lcsb: 'ul', list: 'crp', rectorate: 'ul', ulhpc: 'rectorate' });
    // THEN the raw shares of the units are those of the figure
    const shares = calls().flatMap(({ words, sets }) => {
      const [, name = ''] = /^-i modify account (\S+) where Cluster=aion,iris$/.exec(words) ?? [];
      return sets.Fairshare === undefined ? [] : [[name, sets.Fairshare] as const];
    });
    expect(Object.fromEntries(shares)).toMatchObject({ rectorate: '3', fstm: '62', lcsb: '26', list: '4', mics: '10' });
  });

  test('both clusters are one federation, of a database of a release that serves them', () => {
    expect(calls().map(({ words }) => words)).toContain('-i add federation unpublished');
    for (const cluster of ['aion', 'iris'])
      output.slurmConf(cluster).hasOption('AccountingStorageHost', 'unpublished-slurmdbd');
  });
});

describe('software, as data/resif_modules.yaml and environment/modules list it', () => {
  test('Aion has what is built for epyc, Iris what is built for broadwell and skylake', () => {
    const modules = { aion: output.moduleTree('aion-modules'), iris: output.moduleTree('iris-modules') };
    const place = (target: string, name: string) => `${target}/2020b/MPI/gcc/10.2.0/openmpi/4.0.5/${name}`;
    expect(Object.keys(output.files)).toEqual(
      expect.arrayContaining([
        `sites/ulhpc/modules/aion-modules/tree/${place('zen2', 'GROMACS/2021.lua')}`,
        `sites/ulhpc/modules/iris-modules/tree/${place('broadwell', 'GROMACS/2021.lua')}`,
        `sites/ulhpc/modules/iris-modules/tree/${place('skylake_avx512', 'GROMACS/2021.lua')}`,
      ]),
    );
    // THEN what the list has for one architecture alone is there alone
    modules.aion.hasModule('ABINIT/9.4.1').lacksModule('Dakota/6.15.0');
    modules.iris.hasModule('Dakota/6.15.0').lacksModule('ABINIT/9.4.1');
    // THEN what is for GPU nodes alone is in neither
    modules.iris.lacksModule('magma/2.5.4').lacksModule('GROMACS/2021.2');
  });

  test('the releases stand side by side, and 2020b is the default', () => {
    const releases = (tree: string, target: string) =>
      Object.keys(output.files).filter((path) => path.includes(`/${tree}/tree/${target}/releases/release/`)).length;
    expect([releases('aion-modules', 'zen2'), releases('iris-modules', 'broadwell')]).toEqual([2, 3]);
    expect(output.at('sites/ulhpc/modules/iris-modules/tree/broadwell/releases/.modulerc.lua')).toContain(
      'module_version("release/2020b", "default")',
    );
  });

  test('modules are on compute nodes only', () => {
    output
      .ansiblePlaybook('ulhpc')
      .hasPlay({ name: 'Prepare hosts (modules)', hosts: 'aion_compute:iris_compute' })
      .hasPlay({ name: 'Prepare hosts (mounts)', hosts: 'aion_compute:aion_login:iris_compute:iris_login' });
  });
});

describe('what is not published', () => {
  test('is marked so wherever a value had to be given', () => {
    const confs = [output.slurmConf('aion'), output.slurmConf('iris')];
    for (const { options } of confs) {
      expect(options.SlurmctldHost).toMatch(/^unpublished-/);
      expect(options.StateSaveLocation).toMatch(/^\/unpublished\//);
    }
    expect(Object.keys(output.files).some((path) => /^sites\/ulhpc\/modules\//.test(path))).toBe(true);
    expect(output.at('sites/ulhpc/spack/aion-2020b/zen2/core/spack.yaml')).toContain('/unpublished/apps/aion/2020b');
  });
});
