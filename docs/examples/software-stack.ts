import { BuildCache, Compiler, define, Mpi, Site, SoftwareStack, Target } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });

  new SoftwareStack(campus, 'apps', {
    release: '2026.1',
    recipes: { tag: 'v2025.11.0' },
    compilers: [
      Compiler.gcc('13.3.0', { external: '/usr' }),
      Compiler.oneapi('2025.3.1', { external: '/opt/intel/oneapi' }),
    ],
    mpis: [Mpi.openmpi('5.0.8', { fabrics: ['ucx'], schedulers: ['slurm'] })],
    targets: [Target.X86_64_V3],
    core: ['cmake@3.31.9', 'valgrind@3.25.1 ~mpi'],
    specs: [
      'openblas@0.3.30 threads=openmp',
      'py-numpy@2.3.4 %gcc',
      'gromacs@2025.3 +mpi ~cuda',
      'gromacs@2025.3 +mpi +cuda cuda_arch=80',
      'osu-micro-benchmarks@7.5.1',
    ],
    suffixes: { 'gromacs +cuda': 'cuda' },
    require: { blas: 'openblas', lapack: 'openblas' },
    externals: [{ spec: 'slurm@24-11-6-1', prefix: '/usr' }],
    buildCache: BuildCache.at('s3://hpc-example-edu-spack/2026.1'),
  });
});
