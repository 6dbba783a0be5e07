import { briefDiff } from '../../../lib/diff/views/brief';
import { terminalDiff } from '../../../lib/diff/views/terminal';
import { sideOf } from '../support/sides';
import { plain } from '../views/support';
import { configText, linesOf, liveBetween, liveDiff, printed, recordsText, small } from './support';

const systemOf = async (...args: Parameters<typeof liveDiff>) => (await liveDiff(...args)).live?.systems[0];

describe('what a running Slurm says', () => {
  test('GIVEN what was emitted THEN there is no drift, and every key is compared', async () => {
    const system = await systemOf(small(), small(), printed());

    expect(system).toMatchObject({ kind: 'slurm', name: 'hpc', version: '22.05.8', findings: [], notCompared: [] });
    expect(system?.compared).toBeGreaterThan(40);
  });

  test('GIVEN no export THEN the diff has nothing live', async () => {
    expect(await liveDiff(small(), small())).toMatchObject({ live: { systems: [], notes: [] } });
    const side = await sideOf('a', small());
    expect(liveBetween(side, side).live).toEqual({ systems: [], notes: [] });
  });

  test('GIVEN a limit that is neither the old nor the new one THEN it is drift, and reconfigure sets it', async () => {
    const text = printed({ partitions: { batch: 'Default=YES MaxTime=1-00:00:00' } });
    const shorter = small({ partitions: { batch: 2, long: 7 } });
    const diff = await liveDiff(small(), shorter, text);

    expect(linesOf(diff.live?.systems[0])).toEqual([
      'drift: partition batch: MaxTime is 1-00:00:00 live; slurm.conf has 7-00:00:00 before, 2-00:00:00 after; reconfigure sets it to 2-00:00:00',
    ]);
    expect(diff.live?.systems[0]?.findings[0]).toMatchObject({
      level: 'live',
      subject: 'partition batch',
      key: 'MaxTime',
      live: '1-00:00:00',
      before: '7-00:00:00',
      after: '2-00:00:00',
      path: 'campus/hpc/partitions/batch',
    });
    // it is no change: entries and counts are as without it
    const { live: _live, ...rest } = diff;
    expect(rest).toEqual((({ live: _, ...without }) => without)(await liveDiff(small(), shorter)));
  });

  test('GIVEN a limit that is what the change brings THEN that is said', async () => {
    const text = printed({ partitions: { batch: 'Default=YES MaxTime=2-00:00:00' } });
    expect(linesOf(await systemOf(small(), small({ partitions: { batch: 2, long: 7 } }), text))).toEqual([
      'already: partition batch: MaxTime is 2-00:00:00 live; slurm.conf has 7-00:00:00 before, 2-00:00:00 after; it is already what this change brings',
    ]);
  });

  test('GIVEN what slurm.conf leaves to Slurm, changed by hand THEN it is drift against the default', async () => {
    const text = printed({ partitions: { long: 'PriorityTier=50 State=DOWN' } });
    expect(linesOf(await systemOf(small(), small(), text))).toEqual([
      'drift: partition long: State is DOWN live; slurm.conf has UP; the next reconfigure sets it back to UP',
      'drift: partition long: PriorityTier is 50 live; slurm.conf has 1; the next reconfigure sets it back to 1',
    ]);
  });

  test('GIVEN an edited slurm.conf THEN the roll-out places the declared one', async () => {
    const text = printed({ config: { EnforcePartLimits: 'NO', ReturnToService: '2' } });
    const after = small({ partitions: { batch: 2, long: 7 } });
    expect(linesOf(await systemOf(small(), after, text))).toEqual([
      'drift: slurm.conf: ReturnToService is 2 live; slurm.conf has 1; the play places slurm.conf with 1',
      'drift: slurm.conf: EnforcePartLimits is NO live; slurm.conf has ALL; the play places slurm.conf with ALL',
    ]);
  });

  test('GIVEN an edited key of which the option table knows what it takes THEN that is said', async () => {
    const site = small({ cluster: { options: { MaxJobCount: '20000', KillWait: '30' } } });
    const text = printed({ config: { MaxJobCount: '10000', KillWait: '60 sec' } });
    expect(linesOf(await systemOf(site, site, text))).toEqual([
      'drift: slurm.conf: MaxJobCount is 10000 live; slurm.conf has 20000; the next play of the site places slurm.conf with 20000; a restart of the daemons reads it',
      'drift: slurm.conf: KillWait is 60 sec live; slurm.conf has 30; the next play of the site places slurm.conf with 30; reconfigure reads it',
    ]);
  });

  test('GIVEN nodes that are alike THEN they are one line', async () => {
    const text = printed({ nodes: { cn002: 'Weight=77', cn003: 'Weight=77 CPULoad=3.1', cn004: 'Weight=5' } });
    expect(linesOf(await systemOf(small(), small(), text))).toEqual([
      'drift: nodes cn[002-003]: Weight is 77 live; slurm.conf has 1; the next reconfigure sets it back to 1',
      'drift: node cn004: Weight is 5 live; slurm.conf has 1; the next reconfigure sets it back to 1',
    ]);
  });

  test('GIVEN partitions and nodes that only one of the two has THEN each is told', async () => {
    const text = printed({ partitions: { mine: '' }, nodes: { x9: '', dyn1: 'State=IDLE+DYNAMIC_NORM' } })
      .replace(/^NodeName=cn004 .*\n/m, '')
      .replace(/^PartitionName=long .*\n/m, '');
    expect(linesOf(await systemOf(small(), small(), text))).toEqual([
      'drift: partition long is not there live; slurm.conf has it; the next reconfigure brings it back',
      'drift: partition mine is there live; slurm.conf has it not; the next reconfigure removes it',
      'drift: node x9 is there live; no NodeName of slurm.conf has it; the slurm.conf of the roll-out is without',
      'drift: node cn004 is not there live; slurm.conf has it; the slurm.conf of the roll-out has it: slurmctld was started with another',
    ]);
  });

  test('GIVEN nodes and partitions that come and go THEN those that are there already are told, and no drift', async () => {
    const after = small({ hosts: 'cn[001-005]', partitions: { batch: 7, debug: 1 } });
    const text = printed({ partitions: { debug: 'MaxTime=1-00:00:00' }, nodes: { cn005: '' } });
    expect(linesOf(await systemOf(small(), after, text))).toEqual([
      'already: partition debug is there live; slurm.conf has it after this change only; it is already what this change brings',
      'already: node cn005 is there live; no NodeName of slurm.conf has it before this change; it is already what this change brings',
    ]);
  });

  test('GIVEN nodes out of service that the roll-out resumes THEN they stand first with their reason', async () => {
    const out = ' Reason=bad DIMM, RealMemory=1 [ada@2026-11-21T17:59:07]';
    const nodes = {
      cn001: 'Weight=77',
      cn002: 'State=DOWN*+DRAIN',
      cn003: 'State=DOWN*+DRAIN',
      cn004: 'State=IDLE+CLOUD+POWERED_DOWN',
    };
    const text = printed({ nodes }).replace(/^NodeName=cn00[23] .*$/gm, (line) => line + out);
    const diff = await liveDiff(small(), small({ memory: 384 }), text);
    const number = diff.plan.findIndex(({ action }) => action === 'resume') + 1;
    expect(number).toBeGreaterThan(0);
    expect(linesOf(diff.live?.systems[0])).toEqual([
      `resume: nodes cn[002-003] are DOWN+DRAIN live: bad DIMM, RealMemory=1; step 1 of the roll-out overwrites that reason, step ${number} resumes them: leave out what is broken`,
      expect.stringMatching(/^drift: node cn001: Weight is 77/),
    ]);
    expect((await systemOf(small(), small(), text))?.notes).toEqual([
      '2 nodes DOWN, DRAIN or FAIL that the roll-out does not resume: cn[002-003]',
    ]);
  });

  test('GIVEN another release than declared THEN it is told', async () => {
    const text = printed({ config: { SLURM_VERSION: '23.02.7' } });
    expect(linesOf(await systemOf(small(), small(), text))).toEqual([
      'drift: cluster hpc: Slurm 23.02.7 runs live; declared is 22.05; effects and roll-out are those of Slurm 22.05, and not of what runs',
    ]);
    const newer = small({ cluster: { slurm: '23.02' } });
    expect(linesOf(await systemOf(small(), newer, text))[0]).toBe(
      'already: cluster hpc: Slurm 23.02.7 runs live; declared is 22.05 before, 23.02 after; it is already what this change brings',
    );
    expect(linesOf(await systemOf(small(), newer, printed()))).toEqual([]);
  });

  test('GIVEN a form that cannot be compared THEN it is counted and no drift', async () => {
    const site = small({ cluster: { options: { SchedulerTimeSlice: '30' } } });
    const system = await systemOf(site, site, printed({ config: { SchedulerTimeSlice: 'automatic' } }));
    expect(system).toMatchObject({ findings: [], notCompared: ['SchedulerTimeSlice'] });
  });

  test('GIVEN several files THEN they are one cluster, and what is lacking is said', async () => {
    const whole = await systemOf(small(), small(), printed());
    expect(await systemOf(small(), small(), configText(), recordsText())).toEqual(whole);
    expect(await systemOf(small(), small(), recordsText())).toMatchObject({
      name: 'hpc',
      notCompared: ['scontrol show config'],
      findings: [],
    });
    expect(await systemOf(small(), small(), configText())).toMatchObject({
      notCompared: ['scontrol show node', 'scontrol show partition'],
      findings: [],
    });
  });

  test('GIVEN another cluster THEN it is not compared, and that is said', async () => {
    const { live } = await liveDiff(small(), small(), printed({ config: { ClusterName: 'other' } }));
    expect(live).toEqual({
      systems: [],
      notes: ['cluster other runs, and neither side has it: it is not compared'],
    });
    const two = await liveDiff(small(), small(), `${configText()}\n${configText({ ClusterName: 'b' })}`, recordsText());
    expect(two.live?.notes).toEqual([
      'partitions and nodes were exported without scontrol show config: the cluster that they are of is not known',
      'cluster b runs, and neither side has it: it is not compared',
    ]);
  });

  test('GIVEN a manifest without its output THEN the release is compared, and the rest said to be not', async () => {
    const { read: _read, ...manifest } = await sideOf('manifest', small());
    const side = await sideOf('after', small());
    const system = liveBetween(manifest, side, printed({ config: { SLURM_VERSION: '24.11.5' } })).live?.systems[0];
    expect(system).toMatchObject({ compared: 0, notCompared: ['slurm.conf'] });
    expect(system?.notes).toEqual(['manifest has no slurm.conf of it: only its release is compared']);
    expect(linesOf(system)).toHaveLength(1);
  });

  test('GIVEN a hundred thousand nodes THEN they cost what their lines cost', async () => {
    const site = small({ hosts: 'cn[000001-100000]' });
    const node = /^NodeName=cn001 (.*)$/m.exec(recordsText())?.[1] ?? '';
    const nodes = Array.from({ length: 100_000 }, (_, i) => `NodeName=cn${String(i + 1).padStart(6, '0')} ${node}`);
    const text = `${printed()
      .replace(/^NodeName=.*\n/gm, '')
      .replaceAll('cn[001-004]', 'cn[000001-100000]')}${nodes.join('\n')}\n`;
    const side = await sideOf('a', site);
    const start = process.cpuUsage();
    const system = liveBetween(side, side, text).live?.systems[0];
    const { user } = process.cpuUsage(start);
    expect(system).toMatchObject({ findings: [], notCompared: [] });
    expect(user / 1e6).toBeLessThan(10);
  });

  test('every view says it', async () => {
    const diff = await liveDiff(small(), small(), printed({ partitions: { long: 'State=DOWN' } }));
    expect(briefDiff(diff)).toBe('live  partition long: State is DOWN live; slurm.conf has UP  [drift]\nno changes\n');
    expect(terminalDiff(diff, plain, { width: 200 })).toContain(
      [
        'Live state',
        `  cluster hpc, Slurm 22.05.8: ${diff.live?.systems[0]?.compared} values compared, 1 drift`,
        '  - drift: partition long: State is DOWN live; slurm.conf has UP; the next reconfigure sets it back to UP',
      ].join('\n'),
    );
  });
});
