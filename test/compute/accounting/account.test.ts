import { type AccountProps, Duration, SlurmCluster } from '../../../lib';
import { SlurmDatabase } from '../../../lib';
import { absent } from '../../../lib/testing/match';
import { thin } from '../support';
import { onDatabase, runScript, SCRIPT, setBy } from './support';

const withAccount = (props: AccountProps, id = 'physics') =>
  onDatabase({}, (database) => void database.addAccount(id, props));

describe('an account becomes calls of sacctmgr', () => {
  test('that set its share, rights and limits on a cluster', async () => {
    const output = await onDatabase({}, (database) => {
      const [normal, long] = [database.addQos('bulk'), database.addQos('long')];
      const physics = database.addAccount('physics', { organization: 'Faculty of Physics', fairshare: 60 });
      database.addAccount('lattice', {
        parent: physics,
        fairshare: 20,
        qos: [normal, long],
        defaultQos: normal,
        maxWall: Duration.days(3),
        maxJobs: 50,
        grpTres: { 'gres/gpu': 16 },
      });
    });
    output.expectNoDiagnostics();
    expect(setBy(output, '-i modify account lattice where Cluster=hpc')).toEqual({
      Fairshare: '20',
      QosLevel: 'bulk,long',
      DefaultQOS: 'bulk',
      MaxWall: '3-00:00:00',
      MaxJobs: '50',
      MaxSubmitJobs: '-1',
      GrpJobs: '-1',
      MaxTRESPerJob: 'cpu=-1,gres/gpu=-1,gres/gpu:a100=-1,mem=-1,node=-1',
      GrpTRES: 'cpu=-1,gres/gpu=16,gres/gpu:a100=-1,mem=-1,node=-1',
    });
    // the organisation is that of the nearest account above that states one
    expect(setBy(output, '-i modify account lattice')).toEqual({
      Description: 'lattice',
      Organization: 'Faculty of Physics',
    });
    const moves = runScript(output.at(SCRIPT)).calls.filter(({ sets }) => sets.Parent !== undefined);
    expect(moves.map(({ words, sets }) => `${words}: ${sets.Parent}`)).toEqual([
      '-i modify account physics where Cluster=hpc: root',
      '-i modify account lattice where Cluster=hpc: physics',
    ]);
  });

  test('on every cluster that reports to the database', async () => {
    const output = await onDatabase({}, (database, site) => {
      const second = new SlurmCluster(site, 'second', { slurm: '24.11', controller: 'ctl2', database });
      second.addPartition('batch', { nodes: [second.addNodes('cpu', { hosts: 'n1', type: thin })] });
      database.addAccount('physics', { users: ['ada'] });
    });
    const { calls } = runScript(output.at(SCRIPT));
    expect(calls.map(({ words }) => words)).toEqual(
      expect.arrayContaining([
        '-i add cluster second',
        '-i add account physics Cluster=hpc,second Parent=root',
        '-i modify account physics where Cluster=hpc,second',
        '-i add user ada Account=physics Cluster=hpc,second',
      ]),
    );
  });

  test('with text that reaches sacctmgr as it was written', async () => {
    const description = 'Lattice QCD $(id); 100 % & more';
    expect(setBy(await withAccount({ description }), '-i modify account physics').Description).toBe(description);
  });
});

describe('an account is refused', () => {
  test.each(['Physics', 'root', 'a'.repeat(41)])("named '%s': HPC4142", async (id) => {
    (await withAccount({}, id)).hasDiagnostic({
      code: 'HPC4142',
      field: absent,
      message: `'${id}' is not the name of an account: lower-case letters, digits, dots, "_" and "-", at most 40, and not root`,
    });
  });

  test('below an account of another database: HPC4147', async () => {
    const output = await onDatabase({}, (database, site) => {
      const other = new SlurmDatabase(site, 'other', { host: 'db2', slurm: '24.11' });
      database.addAccount('physics', { parent: other.addAccount('science') });
    });
    output.hasDiagnostic({
      code: 'HPC4147',
      construct: 'campus/accounting/accounts/physics',
      field: 'parent',
      message: "'campus/other/accounts/science' belongs to another database",
    });
  });

  test('with a default QOS that is none of its own: HPC4144', async () => {
    const output = await onDatabase({}, (database) => {
      const [bulk, long] = [database.addQos('bulk'), database.addQos('long')];
      database.addAccount('physics', { qos: [bulk], defaultQos: long });
    });
    output.hasDiagnostic({
      code: 'HPC4144',
      construct: 'campus/accounting/accounts/physics',
      field: 'defaultQos',
      message: "the default QOS 'long' is none of the account's",
      fix: 'add it to qos',
    });
  });

  test('with a coordinator who is no user of it: HPC4145', async () => {
    (await withAccount({ users: ['ada'], coordinators: ['ada', 'emmy'] })).hasDiagnostic({
      code: 'HPC4145',
      field: 'coordinators',
      message: "coordinator 'emmy' is no user of the account",
    });
  });

  test.each(['maxTresPerJob', 'grpTres'] as const)('with a limit in %s on what no node has: HPC4146', async (field) => {
    (await withAccount({ [field]: { 'gres/nvme': 1 } })).hasDiagnostic({
      code: 'HPC4146',
      field,
      message: "no node has 'gres/nvme'",
      fix: 'declare it as gres of a node type',
    });
  });

  test.each<[string, AccountProps, string, string]>([
    ['a blank in the name of a user', { users: ['ada lovelace'] }, 'HPC1002', 'users[0]'],
    ['a user twice', { users: ['ada', 'ada'] }, 'HPC1006', 'users[1]'],
    ['a line break in its description', { description: 'a\nb' }, 'HPC1002', 'description'],
    ['the name of a parent', { parent: 'physics' as never }, 'HPC1001', 'parent'],
  ])('with %s', async (_, props, code, field) => {
    (await withAccount(props)).hasDiagnostic({ code, field });
  });
});
