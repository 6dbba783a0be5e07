import { Compiler, define, ModuleTree, Mpi, Site, SoftwareStack } from 'hpcdk';

/** Only modules: two releases of software at predictable prefixes, and the hierarchy that users choose from. */
export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });

  const newer = new SoftwareStack(campus, 'apps-2026.1', {
    release: '2026.1',
    compilers: [Compiler.gcc('13.3.0', { external: '/opt/gcc/13.3.0' }), Compiler.llvm('20.1.8')],
    mpis: [Mpi.openmpi('5.0.8', { schedulers: ['slurm'] }), Mpi.mpich('4.2.3', { pmi: 'pmix' })],
    targets: ['x86_64_v3', 'x86_64_v4'],
    core: ['cmake@3.31.9', 'git@2.48.1', 'libfabric@2.3.1'],
    specs: ['python@3.12.12', 'py-numpy@2.3.4', 'openblas@0.3.30', 'hdf5@1.14.6 +mpi', 'gromacs@2025.3 +mpi'],
  });
  const older = new SoftwareStack(campus, 'apps-2025.1', {
    release: '2025.1',
    compilers: [Compiler.gcc('12.3.0', { external: '/opt/gcc/12.3.0' })],
    mpis: [Mpi.openmpi('4.1.6', { schedulers: ['slurm'] })],
    targets: ['x86_64_v3'],
    core: ['cmake@3.29.6'],
    specs: ['gsl@2.7.1', 'hdf5@1.14.3 +mpi', 'gromacs@2024.3 +mpi'],
  });

  new ModuleTree(campus, 'modules', {
    stacks: [newer, older],
    aliases: { clang: 'llvm/20.1.8' },
    hidden: ['libfabric'],
    deprecated: { 'gromacs/2024.3': { until: '2026-12-31', message: 'load release/2026.1 and gromacs/2025.3' } },
    descriptions: { gromacs: 'molecular dynamics', hdf5: 'a library for large arrays in files' },
  });
});
