import { Duration, type QosProps } from '../../../lib';
import { absent } from '../../../lib/testing/match';
import type { TestOutput } from '../../../lib/testing/test-output';
import { onDatabase, runScript, SCRIPT, setBy } from './support';

const withQos = (props: QosProps, id = 'long') => onDatabase({}, (database) => void database.addQos(id, props));

describe('a QOS becomes calls of sacctmgr', () => {
  test('that set what is stated', async () => {
    const output = await onDatabase({}, (database) => {
      const scavenge = database.addQos('scavenge', {
        flags: ['NoReserve'],
        usagePercent: 25,
        graceTime: Duration.minutes(5),
      });
      database.addQos('urgent', {
        description: 'Deadlines of the weather service',
        priority: 1000,
        preempt: [scavenge],
        maxWall: Duration.hours(12),
        maxJobs: 4,
        maxSubmitJobs: 20,
        grpJobs: 8,
        maxTresPerJob: { cpu: 512, 'gres/gpu:a100': 8 },
        maxTresPerUser: { node: 4 },
        maxTresPerAccount: { node: 6 },
        grpTres: { mem: 1024 },
      });
    });
    expect(setBy(output.expectNoErrors(), '-i modify qos urgent')).toEqual({
      Description: 'Deadlines of the weather service',
      Priority: '1000',
      Flags: '-1',
      GraceTime: '-1',
      UsageFactor: '1.000000',
      MaxWall: '12:00:00',
      MaxJobsPerUser: '4',
      MaxSubmitJobsPerUser: '20',
      GrpJobs: '8',
      MaxTRESPerJob: 'cpu=512,gres/gpu=-1,gres/gpu:a100=8,mem=-1,node=-1',
      MaxTRESPerUser: 'cpu=-1,gres/gpu=-1,gres/gpu:a100=-1,mem=-1,node=4',
      MaxTRESPerAccount: 'cpu=-1,gres/gpu=-1,gres/gpu:a100=-1,mem=-1,node=6',
      GrpTRES: 'cpu=-1,gres/gpu=-1,gres/gpu:a100=-1,mem=1024,node=-1',
    });
    expect(setBy(output, '-i modify qos scavenge')).toMatchObject({
      Description: 'scavenge',
      Flags: 'NoReserve',
      GraceTime: '00:05:00',
      UsageFactor: '0.250000',
    });
  });

  test('that lift every limit which is not stated', async () => {
    const { Description, UsageFactor, Priority, ...limits } = setBy(await withQos({}), '-i modify qos long');
    expect([Description, UsageFactor, Priority]).toEqual(['long', '1.000000', '0']);
    for (const value of Object.values(limits)) expect(value).toMatch(/^(-1|(\S+=-1,?)+)$/);
  });
});

describe('what a QOS may preempt', () => {
  const threeQos = () =>
    onDatabase({}, (database) => {
      const scavenge = database.addQos('scavenge');
      const normal = database.addQos('everyday', { preempt: [scavenge] });
      database.addQos('urgent', { preempt: [scavenge, normal] });
    });
  const preempts = (output: TestOutput, inDatabase: string) =>
    runScript(output.at(SCRIPT), 'exit 0', inDatabase)
      .calls.filter(({ sets }) => sets.Preempt !== undefined)
      .map(({ words, sets }) => `${words} ${sets.Preempt}`);

  test('is set, and an empty list is not set where there is none', async () => {
    // GIVEN a database in which no QOS preempts another one
    // THEN scavenge is left alone: slurmdbd 22.05 takes an empty list for all QOS
    expect(preempts(await threeQos(), '')).toEqual([
      '-i modify qos everyday scavenge',
      '-i modify qos urgent scavenge,everyday',
    ]);
  });

  test('is taken away after the others are set, and what is there already is left alone', async () => {
    // GIVEN a database in which each QOS preempts scavenge
    expect(preempts(await threeQos(), 'scavenge')).toEqual([
      '-i modify qos urgent scavenge,everyday',
      '-i modify qos scavenge ',
    ]);
  });
});

test('limits wait until slurmctld has told the database of its resources', async () => {
  const { status, stderr, calls } = runScript(
    (await withQos({})).at(SCRIPT).replace('-gt 60', '-gt 1'),
    'exit 0',
    '',
    [],
  );
  expect(status).toBe(1);
  expect(stderr).toBe('no slurmctld has told the database of gres|gpu: start slurmctld first\n');
  expect(calls.map(({ words }) => words)).toEqual(['-i add cluster hpc', '-i add qos long']);
});

describe('a QOS is refused', () => {
  test('with a name that no QOS can have: HPC4140', async () => {
    (await withQos({}, 'a'.repeat(41))).hasDiagnostic({
      code: 'HPC4140',
      field: absent,
      message: `'${'a'.repeat(41)}' is not the name of a QOS: letters, digits, dots, "_" and "-", at most 40`,
    });
  });

  test.each(['maxTresPerJob', 'grpTres', 'maxTresPerUser', 'maxTresPerAccount'] as const)(
    'with a limit in %s on what no node has: HPC4146',
    async (field) => {
      (await withQos({ [field]: { 'gres/gpu:a10': 1 } })).hasDiagnostic({
        code: 'HPC4146',
        construct: 'campus/accounting/qos/long',
        field,
        message: "no node has 'gres/gpu:a10'",
        fix: "did you mean 'gres/gpu:a100'?",
      });
    },
  );

  test.each<[string, QosProps, string, string]>([
    ['a quote in its description', { description: "don't" }, 'HPC1002', 'description'],
    ['an unknown flag', { flags: ['NoDecaying' as never] }, 'HPC1005', 'flags[0]'],
    ['an unknown resource', { grpTres: { gpus: 4 } }, 'HPC1002', 'grpTres.gpus'],
    ['minus one job', { maxJobs: -1 }, 'HPC1004', 'maxJobs'],
  ])('with %s', async (_, props, code, field) => {
    (await withQos(props)).hasDiagnostic({ code, field });
  });
});
