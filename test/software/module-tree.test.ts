import fc from '../fast-check';
import { parse as parseLua } from 'luaparse';
import { HOST_FACTS } from '../../lib/app/host-fact';
import { Compiler } from '../../lib/software/compiler';
import { ModuleTree, type ModuleTreeProps } from '../../lib/software/module-tree';
import { Mpi } from '../../lib/software/mpi';
import { SoftwareStack, type SoftwareStackProps } from '../../lib/software/software-stack';
import { hostile } from '../documents/hostile';
import { newSite, synth } from './support';

const props: SoftwareStackProps = {
  release: '2026.1',
  compilers: [Compiler.gcc('13.3.0', { external: '/usr' }), Compiler.llvm('20.1.8')],
  mpis: [Mpi.openmpi('5.0.8')],
  targets: ['x86_64_v3'],
  core: ['cmake@3.31.9', 'cmake@3.30.1'],
  specs: ['python@3.12.12', 'py-numpy@2.3.4', 'gromacs@2025.3 +mpi', 'gromacs@2025.3 +mpi +cuda', 'libfabric@2.3.1'],
  suffixes: { 'gromacs +cuda': 'cuda' },
};
const treeFiles = (
  more: Partial<ModuleTreeProps> = {},
  stack: Partial<SoftwareStackProps> = {},
  older?: Partial<SoftwareStackProps>,
) =>
  synth((site) => {
    const stacks = [new SoftwareStack(site, 'apps', { ...props, ...stack })];
    if (older) stacks.push(new SoftwareStack(site, 'old', { ...props, release: '2025.1', ...older }));
    new ModuleTree(site, 'modules', { stacks, ...more });
  });
const folder = 'modules/modules/tree/x86_64_v3';

