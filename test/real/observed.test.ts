import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  Compiler,
  define,
  ExistingNfs,
  ModuleTree,
  NodeType,
  Site,
  Size,
  SlurmCluster,
  SoftwareStack,
} from '../../lib';
import type { SlurmClusterProps } from '../../lib/compute/slurm-cluster';
import { synthesize } from '../../lib/testing/synthesize';
import { play, playNeeds, type PlayResult } from './support/ansible';
import { ansibleRootfs, copyRootfs, removeRootfs, rootfsNeeds } from './support/rootfs';
import { describeWith, runOk } from './support/tools';

/** A site that runs already, as a definition says it. */
const definition = (props: Partial<SlurmClusterProps>) =>
  define((app) => {
    const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
    const hpc = new SlurmCluster(campus, 'hpc', { slurm: '22.05', controller: 'ctl1', login: 'login1', ...props });
    const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) });
    hpc.addPartition('batch', { nodes: [hpc.addNodes('cpu', { hosts: 'cn[001-002]', type })] });
    new ExistingNfs(campus, 'home', { server: 'filer', export: '/home', path: '/home' }).mountOn(hpc);
    const stack = new SoftwareStack(campus, 'apps', {
      release: '2026.1',
      compilers: [Compiler.gcc('13.3.0', { external: '/usr' })],
      targets: ['x86_64_v3'],
      specs: ['zlib@1.3.1'],
    });
    hpc.provide(new ModuleTree(campus, 'modules', { stacks: [stack] }));
  });

const BY_HAND = `# by hand since 2019
ClusterName=hpc
SlurmctldHost=ctl1
`;

/** What the tasks that failed said. */
const complaints = ({ stdout, stderr }: PlayResult): string =>
  [...stdout.matchAll(/"(?:msg|stderr)": "((?:[^"\\]|\\.)+)"/g)].map(([, text]) => text).join('\n') + stderr;

describeWith([...rootfsNeeds, ...playNeeds], 'a cluster that runs already, on real root file systems', () => {
  let dir: string;
  let roots: { readonly ctl1: string; readonly cn001: string };

  /** Places a definition's output, and plays it. */
  async function playWith(props: Partial<SlurmClusterProps>, args: readonly string[] = []): Promise<PlayResult> {
    const output = (await synthesize(definition(props), { projectDir: dir })).expectNoDiagnostics();
    await rm(join(dir, 'out'), { recursive: true, force: true });
    for (const [path, content] of Object.entries({ ...output.files, 'hpcdk/manifest.json': '{}\n' })) {
      await mkdir(dirname(join(dir, 'out', path)), { recursive: true });
      await writeFile(join(dir, 'out', path), content);
    }
    const cwd = join(dir, 'out/sites/campus/ansible');
    return play({ cwd, playbook: 'site.yml', inventory: 'inventory', roots, args });
  }

  const on = (path: string) => readFile(join(roots.ctl1, path), 'utf8');

  /** Every file of a host with its digest, but for what Python keeps for itself and the logs. */
  const digest = async (root: string) => {
    const find = 'find . -xdev ( -name __pycache__ -o -path ./root/.ansible -o -path ./tmp -o -path ./var/log ) -prune';
    const args = [...find.split(' '), '-o', '-type', 'f', '-print0'];
    const files = await runOk('find', args.slice(1), { cwd: root });
    return runOk('sha256sum', files.split('\0').filter(Boolean).sort(), { cwd: root });
  };

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hpcdk-observed-'));
    roots = { ctl1: await copyRootfs(ansibleRootfs), cn001: await copyRootfs(ansibleRootfs) };
    await mkdir(join(roots.ctl1, 'etc/slurm'), { recursive: true });
    await writeFile(join(roots.ctl1, 'etc/slurm/slurm.conf'), BY_HAND);
    const modules = join(roots.cn001, 'apps/modules/Core');
    await mkdir(modules, { recursive: true });
    await writeFile(join(modules, 'mine.lua'), 'help("mine")\n');
  }, 400_000);
  afterAll(async () => {
    for (const root of Object.values(roots)) await removeRootfs(root);
    await rm(dir, { recursive: true });
  });

  test('observed: what differs is reported, and not a file of the hosts is another one after the play', async () => {
    // GIVEN a slurm.conf by hand, a module by hand, and neither Slurm nor munge as packages
    const before = [await digest(roots.ctl1), await digest(roots.cn001)];
    expect(before[0]).toContain('./etc/slurm/slurm.conf');
    // WHEN the whole play runs, not only a check of it
    const result = await playWith({ ownership: 'observed' });
    // THEN the differences are told
    expect(result.code === 0 ? '' : complaints(result)).toBe('');
    expect(result.stdout).toContain('"-# by hand since 2019"');
    expect(result.stdout).toContain('+ProctrackType=proctrack/cgroup');
    expect(result.stdout).toContain('/apps/modules/Core/mine.lua');
    expect(result.stdout).toMatch(/zlib\/1\.3\.1\.lua: FAILED open or read/);
    // AND nothing was changed
    expect(result.changes).toEqual([]);
    expect([await digest(roots.ctl1), await digest(roots.cn001)]).toEqual(before);
  }, 400_000);

  test('handed over with programs of its own: its slurm.conf waits for a word, then ours stands there, and no package came', async () => {
    // GIVEN a host with the user slurm, and Slurm and munge below /opt
    const packages = () => runOk('dpkg-query', [`--admindir=${roots.ctl1}/var/lib/dpkg`, '-W']);
    const before = await packages();
    await runOk('chroot', [roots.ctl1, 'useradd', '--system', '--uid', '777', '--home-dir', '/srv/slurm', 'slurm']);
    const phases = ['--tags', 'prepare,configure', '-l', 'ctl1'];
    // WHEN it is owned from now on
    const stopped = await playWith({ packages: 'none' }, phases);
    // THEN nothing happens unasked
    expect(stopped.stats.ctl1).toMatchObject({ failures: 1 });
    expect(complaints(stopped)).toContain('-# by hand since 2019');
    expect(await on('etc/slurm/slurm.conf')).toBe(BY_HAND);
    // WHEN it is asked for
    const placed = await playWith({ packages: 'none' }, [...phases, '-e', 'hpcdk_overwrite=true']);
    // THEN the files are ours; programs and the user are the site's
    expect(placed.code === 0 ? '' : complaints(placed)).toBe('');
    expect(await on('etc/slurm/slurm.conf')).toContain('ProctrackType=proctrack/cgroup');
    expect(await on('var/lib/hpcdk/backup/etc/slurm/slurm.conf')).toBe(BY_HAND);
    expect(await on('etc/passwd')).toContain('slurm:x:777:777::/srv/slurm:');
    expect(await packages()).toBe(before);
  }, 400_000);
});
