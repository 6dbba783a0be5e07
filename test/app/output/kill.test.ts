import { commit } from '../../../lib/app/output/commit';
import { recover } from '../../../lib/app/output/recover';
import type { ChildTask } from './child';
import { freshDir, inChild, outputOf, put, tree } from './support';

// A file becomes a folder, a folder a file, one file goes with its folder, one comes with two, one stays.
const OLD = { 'a/same': 'same', 'a/changes': 'old', 'gone/deep/file': 'x', thing: 'file', 'box/inner': 'x' };
const NEW = { 'a/same': 'same', 'a/changes': 'new', 'made/deep/file': 'y', 'thing/now': 'folder', box: 'file' };
const FOREIGN = { 'a/.terraform.lock.hcl': 'provider "aws" {}', 'terraform.tfstate': '{}' };

async function oldOutput(): Promise<string> {
  const dir = freshDir();
  for (const [path, content] of Object.entries(FOREIGN)) put(dir, path, content);
  await commit(dir, outputOf(OLD));
  return dir;
}

/** The output and the foreign files; the lock of the dead is left out. */
function files(dir: string): Record<string, string> {
  return Object.fromEntries(Object.entries(tree(dir)).filter(([path]) => !path.startsWith('hpcdk/.lock')));
}

/** Runs the task with a kill before its 1st, 2nd ... change on disk, until it comes through. */
async function killAtEveryStep(
  prepare: () => Promise<string>,
  task: Omit<ChildTask, 'dir'>,
  then: (dir: string) => Promise<void>,
): Promise<number> {
  for (let killAt = 0; ; killAt++) {
    const dir = await prepare();
    const { signal } = await inChild({ ...task, dir, killAt });
    await then(dir);
    if (signal !== 'SIGKILL') return killAt;
  }
}

describe('a commit killed with -9 before any of its changes on disk', () => {
  test('THEN after recovery the old output stands, or the new one, and never a mix', async () => {
    const seen = new Set<string>();
    const steps = await killAtEveryStep(oldOutput, { verb: 'commit', files: NEW }, async (dir) => {
      const result = await recover(dir);
      expect(result).toMatchObject({ kind: 'recovered' });
      const isNew = files(dir)['box'] !== undefined;
      expect(files(dir)).toEqual({ ...(isNew ? NEW : OLD), ...FOREIGN });
      seen.add(`${result.kind === 'recovered' ? result.what : ''} ${isNew ? 'new' : 'old'}`);
      // The record goes with the files: the next commit of either output finds nothing edited.
      expect(await commit(dir, outputOf(OLD))).toMatchObject({ kind: 'committed' });
      expect(files(dir)).toEqual({ ...OLD, ...FOREIGN }); // With the dead one's lock, when nothing had to be written.
    });
    expect(steps).toBeGreaterThan(20);
    expect([...seen].sort()).toEqual(['finished new', 'nothing new', 'nothing old', 'swept new', 'swept old']);
  }, 60_000);

  test('THEN the next commit alone brings its own output, whatever was left', async () => {
    const third = { 'a/same': 'third', 'made/deep/file': 'third' };
    await killAtEveryStep(oldOutput, { verb: 'commit', files: NEW }, async (dir) => {
      expect(await commit(dir, outputOf(third))).toMatchObject({ kind: 'committed' });
      expect(tree(dir)).toEqual({ ...third, ...FOREIGN });
    });
  }, 60_000);

  test('THEN a first commit leaves all or nothing too', async () => {
    await killAtEveryStep(
      () => Promise.resolve(freshDir()),
      { verb: 'commit', files: NEW },
      async (dir) => {
        await recover(dir);
        expect([NEW, {}]).toContainEqual(
          Object.fromEntries(Object.entries(files(dir)).filter(([p]) => p !== 'hpcdk/')),
        );
      },
    );
  }, 60_000);
});

describe('a recovery killed with -9 before any of its changes on disk', () => {
  const killedAfter = (step: number) => async () => {
    const dir = await oldOutput();
    expect((await inChild({ verb: 'commit', dir, files: NEW, killAt: step })).signal).toBe('SIGKILL');
    return dir;
  };

  test('GIVEN a published journal THEN a second recovery brings the new output', async () => {
    const first = await firstStepWith('finished');
    const steps = await killAtEveryStep(killedAfter(first), { verb: 'recover' }, async (dir) => {
      await recover(dir);
      expect(files(dir)).toEqual({ ...NEW, ...FOREIGN });
    });
    expect(steps).toBeGreaterThan(10);
  }, 60_000);

  test('GIVEN no journal yet THEN a second recovery brings the old output', async () => {
    const last = (await firstStepWith('finished')) - 1;
    const steps = await killAtEveryStep(killedAfter(last), { verb: 'recover' }, async (dir) => {
      await recover(dir);
      expect(files(dir)).toEqual({ ...OLD, ...FOREIGN });
    });
    expect(steps).toBeGreaterThan(3);
  }, 60_000);

  /** The first kill after which a recovery says so. */
  async function firstStepWith(what: string): Promise<number> {
    for (let step = 0; ; step++) {
      const result = await recover(await killedAfter(step)());
      if (result.kind === 'recovered' && result.what === what) return step;
    }
  }
});
