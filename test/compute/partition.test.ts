import { Duration, type PartitionProps, Size, SlurmCluster, SlurmDatabase } from '../../lib';
import { absent, matching } from '../../lib/testing/match';
import { gpuNode, onCluster, thin } from './support';

/** A cluster with a second partition `p` of 8 nodes with 64 cores and 245 GiB each. */
const withPartition = (props: Partial<PartitionProps>, id = 'p') =>
  onCluster({}, (hpc) => {
    hpc.addPartition(id, { nodes: [hpc.addNodes('more', { hosts: 'more[1-8]', type: thin })], ...props });
  });

describe('the PartitionName line', () => {
  test('says nothing that Slurm takes for granted', async () => {
    expect((await withPartition({})).slurmConf().partition('p')).toEqual({
      PartitionName: 'p',
      Nodes: 'more[1-8]',
      State: 'UP',
      MaxTime: 'UNLIMITED',
    });
  });

  test('says limits and rights', async () => {
    const output = await withPartition({
      maxTime: Duration.days(2),
      defaultTime: Duration.hours(1),
      default: true,
      maxNodes: 4,
      defaultMemoryPerCpu: Size.gib(3),
      maxMemoryPerCpu: Size.gib(8),
      exclusive: true,
      priorityTier: 10,
      allowAccounts: ['physics', 'bio'],
      allowQos: ['long'],
      qos: 'part_p',
      allowGroups: ['hpcusers'],
      hidden: true,
      state: 'DRAIN',
      options: { GraceTime: '300', PreemptMode: 'requeue' },
    });
    output
      .expectNoDiagnostics()
      .slurmConf()
      .hasPartition('p', {
        MaxTime: '2-00:00:00',
        DefaultTime: '01:00:00',
        Default: true,
        MaxNodes: 4,
        DefMemPerCPU: Size.gib(3),
        MaxMemPerCPU: Size.gib(8),
        OverSubscribe: 'EXCLUSIVE',
        PriorityTier: 10,
        AllowAccounts: 'physics,bio',
        AllowQos: 'long',
        QOS: 'part_p',
        AllowGroups: 'hpcusers',
        Hidden: true,
        State: 'DRAIN',
        GraceTime: 300,
        PreemptMode: 'requeue',
        DenyAccounts: absent,
      });
  });

  test('holds the nodes of several pools as one list', async () => {
    const output = await onCluster({}, (hpc) => {
      const pools = ['a[1-4]', 'a[5-8]', 'b1'].map((hosts, n) => hpc.addNodes(`pool${n}`, { hosts, type: thin }));
      hpc.addPartition('all', { nodes: pools });
    });
    expect(output.slurmConf().partition('all').Nodes).toBe('a[1-8],b1');
  });
});

