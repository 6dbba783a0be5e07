import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from '../../fast-check';
import { commit, type CommitOptions, type CommitProgress } from '../../../lib/app/output/commit';
import type { Refusal } from '../../../lib/app/output/refusal';
import { freshDir, outputOf, put, stats, tree } from './support';

async function refused(dir: string, files: Record<string, string>, options: CommitOptions = {}): Promise<Refusal> {
  const result = await commit(dir, outputOf(files), options);
  if (result.kind !== 'refused') throw new Error('the commit was not refused');
  return result;
}

describe('a commit', () => {
  test('GIVEN a folder that does not exist THEN it writes files, modes and the sorted record', async () => {
    const dir = join(freshDir(), 'not/yet');
    const output = new Map([
      ['z.sh', { content: '#!/bin/sh\n', mode: 0o755 }],
      ['keys/munge', { content: new Uint8Array([0, 255, 10]), mode: 0o600 }],
      ['hpcdk/manifest.json', { content: '{"é": 1}\n', mode: 0o644 }],
    ]);
    const umask = process.umask(0o077);
    const result = await commit(dir, output);
    process.umask(umask);
    expect(result).toEqual({
      kind: 'committed',
      written: ['hpcdk/manifest.json', 'keys/munge', 'z.sh'],
      unchanged: 0,
      removed: [],
      recovered: 'nothing',
    });
    expect(readFileSync(join(dir, 'keys/munge'))).toEqual(Buffer.from([0, 255, 10]));
    expect(['z.sh', 'keys/munge', 'hpcdk/manifest.json'].map((path) => statSync(join(dir, path)).mode & 0o777)).toEqual(
      [0o755, 0o600, 0o644],
    );
    expect(readFileSync(join(dir, 'hpcdk/owned.json'), 'utf8')).toBe(
      [
        '{',
        '  "version": 1,',
        '  "files": {',
        '    "hpcdk/manifest.json": "f35ad431fee8a8eb8b173292b16f69d77999030f61146357e68f2394853a8f5b",',
        '    "keys/munge": "712450d3c4a79eea9509e75dc1dacdeff58034df538536cfae2da882bd8a0c50",',
        '    "z.sh": "a8076d3d28d21e02012b20eaf7dbf75409a6277134439025f282e368e3305abf"',
        '  }',
        '}',
        '',
      ].join('\n'),
    );
    expect(Object.keys(tree(dir))).toEqual(['hpcdk/manifest.json', 'keys/munge', 'z.sh']);
  });

  test('GIVEN the same output again THEN nothing is written, not even a time stamp', async () => {
    const dir = freshDir();
    await commit(dir, outputOf({ 'a/b': '1', c: '2' }));
    const before = stats(dir);
    expect(await commit(dir, outputOf({ c: '2', 'a/b': '1' }))).toMatchObject({
      written: [],
      unchanged: 2,
      removed: [],
    });
    expect(stats(dir)).toEqual(before);
  });

  test('GIVEN one change of many THEN only that file and the record are written', async () => {
    const dir = freshDir();
    await commit(dir, outputOf({ 'a/b': '1', c: '2' }));
    const before = stats(dir);
    expect(await commit(dir, outputOf({ 'a/b': '1', c: '3' }))).toMatchObject({ written: ['c'], unchanged: 1 });
    const changed = Object.entries(stats(dir)).filter(([path, stat]) => before[path] !== stat);
    expect(changed.map(([path]) => path.slice(dir.length)).sort()).toEqual(['', '/c', '/hpcdk', '/hpcdk/owned.json']);
  });

  test('GIVEN a mode that changed THEN the file is written; a wider umask of a checkout is left alone', async () => {
    const dir = freshDir();
    const output = new Map([
      ['program', { content: '', mode: 0o755 }],
      ['text', { content: '', mode: 0o644 }],
      ['private', { content: '', mode: 0o600 }],
    ]);
    await commit(dir, output);
    chmodSync(join(dir, 'program'), 0o775);
    chmodSync(join(dir, 'text'), 0o664);
    expect(await commit(dir, output)).toMatchObject({ written: [] });
    chmodSync(join(dir, 'program'), 0o644);
    chmodSync(join(dir, 'private'), 0o640);
    expect(await commit(dir, output)).toMatchObject({ written: ['private', 'program'] });
    expect(statSync(join(dir, 'private')).mode & 0o777).toBe(0o600);
  });

  test('GIVEN what is no longer in the output THEN it goes with the folders that are empty then, and no others', async () => {
    const dir = freshDir();
    await commit(dir, outputOf({ 'stacks/old/cdk.tf.json': '1', 'stacks/kept/cdk.tf.json': '2', 'deep/er/est': '3' }));
    put(dir, 'stacks/old/.terraform/providers/x', 'binary');
    put(dir, 'stacks/old/.terraform.lock.hcl', 'lock');
    const result = await commit(dir, outputOf({ 'stacks/kept/cdk.tf.json': '2' }));
    expect(result).toMatchObject({ written: [], unchanged: 1, removed: ['deep/er/est', 'stacks/old/cdk.tf.json'] });
    expect(tree(dir)).toEqual({
      'stacks/kept/cdk.tf.json': '2',
      'stacks/old/.terraform/providers/x': 'binary',
      'stacks/old/.terraform.lock.hcl': 'lock',
    });
  });

  test('GIVEN an owned file deleted by hand, or emptied THEN it is written again', async () => {
    const dir = freshDir();
    await commit(dir, outputOf({ 'a/b': '1', c: '2', d: '3' }));
    rmSync(join(dir, 'a'), { recursive: true });
    writeFileSync(join(dir, 'c'), '');
    expect(await commit(dir, outputOf({ 'a/b': '1', c: '2', d: '3' }))).toMatchObject({ written: ['a/b', 'c'] });
    expect(tree(dir)).toEqual({ 'a/b': '1', c: '2', d: '3' });
  });

  test('WHEN it writes THEN it tells how far it is', async () => {
    const told: CommitProgress[] = [];
    await commit(freshDir(), outputOf({ a: '1', b: '2' }), { onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)).toEqual({ kind: 'writing', done: 2, total: 3 });
  });
});

