import fc from '../fast-check';
import { App } from '../../lib/app/app';
import { Site } from '../../lib/app/site';
import { BuildCache } from '../../lib/software/build-cache';
import { Compiler } from '../../lib/software/compiler';
import { Mpi } from '../../lib/software/mpi';
import { SoftwareStack, type SoftwareStackProps } from '../../lib/software/software-stack';
import { parse } from 'yaml';
import { Spec } from '../../lib/values/spec';
import { hostile } from '../documents/hostile';
import { newSite, synth } from './support';

const gcc = Compiler.gcc('13.3.0', { external: '/usr' });
const oneapi = Compiler.oneapi('2025.3.1', { external: '/opt/intel/oneapi' });
const props: SoftwareStackProps = {
  release: '2026.1',
  compilers: [gcc, oneapi],
  mpis: [
    Mpi.openmpi('5.0.8', { fabrics: ['ucx'], schedulers: ['slurm'] }),
    Mpi.mpich('4.2.3', { netmod: 'ucx', pmi: 'pmix' }),
  ],
  targets: ['x86_64_v3', 'x86_64_v4'],
  core: ['cmake@3.31.9'],
  specs: ['gsl@2.8', 'py-numpy@2.3.4 %gcc', 'hdf5@1.14.6 +mpi +fortran', 'osu-micro-benchmarks@7.5.1'],
};
const stackOf = (more: Partial<SoftwareStackProps> = {}) =>
  new SoftwareStack(newSite().site, 'apps', { ...props, ...more });
const faultsOf = async (more: Partial<SoftwareStackProps>) =>
  (await synth((site) => new SoftwareStack(site, 'apps', { ...props, ...more }))).diagnostics;
const environment = async (path: string, more: Partial<SoftwareStackProps> = {}) => {
  const { files, faults } = await synth((site) => new SoftwareStack(site, 'apps', { ...props, ...more }));
  expect(faults).toEqual([]);
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the test looks into what an independent parser read
  return (parse(files[`spack/apps/${path}/spack.yaml`] ?? '') as any).spack;
};

describe('the environments of a stack', () => {
  test('are one for core, one per compiler, one per compiler and MPI, in the order of building', () => {
    const names = stackOf({ targets: ['x86_64_v3'] })
      .environments()
      .map(({ name, roots }) => [name, roots.map(({ spec }) => spec.name)]);
    expect(names).toEqual([
      ['core', ['gcc', 'intel-oneapi-compilers', 'cmake']],
      ['gcc-13.3.0', ['gsl', 'py-numpy']],
      ['gcc-13.3.0-openmpi-5.0.8', ['openmpi', 'hdf5', 'osu-micro-benchmarks']],
      ['gcc-13.3.0-mpich-4.2.3', ['mpich', 'hdf5', 'osu-micro-benchmarks']],
      ['oneapi-2025.3.1', ['gsl']],
      ['oneapi-2025.3.1-openmpi-5.0.8', ['openmpi', 'hdf5', 'osu-micro-benchmarks']],
      ['oneapi-2025.3.1-mpich-4.2.3', ['mpich', 'hdf5', 'osu-micro-benchmarks']],
    ]);
  });

  test('know where each exposed root is', () => {
    const installs = stackOf({ suffixes: { 'hdf5 +mpi': 'par' } }).installs();
    const at = (name: string) =>
      installs.filter((one) => one.name === name && one.target === 'x86_64_v3').map(({ prefix }) => prefix);
    expect(at('gcc')).toEqual(['/usr']);
    expect(at('gsl')).toEqual([
      '/apps/2026.1/x86_64_v3/gcc-13.3.0/gsl/2.8',
      '/apps/2026.1/x86_64_v3/oneapi-2025.3.1/gsl/2.8',
    ]);
    expect(at('hdf5')[0]).toBe('/apps/2026.1/x86_64_v3/gcc-13.3.0-openmpi-5.0.8/hdf5/1.14.6-par');
    expect(installs.find(({ name }) => name === 'openmpi')).toMatchObject({ level: 'compiler', role: 'mpi' });
  });

  test('leave the roots that users do not see out of the view', async () => {
    const { view } = await environment('x86_64_v3/gcc-13.3.0', { exposes: ['cmake'] });
    expect(view).toEqual({
      'gcc-13.3.0': {
        root: '/apps/2026.1/x86_64_v3/gcc-13.3.0',
        link: 'roots',
        exclude: ['gsl@2.8', 'py-numpy@2.3.4'],
        projections: {},
      },
    });
  });

  test('put Python packages into one folder with all that they import', async () => {
    const { view } = await environment('x86_64_v3/gcc-13.3.0');
    expect(view['gcc-13.3.0']).toMatchObject({
      exclude: ['py-numpy@2.3.4'],
      projections: { 'gsl@2.8': 'gsl/2.8' },
    });
    expect(view.python).toEqual({
      root: '/apps/2026.1/x86_64_v3/gcc-13.3.0-python',
      link: 'run',
      select: ['^[deptypes=run] python'],
    });
    const numpy = stackOf()
      .installs()
      .find(({ name }) => name === 'py-numpy');
    expect(numpy?.prefix).toBe('/apps/2026.1/x86_64_v3/gcc-13.3.0-python');
  });

  test('are for the newest of several Pythons', () => {
    const specs = ['python@3.8.6', 'python@2.7.18', 'python@3.12.12', 'py-numpy@2.3.4'];
    const numpy = stackOf({ specs })
      .installs()
      .find(({ name }) => name === 'py-numpy');
    expect(numpy?.python?.version).toBe('3.12.12');
    expect(numpy?.pythonPath).toMatch(/python3\.12\/site-packages$/);
  });
});

