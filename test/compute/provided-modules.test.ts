import { join } from 'node:path';
import {
  Compiler,
  define,
  type ModulesProps,
  ModuleTree,
  NodeType,
  Site,
  Size,
  SlurmCluster,
  SoftwareStack,
} from 'hpcdk';
import { contributesToHosts, HOST_FACTS } from '../../lib/app/host-fact';
import { newSite } from '../software/support';

const declare = (site: Site, provided: false | ModulesProps) => {
  const hpc = new SlurmCluster(site, 'hpc', { slurm: '22.05', controller: 'ctl1', login: 'login1' });
  const cpu = hpc.addNodes('cpu', {
    hosts: 'cn[1-2]',
    type: NodeType.of({ sockets: 1, cores: 4, memory: Size.gib(16) }),
  });
  hpc.addPartition('batch', { nodes: [cpu] });
  const stack = new SoftwareStack(site, 'apps', {
    release: '2026.1',
    compilers: [Compiler.gcc('12.2.0', { external: '/usr' })],
    targets: ['x86_64_v3'],
    core: ['cmake@3.31.9'],
  });
  const modules = new ModuleTree(site, 'modules', { stacks: [stack] });
  if (provided) hpc.provide(modules, provided);
  return hpc;
};

test('a cluster brings the modules that it provides to its login and compute nodes, not to its controller', () => {
  const rolesOf = (provided: false | ModulesProps) =>
    declare(newSite().site, provided)
      .node.findAll()
      .filter(contributesToHosts)
      .flatMap((one) => [...one[HOST_FACTS]()])
      .filter(({ role }) => role === 'modules')
      .map(({ group, facts }) => [group.name, facts.map(({ fact }) => fact)]);
  expect(rolesOf(false)).toEqual([]);
  expect(rolesOf({})).toEqual([
    ['hpc_login', ['package', 'file', 'tree']],
    ['hpc_compute', ['package', 'file', 'tree']],
  ]);
  expect(rolesOf({ login: false })).toEqual([['hpc_compute', ['package', 'file', 'tree']]]);
});

test('the whole of it synthesises', async () => {
  const definition = define((app) => {
    const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
    declare(site, {});
  });
  const { diagnostics, files } = await definition.synthesize({ projectDir: join(__dirname, '../..') });
  expect(diagnostics).toEqual([]);
  expect(files.has('sites/campus/modules/modules/profile.sh')).toBe(true);
  expect([...files.keys()].some((path) => path.includes('/ansible/'))).toBe(true);
});
