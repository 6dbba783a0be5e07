import { BuildCache, Compiler, define, Mpi, Site, SoftwareStack, Target } from 'hpcdk';

/** Only a software stack: one spack.yaml for each target, compiler and MPI. */
export default define((app) => {
  const campus = new Site(app, 'campus', {
    domain: 'hpc.example.edu',
    contact: 'help@hpc.example.edu',
    ansible: false,
  });

  new SoftwareStack(campus, 'apps', {
    release: '2026.1',
    recipes: { tag: 'v2025.11.0' },
    compilers: [
      Compiler.gcc('13.3.0', { external: '/usr' }),
      Compiler.oneapi('2025.3.1', { external: '/opt/intel/oneapi' }),
    ],
    mpis: [Mpi.openmpi('5.0.8', { fabrics: ['ucx'], schedulers: ['slurm'] })],
    targets: [Target.X86_64_V3, Target.X86_64_V4],
    core: ['cmake@3.31.9', 'git@2.48.1', 'valgrind@3.25.1 ~mpi'],
    specs: [
      'gsl@2.8',
      'openblas@0.3.30 threads=openmp',
      'python@3.12.12 +optimizations',
      'py-numpy@2.3.4 %gcc', // its recipe refuses oneapi
      'fftw@3.3.10 +mpi +openmp',
      'hdf5@1.14.6 +mpi +fortran +hl',
      'gromacs@2025.3 +mpi ~cuda',
    ],
    externals: [{ spec: 'slurm@24-11-6-1', prefix: '/usr' }],
    buildCache: BuildCache.at('s3://hpc-example-edu-spack/2026.1'),
  });
});
