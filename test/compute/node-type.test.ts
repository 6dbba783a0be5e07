import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { define, NodeType, type NodeTypeProps, Power, Site, Size, SlurmCluster } from '../../lib';
import { matching } from '../../lib/testing/match';
import { synthesize } from '../../lib/testing/synthesize';

const FACTS =
  'NodeName=cn001 CPUs=128 Boards=1 SocketsPerBoard=2 CoresPerSocket=32 ThreadsPerCore=2 RealMemory=515072\nUpTime=4-01:11:00\n';

/** A cluster whose nodes are of a type; facts are kept in cn001.txt. */
const ofType = (type: (scope: Site) => NodeType, facts = FACTS) => {
  const projectDir = mkdtempSync(join(tmpdir(), 'node-type-'));
  writeFileSync(join(projectDir, 'cn001.txt'), facts);
  const definition = define((app) => {
    const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
    const hpc = new SlurmCluster(site, 'hpc', { slurm: '22.05', controller: 'ctl1' });
    hpc.addPartition('batch', { nodes: [hpc.addNodes('cpu', { hosts: 'cn[001-064]', type: type(site) })] });
  });
  return synthesize(definition, { projectDir });
};
const sheet = (props: Partial<NodeTypeProps>) => () =>
  NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256), ...props });

describe('a node type from its data sheet', () => {
  test.each([
    ['4 % in whole GiB', {}, 256 - 11],
    ['at least 1 GiB', { memory: Size.gib(8) }, 7],
    ['what is stated', { reserve: Size.gib(20) }, 236],
    ['nothing when that is stated', { reserve: Size.bytes(0) }, 256],
  ])('keeps a reserve from jobs: %s', async (_, props, gib) => {
    (await ofType(sheet(props)))
      .expectNoErrors()
      .slurmConf()
      .hasNode('cn001', { RealMemory: Size.gib(gib) });
  });

  test('is refused when the reserve leaves nothing: HPC4100', async () => {
    (await ofType(sheet({ reserve: Size.gib(256) }))).hasDiagnostic({
      code: 'HPC4100',
      construct: 'campus/hpc/nodes/cpu',
      field: 'type',
      message: 'the reserve of 256GiB leaves nothing of the installed 256GiB',
    });
  });

  test('tells what is wrong with the amount itself, of memory and of the reserve', async () => {
    const negative = { code: 'HPC1031', construct: 'campus/hpc/nodes/cpu', field: 'type' };

    (await ofType(sheet({ memory: Size.gib(-256) }))).hasDiagnostic(negative);
    (await ofType(sheet({ reserve: Size.gib(-1) }))).hasDiagnostic(negative);
  });

  test.each<[string, Partial<NodeTypeProps>, string, string]>([
    ['half a core', { cores: 1.5 }, 'HPC1004', 'type.cores'],
    ['memory as a number', { memory: 256 as never }, 'HPC1001', 'type'],
    ['power as a number', { power: 650 as never }, 'HPC1001', 'type.power'],
    ['power that is none', { power: Power.parse('650') }, 'HPC1070', 'type.power'],
    ['a GRES in capitals', { gres: [{ name: 'GPU', count: 1 }] }, 'HPC1002', 'type.gres[0].name'],
    ['no GRES at all of a kind', { gres: [{ name: 'gpu', count: 0 }] }, 'HPC1004', 'type.gres[0].count'],
    [
      'devices outside of /dev',
      { gres: [{ name: 'gpu', count: 1, files: '/etc/passwd' }] },
      'HPC1002',
      'type.gres[0].files',
    ],
  ])('is refused with %s', async (_, props, code, field) => {
    (await ofType(sheet(props))).hasDiagnostic({ code, field });
  });
});

describe('a node type from the facts of a machine', () => {
  test('is what slurmd reported', async () => {
    const output = await ofType((site) =>
      NodeType.fromFacts(site, 'cn001.txt', { gres: [{ name: 'gpu', type: 'a100', count: 4 }] }),
    );
    output.expectNoErrors().slurmConf().hasNode('cn001', {
      Sockets: 2,
      CoresPerSocket: 32,
      ThreadsPerCore: 2,
      RealMemory: '515072',
      Gres: 'gpu:a100:4',
    });
  });

  test('less a reserve when one is stated', async () => {
    const output = await ofType((site) => NodeType.fromFacts(site, 'cn001.txt', { reserve: Size.mib(72) }));
    output.slurmConf().hasNode('cn001', { RealMemory: '515000' });
  });

  test('is refused when its file cannot be read: HPC4101', async () => {
    (await ofType((site) => NodeType.fromFacts(site, 'facts/cn001.txt'))).hasDiagnostic({
      code: 'HPC4101',
      field: 'type',
      message: "the facts file 'facts/cn001.txt' cannot be read",
      fix: matching(/slurmd -C/),
    });
  });

  test('is refused at the file when that holds something else', async () => {
    (await ofType((site) => NodeType.fromFacts(site, 'cn001.txt'), 'hello\n')).hasDiagnostic({
      code: 'HPC4020',
      field: 'type',
      source: { file: 'cn001.txt', line: 1 },
    });
  });

  test('is refused with a reserve above its memory', async () => {
    (await ofType((site) => NodeType.fromFacts(site, 'cn001.txt', { reserve: Size.tib(1) }))).hasDiagnostic({
      code: 'HPC1032',
      field: 'type.memory',
    });
  });
});

describe('the power of a node', () => {
  test.each<[string, (power?: Power) => (scope: Site) => NodeType]>([
    ['data sheet', (power) => sheet(power ? { power } : {})],
    ['own report', (power) => (site) => NodeType.fromFacts(site, 'cn001.txt', power ? { power } : {})],
  ])('beside its %s stands in the manifest and in no file', async (_, type) => {
    const [stated, none] = [await ofType(type(Power.kw(1.3))), await ofType(type())];

    expect(stated.manifest.constructs['campus/hpc/nodes/cpu']?.values.type).toMatchObject({ power: '1300W' });
    expect(none.manifest.constructs['campus/hpc/nodes/cpu']?.values.type).not.toHaveProperty('power');
    expect(stated.files).toEqual(none.files);
  });
});
