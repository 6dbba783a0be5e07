import { resolveEffects } from '../../../lib/app/effect';
import { slurmKeys } from '../../../lib/compute/slurm/key-effects';
import { keysWithMeaning } from '../../../lib/compute/slurm/key-meanings';
import { slurmOption, slurmOptions, type SlurmFile, type SlurmScope } from '../../../lib/compute/slurm/options';
import { compareValues } from '../../../lib/values/compare';

const cluster = slurmKeys('slurm.conf');
const at = (slurm: string, key: string, keys = cluster) => resolveEffects(keys(key).effects, { slurm });

describe('what a change of a key of a Slurm file does', () => {
  test.each([
    ['MinJobAge', '22.05', 'reconfigure'],
    ['SchedulerType', '22.05', 'daemon-restart'],
    ['SchedulerType', '24.11', 'reconfigure'],
    ['GresTypes', '22.05', 'daemon-restart'],
    ['SlurmctldPort', '24.11', 'daemon-restart'],
    ['AuthType', '24.11', 'stop-fleet'],
    ['SelectType', '24.11', 'data-loss'],
  ])('%s on %s: %s', (key, slurm, expected) => expect(at(slurm, key).any?.class).toBe(expected));

  test('who has to be restarted is said in the steps, and where that is written in the reason', () => {
    expect(at('22.05', 'SelectTypeParameters').any).toMatchObject({
      reason: expect.stringMatching(
        /slurmctld reads SelectTypeParameters at its start only \(slurm\.conf\(5\) 22\.05\)$/,
      ),
      steps: ['restart slurmctld'],
    });
    expect(at('22.05', 'GresTypes').any?.steps).toEqual(['restart slurmctld', 'restart slurmd on every node']);
    expect(at('', 'ArchiveJobs', slurmKeys('slurmdbd.conf')).any?.steps).toEqual(['restart slurmdbd']);
  });

  test('a limit that grows hurts nobody, one that shrinks says what becomes of jobs', () => {
    expect(at('22.05', 'MaxJobCount').increased).toMatchObject({ class: 'daemon-restart', harmless: true });
    expect(at('22.05', 'MaxJobCount').any).toMatchObject({ running: 'running jobs continue' });
    expect(cluster('MaxJobCount').section).toBe('contract');
  });

  test('without the facts of a site the slower way is taken', () => {
    expect(resolveEffects(cluster('SchedulerType').effects, {}).any?.class).toBe('daemon-restart');
  });

  test('the case of a key does not matter, as to Slurm', () => {
    expect(cluster('selecttypeparameters')).toEqual(cluster('SelectTypeParameters'));
  });

  test('of a key that nobody knows the worst is said', () => {
    expect(cluster('Frobnicate')).toMatchObject({
      effects: { any: { class: 'daemon-restart', steps: ['restart slurmctld', 'restart slurmd on every node'] } },
    });
    expect(cluster('Frobnicate').section).toBeUndefined();
  });

  test.each([
    ['LaunchParameters', 'test_exec,mem_sort', 'mem_sort,test_exec', undefined],
    ['Licenses', 'matlab:4', 'matlab:2', 'decreased'],
    ['JobSubmitPlugins', 'lua,throttle', 'throttle,lua', 'changed'],
    ['MaxArraySize', '1001', '5001', 'increased'],
    ['PriorityDecayHalfLife', '7-0', '7-00:00:00', undefined],
    ['SuspendTime', '600', 'INFINITE', 'changed'],
    ['MaxMemPerCPU', '4096', '0', 'changed'],
  ])('%s: %s to %s is %s', (key, before, after, direction) => {
    expect(compareValues(cluster(key).type ?? { codec: 'text' }, before, after)?.direction).toBe(direction);
  });

  test('every key that has a meaning stands in the option table', () => {
    const unknown = keysWithMeaning().filter((name) => {
      const [file, scope, key] = name.split(' ') as [SlurmFile, SlurmScope, string];
      return !slurmOption(file, scope, key);
    });
    expect(unknown).toEqual([]);
  });

  test('every key of every file has an effect at every release', () => {
    for (const { file, scope, key } of slurmOptions()) {
      for (const slurm of ['22.05', '26.05']) {
        expect(at(slurm, key, slurmKeys(file, scope)).any?.reason).toMatch(/\w \w/);
      }
    }
  });
});