describe('spack.yaml', () => {
  test('binds target, compiler and MPI by require, and reuses what stands below', async () => {
    const spack = await environment('x86_64_v3/gcc-13.3.0-openmpi-5.0.8');
    expect(spack.packages).toMatchObject({
      all: { require: ['target=x86_64_v3'] },
      c: { require: ['gcc@13.3.0'] },
      mpi: { require: ['openmpi@5.0.8 fabrics=ucx schedulers=slurm'] },
      gcc: {
        buildable: false,
        externals: [{ prefix: '/usr', extra_attributes: { compilers: { c: '/usr/bin/gcc' } } }],
      },
    });
    expect(spack.concretizer.reuse.from.slice(0, 2)).toEqual([
      { type: 'environment', path: './gcc-13.3.0' },
      { type: 'environment', path: './core' },
    ]);
    expect(spack.concretizer).toMatchObject({ unify: true, targets: { host_compatible: false } });
    expect(spack.specs[1]).toBe('hdf5@1.14.6+fortran+mpi');
    expect(spack.compilers).toBeUndefined();
  });

  test('pins roots to a compiler that is not the core one, for the languages that they use', async () => {
    const spack = await environment('x86_64_v3/oneapi-2025.3.1');
    expect(spack.specs).toEqual(['gsl@2.8 %oneapi_2025_3_1']);
    expect(spack.toolchains.oneapi_2025_3_1[0]).toEqual({ spec: '%c=intel-oneapi-compilers@2025.3.1', when: '%c' });
    expect(spack.packages.c.require).toEqual([{ any_of: ['gcc@13.3.0', 'intel-oneapi-compilers@2025.3.1'] }]);
    expect(spack.packages.fortran.require).toEqual([{ any_of: ['intel-oneapi-compilers@2025.3.1', 'gcc@13.3.0'] }]);
    expect(spack.packages.mpi).toEqual({ buildable: false });
  });

  test('takes a compiler that the stack builds from its prefix in the core level', async () => {
    const more = {
      compilers: [Compiler.gcc('13.4.0')],
      coreCompiler: Compiler.gcc('12.2.0', { external: '/usr' }),
      specs: ['gsl@2.8'],
      mpis: [],
    };
    const core = await environment('x86_64_v3/core', more);
    expect(core.specs).toContain("gcc@13.4.0 languages='c,c++,fortran'");
    expect(core.packages.c.require).toEqual(['gcc@12.2.0']);
    expect(core.packages.gcc.buildable).toBe(true);
    const above = await environment('x86_64_v3/gcc-13.4.0', more);
    expect(above.packages.gcc.buildable).toBe(false);
    expect(above.packages.gcc.externals.map(({ prefix }: { prefix: string }) => prefix)).toEqual([
      '/apps/2026.1/x86_64_v3/core/gcc/13.4.0',
      '/usr',
    ]);
  });

  test('quotes every spec that YAML would read as something else', async () => {
    const { files } = await synth(
      (site) => new SoftwareStack(site, 'apps', { ...props, require: { hwloc: '@2.12: ~gl' } }),
    );
    expect(files['spack/apps/x86_64_v3/core/spack.yaml']).toContain('- "@2.12:~gl"');
    expect(files['spack/apps/x86_64_v3/core/spack.yaml']).toContain('languages=');
  });

  test('names mirror, recipes, externals and the store', async () => {
    const spack = await environment('x86_64_v3/core', {
      buildCache: BuildCache.at('oci://registry.example.edu/spack'),
      recipes: { tag: 'v2025.11.0' },
      externals: [{ spec: 'slurm@25-05-1-1', prefix: '/usr' }],
    });
    expect(spack.mirrors).toEqual({ 'apps-cache': { url: 'oci://registry.example.edu/spack', signed: false } });
    expect(spack.repos.builtin).toEqual({
      git: 'https://github.com/spack/spack-packages.git',
      tag: 'v2025.11.0',
      destination: '/apps/recipes/2026.1',
    });
    expect(spack.packages.slurm).toEqual({
      buildable: false,
      externals: [{ spec: 'slurm@25-05-1-1', prefix: '/usr' }],
    });
    expect(spack.config.install_tree.root).toBe('/apps/store');
  });

  test('restricts a root to its compiler by the environment, not by a % that Spack refuses without a compiler', async () => {
    const text = await environment('x86_64_v3/gcc-13.3.0', {
      specs: ['py-pip@25.1.1 %gcc@13 ^python@3.12', 'zlib %c=gcc'],
      exposes: ['cmake'],
    });
    expect(text.specs).toEqual(['py-pip@25.1.1 ^python@3.12', 'zlib %c=gcc']);
  });

  test('two roots of one name are not unified', async () => {
    const spack = await environment('x86_64_v3/gcc-13.3.0-openmpi-5.0.8', {
      specs: ['gromacs@2025.3 +mpi ~cuda', 'gromacs@2025.3 +mpi +cuda cuda_arch=80'],
      suffixes: { 'gromacs +cuda': 'cuda' },
    });
    expect(spack.concretizer.unify).toBe('when_possible');
    expect(Object.values(spack.view['gcc-13.3.0-openmpi-5.0.8'].projections)).toEqual([
      'gromacs/2025.3-cuda',
      'openmpi/5.0.8',
      'gromacs/2025.3',
    ]);
  });
});

