import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkModuleTree, lmodNeeds, modules } from './lmod';
import { describeWith } from './tools';

describeWith(lmodNeeds, 'Lmod', () => {
  let tree: string;
  const compiler = (name: string) => `family("compiler")\nprepend_path("MODULEPATH", "${tree}/${name}")\n`;
  const write = async (path: string, content: string) => {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), content);
  };

  beforeAll(async () => {
    // GIVEN a hierarchy of two compilers with one library under each
    tree = await mkdtemp(join(tmpdir(), 'hpcdk-modules-'));
    await write('Core/gcc/13.2.lua', compiler('gcc-13.2'));
    await write('Core/llvm/17.0.lua', compiler('llvm-17.0'));
    for (const name of ['gcc-13.2', 'llvm-17.0']) await write(`${name}/hdf5/1.14.lua`, `setenv("HDF5", "${name}")\n`);
  });
  afterAll(() => rm(tree, { recursive: true }));

  test('loads, swaps and refuses as a user sees it', async () => {
    const [load, swap, missing, echo, purge] = await modules(join(tree, 'Core'), [
      'load gcc hdf5',
      'swap gcc llvm',
      'load fftw',
      '!echo done',
      'purge',
    ]);
    expect(load).toMatchObject({ code: 0, loaded: ['gcc/13.2', 'hdf5/1.14'], env: { HDF5: 'gcc-13.2' } });
    expect(swap).toMatchObject({ code: 0, loaded: ['llvm/17.0', 'hdf5/1.14'], env: { HDF5: 'llvm-17.0' } });
    expect(swap?.stderr).toContain('hdf5/1.14');
    expect(missing?.code).toBe(1);
    expect(missing?.stderr).toContain('"fftw"');
    expect(echo?.stdout).toBe('done\n');
    expect(purge).toMatchObject({ code: 0, loaded: [] });
    expect(purge?.env).not.toHaveProperty('HDF5');
  });

  test('sees nothing of the environment of the tests, and what it is given', async () => {
    process.env.HPCDK_LEAK = '1';
    const [list] = await modules(join(tree, 'Core'), ['list'], { env: { LMOD_SYSTEM_NAME: 'test' } });
    delete process.env.HPCDK_LEAK;
    expect(list?.env).not.toHaveProperty('HPCDK_LEAK');
    expect(list?.env).toMatchObject({ LMOD_SYSTEM_NAME: 'test' });
  });

  test('its checker takes a good tree and names a broken file', async () => {
    expect(await checkModuleTree(tree)).toEqual([]);
    await write('Core/bad/1.lua', 'whatis("x"\n');
    expect((await checkModuleTree(tree)).join(' ')).toContain('bad/1.lua');
    await rm(join(tree, 'Core/bad'), { recursive: true });
  });
});
