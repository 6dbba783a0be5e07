import fc from '../../fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLock, type SpackLock } from '../../../lib/diff/software/lock';

const real = readFileSync(join(__dirname, 'locks/before.lock'), 'utf8');
const read = (lock: unknown): SpackLock => {
  const result = readLock(JSON.stringify(lock));
  if ('code' in result) throw new Error(result.message);
  return result;
};
const refused = (lock: unknown): string => {
  const result = readLock(typeof lock === 'string' ? lock : JSON.stringify(lock));
  return 'code' in result ? `${result.code} ${result.message}` : 'read';
};
const meta = (version: number) => ({ 'file-type': 'spack-lockfile', 'lockfile-version': version });

test('the lock that Spack 1.2 wrote', () => {
  // GIVEN a lock of version 6
  const lock = read(JSON.parse(real));
  // THEN its roots and packages are there, with what makes each one differ from another build of its version
  expect(lock.roots.map(({ spec }) => spec)).toEqual(['bwa@0.7.19', 'samtools@1.19.2', 'zlib-ng@2.2.4~new_strategies']);
  const zlib = [...lock.nodes.values()].find(({ name }) => name === 'zlib-ng');
  expect(zlib?.own.get('new_strategies')).toBe('~new_strategies');
  expect(zlib?.own.get('target')).toBe('target=x86_64_v3');
  expect(zlib?.recipe).not.toBe('');
  expect(zlib?.dependencies.map(({ name, types }) => `${name} ${types}`)).toContain('gcc build');
  expect([...lock.nodes.values()].find(({ name }) => name === 'gcc')?.external).toBe('/usr');
});

test('a lock of version 4: the compiler is no package, and dependencies have their kinds beside their names', () => {
  const compiler = { name: 'gcc', version: '12.2.0' };
  const lock = read({
    _meta: meta(4),
    roots: [{ hash: 'a', spec: 'hdf5' }],
    concrete_specs: {
      a: {
        name: 'hdf5',
        version: '1.14.5',
        arch: { platform: 'linux', platform_os: 'debian12', target: { name: 'zen4', vendor: 'AuthenticAMD' } },
        compiler,
        parameters: { mpi: true, api: 'default', cflags: [] },
        dependencies: [{ name: 'zlib', hash: 'b', type: ['link', 'build'] }],
        hash: 'a',
      },
      b: { name: 'zlib', version: '1.3.1', compiler, hash: 'b' },
    },
  });
  const hdf5 = lock.nodes.get('a');
  expect(Object.fromEntries(hdf5?.own ?? [])).toEqual({
    platform: 'platform=linux',
    os: 'os=debian12',
    target: 'target=zen4',
    compiler: '%gcc@12.2.0',
    mpi: '+mpi',
    api: 'api=default',
    cflags: 'cflags=',
  });
  expect(hdf5?.dependencies).toEqual([{ name: 'zlib', hash: 'b', types: 'build,link' }]);
});

test('packages of an environment that is included as it is', () => {
  const zlib = { name: 'zlib', version: '1.3.1' };
  const included = { '/envs/core': { roots: [], concrete_specs: { b: zlib } } };
  const lock = read({ _meta: meta(5), roots: [{ hash: 'b', spec: 'zlib' }], include_concrete: included });
  expect(lock.nodes.get('b')?.name).toBe('zlib');
});

test('keys that nobody knows yet belong to their package', () => {
  const node = { name: 'zlib', version: '1.3.1', flavour: { taste: 'sweet' } };
  const lock = read({ _meta: { ...meta(9), more: 1 }, news: true, roots: [], concrete_specs: { a: node } });
  expect(lock.nodes.get('a')?.own.get('flavour')).toBe('flavour={"taste":"sweet"}');
});

test.each<[unknown, string]>([
  ['{', 'it is no JSON'],
  [[], 'the file is no record'],
  [{}, '_meta is no record'],
  [{ _meta: {} }, 'it has no lockfile-version'],
  [{ _meta: meta(3), roots: [] }, 'version 3 of the format has no hashes of recipes'],
  [{ _meta: meta(6), roots: {} }, 'roots is no list'],
  [{ _meta: meta(6), roots: [{ spec: 'a', hash: 'b' }] }, "nothing has the hash 'b'"],
  [{ _meta: meta(6), roots: [], concrete_specs: { a: { version: '1' } } }, 'the name of a is missing'],
  [
    {
      _meta: meta(6),
      roots: [],
      concrete_specs: { a: { name: 'a', version: '1', dependencies: [{ name: 'b', hash: 'x' }] } },
    },
    "nothing has the hash 'x'",
  ],
])('%j is refused', (lock, why) => {
  expect(refused(lock)).toContain(`HPC2710 spack.lock cannot be read: ${why}`);
});

test('whatever stands in a file is read or refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(['read', 'HPC2710']).toContain(refused(text).split(' ')[0]);
    }),
  );
  const lock = fc.record({
    _meta: fc.constant(meta(6)),
    roots: fc.jsonValue(),
    concrete_specs: fc.dictionary(
      fc.string(),
      fc.oneof(
        fc.jsonValue(),
        fc.record({
          name: fc.string(),
          version: fc.jsonValue(),
          dependencies: fc.jsonValue(),
          external: fc.jsonValue(),
          arch: fc.jsonValue(),
        }),
      ),
    ),
  });
  fc.assert(fc.property(lock, (one) => expect(['read', 'HPC2710']).toContain(refused(one).split(' ')[0])));
});
