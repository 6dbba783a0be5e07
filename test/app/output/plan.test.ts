import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commit } from '../../../lib/app/output/commit';
import { editDiff } from '../../../lib/app/output/edit-diff';
import { plan } from '../../../lib/app/output/plan';
import { freshDir, outputOf, put, stats } from './support';

describe('a plan', () => {
  test('THEN it tells what a commit would do and why, and writes nothing', async () => {
    const dir = freshDir();
    await commit(dir, outputOf({ 'a/same': '1', changes: '1', missing: '1', mode: '1', 'gone/x': '1' }));
    put(dir, 'changes', '1');
    rmSync(join(dir, 'missing'));
    chmodSync(join(dir, 'mode'), 0o755);
    const before = stats(dir);
    const made = plan(dir, outputOf({ 'a/same': '1', changes: '2', missing: '1', mode: '1', 'new/er': '1' }));
    expect(made).toMatchObject({
      kind: 'plan',
      writes: [
        { path: 'changes', reason: 'changed' },
        { path: 'missing', reason: 'missing' },
        { path: 'mode', reason: 'mode' },
        { path: 'new/er', reason: 'new' },
      ],
      removals: [{ path: 'gone/x' }],
      unchanged: 1,
      folders: ['new'],
      prunable: ['gone'],
      idle: false,
    });
    expect(stats(dir)).toEqual(before);
  });

  test('GIVEN several faults THEN all of them are told, by path', async () => {
    const dir = freshDir();
    await commit(dir, outputOf({ b: '1' }));
    put(dir, 'b', 'edited');
    put(dir, 'a', 'theirs');
    expect(plan(dir, outputOf({ b: '1', a: '1' }))).toMatchObject({
      kind: 'refused',
      problems: [
        { code: 'HPC2605', path: 'a' },
        { code: 'HPC2604', path: 'b' },
      ],
    });
  });

  test('GIVEN a folder that does not exist THEN everything is new, and it still does not exist', () => {
    const dir = join(freshDir(), 'none');
    expect(plan(dir, outputOf({ 'a/b/c': '1' }))).toMatchObject({ folders: ['a', 'a/b'], unchanged: 0, first: true });
    expect(() => stats(dir)).toThrow('ENOENT');
  });
});

describe('the diff of an edit', () => {
  const numbers = (from: number, count: number) => [...Array(count).keys()].map((n) => `${from + n}\n`).join('');

  test('GIVEN a long file with one edit THEN only its surroundings are shown', () => {
    const diff = editDiff(
      'f',
      Buffer.from(numbers(0, 5000)),
      Buffer.from(numbers(0, 5000).replace('\n2500\n', '\nx\n')),
    );
    expect(diff).toContain('--- f\ton disk\n+++ f\tthis synth\n');
    expect(diff).toContain('-2500\n+x\n');
    expect(diff?.split('\n').length).toBeLessThan(20);
  });

  test('GIVEN two files without a common line THEN there is none, and it does not take for ever', () => {
    expect(editDiff('f', Buffer.from(numbers(0, 20_000)), Buffer.from(numbers(50_000, 20_000)))).toBeUndefined();
  });
});