describe('a stack refuses', () => {
  const cases: readonly (readonly [string, Partial<SoftwareStackProps>, string, string, (string | RegExp)?])[] = [
    ['a spec that cannot be read, with its place', { specs: ['hdf5@1.14.6 +mpi+'] }, 'HPC1100', 'specs[0]'],
    [
      'a compiler that it does not have',
      { specs: ['gsl@2.8 %gcc@12'] },
      'HPC3002',
      'specs[0]',
      "did you mean 'gcc@13.3.0'?",
    ],
    [
      'an MPI that it does not have',
      { specs: ['hdf5@1.14.6 +mpi ^openmpi@4'] },
      'HPC3003',
      'specs[0]',
      "did you mean 'openmpi@5.0.8'?",
    ],
    ['a duplicate root', { specs: ['gsl@2.8', 'gsl @2.8'] }, 'HPC1006', 'specs[1]'],
    ['a duplicate root of another shape', { specs: ['gsl@2.8', 'gsl@2.8 +shared'] }, 'HPC3009', 'specs[1]'],
    ['a stated MPI in core', { core: ['hdf5@1.14.6 +mpi'] }, 'HPC3001', 'core[0]'],
    [
      'an MPI in core that the recipe brings',
      { core: ['valgrind@3.25.1'] },
      'HPC3001',
      'core[0]',
      /valgrind@3\.25\.1 ~mpi/,
    ],
    ['a root without a version', { specs: ['gsl'] }, 'HPC3005', 'specs[0]'],
    ['a root with a range', { specs: ['gsl@2:'] }, 'HPC3005', 'specs[0]'],
    ['oneapi for zen4', { targets: ['zen4'] }, 'HPC3006', 'targets[0]'],
    ['gcc 13 for zen5', { compilers: [gcc], targets: ['zen5'] }, 'HPC3006', 'targets[0]'],
    ['an external without a version', { externals: [{ spec: 'slurm', prefix: '/usr' }] }, 'HPC3007', 'externals[0]'],
    [
      'legacy launchers of OpenMPI 5',
      { mpis: [Mpi.openmpi('5.0.8', { schedulers: ['slurm'], variants: '+legacylaunchers' })] },
      'HPC3008',
      'mpis',
    ],
    ['mpich with pmix and hydra', { mpis: [Mpi.mpich('4.2.3', { variants: 'pmi=pmix' })] }, 'HPC3008', 'mpis'],
    ['numpy 2 with oneapi', { specs: ['py-numpy@2.3.4'] }, 'HPC3008', 'specs[0]', /%gcc/],
    ['MPI without an MPI', { mpis: [] }, 'HPC3011', 'specs[2]'],
    ['a target in a spec', { specs: ['gsl@2.8 target=zen3'] }, 'HPC3013', 'specs[0]'],
    ['a compiler among the roots', { specs: ['gcc@12.5.0'] }, 'HPC3015', 'specs[0]'],
    ['exposing what is no root', { exposes: ['gls'] }, 'HPC3012', 'exposes[0]', "did you mean 'gsl'?"],
    ['a suffix of nothing', { suffixes: { 'gromacs +cuda': 'cuda' } }, 'HPC3012', 'suffixes.gromacs+cuda'],
    ['recipes without a commit', { recipes: {} }, 'HPC3014', 'recipes'],
    ['recipes with two', { recipes: { tag: 'v1', commit: 'a'.repeat(40) } }, 'HPC3014', 'recipes'],
    [
      'a signed OCI cache',
      { buildCache: BuildCache.at('oci://registry/spack', { signed: true }) },
      'HPC3010',
      'buildCache',
    ],
    ['a cache at no URL', { buildCache: BuildCache.at('s3:/bucket') }, 'HPC1002', 'buildCache.url'],
    ['a compiler that is text', { compilers: ['gcc@13' as never] }, 'HPC1001', 'compilers[0]'],
    [
      'a newline in a prefix',
      { externals: [{ spec: 'slurm@25', prefix: '/usr\n' }] },
      'HPC1002',
      'externals[0].prefix',
    ],
    ['variants that end the spec', { mpis: [Mpi.openmpi('5.0.8', { variants: '+x "' })] }, 'HPC1100', 'mpis[0]'],
  ];
  test.each(cases.map((one) => [one[0], one] as const))('%s', async (_name, [, more, code, field, fix]) => {
    const found = (await faultsOf(more)).find((diagnostic) => diagnostic.code === code);
    expect(found).toMatchObject({ code, field, severity: 'error' });
    if (fix) expect(found?.fix).toMatch(fix);
  });

  test('the same release twice at one place', async () => {
    const { faults } = await synth((site) => ['a', 'b'].map((id) => new SoftwareStack(site, id, props)));
    expect(faults).toEqual(['HPC3016 release', 'HPC3016 release']);
  });

  test('the same release at the same path of two sites is two places', async () => {
    const { faults } = await synth((site) =>
      [
        site,
        new Site(App.of(site), 'second', { domain: 'second.example.edu', contact: 'help@second.example.edu' }),
      ].map((each) => new SoftwareStack(each, 'apps', props)),
    );
    expect(faults).toEqual([]);
  });
});

