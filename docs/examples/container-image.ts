import { Compiler, ContainerImage, define, Mpi, Site, SoftwareStack } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const stack = new SoftwareStack(campus, 'apps', {
    release: '2026.1',
    compilers: [Compiler.gcc('13.3.0', { external: '/opt/gcc/13.3.0' })],
    mpis: [Mpi.openmpi('5.0.8', { fabrics: ['ucx'] })],
    targets: ['x86_64_v3', 'x86_64_v4'],
    specs: ['hdf5@1.14.6 +mpi', 'gromacs@2025.3 +mpi'],
  });

  new ContainerImage(campus, 'gromacs', {
    stack,
    roots: ['gromacs'],
    base: 'docker.io/library/debian:12@sha256:1111111111111111111111111111111111111111111111111111111111111111',
    builder:
      'registry.example.edu/spack/debian12@sha256:2222222222222222222222222222222222222222222222222222222222222222',
    compiler: Compiler.gcc('12.2.0', { external: '/usr' }), // the one of the builder
    target: 'x86_64_v3',
    machines: ['broadwell', 'zen2'],
    labels: { 'org.opencontainers.image.licenses': 'LGPL-2.1-or-later' },
    run: ['gmx_mpi'],
  });
});