describe('a module tree', () => {
  test('is a hierarchy: release, core, compiler, MPI', async () => {
    const { files, diagnostics } = await treeFiles();
    expect(diagnostics).toEqual([]);
    const modules = Object.keys(files)
      .filter((path) => path.startsWith(folder))
      .map((path) => path.slice(folder.length + 1));
    expect(modules).toEqual(
      expect.arrayContaining([
        'releases/release/2026.1.lua',
        '2026.1/Core/gcc/13.3.0.lua',
        '2026.1/Compiler/llvm/20.1.8/openmpi/5.0.8.lua',
        '2026.1/MPI/gcc/13.3.0/openmpi/5.0.8/gromacs/2025.3-cuda.lua',
      ]),
    );
  });

  test('gives a module its prefix, and leaves the folders of the system alone', async () => {
    const { files } = await treeFiles();
    expect(files[`${folder}/2026.1/MPI/gcc/13.3.0/openmpi/5.0.8/gromacs/2025.3-cuda.lua`]).toContain(
      'prepend_path("PATH", "/apps/2026.1/x86_64_v3/gcc-13.3.0-openmpi-5.0.8/gromacs/2025.3-cuda/bin")',
    );
    const gcc = files[`${folder}/2026.1/Core/gcc/13.3.0.lua`];
    expect(gcc).toContain('setenv("FC", "/usr/bin/gfortran")');
    expect(gcc).not.toContain('"PATH"');
    expect(gcc).toContain('prepend_path("MODULEPATH", "/apps/modules/x86_64_v3/2026.1/Compiler/gcc/13.3.0")');
  });

  test('loads the Python of a Python package, and finds what it imports', async () => {
    const { files } = await treeFiles();
    const numpy = files[`${folder}/2026.1/Compiler/gcc/13.3.0/py-numpy/2.3.4.lua`];
    expect(numpy).toContain('depends_on("python/3.12.12")');
    expect(numpy).toContain(
      'prepend_path("PYTHONPATH", "/apps/2026.1/x86_64_v3/gcc-13.3.0-python/lib/python3.12/site-packages")',
    );
  });

  test('makes the newest version without a suffix the default, or the declared one', async () => {
    const rc = `${folder}/2026.1/MPI/gcc/13.3.0/openmpi/5.0.8/.modulerc.lua`;
    expect((await treeFiles()).files[rc]).toBe('module_version("gromacs/2025.3", "default")\n');
    const { files } = await treeFiles({ defaults: ['gromacs/2025.3-cuda', 'cmake/3.30.1'] });
    expect(files[rc]).toBe('module_version("gromacs/2025.3-cuda", "default")\n');
    expect(files[`${folder}/2026.1/Core/.modulerc.lua`]).toBe('module_version("cmake/3.30.1", "default")\n');
  });

  test('keeps an older release beside the newer one, on machines that it was not built for too', async () => {
    const { files } = await treeFiles({}, { targets: ['x86_64_v3', 'zen4'] }, { targets: ['x86_64_v3'] });
    const old = files['modules/modules/tree/zen4/releases/release/2025.1.lua'];
    expect(old).toContain('prepend_path("MODULEPATH", "/apps/modules/x86_64_v3/2025.1/Core")');
    expect(files['modules/modules/tree/zen4/releases/.modulerc.lua']).toBe(
      'module_version("release/2026.1", "default")\n',
    );
    const chosen = await treeFiles({ defaultRelease: '2025.1' }, {}, {});
    expect(chosen.files[`${folder}/releases/.modulerc.lua`]).toBe('module_version("release/2025.1", "default")\n');
  });

  test('renames, hides, excludes, deprecates, groups and adds to the environment', async () => {
    const { files, diagnostics } = await treeFiles({
      names: { gromacs: 'GROMACS' },
      hidden: ['libfabric'],
      exclude: ['python', 'py-numpy'],
      deprecated: { 'GROMACS/2025.3': { message: 'use the next one' } },
      families: { builder: ['cmake'] },
      environment: { gromacs: { GMXLIB: '{prefix}/share/top', GMXPATH: '{prefix}/x' } },
      aliases: { clang: 'llvm' },
    });
    expect(diagnostics).toEqual([]);
    const gromacs = files[`${folder}/2026.1/MPI/gcc/13.3.0/openmpi/5.0.8/GROMACS/2025.3.lua`];
    expect(gromacs).toContain(
      'setenv("GMXLIB", "/apps/2026.1/x86_64_v3/gcc-13.3.0-openmpi-5.0.8/gromacs/2025.3/share/top")',
    );
    expect(gromacs).toContain('prepend_path("GMXPATH"');
    expect(gromacs).toContain('LmodMessage("GROMACS/2025.3 is deprecated: use the next one")');
    expect(files[`${folder}/2026.1/Core/cmake/3.31.9.lua`]).toContain('family("builder")');
    expect(files[`${folder}/2026.1/Core/.modulerc.lua`]).toContain('module_alias("clang", "llvm")');
    expect(files[`${folder}/2026.1/Compiler/gcc/13.3.0/.modulerc.lua`]).toBe('hide_version("libfabric/2.3.1")\n');
    expect(Object.keys(files).filter((path) => /python|numpy/.test(path) && path.endsWith('.lua'))).toEqual([]);
  });

  test('offers its files and Lmod to hosts; the tree to one writer when it is on a shared file system', () => {
    const { site } = newSite();
    const stack = new SoftwareStack(site, 'apps', props);
    const own = new ModuleTree(site, 'own', { stacks: [stack] });
    expect(own.hostFacts().map(({ fact }) => fact)).toEqual(['package', 'file', 'tree']);
    expect([...own[HOST_FACTS]()]).toEqual([]);
    const shared = new ModuleTree(site, 'shared', {
      stacks: [stack],
      writer: 'build1',
      spiderCache: '/var/cache/lmod',
    });
    expect(shared.hostFacts().map(({ fact }) => fact)).toEqual(['package', 'file', 'directory', 'command']);
    const [contribution] = [...shared[HOST_FACTS]()];
    expect(contribution).toMatchObject({
      group: { name: 'shared_writer' },
      facts: [{ fact: 'tree', path: '/apps/modules', from: 'sites/campus/modules/shared/tree' }],
    });
  });

  test('describes a cache of Lmod when it has one', async () => {
    const { files } = await treeFiles({ spiderCache: '/var/cache/lmod' });
    expect(files['modules/modules/tree/lmodrc.lua']).toContain('timestamp = "/var/cache/lmod/timestamp"');
    expect(files['modules/modules/profile.sh']).toContain('LMOD_RC=/apps/modules/lmodrc.lua');
    expect((await treeFiles()).files['modules/modules/profile.sh']).not.toContain('LMOD_RC');
  });

  const refusals: Readonly<Record<string, readonly [Partial<ModuleTreeProps>, string, Partial<SoftwareStackProps>?]>> =
    {
      'two defaults': [{ defaults: ['cmake/3.31.9', 'cmake/3.30.1'] }, 'HPC3102 stacks'],
      'a default to nothing': [{ defaults: ['cmake/3.31'] }, 'HPC3101 defaults[0]'],
      'a default without a version': [{ defaults: ['cmake'] }, 'HPC1002 defaults[0]'],
      'a hidden default': [{ defaults: ['cmake/3.30.1'], hidden: ['cmake/3.30.1'] }, 'HPC3103 defaults[0]'],
      'a default whose name is hidden': [{ defaults: ['cmake/3.30.1'], hidden: ['cmake'] }, 'HPC3103 defaults[0]'],
      'hiding nothing': [{ hidden: ['cmak'] }, 'HPC3101 hidden[0]'],
      'an unknown deprecated module': [{ deprecated: { 'gsl/1.0': { message: 'x' } } }, 'HPC3101 deprecated.gsl/1.0'],
      'a day that is none': [
        { deprecated: { 'cmake/3.30.1': { until: '2026-13-01', message: 'x' } } },
        'HPC1002 deprecated.cmake/3.30.1.until',
      ],
      'an alias to nothing': [{ aliases: { intel: 'oneapi' } }, 'HPC3101 aliases.intel'],
      'an alias with the name of a module': [{ aliases: { gcc: 'llvm' } }, 'HPC3104 aliases.gcc'],
      'a hidden compiler': [{ hidden: ['llvm'] }, 'HPC3106 stacks'],
      'an excluded MPI': [{ exclude: ['openmpi'] }, 'HPC3106 stacks'],
      'an excluded Python that others need': [{ exclude: ['python'] }, 'HPC3107 stacks'],
      'Python packages without a Python': [{}, 'HPC3107 stacks', { specs: ['py-numpy@2.3.4'] }],
      'two modules of one name and version': [
        { names: { cmake: 'git' } },
        'HPC3105 stacks',
        { core: ['cmake@3.31.9', 'git@3.31.9'] },
      ],
      'families of nothing': [{ families: { blas: ['mkl'] } }, 'HPC3101 families.blas[0]'],
      'a release that is none': [{ defaultRelease: '2024.1' }, 'HPC3101 defaultRelease'],
    };
  test.each(Object.keys(refusals))('refuses %s', async (name) => {
    const [more, fault, stack] = refusals[name]!;
    expect((await treeFiles(more, stack)).faults).toContain(fault);
  });

  test('refuses two stacks of one release', async () => {
    const { faults } = await treeFiles({}, {}, { release: '2026.1', root: '/other' });
    expect(faults).toContain('HPC3108 stacks');
  });

  test('gives any text back to an independent parser of Lua, or refuses it', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const { files, diagnostics } = await treeFiles({
          descriptions: { cmake: text },
          deprecated: { 'cmake/3.31.9': { message: text } },
          environment: { cmake: { HPCDK_TEST: text } },
        });
        if (diagnostics.length > 0) return;
        const strings = stringsOf(files[`${folder}/2026.1/Core/cmake/3.31.9.lua`] ?? '');
        expect(strings).toContain(`Description: ${text}`);
        expect(strings).toContain(`cmake/3.31.9 is deprecated: ${text}`);
        expect(strings).toContain(text.replaceAll('{prefix}', '/apps/2026.1/x86_64_v3/core/cmake/3.31.9'));
      }),
      { numRuns: 60 },
    );
  });
});

/** Every string of a Lua file, as luaparse reads it. */
function stringsOf(lua: string): string[] {
  const found: string[] = [];
  parseLua(Buffer.from(lua).toString('latin1'), {
    encodingMode: 'pseudo-latin1',
    onCreateNode: (node) => {
      if (node.type === 'StringLiteral') found.push(Buffer.from(node.value, 'latin1').toString('utf8'));
    },
  });
  return found;
}
