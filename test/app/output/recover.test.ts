import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commit } from '../../../lib/app/output/commit';
import { plan } from '../../../lib/app/output/plan';
import { recover } from '../../../lib/app/output/recover';
import { ownerName, thisOwner } from '../../../lib/app/output/owner';
import { childProgram, freshDir, inChild, outputOf, put, stats, tree } from './support';

/** A commit from `a: 1, b: 1` to `a: 2, c: 2` that was killed just after its journal. */
async function killed(): Promise<string> {
  for (let killAt = 0; ; killAt++) {
    const dir = freshDir();
    await commit(dir, outputOf({ a: '1', b: '1' }));
    await inChild({ verb: 'commit', dir, files: { a: '2', c: '2' }, killAt });
    if (tree(dir)['hpcdk/.journal'] !== undefined) return dir;
  }
}

describe('a recovery', () => {
  test('GIVEN nothing to do THEN it writes nothing, not even in a folder that does not exist', async () => {
    const dir = freshDir();
    await commit(dir, outputOf({ a: '1' }));
    const before = stats(dir);
    expect(await recover(dir)).toEqual({ kind: 'recovered', what: 'nothing' });
    expect(stats(dir)).toEqual(before);
    expect(await recover(join(dir, 'none'))).toEqual({ kind: 'recovered', what: 'nothing' });
  });

  test('GIVEN a journal THEN a commit finishes it first and says so', async () => {
    const dir = await killed();
    expect(await commit(dir, outputOf({ a: '3', c: '2' }))).toMatchObject({
      written: ['a'],
      unchanged: 1,
      recovered: 'finished',
    });
    expect(tree(dir)).toEqual({ a: '3', c: '2' });
  });

  test('GIVEN a torn journal THEN the old output stands', async () => {
    const dir = await killed();
    const journal = tree(dir)['hpcdk/.journal'] ?? '';
    writeFileSync(join(dir, 'hpcdk/.journal'), journal.slice(0, journal.length / 2));
    expect(await recover(dir)).toEqual({ kind: 'recovered', what: 'swept' });
    expect(tree(dir)).toEqual({ a: '1', b: '1' });
  });

  test('GIVEN a staged file that a power cut has torn THEN it is written by the next synth, never placed', async () => {
    const dir = await killed();
    writeFileSync(join(dir, 'hpcdk/.stage/1'), '');
    expect(await recover(dir)).toEqual({ kind: 'recovered', what: 'finished' });
    expect(tree(dir)).toEqual({ a: '2' });
    expect(await commit(dir, outputOf({ a: '2', c: '2' }))).toMatchObject({ written: ['c'] });
  });

  test('GIVEN edits by hand after the kill THEN they are kept, and the next synth shows them', async () => {
    const dir = await killed();
    for (const path of ['a', 'b', 'c']) put(dir, path, 'edited\n');
    expect(await recover(dir)).toEqual({ kind: 'recovered', what: 'finished' });
    expect(tree(dir)).toEqual({ a: 'edited\n', b: 'edited\n', c: 'edited\n' });
    expect(plan(dir, outputOf({ a: '2', c: '2' }))).toMatchObject({
      problems: [
        { code: 'HPC2604', path: 'a' },
        { code: 'HPC2604', path: 'c' },
      ],
    });
  });

  test('GIVEN a folder that became a link after the kill THEN nothing goes through it', async () => {
    const outside = freshDir();
    let dir = '';
    for (let killAt = 0; tree(dir || outside)['hpcdk/.journal'] === undefined; killAt++) {
      dir = freshDir();
      await commit(dir, outputOf({ 'f/a': '1', 'f/b': '1' }));
      await inChild({ verb: 'commit', dir, files: { 'f/a': '2', 'f/g/c': '2' }, killAt });
    }
    rmSync(join(dir, 'f'), { recursive: true });
    put(outside, 'b', '1');
    symlinkSync(outside, join(dir, 'f'));
    expect(await recover(dir)).toEqual({ kind: 'recovered', what: 'finished' });
    expect(tree(outside)).toEqual({ b: '1' });
  });

  test('GIVEN a disk that refuses half-way THEN it says so, and goes on when that is mended', async () => {
    const dir = await killed();
    rmSync(join(dir, 'hpcdk/owned.json'));
    mkdirSync(join(dir, 'hpcdk/owned.json'));
    expect(await recover(dir)).toMatchObject({ kind: 'refused', problems: [{ code: 'HPC2610' }] });
    rmSync(join(dir, 'hpcdk/owned.json'), { recursive: true });
    expect(await recover(dir)).toEqual({ kind: 'recovered', what: 'finished' });
    expect(tree(dir)).toEqual({ a: '2', c: '2' });
  });

  test('GIVEN a commit that is only staging THEN a reader does not wait for it', async () => {
    const dir = freshDir();
    await commit(dir, outputOf({ a: '1' }));
    put(dir, 'hpcdk/.stage/0', 'half');
    put(dir, `hpcdk/.lock/${ownerName(thisOwner())}`, '');
    expect(await recover(dir)).toEqual({ kind: 'recovered', what: 'nothing' });
    expect(tree(dir)['hpcdk/.stage/0']).toBe('half');
  });

  test('GIVEN a journal of a commit that is running THEN a reader waits for it, and refuses after that', async () => {
    const dir = await killed();
    rmSync(join(dir, 'hpcdk/.lock'), { recursive: true });
    put(dir, `hpcdk/.lock/${ownerName(thisOwner())}`, '');
    expect(await recover(dir, { waitMs: 50 })).toMatchObject({ problems: [{ code: 'HPC2608' }] });
  });
});

