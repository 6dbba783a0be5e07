import {
  Compiler,
  define,
  ExistingNfs,
  Host,
  ModuleTree,
  Mpi,
  NodeType,
  Package,
  Site,
  Size,
  SlurmCluster,
  SlurmVersion,
  SoftwareStack,
  Target,
} from '../../lib';
import type { ModuleEntry } from '../../lib/software/modules/entry';
import { reachability } from '../../lib/software/modules/reachability';
import { Mount } from '../../lib/storage/mount';
import { synthesize } from '../../lib/testing/synthesize';
import { Hostlist } from '../../lib/values/hostlist';
import { Version } from '../../lib/values/version';

// A definition that grows twice as large may do twice as much. Operations are counted, never time: see bench/grown.mjs.

const site = (declare: (site: Site, n: number) => void) => async (n: number) => {
  const { diagnostics } = await synthesize(
    define((app) => declare(new Site(app, 'lab', { domain: 'lab.example.org', contact: 'help@lab.example.org' }), n)),
  );
  expect(diagnostics).toEqual([]);
};
const clusterOf = (lab: Site) =>
  new SlurmCluster(lab, 'hpc', { slurm: SlurmVersion.V24_05, controller: 'ctl', login: 'login' });
const type = NodeType.of({ sockets: 1, cores: 16, memory: Size.gib(64) });
const range = (n: number) => [...Array(n).keys()];

const poolsOf = site((lab, n) => {
  const hpc = clusterOf(lab);
  // every second rack is free: the ranges of two pools do not merge
  const pools = range(n).map((i) => hpc.addNodes(`p${i}`, { hosts: `n[${i * 20 + 1}-${i * 20 + 8}]`, type }));
  hpc.addPartition('all', { nodes: pools });
});
const mountsOf = site((lab, n) => {
  const hpc = clusterOf(lab);
  hpc.addPartition('all', { nodes: [hpc.addNodes('cpu', { hosts: 'cn[1-8]', type })] });
  for (const i of range(n)) {
    new ExistingNfs(lab, `fs${i}`, { server: 'filer', export: `/vol/${i}`, path: `/data/${i}` }).mountOn(hpc);
  }
});
const hostsOf = site((lab, n) => {
  for (const i of range(n)) new Package(new Host(lab, `h${i}`, { hosts: `h${i}-a` }), 'chrony');
});
const releasesOf = site((lab, n) => {
  const stacks = range(n).map(
    (i) =>
      new SoftwareStack(lab, `s${i}`, {
        release: `2026.${i}`,
        recipes: { tag: 'v2025.11.0' },
        compilers: [Compiler.gcc('13.3.0', { external: '/usr' })],
        mpis: [Mpi.openmpi('5.0.8')],
        targets: [Target.X86_64_V3],
        specs: ['hdf5@1.14.6 +mpi'],
      }),
  );
  new ModuleTree(lab, 'modules', { stacks });
});

/** Modules of one folder that say how often their names are read. */
function modulesOf(n: number, onRead: () => void): ModuleEntry[] {
  return range(n).map((i) => ({
    folder: 'Core',
    get name() {
      onRead();
      return `m${i}`;
    },
    version: '1',
    dependsOn: i > 0 ? [`m${i - 1}/1`] : [],
    isHidden: false,
    isDefault: true,
  }));
}

const calls = (spy: jest.SpyInstance) => () => spy.mock.calls.length;

describe('twice as many', () => {
  afterEach(() => jest.restoreAllMocks());

  test.each<[what: string, operations: string, (n: number) => Promise<void>, () => () => number]>([
    ['pools', 'comparisons of hostlists', poolsOf, () => calls(jest.spyOn(Hostlist.prototype, 'intersection'))],
    ['mounts', 'lines of fstab', mountsOf, () => calls(jest.spyOn(Mount.prototype, 'entry', 'get'))],
    ['hosts with one package', 'facts written as text', hostsOf, () => calls(jest.spyOn(JSON, 'stringify'))],
    ['releases', 'versions read', releasesOf, () => calls(jest.spyOn(Version, 'parse'))],
  ])('%s cost at most twice the operations: %s', async (_what, _operations, declare, count) => {
    await expectLinear(async (n) => {
      const counted = count();
      await declare(n);
      const total = counted();
      jest.restoreAllMocks();
      return total;
    });
  });

  test('modules of one folder cost at most twice the operations: looks at their names', async () => {
    await expectLinear((n) => {
      let looks = 0;
      expect(reachability(modulesOf(n, () => (looks += 1)), ['Core'])).toEqual([]); // prettier-ignore
      return looks;
    });
  });
});

async function expectLinear(operations: (n: number) => number | Promise<number>): Promise<void> {
  const [once, twice] = [await operations(40), await operations(80)];
  expect(twice).toBeLessThanOrEqual(2.1 * once);
}
