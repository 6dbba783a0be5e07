import fc from '../../fast-check';
import type { ModuleEntry } from '../../../lib/software/modules/entry';
import { reachability } from '../../../lib/software/modules/reachability';

const entry = (folder: string, module: string, more: Partial<ModuleEntry> = {}): ModuleEntry => {
  const [name = '', version = ''] = module.split('/');
  return { folder, name, version, dependsOn: [], isHidden: false, isDefault: false, ...more };
};
const core = [entry('Core', 'gcc/13.3.0', { opens: 'gcc' }), entry('Core', 'cmake/3.31')];
const faults = (entries: readonly ModuleEntry[]) =>
  reachability(entries, ['Core']).map(({ code, message }) => `${code} ${message}`);

describe('every module is reachable', () => {
  test('when modules lead from Core to its folder', () => {
    const tree = [
      ...core,
      entry('gcc', 'openmpi/5.0.8', { opens: 'mpi' }),
      entry('mpi', 'hdf5/1.14', { dependsOn: ['cmake/3.31'] }),
    ];
    expect(faults(tree)).toEqual([]);
  });

  test('not when no module opens its folder', () => {
    expect(faults([...core, entry('llvm', 'gsl/2.8')])).toEqual([
      'HPC3106 nobody can reach gsl/2.8 in llvm: no module puts llvm on MODULEPATH',
    ]);
  });

  test('not behind a hidden compiler', () => {
    const hidden = entry('Core', 'llvm/20', { opens: 'llvm', isHidden: true });
    expect(faults([...core, hidden, entry('llvm', 'gsl/2.8')])).toEqual([
      'HPC3106 nobody can reach gsl/2.8 in llvm: llvm/20, which leads to it, is hidden',
    ]);
  });

  test('not behind an MPI that is itself out of reach', () => {
    const tree = [...core, entry('llvm', 'mpich/4', { opens: 'mpi' }), entry('mpi', 'hdf5/1.14')];
    expect(faults(tree)[1]).toContain('mpich/4, which leads to it, cannot be reached itself');
  });
});

describe('a tree refuses', () => {
  test('a dependency in another branch', () => {
    const llvm = entry('Core', 'llvm/20', { opens: 'llvm' });
    const tree = [
      ...core,
      llvm,
      entry('llvm', 'python/3.12'),
      entry('gcc', 'py-numpy/2.3', { dependsOn: ['python/3.12'] }),
    ];
    expect(faults(tree)).toEqual([
      'HPC3107 py-numpy/2.3 in gcc depends on python/3.12, which stands in llvm and is not on its MODULEPATH',
    ]);
  });

  test('two defaults of one name, and two modules of one name', () => {
    const defaults = ['gsl/1', 'gsl/2'].map((name) => entry('gcc', name, { isDefault: true }));
    expect(faults([...core, ...defaults])).toEqual(['HPC3102 gsl/1 and gsl/2 are both the default of gsl in gcc']);
    expect(faults([...core, entry('gcc', 'a/1'), entry('gcc', 'a/1')])[0]).toMatch(/^HPC3105 /);
  });
});

test('the walk finds exactly the folders that modules lead to', () => {
  const folders = ['Core', 'a', 'b', 'c', 'd'];
  const edges = fc.array(fc.tuple(fc.constantFrom(...folders), fc.constantFrom(...folders)), { maxLength: 12 });
  fc.assert(
    fc.property(edges, (pairs) => {
      const tree = pairs.map(([folder, opens], index) => entry(folder, `m${index}/1`, { opens }));
      // An independent closure: repeat until nothing is added.
      const reached = new Set(['Core']);
      for (let i = 0; i < folders.length; i++) for (const [from, to] of pairs) if (reached.has(from)) reached.add(to);
      const lost = reachability(tree, ['Core']).filter(({ code }) => code === 'HPC3106').length;
      expect(lost).toBe(pairs.filter(([from]) => !reached.has(from)).length);
    }),
  );
});
