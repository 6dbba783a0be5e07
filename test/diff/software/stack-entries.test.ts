import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compared, gcc, head, lines, locked, manifestOnly, openmpi, software } from './support';

const stackEntry = (entries: Awaited<ReturnType<typeof compared>>['entries']) =>
  entries.filter(({ kind }) => kind === 'SoftwareStack');

describe('roots', () => {
  test('a root that changed is one item', async () => {
    // WHEN gromacs is another version with another variant
    const specs = ['hdf5@1.14.6 +mpi', 'gromacs@2024.4 +mpi +cuda', 'openblas@0.3.30'];
    const { entries } = await compared(software(), software({ stack: { specs } }));
    // THEN it did not go and come
    const [entry] = stackEntry(entries);
    expect(entry?.title).toBe('software stack apps: specs gromacs 2024.3 → 2024.4, ~cuda → +cuda');
    expect(entry?.effect.class).toBe('rebuild-software');
  });

  test('roots in another order and spelling are the same roots', async () => {
    const compiled = { compilers: [gcc('13.3.0')], specs: ['hdf5@1.14.6 +mpi ~cuda', 'zlib@1.3.1 %gcc@13.3.0'] };
    const respelt = { ...compiled, specs: ['zlib @1.3.1   % gcc@13.3.0', 'hdf5 @1.14.6 ~cuda+mpi'] };
    const { entries, summary } = await compared(software({ stack: compiled }), software({ stack: respelt }));
    expect([entries, summary.files]).toEqual([[], 0]);
  });

  test('a root that comes is harmless', async () => {
    const { entries } = await compared(
      software(),
      software({ stack: { core: ['cmake@3.31.9', 'git@2.48.1', 'gdb@16.2'] } }),
    );
    expect(entries.map(head)).toEqual(['software | software stack apps: core + gdb@16.2']);
    expect(entries[0]?.effect.harmless).toBe(true);
    expect(entries[0]?.notes).toContain('modules: gdb/16.2 comes');
  });
});

describe('a compiler in another version, without a lock', () => {
  const bump = { compilers: [gcc('14.2.0')] };

  test('says which roots are built again, why their number is not known, and what is not touched', async () => {
    const older = { specs: ['gsl@2.8'] };
    const { entries } = await compared(software({ older }), software({ stack: bump, older }));
    const [entry] = stackEntry(entries);
    expect(entry?.title).toBe(
      'software stack apps: compilers gcc 13.3.0 → 14.2.0, external /opt/gcc/13.3.0 → /opt/gcc/14.2.0',
    );
    expect(entry && lines(entry).slice(1)).toEqual([
      'cmake 3.31.9 built again',
      'git 2.48.1 built again',
      'gromacs 2024.3 built again',
      'hdf5 1.14.6 built again',
      'openblas 0.3.30 built again',
    ]);
    expect(entry?.notes).toEqual([
      '5 roots built again',
      'rebuild count unknown: no spack.lock in the output',
      'release 2025.1 untouched',
    ]);
  });

  test('roots of another compiler are not named', async () => {
    const specs = ['hdf5@1.14.6 +mpi', 'openblas@0.3.30 %gcc@13.3.0', 'gsl@2.8 %gcc@12.3.0'];
    const both = (version: string) => ({ compilers: [gcc('12.3.0'), gcc(version)], specs, core: [] });
    const moved = { ...both('14.2.0'), specs: specs.map((spec) => spec.replace('13.3.0', '14.2.0')) };
    const { entries } = await compared(software({ stack: both('13.3.0') }), software({ stack: moved }));
    const entry = stackEntry(entries).find(({ field }) => field === 'compilers');
    expect(entry && lines(entry).slice(1)).toEqual(['hdf5 1.14.6 built again', 'openblas 0.3.30 built again']);
  });

  test('of a manifest alone, what the definition states is named', async () => {
    const { entries } = await compared(software(), software({ stack: bump }), manifestOnly, manifestOnly);
    const [entry] = stackEntry(entries);
    expect(entry?.notes[0]).toBe('5 roots built again');
  });
});

test('an MPI in another version builds again what needs MPI', async () => {
  const bump = software({ stack: { mpis: [openmpi('5.0.8')] } });
  const named = async (...sides: (typeof manifestOnly)[]) => {
    const { entries } = await compared(software(), bump, sides[0], sides[1]);
    const [entry] = stackEntry(entries);
    return entry && lines(entry);
  };
  const expected = ['openmpi 4.1.6 → 5.0.8', 'gromacs 2024.3 built again', 'hdf5 1.14.6 built again'];
  expect(await named()).toEqual(expected);
  expect(await named(manifestOnly, manifestOnly)).toEqual(expected);
});

