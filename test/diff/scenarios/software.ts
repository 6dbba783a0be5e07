import { Compiler, ModuleTree, Mpi, Site, SoftwareStack } from '../../../lib/index';
import type { App } from '../../../lib/app/app';
import { edited } from '../support/edited';
import { packages } from './packages';
import type { Scenario } from './scenario';

const campus = edited('campus');

/** One release with two MPIs, and a program that has no build with the newer one. */
const withDefault = (mpi: string) => (app: App) => {
  const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const stack = new SoftwareStack(site, 'apps', {
    release: '2026.1',
    compilers: [Compiler.gcc('13.3.0', { external: '/opt/gcc/13.3.0' })],
    mpis: [
      Mpi.openmpi('5.0.8', { fabrics: ['ucx'], schedulers: ['slurm'] }),
      Mpi.openmpi('4.1.6', { fabrics: ['ucx'], schedulers: ['slurm'] }),
    ],
    targets: ['x86_64_v3'],
    core: ['cmake@3.31.9'],
    specs: ['hdf5@1.14.6 +mpi', 'gromacs@2025.3 +mpi', 'osu-micro-benchmarks@7.5.1 ^openmpi@4.1.6'],
  });
  new ModuleTree(site, 'modules', { stacks: [stack], defaults: [mpi] });
};