describe('a partition is refused', () => {
  test.each(['DEFAULT', 'default'])("named '%s': HPC4110", async (id) => {
    (await withPartition({}, id)).hasDiagnostic({
      code: 'HPC4110',
      construct: `campus/hpc/partitions/${id}`,
      message: "'DEFAULT' sets defaults in slurm.conf, it names no partition",
    });
  });

  test('with nodes of another cluster: HPC4111', async () => {
    const output = await onCluster({}, (hpc, site) => {
      const other = new SlurmCluster(site, 'other', { slurm: '22.05', controller: 'ctl9' });
      const theirs = other.addNodes('theirs', { hosts: 'x[1-4]', type: thin });
      other.addPartition('theirs', { nodes: [theirs] });
      hpc.addPartition('p', { nodes: [hpc.addNodes('ours', { hosts: 'y1', type: thin }), theirs] });
    });
    output.hasDiagnostic({
      code: 'HPC4111',
      construct: 'campus/hpc/partitions/p',
      field: 'nodes[1]',
      message: "'campus/other/nodes/theirs' belongs to another cluster than the partition",
    });
  });

  test('with a default time beyond the longest: HPC4112', async () => {
    (await withPartition({ maxTime: Duration.hours(1), defaultTime: Duration.hours(2) })).hasDiagnostic({
      code: 'HPC4112',
      field: 'defaultTime',
      message: 'the default time of 2h is longer than the longest, 1h',
    });
  });

  test('without nodes, as a warning, for Slurm takes it: HPC4117', async () => {
    const output = await onCluster({}, (hpc) => void hpc.addPartition('p', { nodes: [] }));
    output.expectNoErrors().hasDiagnostic({
      code: 'HPC4117',
      severity: 'warning',
      construct: 'campus/hpc/partitions/p',
      field: 'nodes',
      message: "the partition 'p' has no nodes: no job can start in it",
    });
  });

  test('with more nodes for a job than it has, as a warning: HPC4113', async () => {
    (await withPartition({ maxNodes: 9 })).expectNoErrors().hasDiagnostic({
      code: 'HPC4113',
      severity: 'warning',
      field: 'maxNodes',
      message: 'jobs of 9 nodes are allowed, the partition has 8',
    });
    (await withPartition({ maxNodes: 8 })).expectNoDiagnostics();
  });

  test("with memory above the node's, counted over hardware threads: HPC4114", async () => {
    (await withPartition({ defaultMemoryPerCpu: Size.gib(4) })).hasDiagnostic({
      code: 'HPC4114',
      field: 'defaultMemoryPerCpu',
      message: "4GiB for each of 64 CPUs is more than the 245GiB that a node of 'more' has",
      fix: 'at most 3920MiB fit',
    });
    (await withPartition({ defaultMemoryPerCpu: Size.mib(3920) })).expectNoDiagnostics();
    const threads = await onCluster({}, (hpc) => {
      const gpu = hpc.addNodes('gpu', { hosts: 'gpu1', type: gpuNode });
      hpc.addPartition('p', { nodes: [gpu], defaultMemoryPerCpu: Size.gib(8) });
    });
    threads.hasDiagnostic({ code: 'HPC4114', message: matching(/^8GiB for each of 64 CPUs/) });
  });

  test('with accounts allowed and denied at once: HPC4115', async () => {
    (await withPartition({ allowAccounts: ['a'], denyAccounts: ['b'] })).hasDiagnostic({
      code: 'HPC4115',
      field: 'denyAccounts',
      message: 'with allowAccounts, Slurm ignores denyAccounts (slurm.conf(5), DenyAccounts)',
    });
  });

  test('with an account or a QOS that the database does not have: HPC4116', async () => {
    const output = await onCluster({}, (_, site) => {
      const database = new SlurmDatabase(site, 'accounting', { host: 'db1', slurm: '22.05' });
      database.addAccount('physics');
      database.addQos('long');
      const hpc = new SlurmCluster(site, 'second', { slurm: '22.05', controller: 'ctl2', database });
      const nodes = [hpc.addNodes('nodes', { hosts: 'z[1-8]', type: thin })];
      hpc.addPartition('a', {
        nodes,
        allowAccounts: ['physics', 'phsyics'],
        allowQos: ['normal', 'lnog'],
        qos: 'shrot',
      });
      hpc.addPartition('b', { nodes, denyAccounts: ['biology'] });
    });
    for (const [construct, field, message, fix] of [
      ['a', 'allowAccounts[1]', "the database has no account 'phsyics'", "did you mean 'physics'?"],
      ['a', 'allowQos[1]', "the database has no QOS 'lnog'", "did you mean 'long'?"],
      ['a', 'qos', "the database has no QOS 'shrot'", undefined],
      ['b', 'denyAccounts[0]', "the database has no account 'biology'", undefined],
    ]) {
      output.hasDiagnostic({
        code: 'HPC4116',
        construct: `campus/second/partitions/${construct}`,
        field,
        message,
        fix,
      });
    }
    expect(output.diagnostics).toHaveLength(4);
  });

  test('with a key that a PartitionName line of the declared Slurm does not have', async () => {
    (await withPartition({ options: { MaxTim: '5' } })).hasDiagnostic({ code: 'HPC4000', field: 'options.MaxTim' });
  });

  test.each<[string, Partial<PartitionProps>, string, string]>([
    ['a state that Slurm does not know', { state: 'UPP' as never }, 'HPC1005', 'state'],
    ['a comma in the name of an account', { allowAccounts: ['a,b'] }, 'HPC1002', 'allowAccounts[0]'],
    ['a pool twice', {}, 'HPC1006', 'nodes[1]'],
    ['a name instead of nodes', { nodes: ['cpu'] as never }, 'HPC1001', 'nodes[0]'],
  ])('with %s', async (what, props, code, field) => {
    const output = await onCluster({}, (hpc) => {
      const pool = hpc.addNodes('more', { hosts: 'more[1-8]', type: thin });
      hpc.addPartition('p', { nodes: what === 'a pool twice' ? [pool, pool] : [pool], ...props });
    });
    output.hasDiagnostic({ code, field });
  });
});

describe('a partition that is named and not declared: HPC4135', () => {
  test('in SuspendExcParts of the cluster', async () => {
    (await onCluster({ options: { SuspendExcParts: 'batch,bacth' } })).hasDiagnostic({
      code: 'HPC4135',
      construct: 'campus/hpc',
      field: 'options.SuspendExcParts',
      message: "the cluster has no partition 'bacth'",
      fix: "did you mean 'batch'?",
    });
  });

  test('in Alternate of another partition', async () => {
    const output = await onCluster({}, (hpc) => {
      hpc.addPartition('other', {
        nodes: [hpc.addNodes('other', { hosts: 'o1', type: thin })],
        options: { Alternate: 'x' },
      });
    });
    output.hasDiagnostic({ code: 'HPC4135', construct: 'campus/hpc/partitions/other', field: 'options.Alternate' });
  });
});
