import { absent, anything } from '../../lib/testing/match';
import { SpackEnv } from '../../lib/testing/spack-env';

const env = SpackEnv.parse(`---
spack:
  specs:
    - "hdf5@1.14.5 +mpi~fortran api=v110 target=x86_64_v3 %gcc@13.3.0"
    - "gromacs@2024.3 +mpi ^openmpi@5.0.5"
    - matrix: [[zlib], ["%gcc"]]
  concretizer: {unify: true}
  packages:
    all: {require: ["target=x86_64_v3"]}
    mpi: {require: openmpi@5.0.5}
    blas: {require: [{one_of: [openblas@0.3.28, intel-oneapi-mkl], message: ours}]}
    gcc:
      buildable: false
      externals:
        - {spec: "gcc@13.3.0 languages:='c,c++,fortran'", prefix: /opt/gcc, extra_attributes: {compilers: {c: /opt/gcc/bin/gcc}}}
  view:
    default: {root: /apps/view, link_type: symlink}
    tools: /apps/tools
`);

test('specs are compared by what they ask for', () => {
  env
    .hasSpec('hdf5')
    .hasSpec('hdf5 ~fortran+mpi')
    .hasSpec('hdf5@=1.14.5 api=v110 target=x86_64_v3 %gcc')
    .hasSpec('gromacs ^openmpi@5.0.5')
    .lacksSpec('netcdf-c');
  expect(env.specs.map(({ name }) => name)).toEqual(['hdf5', 'gromacs']);
});

test.each<[string, string]>([
  [
    'hdf5@1.14.6',
    "the only root spec of hdf5, 'hdf5@1.14.5~fortran+mpi api=v110 target=x86_64_v3 %gcc@13.3.0', does not match: versions is '1.14.5', wanted '1.14.6'",
  ],
  ['hdf5 +fortran', 'variants.fortran is false, wanted true'],
  ['hdf5 +szip', 'variants.szip is not set, wanted true'],
  ['gromacs ^mpich', "dependencies[0].name is 'openmpi', wanted 'mpich'"],
  ['hdf', "there is no root spec 'hdf'; did you mean 'hdf5'?"],
  ['~mpi', 'no root spec matches; the closest is'],
  ['hdf5@@', 'hdf5@@'],
])('the spec %s is not among the roots', (spec, text) => expect(() => env.hasSpec(spec)).toThrow(text));

test('requirements, externals and views', () => {
  env
    .hasRequire('mpi', 'openmpi@5.0.5')
    .hasRequire('blas', 'intel-oneapi-mkl')
    .hasRequire('all', 'target=x86_64_v3')
    .hasExternal('gcc', {
      spec: 'gcc@13.3.0',
      prefix: '/opt/gcc',
      extra_attributes: { compilers: { c: anything, cxx: absent } },
    })
    .hasExternal('gcc', { prefix: '/opt/gcc' })
    .hasView('default', { root: '/apps/view' })
    .hasView('tools', { root: '/apps/tools' })
    .has({ concretizer: { unify: true }, packages: { gcc: { buildable: false } } });
});

test.each<[() => unknown, string]>([
  [() => env.hasRequire('mpi', 'openmpi@4'), "versions is '5.0.5', wanted '4'"],
  [() => env.hasRequire('lapack', 'openblas'), 'there is no requirement of lapack'],
  [() => env.hasExternal('gcc', { prefix: '/usr' }), "prefix is '/opt/gcc', wanted '/usr'"],
  [() => env.hasExternal('gcc', { spec: 'gcc@12' }), "spec.versions is '13.3.0', wanted '12'"],
  [() => env.hasView('default', { root: '/x' }), "default.root is '/apps/view', wanted '/x'"],
  [() => env.has({ concretizer: { reuse: true } }), 'concretizer.reuse is not set, wanted true'],
  [() => env.lacksSpec('gromacs'), "'gromacs@2024.3+mpi ^openmpi@5.0.5' is a root"],
  [() => SpackEnv.parse('a: [', 'x.yaml'), 'x.yaml: the YAML cannot be read'],
])('a failure shows the closest', (check, text) => expect(check).toThrow(text));