test('a build cache may be anything with a URL, such as a bucket', async () => {
  const { mirrors } = await environment('x86_64_v3/core', { buildCache: { url: 's3://bucket/2026.1' } });
  expect(mirrors).toEqual({ 'apps-cache': { url: 's3://bucket/2026.1', signed: true } });
});

test('any text in a spec comes back from an independent parser as the spec that it is, or is refused', async () => {
  const piece = fc.constantFrom(
    '+x',
    '~y',
    ' z=1',
    ' w="a b"',
    '@2:',
    ' ^zlib',
    "'",
    '"',
    '\n',
    ': ',
    '#',
    '{',
    ' - ',
    '\\',
    '&a',
    '*',
  );
  const texts = fc.array(piece, { maxLength: 4 }).map((pieces) => `hwloc${pieces.join('')}`);
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(texts, hostile), async (text) => {
      const { files, diagnostics } = await synth(
        (site) => new SoftwareStack(site, 'apps', { ...props, exposes: [], core: [text], targets: ['x86_64_v3'] }),
      );
      if (diagnostics.length > 0 || text.includes('%')) return; // the level chooses the compiler, and it is not repeated
      accepted += 1;
      const { spack } = parse(files['spack/apps/x86_64_v3/core/spack.yaml'] ?? '') as { spack: { specs: string[] } };
      expect(spack.specs.some((spec) => Spec.parse(spec).equals(Spec.parse(text)))).toBe(true);
    }),
    { numRuns: 200 },
  );
  expect(accepted).toBeGreaterThan(10);
});
