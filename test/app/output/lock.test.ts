import fs, { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { commit, type CommitProgress } from '../../../lib/app/output/commit';
import { OutputLock } from '../../../lib/app/output/lock';
import { isDead, type LockOwner, ownerName, parseOwner, thisOwner } from '../../../lib/app/output/owner';
import { printRecord, sha256 } from '../../../lib/app/output/record';
import { freshDir, inChild, outputOf, tree } from './support';

const DEAD_PID = 2 ** 22 + 1; // Above the largest pid that Linux gives.

function lockBy(dir: string, name: string): void {
  mkdirSync(join(dir, 'hpcdk/.lock'), { recursive: true });
  writeFileSync(join(dir, 'hpcdk/.lock', name), '');
}

describe('two commits at once', () => {
  test('THEN the output is exactly one of theirs, and both succeed', async () => {
    const one = { a: '1', 'only/one': '1', ...Object.fromEntries([...Array(40).keys()].map((n) => [`f/${n}`, 'one'])) };
    const two = { a: '2', 'only-two': '2', ...Object.fromEntries([...Array(40).keys()].map((n) => [`f/${n}`, 'two'])) };
    const dir = freshDir();
    const verb = 'commit';
    for (let round = 0; round < 4; round++) {
      const results = await Promise.all([inChild({ verb, dir, files: one }), inChild({ verb, dir, files: two })]);
      for (const { result } of results) expect(result).toMatchObject({ kind: 'committed' });
      expect([one, two]).toContainEqual(tree(dir));
    }
  }, 30_000);

  test('GIVEN one process THEN they wait for each other too', async () => {
    const dir = freshDir();
    const outputs = ['1', '2', '3'].map((text) => ({ a: text, [`only/${text}`]: text }));
    const results = await Promise.all(outputs.map((files) => commit(dir, outputOf(files))));
    expect(results.map(({ kind }) => kind)).toEqual(['committed', 'committed', 'committed']);
    expect(outputs).toContainEqual(tree(dir));
  });

  describe('GIVEN another one that moves while the first looks, before it has the lock', () => {
    afterEach(() => jest.restoreAllMocks());

    /** Runs `meanwhile` when a function of fs has answered for a path for the first time. */
    function afterFirst(name: 'readFileSync' | 'lstatSync', file: string, meanwhile: () => void): void {
      const call = fs[name] as (...all: unknown[]) => unknown;
      let first = true;
      jest.spyOn(fs, name).mockImplementation(((...all: unknown[]) => {
        const answer = call(...all);
        if (first && all[0] === file) {
          first = false;
          meanwhile();
        }
        return answer;
      }) as never);
    }

    test('THEN a file that it removes is no fault of the disk', async () => {
      const dir = freshDir();
      await commit(dir, outputOf({ a: '1', b: '1' }));
      afterFirst('lstatSync', join(dir, 'a'), () => rmSync(join(dir, 'a')));
      expect(await commit(dir, outputOf({ a: '1', b: '2' }))).toMatchObject({ kind: 'committed' });
      expect(tree(dir)).toEqual({ a: '1', b: '2' });
    });

    test('THEN what it adds behind the back of the first is not left over', async () => {
      const dir = freshDir();
      await commit(dir, outputOf({ a: '1', b: '1' }));
      const record = join(dir, 'hpcdk/owned.json');
      afterFirst('readFileSync', record, () => {
        const other = freshDir();
        const sha = (text: string) => sha256(Buffer.from(text));
        writeFileSync(join(dir, 'extra'), 'x');
        writeFileSync(
          join(other, 'r'),
          printRecord(new Map(Object.entries({ a: sha('1'), b: sha('1'), extra: sha('x') }))),
        );
        fs.renameSync(join(other, 'r'), record);
      });
      expect(await commit(dir, outputOf({ a: '2', b: '1' }))).toMatchObject({ removed: ['extra'] });
      expect(tree(dir)).toEqual({ a: '2', b: '1' });
    });
  });

  test('GIVEN the lock of a dead process and many thieves THEN never two are inside', async () => {
    const dir = freshDir();
    const log = join(dir, '../thieves.log');
    lockBy(dir, ownerName({ ...thisOwner(), pid: DEAD_PID }));
    const tasks = [1, 2, 3, 4, 5, 6].map((n) => ({ verb: 'commit' as const, dir, files: { a: String(n) }, log }));
    const results = await Promise.all(tasks.map((task) => inChild({ ...task, waitMs: 20_000 })));
    for (const { result } of results) expect(result).toMatchObject({ kind: 'committed' });
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(12);
    for (let at = 0; at < lines.length; at += 2) expect(lines[at + 1]).toBe(lines[at]?.replace('in', 'out'));
    expect(readdirSync(join(dir, 'hpcdk'))).toEqual(['owned.json']);
  }, 30_000);
});

describe('a lock that is held', () => {
  test('GIVEN a living process of this host THEN the commit waits, tells so, and refuses', async () => {
    const dir = freshDir();
    lockBy(dir, ownerName(thisOwner()));
    const told: CommitProgress[] = [];
    const onProgress = (progress: CommitProgress) => told.push(progress);
    const result = await commit(dir, outputOf({ a: '1' }), { waitMs: 60, onProgress });
    expect(result).toMatchObject({
      kind: 'refused',
      problems: [
        {
          code: 'HPC2608',
          message: `the output folder "${dir}" is locked by process ${process.pid} on ${hostname()}`,
          fix: expect.stringContaining('hpcdk/.lock') as string,
          owner: { pid: process.pid },
        },
      ],
    });
    expect(told).toMatchObject([{ kind: 'waiting', owner: { pid: process.pid } }]);
    expect(readdirSync(join(dir, 'hpcdk'))).toEqual(['.lock']);
  });

  test('GIVEN another host THEN it is never taken over, even when no such process is here', async () => {
    const dir = freshDir();
    lockBy(dir, ownerName({ ...thisOwner(), host: 'login2', boot: 'other', pid: DEAD_PID }));
    const result = await commit(dir, outputOf({ a: '1' }), { waitMs: 0 });
    expect(result).toMatchObject({
      problems: [{ message: expect.stringContaining('on login2, another host') as string }],
    });
  });

  test('GIVEN an entry that we cannot read THEN it is never taken over', async () => {
    const dir = freshDir();
    lockBy(dir, 'from-a-later-version');
    const result = await commit(dir, outputOf({ a: '1' }), { waitMs: 0 });
    expect(result).toMatchObject({ problems: [{ code: 'HPC2608', owner: undefined }] });
  });

  test('WHEN an unchanged output is committed THEN the lock does not matter', async () => {
    const dir = freshDir();
    await commit(dir, outputOf({ a: '1' }));
    lockBy(dir, ownerName(thisOwner()));
    expect(await commit(dir, outputOf({ a: '1' }), { waitMs: 0 })).toMatchObject({ kind: 'committed', written: [] });
  });

  test('WHEN it is given back while another waits THEN the other gets it', async () => {
    const dir = freshDir();
    mkdirSync(join(dir, 'hpcdk'));
    const first = await OutputLock.acquire(dir);
    const second = OutputLock.acquire(dir);
    if (!(first instanceof OutputLock)) throw new Error('refused');
    first.release();
    const lock = await second;
    expect(lock).toBeInstanceOf(OutputLock);
    if (lock instanceof OutputLock) lock.release();
    expect(existsSync(join(dir, 'hpcdk/.lock'))).toBe(false);
  });
});

describe('the owner of a lock', () => {
  const here = thisOwner();

  test.each<[string, Partial<LockOwner>, boolean]>([
    ['this process', {}, false],
    ['no such process', { pid: DEAD_PID }, true],
    ['its pid now belongs to a process that started later', { start: '1' }, true],
    ['a former boot of this host', { boot: 'former' }, true],
    ['a former boot, in another container', { boot: 'former', namespace: '1' }, true],
    ['another container', { namespace: '1', pid: DEAD_PID }, false],
    ['another host', { host: 'login2', boot: 'other', pid: DEAD_PID }, false],
    ['a system without /proc', { boot: '', start: '', namespace: here.namespace }, false],
  ])('GIVEN %s', (_, change, dead) => {
    expect(isDead({ ...here, ...change }, here)).toBe(dead);
  });

  test('comes back from its name, whatever the host is called', () => {
    for (const host of [here.host, 'login1.hpc.example.edu', 'a,b/c%d', '..']) {
      const name = ownerName({ ...here, host });
      expect(name).not.toContain('/');
      expect(parseOwner(name)).toEqual({ ...here, host });
    }
    for (const name of ['', 'x', 'a,0,b,c,d,00', '%,1,b,c,d,00']) expect(parseOwner(name)).toBeUndefined();
  });
});
