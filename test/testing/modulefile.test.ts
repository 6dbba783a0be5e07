import { exactly, absent, matching } from '../../lib/testing/match';
import { ModuleTree } from '../../lib/testing/module-tree';
import { Modulefile } from '../../lib/testing/modulefile';

const gcc = `-- gcc
whatis("Description: GNU compilers")
family("compiler")
prepend_path("PATH", "/apps/gcc/bin")
prepend_path("PATH", "/apps/gcc/libexec")
prepend_path("MODULEPATH", "/apps/modules/Compiler/gcc/13.3.0")
setenv("CC", "gcc")
depends_on("zlib/1.3", "binutils")
conflict("intel")
add_property("lmod", "sticky")
if mode() == "load" then
  LmodMessage("gcc 12 goes in May")
end
`;

describe('a modulefile', () => {
  test('is what loading it does', () => {
    const file = Modulefile.parse(gcc);
    file
      .has({
        family: 'compiler',
        prepends: { PATH: ['/apps/gcc/libexec'] },
        env: { CC: 'gcc' },
        dependsOn: ['binutils'],
      })
      .has({ prepends: { PATH: exactly(['/apps/gcc/bin', '/apps/gcc/libexec']), MODULEPATH: [matching(/gcc\/13/)] } })
      .has({
        conflicts: ['intel'],
        properties: { lmod: ['sticky'] },
        messages: [matching(/May/)],
        help: absent,
        loads: exactly([]),
      });
    expect(file.calls).toHaveLength(10);
  });

  test('shows where it differs', () => {
    expect(() => Modulefile.parse(gcc).has({ family: 'mpi' })).toThrow(
      "the modulefile does not match: family is 'compiler', wanted 'mpi'",
    );
    expect(() => Modulefile.parse(gcc).has({ env: { FC: 'gfortran' } })).toThrow(
      "env.FC is not set, wanted 'gfortran'",
    );
    expect(() => Modulefile.parse('execute{cmd="ls"}', 'x.lua')).toThrow('x.lua: ');
  });
});

describe('a tree of modules', () => {
  const tree = ModuleTree.parse({
    'modules/Core/gcc/13.3.0.lua': gcc,
    'modules/Core/gcc/12.2.0.lua': gcc,
    'modules/Core/.modulerc.lua': 'module_version("gcc/13.3.0", "default")\nmodule_alias("gnu", "gcc/13.3.0")\n',
    'modules/Compiler/gcc/13.3.0/hdf5/1.14.5.lua': 'prepend_path("PATH", "/apps/hdf5-gcc13/bin")\n',
    'modules/Compiler/gcc/12.2.0/hdf5/1.14.5.lua': 'prepend_path("PATH", "/apps/hdf5-gcc12/bin")\n',
    'modules/Compiler/gcc/12.2.0/hdf5/.modulerc.lua': 'hide_version("/1.14.5")\n',
    'modules/README.md': 'nothing to load',
  });

  test('has modules with names, branches, defaults and hidden ones', () => {
    tree
      .hasModule('gcc/13.3.0', { default: true, family: 'compiler' })
      .hasModule('gcc/12.2.0', { default: false, hidden: false })
      .hasModule('hdf5/1.14.5', { branch: 'modules/Compiler/gcc/13.3.0', hidden: false })
      .hasModule('hdf5/1.14.5', {
        branch: matching(/12\.2\.0$/),
        hidden: true,
        prepends: { PATH: ['/apps/hdf5-gcc12/bin'] },
      })
      .hasModule({ hidden: true })
      .hasAlias('gnu', 'gcc/13.3.0')
      .lacksModule('openmpi/5.0.5');
    tree.module('gcc/13.3.0').has({ family: 'compiler' });
    expect(tree.modules).toHaveLength(4);
  });

  test.each<[() => unknown, string]>([
    [() => tree.hasModule('hdf5/1.14.6'), "there is no module 'hdf5/1.14.6'; did you mean 'hdf5/1.14.5'?"],
    [
      () => tree.hasModule('gcc/12.2.0', { default: true }),
      "module 'gcc/12.2.0' does not match: default is false, wanted true",
    ],
    [
      () => tree.hasModule({ family: 'mpi', default: true }),
      "no module matches; the closest is 'gcc/13.3.0': family is 'compiler', wanted 'mpi'",
    ],
    [() => tree.hasAlias('gnu', 'gcc/12.2.0'), "target is 'gcc/13.3.0', wanted 'gcc/12.2.0'"],
    [() => tree.lacksModule('hdf5/1.14.5'), "'hdf5/1.14.5' is in 'modules/Compiler/gcc/13.3.0'"],
    [() => tree.module('x/1'), "there is no module 'x/1'"],
  ])('a failure shows the closest', (check, text) => expect(check).toThrow(text));
});
