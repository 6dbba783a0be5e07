import { Compiler, define, ModuleTree, Mpi, NodeType, Site, Size, SlurmCluster, SoftwareStack } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const stack = new SoftwareStack(campus, 'apps', {
    release: '2026.1',
    compilers: [Compiler.gcc('13.3.0', { external: '/usr' }), Compiler.llvm('20.1.8')],
    mpis: [Mpi.openmpi('5.0.8', { schedulers: ['slurm'] })],
    targets: ['x86_64_v3'],
    core: ['cmake@3.31.9', 'cmake@3.30.1'],
    specs: ['python@3.12.12', 'py-numpy@2.3.4', 'gromacs@2025.3 +mpi'],
  });

  const modules = new ModuleTree(campus, 'modules', {
    stacks: [stack],
    defaults: ['cmake/3.30.1'],
    aliases: { clang: 'llvm/20.1.8' },
    deprecated: { 'cmake/3.30.1': { until: '2026-12-31', message: 'load cmake/3.31.9' } },
    descriptions: { gromacs: 'molecular dynamics' },
    environment: { gromacs: { GMXLIB: '{prefix}/share/gromacs/top' } },
  });

  const hpc = new SlurmCluster(campus, 'hpc', { slurm: '22.05', controller: 'ctl1', login: 'login1' });
  const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) });
  hpc.addPartition('batch', { nodes: [hpc.addNodes('cpu', { hosts: 'cn[001-064]', type })] });
  hpc.provide(modules);
});
