import { diffSides } from '../../lib/diff';
import { makeEntry } from '../../lib/diff/entry';
import { ruleBehind } from '../../lib/diff/effect-rule';
import { explainEntries, type Explanation } from '../../lib/diff/explain';
import type { Side } from '../../lib/diff/side';
import { declareSmall, type Variant } from './support/campus';
import { sideOf } from './support/sides';

async function explained(before: Variant, after: Variant, path: string): Promise<Explanation[]> {
  const sides = [await sideOf('before', declareSmall(before)), await sideOf('after', declareSmall(after))] as const;
  return explainEntries(diffSides(...sides), ...sides, path);
}

const shorter = [{ partitions: { batch: 7, long: 7 } }, { partitions: { batch: 2, long: 2 } }] as const;
const BATCH = 'campus/hpc/partitions/batch';
const LONG = 'campus/hpc/partitions/long';

describe('the explanation of a change', () => {
  test('has the construct with its values before and after, and what it stands below', async () => {
    const [one] = await explained(...shorter, BATCH);

    expect(one?.constructs.map(({ path, kind }) => [path, kind])).toEqual([
      ['campus', 'Site'],
      ['campus/hpc', 'SlurmCluster'],
      [BATCH, 'Partition'],
    ]);
    expect(one?.constructs.at(-1)?.source).toMatchObject({ file: expect.stringContaining('campus.ts') });
    expect(one?.values).toContainEqual({
      field: 'maxTime',
      before: '7d',
      after: '2d',
      isDefault: false,
      changed: true,
    });
  });

  test('of a group is found by each of its constructs, with the values of that one', async () => {
    const [one] = await explained(...shorter, LONG);

    expect(one?.entry.path).toBe(BATCH);
    expect(one?.constructs.at(-1)?.path).toBe(LONG);
  });

  test('names what the construct refers to, and what refers to it', async () => {
    const [partition] = await explained(...shorter, BATCH);
    expect(partition?.refersTo).toEqual(['campus/hpc/nodes/cpu']);

    const [pool] = await explained({ hosts: 'cn[001-064]' }, { hosts: 'cn[001-072]' }, 'campus/hpc/nodes/cpu');
    expect(pool?.referredBy).toEqual([BATCH, LONG]);
  });

  test('has the files that changed because of it, with what differs in each', async () => {
    const [one] = await explained(...shorter, BATCH);
    const conf = one?.files.find(({ path }) => path.endsWith('slurm.conf'));

    expect(conf?.host).toBe('/etc/slurm/slurm.conf');
    expect(conf?.readers).toEqual(expect.arrayContaining([expect.stringMatching(/^slurmctld \(/)]));
    expect(conf?.parts).toContainEqual({
      direction: 'changed',
      text: expect.stringMatching(/^PartitionName=batch\.MaxTime "7-00:00:00" → "2-00:00:00"$/) as string,
    });
  });

  test('of manifests alone says no more than is known', async () => {
    const bare = async (variant: Variant): Promise<Side> => {
      const { read: _read, ...side } = await sideOf('side', declareSmall(variant));
      return side;
    };
    const sides = [await bare(shorter[0]), await bare(shorter[1])] as const;
    const [one] = explainEntries(diffSides(...sides), ...sides, BATCH);

    expect(one?.files.length).toBeGreaterThan(0);
    expect(one?.files.filter(({ parts }) => parts)).toEqual([]);
  });

  test('of what is not in the diff is empty', async () => {
    expect(await explained(...shorter, 'campus/hpc/nodes/cpu')).toEqual([]);
  });
});

describe('the rule behind a class', () => {
  test('names the field, and the direction that it speaks of', async () => {
    const [less] = await explained(...shorter, BATCH);
    expect(less?.rule).toMatchObject({
      text: 'Partition.maxTime, when it is decreased or changes in any other way that has no rule',
      direction: 'any',
    });

    const [more] = await explained(shorter[1], shorter[0], BATCH);
    expect(more?.rule).toMatchObject({ text: 'Partition.maxTime, when it is increased', direction: 'increased' });
  });

  test('names the facts of the site that it was chosen by', async () => {
    const [one] = await explained({ hosts: 'cn[001-064]' }, { hosts: 'cn[001-072]' }, 'campus/hpc/nodes/cpu');
    expect(one?.rule.facts).toEqual({ slurm: '22.05' });
  });

  test('of a construct that goes is that of its kind', async () => {
    const [one] = await explained({ partitions: { batch: 7, long: 7 } }, { partitions: { batch: 7 } }, LONG);
    expect(one?.rule).toMatchObject({ text: 'Partition, when it is removed' });
  });

  test('of a key of a map is that of the key', async () => {
    const [one] = await explained(
      { cluster: { options: { KillWait: '30' } } },
      { cluster: { options: { KillWait: '60' } } },
      'campus/hpc',
    );
    expect(one?.rule.text).toMatch(/^SlurmCluster\.options\.KillWait, /);
  });

  test('of a change that is worse than its field says, says so; of one without a rule too', async () => {
    const { manifest } = await sideOf('side', declareSmall());
    const entry = makeEntry({
      id: 'x',
      section: 'contract',
      action: 'changed',
      level: 'field',
      kind: 'Partition',
      path: BATCH,
      field: 'maxTime',
      direction: 'increased',
      title: 't',
      effect: { class: 'reboot', reason: 'r' },
    });

    expect(ruleBehind(entry, BATCH, [manifest]).text).toBe(
      'what is known beyond Partition.maxTime, when it is increased (by itself reconfigure)',
    );
    const reason = 'no rule says what this change does, so the worst is assumed';
    const unknown = { ...entry, field: 'nothing', effect: { class: 'data-loss' as const, reason } };
    expect(ruleBehind(unknown, BATCH, [manifest]).text).toBe('none for Partition.nothing');
  });

  test('of a file is that of its format', async () => {
    const [one] = await explained({ motd: 'a' }, { motd: 'b' }, 'sites/campus/motd.yaml');
    expect(one?.rule.text).toBe('a file of the format yaml that is changed');
  });
});