describe('a file edited by hand', () => {
  const files = { a: 'one\ntwo\nthree\n', b: 'b\n', gone: 'g\n' };

  test('WHEN the output changes THEN the commit stops with its diff, and everything stands as it was', async () => {
    const dir = freshDir();
    await commit(dir, outputOf(files));
    put(dir, 'a', 'one\nTWO\nthree\n');
    put(dir, 'gone', 'edited\n');
    const before = tree(dir);
    const { problems } = await refused(dir, { a: 'one\ntwo\nfour\n', b: 'changed\n' });
    expect(problems.map(({ code, path, forceable }) => [code, path, forceable])).toEqual([
      ['HPC2604', 'a', true],
      ['HPC2604', 'gone', true],
    ]);
    expect(problems[0]?.diff).toContain('-TWO\n-three\n+two\n+four\n');
    expect(problems[1]?.diff).toContain('+++ /dev/null');
    expect(tree(dir)).toEqual(before);
  });

  test('WHEN the output does not change THEN it stops too', async () => {
    const dir = freshDir();
    await commit(dir, outputOf(files));
    put(dir, 'b', 'edited\n');
    expect((await refused(dir, files)).problems).toMatchObject([{ code: 'HPC2604', path: 'b' }]);
  });

  test('WHEN it is forced THEN the output is written', async () => {
    const dir = freshDir();
    await commit(dir, outputOf(files));
    put(dir, 'a', 'edited\n');
    put(dir, 'gone', 'edited\n');
    expect(await commit(dir, outputOf({ a: '1', b: 'b\n' }), { force: true })).toMatchObject({
      written: ['a'],
      removed: ['gone'],
    });
    expect(tree(dir)).toEqual({ a: '1', b: 'b\n' });
  });

  test('GIVEN an edit that the definition has caught up with THEN it is adopted', async () => {
    const dir = freshDir();
    await commit(dir, outputOf(files));
    put(dir, 'a', 'edited\n');
    expect(await commit(dir, outputOf({ ...files, a: 'edited\n' }))).toMatchObject({ written: [], unchanged: 3 });
    expect(await commit(dir, outputOf({ ...files, a: 'next\n' }))).toMatchObject({ written: ['a'] });
  });

  test('GIVEN binary bytes THEN there is no diff', async () => {
    const dir = freshDir();
    await commit(dir, outputOf(files));
    put(dir, 'b', '\0\u0001');
    expect((await refused(dir, files)).problems[0]?.diff).toBeUndefined();
  });
});

