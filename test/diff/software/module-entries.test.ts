import { Compiler } from '../../../lib/software/compiler';
import type { Diff, Entry } from '../../../lib/diff';
import { compared, gcc, head, lines, manifestOnly, openmpi, type Software, software } from './support';

const llvm = Compiler.llvm('20.1.8');
const ofTree = ({ entries }: Diff): readonly Entry[] => entries.filter(({ kind }) => kind === 'ModuleTree');
/** What users of the modules notice when one site becomes another. */
const noticed = async (before: Software, after: Software): Promise<readonly Entry[]> =>
  ofTree(await compared(software(before), software(after)));

describe('another MPI', () => {
  const specs = ['hdf5@1.14.6 +mpi', 'gromacs@2024.3 +mpi ^openmpi@4.1.6', 'openblas@0.3.30'];

  test('beside the old one: what its name loads, what stands below it, and what has no build for it', async () => {
    // WHEN 5.0.8 comes beside 4.1.6, and gromacs stays with 4.1.6
    const both = { mpis: [openmpi('4.1.6'), openmpi('5.0.8')], specs };
    const [entry, ...more] = await noticed({ stack: { specs } }, { stack: both });
    // THEN users learn what their scripts get
    expect(entry && head(entry)).toBe(
      'contract | user-contract | module tree modules: module load openmpi gives 5.0.8 instead of 4.1.6',
    );
    expect(entry?.notes).toEqual([
      'scripts that name openmpi/4.1.6 are unchanged',
      '1 module of its branch is there for openmpi/5.0.8 too',
      'no build with openmpi/5.0.8: gromacs/2024.3',
      'programs that users built with openmpi/4.1.6 themselves are linked with it: they load it by name, or are built again',
    ]);
    expect(entry && lines(entry)).toEqual([
      '- gromacs/2024.3 has no build with openmpi/5.0.8',
      'hdf5/1.14.6: openmpi/4.1.6 → openmpi/5.0.8',
    ]);
    expect(entry?.effect.pending).toBe('pending jobs that load openmpi without a version get 5.0.8 when they start');
    expect(more).toEqual([]);
  });

  test('that becomes the default by the definition is said by that field', async () => {
    const stack = { mpis: [openmpi('4.1.6'), openmpi('5.0.8')], specs };
    const entries = await noticed(
      { stack, tree: { defaults: ['openmpi/4.1.6'] } },
      { stack, tree: { defaults: ['openmpi/5.0.8'] } },
    );
    expect(entries.map(({ field, title }) => `${field} | ${title}`)).toEqual([
      'defaults | module tree modules: module load openmpi gives 5.0.8 instead of 4.1.6',
    ]);
    expect(entries[0]?.notes).toContain('no build with openmpi/5.0.8: gromacs/2024.3');
  });

  test('of which a module that goes altogether is said once', async () => {
    const both = { mpis: [openmpi('4.1.6'), openmpi('5.0.8')], specs: ['hdf5@1.14.6 +mpi', 'openblas@0.3.30'] };
    const entries = await noticed({}, { stack: both });
    expect(entries.map(({ title }) => title)).toEqual([
      'module tree modules: gromacs/2024.3 vanishes',
      'module tree modules: module load openmpi gives 5.0.8 instead of 4.1.6',
    ]);
    expect(entries[1]?.notes.join()).not.toContain('gromacs');
  });

  test('in the place of the old one', async () => {
    const [entry, ...more] = await noticed({}, { stack: { mpis: [openmpi('5.0.8')] } });
    expect(entry?.title).toBe(
      'module tree modules: module load openmpi gives 5.0.8 instead of 4.1.6, and openmpi/4.1.6 vanishes',
    );
    expect(entry?.effect.reason).toBe('scripts that name openmpi/4.1.6 fail');
    expect(entry?.notes).toEqual([
      '2 modules of its branch now stand below openmpi/5.0.8',
      'programs that users built with openmpi/4.1.6 themselves are linked with it, and are to be built again',
    ]);
    expect(more).toEqual([]);
  });
});

