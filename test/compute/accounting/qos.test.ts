import { Duration, type QosProps } from '../../../lib';
import { absent } from '../../../lib/testing/match';
import { onDatabase, setBy } from './support';

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
      Preempt: 'scavenge',
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
    const { Description, UsageFactor, Priority, Preempt, ...limits } = setBy(await withQos({}), '-i modify qos long');
    expect([Description, UsageFactor, Priority, Preempt]).toEqual(['long', '1.000000', '0', '']);
    for (const value of Object.values(limits)) expect(value).toMatch(/^(-1|(\S+=-1,?)+)$/);
  });
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
