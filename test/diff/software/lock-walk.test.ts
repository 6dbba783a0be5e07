import fc from '../../fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LockNode, readLock, type SpackLock } from '../../../lib/diff/software/lock';
import { type NodeChange, walkLocks } from '../../../lib/diff/software/lock-walk';

const real = (name: string): SpackLock => {
  const lock = readLock(readFileSync(join(__dirname, `locks/${name}.lock`), 'utf8'));
  if ('code' in lock) throw new Error(lock.message);
  return lock;
};
const lines = (changes: readonly NodeChange[]) =>
  changes.map(({ after, parts, roots }) => `${after.name}: ${parts.join(', ')} (${roots.join(' ')})`);

interface Draft {
  readonly version?: string;
  readonly recipe?: string;
  readonly own?: Readonly<Record<string, string>>;
  readonly needs?: readonly string[];
}

/** A lock of packages by name; the hash of each follows from all that is in it, as in Spack. */
function lockOf(packages: Readonly<Record<string, Draft>>, roots: readonly string[]): SpackLock {
  const made = new Map<string, LockNode>();
  const node = (name: string): LockNode => {
    const known = made.get(name);
    if (known) return known;
    const { version = '1', recipe = 'r', own = {}, needs = [] } = packages[name] ?? {};
    const dependencies = needs.map((need) => ({ name: need, hash: node(need).hash, types: 'link' }));
    const hash = JSON.stringify([name, version, recipe, own, dependencies]);
    const result = { hash, name, version, recipe, own: new Map(Object.entries(own)), dependencies };
    made.set(name, result);
    return result;
  };
  for (const name of Object.keys(packages)) node(name);
  return {
    roots: roots.map((name) => ({ spec: name, hash: node(name).hash })),
    nodes: new Map([...made.values()].map((one) => [one.hash, one])),
  };
}

test('two locks that Spack wrote', () => {
  // GIVEN zlib-ng with another variant, and another samtools
  const { changes, recipes, added, removed } = walkLocks(real('before'), real('after'));
  // THEN these two are named with the roots that need them; bwa, which differs for the sake of zlib-ng, is not
  expect(lines(changes)).toEqual([
    'samtools: 1.19.2 → 1.21 (samtools)',
    'zlib-ng: ~new_strategies → +new_strategies (bwa zlib-ng)',
  ]);
  expect([recipes, added, removed]).toEqual([[], [], []]);
});

test('a way ends at the first package that differs by itself', () => {
  const before = lockOf({ app: { needs: ['mpi'] }, mpi: { needs: ['ucx'] }, ucx: {}, tool: { needs: ['ucx'] } }, [
    'app',
  ]);
  const after = lockOf({ app: { needs: ['mpi'] }, mpi: { version: '2', needs: ['ucx'] }, ucx: { version: '2' } }, [
    'app',
  ]);
  expect(lines(walkLocks(before, after).changes)).toEqual(['mpi: 1 → 2 (app)']);
});

test('a recipe that changed is apart, and what lies below it is seen', () => {
  const before = lockOf({ app: { needs: ['lib'] }, lib: { needs: ['zlib'] }, zlib: {} }, ['app']);
  const after = lockOf(
    { app: { needs: ['lib'] }, lib: { recipe: 's', needs: ['zlib'] }, zlib: { own: { pic: '+pic' } } },
    ['app'],
  );
  const { changes, recipes } = walkLocks(before, after);
  expect(lines(changes)).toEqual(['zlib: +pic added (app)']);
  expect(lines(recipes)).toEqual(['lib:  (app)']);
});

test('dependencies that come and go are a difference of their package', () => {
  const before = lockOf({ app: { needs: ['mpich', 'zlib'] }, mpich: {}, zlib: {} }, ['app']);
  const after = lockOf({ app: { needs: ['openmpi', 'zlib'] }, openmpi: {}, zlib: {} }, ['app']);
  expect(lines(walkLocks(before, after).changes)).toEqual(['app: ^mpich removed, ^openmpi added (app)']);
});

test('roots that come and go', () => {
  const { added, removed, changes } = walkLocks(
    lockOf({ a: {}, b: {} }, ['a', 'b']),
    lockOf({ b: {}, c: {} }, ['b', 'c']),
  );
  expect([added, removed, changes]).toEqual([['c 1'], ['a 1'], []]);
});

describe('laws', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  // A package needs only those that stand behind it, so there is no circle.
  const locks = fc
    .tuple(
      ...names.map((_, index) =>
        fc.record({
          version: fc.constantFrom('1', '2'),
          recipe: fc.constantFrom('r', 's'),
          own: fc.constantFrom<Record<string, string>>({}, { x: '+x' }, { x: '~x' }),
          needs: fc.subarray(names.slice(index + 1)),
        }),
      ),
    )
    .map((drafts) => Object.fromEntries(names.map((name, index) => [name, drafts[index] as Draft])));
  const lock = fc
    .tuple(locks, fc.subarray(names, { minLength: 1 }))
    .map(([packages, roots]) => lockOf(packages, roots));

  test('a lock does not differ from itself', () => {
    fc.assert(
      fc.property(lock, (one) => {
        expect(walkLocks(one, one)).toEqual({ added: [], removed: [], changes: [], recipes: [] });
      }),
    );
  });

  test('what is named differs by itself, and below a root that differs something is named', () => {
    fc.assert(
      fc.property(lock, lock, (before, after) => {
        const { changes, recipes } = walkLocks(before, after);
        for (const { before: a, after: b } of changes) {
          const self = ({ version, own, dependencies }: LockNode) =>
            JSON.stringify([version, [...own], dependencies.map(({ name }) => name).sort()]);
          expect(self(a)).not.toBe(self(b));
        }
        for (const { before: a, after: b } of recipes) expect(a.recipe).not.toBe(b.recipe);
        const hashOf = (side: SpackLock, name: string) => side.roots.find(({ spec }) => spec === name)?.hash;
        const both = names.filter((name) => hashOf(before, name) !== undefined && hashOf(after, name) !== undefined);
        const named = new Set([...changes, ...recipes].flatMap(({ roots }) => roots));
        expect(both.filter((name) => hashOf(before, name) !== hashOf(after, name)).sort()).toEqual([...named].sort());
      }),
    );
  });
});
