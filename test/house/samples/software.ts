import {
  BuildCache,
  Compiler,
  ContainerImage,
  ModuleTree,
  Mpi,
  Site,
  SoftwareStack,
  type SoftwareStackProps,
} from '../../../lib/index';
import { AS_IT_IS, type Change, readyCluster, type Samples, siteOf } from './sample';

function stackProps(change: Change, more: Partial<SoftwareStackProps> = {}): SoftwareStackProps {
  return change.props<SoftwareStackProps>({
    release: '2026.1',
    compilers: [
      Compiler.gcc(change.text('compilers.version', '13.3.0'), {
        external: change.text('compilers.external', '/opt/gcc13'),
        programs: { fortran: change.text('compilers.programs', '/opt/bin/gfortran-13') },
      }),
    ],
    targets: ['x86_64_v3'],
    specs: ['gsl@2.8', 'hdf5@1.14.6 +mpi +fortran'],
    mpis: [
      Mpi.openmpi(change.text('mpis.version', '5.0.8'), {
        schedulers: ['slurm'],
        variants: change.canonical('mpis.variants', '+romio'),
      }),
    ],
    ...more,
  });
}

/** Kinds of lib/software. */
export const software: Samples = {
  SoftwareStack: [
    (app, change) =>
      new SoftwareStack(
        siteOf(app),
        change.text('id', 'programs'),
        stackProps(change, {
          spack: '1.1',
          coreCompiler: Compiler.gcc('12.2.0', { external: '/usr' }),
          core: ['cmake@3.31.9'],
          externals: [
            { spec: 'slurm@24-11-1-1', prefix: '/opt/slurm', modules: ['batchsystem/24.11'], buildable: false },
          ],
          buildCache: BuildCache.at(change.text('buildCache', 's3://hpc-cache/builds')),
          require: { hwloc: '@2.12 ~gl' },
          suffixes: { 'hdf5 +mpi': 'parallel' },
          recipes: { git: 'https://git.example.edu/recipes.git', tag: 'v2025.11.0' },
          root: '/shared/apps',
          exposes: ['hdf5', 'gsl'],
        }),
      ),
    (app, change) =>
      new SoftwareStack(siteOf(app), 'apps', stackProps(change, { recipes: { commit: 'a1'.repeat(20) } })),
  ],

  ProvidedModules: [
    (app, change) => {
      const cluster = readyCluster(app, { login: 'login1' });
      const site = Site.of(cluster) as Site;
      const apps = new SoftwareStack(site, 'apps', stackProps(AS_IT_IS));
      const modules = new ModuleTree(site, 'lmodtree', { stacks: [apps] });
      const { tree, ...props } = change.props({ tree: modules, login: false });
      return cluster.provide(tree, props);
    },
  ],

  ModuleTree: [
    (app, change) => {
      const site = siteOf(app);
      const apps = new SoftwareStack(site, 'apps', stackProps(AS_IT_IS));
      return new ModuleTree(
        site,
        change.text('id', 'lmodtree'),
        change.props({
          stacks: [apps],
          root: '/shared/modules',
          defaultRelease: '2026.1',
          defaults: ['GSL/2.8'],
          aliases: { science: 'GSL' },
          hidden: ['hdf5'],
          deprecated: { 'GSL/2.8': { message: 'use the newer one', until: '2027-03-31' } },
          families: { numerics: ['gsl'] },
          exclude: [],
          names: { gsl: 'GSL' },
          descriptions: { gsl: 'numbers and more' },
          environment: { gsl: { GSL_MODE: 'faster', GSL_PATH: '/opt/numbers' } },
          writer: 'builder1',
          spiderCache: '/shared/cache',
        }),
      );
    },
  ],

  ContainerImage: [
    (app, change) => {
      const site = siteOf(app);
      const stack = new SoftwareStack(site, 'apps', stackProps(AS_IT_IS));
      const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
      return new ContainerImage(
        site,
        change.text('id', 'science'),
        change.props({
          stack,
          roots: ['gsl', 'hdf5'],
          base: `docker.io/library/debian@${digest('a')}`,
          builder: `registry.example.edu/builder@${digest('b')}`,
          target: 'x86_64_v3' as const,
          compiler: Compiler.gcc('13.3.0', { external: '/opt/gcc13' }),
          mpi: Mpi.openmpi('5.0.8', { schedulers: ['slurm'], variants: '+romio' }),
          externals: [{ spec: 'slurm@24-11-1-1', prefix: '/opt/slurm' }],
          machines: ['zen3' as const],
          labels: { 'edu.example.owner': 'the physics group' },
          run: ['gsl-config', 'all of it'],
        }),
      );
    },
  ],
};