describe('another compiler', () => {
  test('in the place of the old one moves all modules: one entry', async () => {
    const entries = await noticed({}, { stack: { compilers: [gcc('14.2.0')] } });
    expect(entries.map(({ title }) => title)).toEqual([
      'module tree modules: module load gcc gives 14.2.0 instead of 13.3.0, and gcc/13.3.0 vanishes',
    ]);
    expect(entries[0] && lines(entries[0])).toContain('openblas/0.3.30: gcc/13.3.0 → gcc/14.2.0');
  });

  test('whose module has a name of its own is one change too', async () => {
    const tree = { names: { gcc: 'GNU' } };
    const entries = await noticed({ tree }, { tree, stack: { compilers: [gcc('14.2.0')] } });
    expect(entries.map(({ title }) => title)).toEqual([
      'module tree modules: GNU/13.3.0 vanishes, 14.2.0 takes its place',
      'module tree modules: gcc/13.3.0 vanishes, 14.2.0 takes its place',
    ]);
  });

  test('with another MPI: each says what stands below it', async () => {
    const entries = await noticed({}, { stack: { compilers: [gcc('14.2.0')], mpis: [openmpi('5.0.8')] } });
    expect(entries.map((entry) => [entry.title.slice(21, 52), ...lines(entry)])).toEqual([
      ['module load gcc gives 14.2.0 in', 'openblas/0.3.30: gcc/13.3.0 → gcc/14.2.0'],
      [
        'module load openmpi gives 5.0.8',
        'gromacs/2024.3: openmpi/4.1.6 → openmpi/5.0.8',
        'hdf5/1.14.6: openmpi/4.1.6 → openmpi/5.0.8',
      ],
    ]);
  });

  test('beside the old one: what its name loads, and what has no build with it', async () => {
    const specs = ['hdf5@1.14.6 +mpi', 'openblas@0.3.30', 'gsl@2.8 %gcc@13.3.0'];
    const [entry, ...more] = await noticed(
      { stack: { specs } },
      { stack: { specs, compilers: [gcc('13.3.0'), gcc('14.2.0')] } },
    );
    expect(entry && head(entry)).toBe(
      'contract | user-contract | module tree modules: module load gcc gives 14.2.0 instead of 13.3.0',
    );
    expect(entry?.notes).toEqual([
      'scripts that name gcc/13.3.0 are unchanged',
      '3 modules of its branch are there for gcc/14.2.0 too',
      'no build with gcc/14.2.0: gsl/2.8',
    ]);
    expect(more).toEqual([]);
  });

  test('that goes takes what stands below it', async () => {
    const [entry, ...more] = await noticed({ stack: { compilers: [gcc('13.3.0'), llvm] } }, {});
    expect(entry && head(entry)).toBe(
      'contract | user-contract | module tree modules: llvm/20.1.8 vanishes with 4 modules below it',
    );
    expect(more).toEqual([]);
  });

  test('that comes is harmless, and said where it is declared', async () => {
    const { entries } = await compared(software(), software({ stack: { compilers: [gcc('13.3.0'), llvm] } }));
    expect(entries.map(head)).toEqual(['software | software stack apps: compilers + llvm@20.1.8+clang+flang']);
    expect(entries[0]?.notes).toContain('modules: llvm/20.1.8 comes with 4 modules below it');
  });
});

describe('modules', () => {
  test('that vanish, with what takes their place', async () => {
    const specs = ['hdf5@1.14.6 +mpi', 'gromacs@2024.4 +mpi'];
    const [entry, ...more] = await noticed({}, { stack: { specs } });
    expect(entry && head(entry)).toBe(
      'contract | user-contract | module tree modules: 2 modules vanish: gromacs/2024.3, openblas/0.3.30',
    );
    expect(entry && lines(entry)).toEqual([
      '- gromacs/2024.3, now 2024.4 (below gcc/13.3.0 and openmpi/4.1.6)',
      '- openblas/0.3.30 (below gcc/13.3.0)',
    ]);
    expect(entry?.effect.reason).toBe('scripts that name one of these versions fail');
    expect(entry?.notes).toEqual(['module load gromacs gives 2024.4', 'in no other version: openblas']);
    expect(more).toEqual([]);
  });

  test('with another default, where both versions are there', async () => {
    const core = ['cmake@3.31.9', 'git@2.48.1', 'cmake@3.32.1'];
    const [entry] = await noticed({}, { stack: { core } });
    expect(entry?.title).toBe('module tree modules: module load cmake gives 3.32.1 instead of 3.31.9');
    expect(entry?.notes).toEqual(['scripts that name a version are unchanged']);
  });

  test('that are excluded are said by that field, those with another name by theirs', async () => {
    const entries = await noticed({}, { tree: { exclude: ['cmake'], names: { gromacs: 'GROMACS' } } });
    expect(entries.map(({ field, title }) => `${field} | ${title}`)).toEqual([
      'exclude | module tree modules: cmake/3.31.9 vanishes',
      'names | module tree modules: gromacs/2024.3 is GROMACS/2024.3 now',
    ]);
    const [back] = await noticed({ tree: { exclude: ['cmake'] } }, {});
    expect(back && head(back)).toBe('contract | module tree modules: cmake/3.31.9 comes');
  });

  test('that are hidden, named and announced', async () => {
    const core = ['cmake@3.31.9', 'git@2.48.1', 'cmake@3.30.1'];
    const tree = { hidden: ['cmake/3.30.1'], aliases: { make: 'cmake/3.31.9' } };
    const hidden = await noticed({ stack: { core } }, { stack: { core }, tree });
    expect(hidden.map(head)).toEqual([
      'contract | module tree modules: aliases + make cmake/3.31.9',
      'contract | user-contract | module tree modules: hidden + cmake/3.30.1',
    ]);
    const shown = await noticed({ stack: { core }, tree }, { stack: { core }, tree: { ...tree, hidden: [] } });
    expect(shown.map(head)).toEqual(['contract | module tree modules: hidden - cmake/3.30.1']);
    const elsewhere = { ...tree, aliases: { make: 'cmake/3.30.1' } };
    const led = await noticed({ stack: { core }, tree }, { stack: { core }, tree: elsewhere });
    expect(led.map(head)).toEqual([
      'contract | user-contract | module tree modules: aliases make cmake/3.31.9 → cmake/3.30.1',
    ]);
    const told = { deprecated: { 'cmake/3.30.1': { message: 'load cmake/3.31.9' } } };
    const announced = await noticed({ stack: { core } }, { stack: { core }, tree: told });
    expect(announced.map(head)).toEqual([
      'contract | module tree modules: deprecated + cmake/3.30.1 message=load cmake/3.31.9',
    ]);
  });
});