/** Packages, releases and modules. */
export const software: readonly Scenario[] = [
  {
    title: 'the default MPI from 4.1 to 5.0',
    before: withDefault('openmpi/4.1.6'),
    after: withDefault('openmpi/5.0.8'),
    told: {
      sections: ['contract'],
      classes: ['none'],
      lines: ['contract  module tree modules: module load openmpi gives 5.0.8 instead of 4.1.6  [none]'],
      plan: [],
    },
  },
  {
    title: 'modules in jobs only',
    before: campus,
    after: edited('campus', ['hpc.provide(modules);', 'hpc.provide(modules, { login: false });']),
    told: {
      sections: ['contract'],
      classes: ['none'],
      lines: ['contract  provided modules campus.modules: login yes → no  [none]  premises'],
      plan: [
        'hosts get the modules that are declared for them (bm[01-08],cn[001-064],gn[01-08])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: ['hosts that no longer get the modules keep those that they have'],
    },
  },
  {
    title: 'modules taken from a cluster',
    before: campus,
    after: edited('campus', ['  hpc.provide(modules);\n', '']),
    told: {
      sections: ['contract'],
      classes: ['none'],
      lines: ['contract  provided modules campus.modules removed  [none]  premises'],
      plan: ['take the profile scripts of the modules from the hosts'],
      says: ['hosts that no longer get the modules keep those that they have'],
    },
  },
  {
    title: 'another compiler, without a lock',
    before: campus,
    after: edited('campus', [
      "Compiler.gcc('13.3.0', { external: '/opt/gcc/13.3.0' })",
      "Compiler.gcc('14.2.0', { external: '/opt/gcc/14.2.0' })",
    ]),
    told: {
      sections: ['contract', 'software'],
      classes: ['none', 'rebuild-software', 'rebuild-software'],
      lines: [
        'contract  module tree modules: module load gcc gives 14.2.0 instead of 13.3.0 in release 2026.1, and gcc/13.3.0 vanishes  [none]',
        'software  software stack apps-2026.1: compilers gcc 13.3.0 → 14.2.0, external /opt/gcc/13.3.0 → /opt/gcc/14.2.0  [rebuild-software]  premises',
        'software  3 container images (gromacs, lammps, python): built again from apps-2026.1  [rebuild-software]',
      ],
      plan: [
        'spack concretize each environment again and keep spack.lock',
        'run install.sh on the build host',
        'build the image again and push it',
        'place the files on modules_writer (login1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
  {
    title: 'a newer version of a program',
    before: campus,
    after: edited('campus', ["'gromacs@2025.3 +mpi ~cuda'", "'gromacs@2025.4 +mpi ~cuda'"]),
    told: {
      sections: ['contract', 'software'],
      classes: ['none', 'rebuild-software', 'rebuild-software'],
      lines: [
        'contract  module tree modules: gromacs/2025.3 vanishes in release 2026.1, 2025.4 takes its place  [none]',
        'software  software stack apps-2026.1: specs gromacs 2025.3 → 2025.4  [rebuild-software]  premises',
        'software  container image gromacs: built again from apps-2026.1, gromacs 2025.3 → 2025.4  [rebuild-software]',
      ],
      plan: [
        'spack concretize each environment again and keep spack.lock',
        'run install.sh on the build host',
        'build the image again and push it',
        'place the files on modules_writer (login1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
  {
    title: 'a library added',
    before: campus,
    after: edited('campus', ["'gsl@2.8',", "'gsl@2.8',\n      'libxc@7.0.0',"]),
    told: {
      sections: ['software'],
      classes: ['rebuild-software'],
      lines: ['software  software stack apps-2026.1: specs + libxc@7.0.0  [rebuild-software]  premises'],
      plan: [
        'spack concretize each environment again and keep spack.lock',
        'run install.sh on the build host',
        'place the files on modules_writer (login1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
  {
    title: 'a module hidden',
    before: campus,
    after: edited('campus', ["hidden: ['metis']", "hidden: ['metis', 'elpa']"]),
    told: {
      sections: ['contract'],
      classes: ['none'],
      lines: ['contract  module tree modules: hidden + elpa  [none]  premises'],
      plan: [
        'place the files on modules_writer (login1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
  {
    title: 'the older release removed',
    before: campus,
    after: edited(
      'campus',
      ['stacks: [current, previous]', 'stacks: [current]'],
      [
        "    deprecated: { 'gromacs/2024.3': { until: '2026-12-31', message: 'load release/2026.1 and gromacs/2025.3' } },\n",
        '',
      ],
    ),
    told: {
      sections: ['contract'],
      classes: ['none', 'none'],
      lines: [
        'contract  module tree modules: deprecated - gromacs/2024.3 message=load release/2026.1 and gromacs/2025.3 until=2026-12-31  [none]  premises',
        'contract  module tree modules: release/2025.1 vanishes with 8 modules below it  [none]  premises',
      ],
      plan: [
        'place the files on modules_writer (login1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
  {
    title: 'a new release beside the others',
    before: edited(
      'campus',
      ['stacks: [current, previous]', 'stacks: [previous]'],
      ["aliases: { clang: 'llvm/20.1.8' },", 'aliases: {},'],
      ["names: { r: 'R' },", ''],
      ["hidden: ['metis'],", ''],
      ["families: { python: ['python', 'miniforge3'] },", ''],
    ),
    after: campus,
    told: {
      sections: ['contract'],
      classes: ['none', 'none', 'none', 'none', 'none', 'none'],
      lines: [
        'contract  module tree modules: users who name no release get 2026.1 instead of 2025.1  [one-sided]',
        'contract  module tree modules: aliases + clang llvm/20.1.8  [none]  premises',
        'contract  module tree modules: families + python miniforge3, python  [none]  premises',
      ],
      plan: [
        'place the files on hpc_compute, hpc_login, modules_writer (bm[01-08],cn[001-064],gn[01-08],login1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
  {
    title: 'another base of an image',
    before: campus,
    after: edited('campus', ["debian@sha256:${'d'.repeat(64)}", "debian@sha256:${'e'.repeat(64)}"]),
    told: {
      sections: ['software'],
      classes: ['rebuild-software'],
      lines: [
        'software  3 container images (gromacs, lammps, python): base docker.io/library/debian dddddddddddd → eeeeeeeeeeee  [rebuild-software]  premises',
      ],
      plan: ['build the image again and push it'],
    },
  },
  ...packages,
];