test('libraries of the hosts: what it means for programs of users', async () => {
  const hosts = (glibc: string, cuda: string) => {
    const externals = [glibc && `glibc@${glibc}`, `cuda@${cuda}`, 'slurm@24-11-6-1'].filter(Boolean);
    return software({ stack: { externals: externals.map((spec) => ({ spec, prefix: '/usr' })) } });
  };
  const notes = async (before: readonly [string, string], after: readonly [string, string]) => {
    const { entries } = await compared(hosts(...before), hosts(...after));
    return entries.flatMap((entry) => entry.notes).filter((note) => note.startsWith('programs '));
  };
  expect(await notes(['2.28', '12.9.1'], ['2.39', '13.0.0'])).toEqual([
    'programs that users built with cuda 12.9.1 themselves are linked with it, and are to be built again',
    'programs that are built with glibc 2.39 may not run on hosts that still have 2.28; those built before run with both',
  ]);
  expect(await notes(['2.28', '12.9.1'], ['', '12.9.1'])).toEqual([]);
});

describe('with a lock beside each spack.yaml', () => {
  const lock = (name: string) => readFileSync(join(__dirname, `locks/${name}.lock`), 'utf8');
  const stack = { specs: ['bwa@0.7.19', 'samtools@1.19.2', 'zlib-ng@2.2.4 ~new_strategies'], mpis: [], core: [] };
  const newer = { ...stack, specs: ['bwa@0.7.19', 'samtools@1.21', 'zlib-ng@2.2.4 +new_strategies'] };
  const of = (name: string) => locked((path) => (path.includes('/gcc-13.3.0/') ? lock(name) : undefined));

  test('says how many packages are built again, and the first that differ on each way', async () => {
    const { entries } = await compared(software({ stack }), software({ stack: newer }), of('before'), of('after'));
    const entry = entries.find(({ level }) => level === 'lock');
    expect(entry?.title).toBe('software stack apps: 6 of 14 packages to build, by spack.lock');
    expect(entry && lines(entry)).toEqual([
      'zlib-ng 2.2.4: ~new_strategies → +new_strategies, needed by bwa',
      'samtools 1.19.2 → 1.21',
    ]);
    expect(entry?.notes).toEqual(['rebuild count not complete: no spack.lock for core']);
    expect(entries.flatMap(({ notes }) => notes).join()).not.toContain('unknown');
  });

  test('a recipe that changed by itself is said last', async () => {
    const recipe = /"package_hash":"[^"]*"/;
    const [, node = ''] = /"([^"]+)":\{"name":"bwa"/.exec(lock('before')) ?? [];
    const [head = '', tail = ''] = lock('before').split(`"${node}":{"name":"bwa"`);
    const other = `${head}"${node}":{"name":"bwa"${tail.replace(recipe, '"package_hash":"other"')}`.replaceAll(
      node,
      'z'.repeat(32),
    );
    const { entries } = await compared(
      software({ stack }),
      software({ stack }),
      of('before'),
      locked((path) => (path.includes('/gcc-13.3.0/') ? other : undefined)),
    );
    expect(entries.map(head1)).toEqual(['lock software stack apps: 1 of 14 packages to build, by spack.lock']);
    expect(entries[0]?.notes.at(-1)).toBe('other recipes of the same specs: bwa');
    expect(entries[0]?.items).toEqual([]);
  });

  test('an environment that goes builds nothing', async () => {
    const targets = ['x86_64_v3'] as const;
    const { entries } = await compared(
      software({ stack }),
      software({ stack: { ...stack, targets } }),
      of('before'),
      of('before'),
    );
    expect(entries.map(({ level, field }) => `${level} ${field}`)).toEqual(['field targets']);
  });

  test('the same locks say nothing', async () => {
    const { entries } = await compared(software({ stack }), software({ stack }), of('before'), of('before'));
    expect(entries).toEqual([]);
  });

  test('a lock that was not written again is said to be old', async () => {
    const { entries } = await compared(software({ stack }), software({ stack: newer }), of('before'), of('before'));
    expect(stackEntry(entries)[0]?.notes[0]).toBe(
      'rebuild count not complete: no spack.lock for core, spack.lock of gcc-13.3.0 has no samtools@1.21 yet',
    );
  });

  test('a lock on one side only is no comparison', async () => {
    const { entries } = await compared(software({ stack }), software({ stack: newer }), of('before'));
    expect(stackEntry(entries)[0]?.notes[0]).toBe('rebuild count unknown: after has no spack.lock');
  });

  test('a release that comes beside it takes what is installed already', async () => {
    const older = { ...stack, specs: newer.specs };
    const { entries } = await compared(
      software({ stack }),
      software({ stack, older }),
      of('before'),
      locked((path) =>
        path.includes('/gcc-13.3.0/') ? lock(path.includes('apps-2025.1') ? 'after' : 'before') : undefined,
      ),
    );
    const added = entries.find(({ action, kind }) => action === 'added' && kind === 'SoftwareStack');
    expect(added?.notes.slice(1)).toEqual(['6 of 14 packages to build, by spack.lock', 'release 2026.1 untouched']);
  });

  test('garbage is said, and nothing fails', async () => {
    const { entries } = await compared(
      software({ stack }),
      software({ stack: newer }),
      of('before'),
      locked(() => '{}'),
    );
    const entry = entries.find(({ level }) => level === 'lock');
    expect(entry?.notes.join()).toContain('x86_64_v3/gcc-13.3.0: spack.lock cannot be read');
  });
});

const head1 = ({ level, title }: { readonly level: string; readonly title: string }) => `${level} ${title}`;