describe('releases', () => {
  const older = { mpis: [openmpi('4.0.7')], specs: ['hdf5@1.14.6 +mpi', 'gsl@2.8'] };

  test('another one at login', async () => {
    const [entry] = await noticed({ older, tree: { defaultRelease: '2025.1' } }, { older });
    expect(entry?.title).toBe('module tree modules: users who name no release get 2026.1 instead of 2025.1');
    expect(entry?.notes).toEqual(['module load release/2025.1 gives what they had', 'not in 2026.1: gsl']);
    expect(entry && lines(entry)).toContain('module load openmpi gives 4.1.6 instead of 4.0.7');
  });

  test('a new one beside the old, which stays the one at login, is harmless', async () => {
    const tree = { defaultRelease: '2026.1' };
    const { entries } = await compared(software({ tree }), software({ older, tree }));
    expect(entries.map(head)).toEqual([
      'contract | module tree modules: release/2025.1 comes with 6 modules below it',
      'software | software stack apps-2025.1 added',
    ]);
    expect(entries.map(({ effect }) => effect.harmless)).toEqual([true, true]);
  });

  test('one that goes takes its modules', async () => {
    const [entry] = await noticed({ older }, {});
    expect(entry && head(entry)).toBe(
      'contract | user-contract | module tree modules: release/2025.1 vanishes with 6 modules below it',
    );
  });

  test('several: each change says which one', async () => {
    const [entry] = await noticed({ older }, { older: { ...older, mpis: [openmpi('4.1.6')] } });
    expect(entry?.title).toBe(
      'module tree modules: module load openmpi gives 4.1.6 instead of 4.0.7 in release 2025.1, and openmpi/4.0.7 vanishes',
    );
  });

  test('one that its stack calls otherwise is one entry', async () => {
    const stack = { release: '2026.2', mpis: [openmpi('5.0.8')] };
    const [entry, ...more] = await noticed({}, { stack });
    expect(entry && head(entry)).toBe(
      'contract | user-contract | module tree modules: release/2026.1 is release/2026.2 now',
    );
    expect(entry?.effect.reason).toBe('scripts that name release/2026.1 fail');
    expect(entry && lines(entry)).toEqual(['module load openmpi gives 5.0.8 instead of 4.1.6']);
    expect(more).toEqual([]);
  });
});

test('of manifests alone, modules are known by their paths, and defaults that stand in files are not said', async () => {
  const core = ['cmake@3.31.9', 'git@2.48.1', 'cmake@3.32.1'];
  const diff = await compared(software(), software({ stack: { core } }), manifestOnly, manifestOnly);
  expect(ofTree(diff)).toEqual([]);
  const gone = await compared(software(), software({ stack: { core: [] } }), manifestOnly, manifestOnly);
  expect(ofTree(gone).map(({ title }) => title)).toEqual([
    'module tree modules: 2 modules vanish: cmake/3.31.9, git/2.48.1',
  ]);
});

describe('a library that users link their own programs with', () => {
  const built = (module: string) => `programs that users built with ${module} themselves are linked with it`;
  const cuda = (...versions: string[]) => ({ core: versions.map((version) => `cuda@${version}`) });
  const notesOf = async (before: Software, after: Software) =>
    (await noticed(before, after)).flatMap(({ notes }) => notes).filter((note) => note.startsWith('programs '));

  test('whose new version promises less than the old one has is built against again', async () => {
    expect(await notesOf({ stack: cuda('12.9.1') }, { stack: cuda('13.0.0') })).toEqual([
      `${built('cuda/12.9.1')}, and are to be built again`,
    ]);
  });

  test('that keeps its interface is not spoken of', async () => {
    expect(await notesOf({ stack: cuda('12.4.1') }, { stack: cuda('12.9.1') })).toEqual([]);
  });

  test('beside the old one is another matter: it can be loaded by name', async () => {
    const stack = cuda('12.9.1', '13.0.0');
    const before = { stack, tree: { defaults: ['cuda/12.9.1'] } };
    expect(await notesOf(before, { stack, tree: { defaults: ['cuda/13.0.0'] } })).toEqual([
      `${built('cuda/12.9.1')}: they load it by name, or are built again`,
    ]);
  });
});