describe('a disk that refuses', () => {
  test('GIVEN a file in the place of the output folder, or above it THEN that is said', async () => {
    const dir = freshDir();
    put(dir, 'file', 'x');
    for (const at of ['file', 'file/below']) {
      const result = await commit(join(dir, at), outputOf({ a: '1' }));
      expect(result).toMatchObject({
        kind: 'refused',
        problems: [
          { code: 'HPC2609', message: expect.stringContaining('a file stands where a folder must be') as string },
        ],
      });
      expect(plan(join(dir, at), outputOf({ a: '1' }))).toMatchObject({ problems: [{ code: 'HPC2609' }] });
    }
    expect(tree(dir)).toEqual({ file: 'x' });
  });

  // A private mount namespace: the mounts are gone with the shell.
  const inMounts = (script: string) => {
    const run = `t() { ${process.execPath} ${childProgram()} "$1"; echo; }; ${script}`;
    return execFileSync('unshare', ['-m', 'sh', '-ec', run], { encoding: 'utf8' });
  };
  const canMount = (() => {
    try {
      inMounts('mount -t tmpfs -o size=64k none /mnt');
      return true;
    } catch {
      return false;
    }
  })();
  const task = (dir: string, files: Record<string, string>) => `t '${JSON.stringify({ verb: 'commit', dir, files })}'`;
  const needsMount = canMount || process.env.HPCDK_REQUIRE_TOOLS === '1' ? test : test.skip;

  needsMount('GIVEN a full disk THEN the old output is intact, and nothing of the new one is left', () => {
    const dir = freshDir();
    const big = { 'a/x': '2', 'new/folder/big': 'x'.repeat(80_000) };
    const text = inMounts(
      `mount -t tmpfs -o size=64k none ${dir}; ${task(dir, { 'a/x': '1' })}; ${task(dir, big)}; cd ${dir}; find . | sort; cat a/x`,
    );
    expect(text).toContain('"code":"HPC2609"');
    expect(text).toContain('the disk is full (ENOSPC');
    expect(text.split('}]}}\n').at(-1)).toBe('.\n./a\n./a/x\n./hpcdk\n./hpcdk/owned.json\n1');
  });

  needsMount('GIVEN a read-only disk THEN that is said, and an unchanged output is still fine', () => {
    const dir = freshDir();
    const mounts = `mount -t tmpfs none ${dir}; ${task(dir, { a: '1' })}; mount -o remount,ro ${dir}`;
    expect(inMounts(`${mounts}; ${task(dir, { a: '2' })}`)).toContain('the file system is read-only (EROFS');
    expect(inMounts(`${mounts}; ${task(`${dir}/x/y`, { a: '2' })}`)).toContain('the file system is read-only (EROFS');
    const lines = inMounts(`${mounts}; ${task(dir, { a: '1' })}`)
      .trim()
      .split('\n');
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ result: { kind: 'committed', written: [], unchanged: 1 } });
  });

  needsMount('GIVEN another file system below the output THEN that is said before anything is written', () => {
    const dir = freshDir();
    const text = inMounts(
      `${task(dir, { 'a/x': '1' })}; mount -t tmpfs none ${dir}/a; ${task(dir, { 'a/x': '2' })}; ls -A ${dir}/hpcdk`,
    );
    expect(text).toContain(`\\"${dir}/a\\" is on another file system`);
    expect(text.trim().split('\n').at(-1)).toBe('owned.json');
  });
});