describe('what we never wrote', () => {
  test('GIVEN a file in the way THEN it stops with its diff, or adopts it when the bytes are equal', async () => {
    const dir = freshDir();
    put(dir, 'a', 'theirs\n');
    put(dir, 'b', 'equal\n');
    const { problems } = await refused(dir, { a: 'ours\n', b: 'equal\n' });
    expect(problems).toMatchObject([{ code: 'HPC2605', path: 'a', forceable: true }]);
    expect(problems[0]?.diff).toContain('-theirs\n+ours\n');
    expect(tree(dir)).toEqual({ a: 'theirs\n', b: 'equal\n' });
    expect(await commit(dir, outputOf({ b: 'equal\n' }))).toMatchObject({ written: [], unchanged: 1 });
    expect(await commit(dir, outputOf({}))).toMatchObject({ removed: ['b'] });
    expect(await commit(dir, outputOf({ a: 'ours\n' }), { force: true })).toMatchObject({ written: ['a'] });
  });

  test.each([false, true])('GIVEN a folder where a file goes THEN it stops, force %s', async (force) => {
    const dir = freshDir();
    put(dir, 'a/theirs', 'x');
    mkdirSync(join(dir, 'b'));
    const { problems } = await refused(dir, { a: '1', b: '2' }, { force });
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['HPC2606', 'a'],
      ['HPC2606', 'b'],
    ]);
    expect(tree(dir)).toEqual({ 'a/theirs': 'x', 'b/': '' });
  });

  test('GIVEN a folder that is ours but for one file THEN it does not become a file', async () => {
    const dir = freshDir();
    await commit(dir, outputOf({ 'a/ours': '1' }));
    put(dir, 'a/theirs', 'x');
    expect((await refused(dir, { a: '1' })).problems).toMatchObject([{ code: 'HPC2606', path: 'a' }]);
    expect(tree(dir)).toEqual({ 'a/ours': '1', 'a/theirs': 'x' });
  });

  test('GIVEN a file where a folder goes THEN it stops', async () => {
    const dir = freshDir();
    put(dir, 'a', 'theirs');
    expect((await refused(dir, { 'a/b': '1', 'a/c': '2' })).problems).toMatchObject([{ code: 'HPC2606', path: 'a' }]);
  });
});

describe('a symbolic link', () => {
  test.each([false, true])('GIVEN one below the folder THEN nothing goes through it, force %s', async (force) => {
    const [dir, outside] = [freshDir(), freshDir()];
    await commit(dir, outputOf({ 'a/old': '1', 'b/x': '2', c: '3' }));
    rmSync(join(dir, 'a'), { recursive: true });
    put(outside, 'old', '1');
    symlinkSync(outside, join(dir, 'a'));
    rmSync(join(dir, 'c'));
    symlinkSync(join(outside, 'old'), join(dir, 'c'));
    const { problems } = await refused(dir, { 'a/new': '1', 'b/x': '2', c: '4' }, { force });
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['HPC2606', 'a'],
      ['HPC2606', 'c'],
    ]);
    expect(tree(outside)).toEqual({ old: '1' });
  });

  test('GIVEN the folder of our record is one THEN nothing is read or locked there', async () => {
    const [dir, outside] = [freshDir(), freshDir()];
    symlinkSync(outside, join(dir, 'hpcdk'));
    const before = stats(outside);
    expect((await refused(dir, { a: '1' })).problems).toMatchObject([{ code: 'HPC2606', path: 'hpcdk' }]);
    expect(stats(outside)).toEqual(before);
  });

  test('GIVEN the output folder itself is one THEN it is written', async () => {
    const [at, target] = [freshDir(), freshDir()];
    symlinkSync(target, join(at, 'cdktf.out'));
    expect(await commit(join(at, 'cdktf.out'), outputOf({ 'a/b': '1' }))).toMatchObject({ written: ['a/b'] });
    expect(tree(target)).toEqual({ 'a/b': '1' });
  });
});

describe('an ownership record that cannot be read', () => {
  test.each([
    ['is no JSON', '{'],
    ['has version 9', '{"version": 9, "files": {}}'],
    ['has no files', '{"version": 1}'],
    ['names the path "../x"', `{"version": 1, "files": {"../x": "${'0'.repeat(64)}"}}`],
    ['has no sha256', '{"version": 1, "files": {"x": "0"}}'],
  ])('THEN the commit stops: it %s', async (fault, text) => {
    const dir = freshDir();
    put(dir, 'hpcdk/owned.json', text);
    const { problems } = await refused(dir, { a: '1' }, { force: true });
    expect(problems).toMatchObject([{ code: 'HPC2607', message: expect.stringContaining(fault) as string }]);
    expect(tree(dir)).toEqual({});
  });
});

test('for any sequence of outputs, the tree on disk is the last output and the foreign files', async () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/'));
  const files = fc.dictionary(path, fc.constantFrom('', '1', '2', 'long '.repeat(50)), { maxKeys: 8 });
  // No file that is also a folder of another.
  const outputs = fc.array(
    files.map((all) =>
      Object.fromEntries(Object.entries(all).filter(([p]) => !Object.keys(all).some((q) => q.startsWith(`${p}/`)))),
    ),
    { minLength: 1, maxLength: 5 },
  );
  const foreign = { '.terraform/x': 'f', 'a/b/c/foreign': 'f' }; // a, a/b and a/b/c stay folders.
  await fc.assert(
    fc.asyncProperty(outputs, async (sequence) => {
      const dir = freshDir();
      for (const [path, content] of Object.entries(foreign)) put(dir, path, content);
      for (const all of sequence) {
        const wanted = Object.fromEntries(Object.entries(all).filter(([p]) => !'a/b/c'.startsWith(p)));
        expect(await commit(dir, outputOf(wanted))).toMatchObject({ kind: 'committed' });
        expect(tree(dir)).toEqual({ ...wanted, ...foreign });
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
