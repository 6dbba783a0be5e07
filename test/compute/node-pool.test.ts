import { Hostlist, NodeType, type NodePoolProps, Size, SlurmVersion } from '../../lib';
import { absent } from '../../lib/testing/match';
import { gpuNode, onCluster, thin } from './support';

/** A cluster with a second pool and a partition of it. */
const withPool = (props: Partial<NodePoolProps>, slurm: SlurmVersion = SlurmVersion.V22_05) =>
  onCluster({ slurm }, (hpc) => {
    hpc.addPartition('more', { nodes: [hpc.addNodes('more', { hosts: 'more[1-8]', type: thin, ...props })] });
  });

describe('the NodeName line of a pool', () => {
  test('says what a node has, less what is kept from jobs', async () => {
    const output = await withPool({
      features: ['zen4', 'ib'],
      weight: 50,
      systemCores: 2,
      systemMemory: Size.gib(4),
    });
    output
      .expectNoDiagnostics()
      .slurmConf()
      .hasNode('more[1-8]', {
        Sockets: 2,
        CoresPerSocket: 32,
        ThreadsPerCore: 1,
        RealMemory: Size.gib(245),
        Feature: 'zen4,ib',
        Weight: 50,
        CoreSpecCount: 2,
        MemSpecLimit: Size.gib(4),
        Gres: absent,
      });
  });

  test('leaves out what is at its default', async () => {
    (await withPool({}))
      .slurmConf()
      .hasNode('more1', { Weight: absent, Feature: absent, CoreSpecCount: absent, MemSpecLimit: absent });
  });

  test('names GPUs with their type, and gres.conf their devices', async () => {
    const output = await withPool({ type: gpuNode });
    output
      .expectNoDiagnostics()
      .slurmConf()
      .hasOption('GresTypes', 'gpu')
      .hasNode('more[1-8]', { Gres: 'gpu:a100:4', ThreadsPerCore: 2 });
    output.slurmConf('hpc', 'gres.conf').hasRecord('NodeName', {
      NodeName: 'more[1-8]',
      Name: 'gpu',
      Type: 'a100',
      File: '/dev/nvidia[0-3]',
      Count: absent,
    });
  });

  test('has resources without devices by their count, and devices and cores that are stated', async () => {
    const type = NodeType.of({
      sockets: 2,
      cores: 24,
      memory: Size.gib(192),
      gres: [
        { name: 'gpu', type: 'l40s', count: 1, cores: '0-23' },
        { name: 'nvme', count: 2 },
        { name: 'fpga', count: 2, files: '/dev/fpga[0,1]' },
      ],
    });
    const output = await withPool({ type });
    output
      .expectNoDiagnostics()
      .slurmConf()
      .hasNode('more1', { Gres: 'gpu:l40s:1,nvme:2,fpga:2' })
      .hasOption('GresTypes', 'gpu,nvme,fpga');
    output
      .slurmConf('hpc', 'gres.conf')
      .hasRecord('Name', { Name: 'gpu', File: '/dev/nvidia0', Cores: '0-23' })
      .hasRecord('Name', { Name: 'nvme', Count: '2', File: absent })
      .hasRecord('Name', { Name: 'fpga', File: '/dev/fpga[0,1]' });
  });

  test.each([
    [SlurmVersion.V22_05, 'more1-ib,more2-ib,more3-ib'],
    [SlurmVersion.V23_11, 'more[1-3]-ib'],
  ])('writes text behind a bracket as Slurm %s reads it', async (slurm, text) => {
    const output = await withPool({ hosts: 'more[1-3]-ib' }, slurm);
    expect(output.slurmConf().node('more2-ib').NodeName).toBe(text);
  });
});

describe('a pool is refused', () => {
  test('without hosts: HPC4102', async () => {
    (await withPool({ hosts: Hostlist.EMPTY })).hasDiagnostic({
      code: 'HPC4102',
      construct: 'campus/hpc/nodes/more',
      field: 'hosts',
      message: 'the pool has no hosts',
    });
  });

  test('with two GPU types at the same device files: HPC4105', async () => {
    const gpus = (files?: [string, string]) =>
      NodeType.of({
        sockets: 2,
        cores: 32,
        memory: Size.gib(256),
        gres: [
          { name: 'gpu', type: 'a100', count: 2, ...(files && { files: files[0] }) },
          { name: 'gpu', type: 'l40s', count: 2, ...(files && { files: files[1] }) },
        ],
      });
    (await withPool({ type: gpus() })).hasDiagnostic({
      code: 'HPC4105',
      field: 'type',
      message: '/dev/nvidia0 belongs to two resources of the node type',
    });
    (await withPool({ type: gpus(['/dev/nvidia[0-1]', '/dev/nvidia[2-3]']) }))
      .expectNoDiagnostics()
      .slurmConf()
      .hasNode('more1', { Gres: 'gpu:a100:2,gpu:l40s:2' })
      .hasOption('GresTypes', 'gpu');
  });

  test('with all of its cores kept from jobs: HPC4103', async () => {
    (await withPool({ systemCores: 64 })).hasDiagnostic({
      code: 'HPC4103',
      field: 'systemCores',
      message: '64 system cores leave nothing of the 64 of a node',
    });
  });

  test('with all of its memory kept from jobs: HPC4104', async () => {
    (await withPool({ systemMemory: Size.gib(245) })).hasDiagnostic({
      code: 'HPC4104',
      field: 'systemMemory',
      message: '245GiB of system memory leaves nothing of the 245GiB of a node',
    });
  });

  test.each<[string, Partial<NodePoolProps>, string, string]>([
    ['a hostlist that cannot be read', { hosts: 'more[8-1]' }, 'HPC1012', 'hosts'],
    ['an operator in a feature', { features: ['ib&gpu'] }, 'HPC1002', 'features[0]'],
    ['a feature twice', { features: ['ib', 'ib'] }, 'HPC1006', 'features[1]'],
    ['something else than a node type', { type: {} as never }, 'HPC1001', 'type'],
  ])('with %s', async (_, props, code, field) => {
    (await withPool(props)).hasDiagnostic({ code, field });
  });
});
