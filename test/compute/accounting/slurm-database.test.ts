import { SecretRef, SlurmCluster, SlurmDatabase, type SlurmDatabaseProps } from '../../../lib';
import { absent, matching } from '../../../lib/testing/match';
import { onSite, thin } from '../support';
import { onDatabase, runScript, SCRIPT } from './support';

describe('the slurmdbd.conf of a database', () => {
  test('names its host and its MariaDB', async () => {
    const output = await onDatabase({});
    output
      .expectNoDiagnostics()
      .slurmConf('accounting', 'slurmdbd.conf')
      .hasOption('DbdHost', 'db1')
      .hasOption('StorageType', 'accounting_storage/mysql')
      .hasOption('StorageHost', 'localhost')
      .hasOption('StorageUser', 'slurm')
      .hasOption('StorageLoc', 'slurm_acct_db')
      .hasOption('StoragePass', absent)
      .hasOption('PurgeJobAfter', absent);
    output
      .ansiblePlaybook('campus')
      .hasHosts('accounting_slurmdbd', 'db1')
      .hasTask('copy', { dest: '/etc/slurm/slurmdbd.conf', owner: 'slurm', mode: '0600' });
  });

  test('says what is stated, and includes the file with the password', async () => {
    const output = await onDatabase({
      storageHost: 'mariadb.example.org',
      storageName: 'acct',
      storageUser: 'acct',
      password: SecretRef.file('/etc/slurm/slurmdbd.password.conf'),
      privateData: ['usage', 'jobs'],
      keepJobsMonths: 24,
      options: { PurgeStepAfter: '6months', DebugLevel: 'verbose' },
    });
    const conf = output.expectNoDiagnostics().slurmConf('accounting', 'slurmdbd.conf');
    conf
      .hasOption('StorageHost', 'mariadb.example.org')
      .hasOption('StorageLoc', 'acct')
      .hasOption('PrivateData', 'jobs,usage')
      .hasOption('PurgeJobAfter', '24months')
      .hasOption('PurgeStepAfter', '6months');
    expect(conf.includes).toEqual(['/etc/slurm/slurmdbd.password.conf']);
  });

  test('is the one that clusters of the site report to', async () => {
    const output = await onDatabase({});
    output
      .slurmConf('hpc')
      .hasOption('AccountingStorageType', 'accounting_storage/slurmdbd')
      .hasOption('AccountingStorageHost', 'db1')
      .hasOption('AccountingStorageEnforce', 'associations,limits,qos')
      .hasOption('AccountingStorageTRES', 'gres/gpu,gres/gpu:a100')
      .hasOption('JobAcctGatherType', 'jobacct_gather/cgroup');
  });

  test('with less enforced, when a cluster says so', async () => {
    const output = await onSite((site) => {
      const database = new SlurmDatabase(site, 'accounting', { host: 'db1', slurm: '22.05' });
      const hpc = new SlurmCluster(site, 'hpc', {
        slurm: '22.05',
        controller: 'c',
        database,
        enforce: ['associations'],
      });
      hpc.addPartition('batch', { nodes: [hpc.addNodes('cpu', { hosts: 'n1', type: thin })] });
    });
    output
      .expectNoErrors()
      .slurmConf('hpc')
      .hasOption('AccountingStorageEnforce', 'associations')
      .hasOption('AccountingStorageTRES', absent);
  });
});

describe('the script of the accounts', () => {
  test('adds the clusters first, and is not there without one', async () => {
    const { calls, status } = runScript((await onDatabase({})).at(SCRIPT));
    expect([calls.map(({ words }) => words), status]).toEqual([['-i add cluster hpc'], 0]);
    const alone = await onSite((site) => void new SlurmDatabase(site, 'accounting', { host: 'db1', slurm: '22.05' }));
    expect(Object.keys(alone.expectNoErrors().files)).not.toContain(SCRIPT);
  });

  test('adds what is declared from the root down: QOS, then accounts, then users', async () => {
    const output = await onDatabase({}, (database) => {
      const physics = database.addAccount('physics', { users: ['ada', 'emmy'], coordinators: ['emmy'] });
      database.addAccount('lattice', { parent: physics });
      database.addAccount('astro');
      database.addQos('long');
    });
    expect(runScript(output.at(SCRIPT)).calls.map(({ words }) => words)).toEqual([
      '-i add cluster hpc',
      '-i add qos long',
      '-i modify qos long',
      '-i add account astro Cluster=hpc Parent=root',
      '-i modify account astro',
      '-i modify account astro where Cluster=hpc',
      '-i modify account astro where Cluster=hpc',
      '-i add account physics Cluster=hpc Parent=root',
      '-i modify account physics',
      '-i modify account physics where Cluster=hpc',
      '-i modify account physics where Cluster=hpc',
      '-i add user ada Account=physics Cluster=hpc',
      '-i add user emmy Account=physics Cluster=hpc',
      '-i add coordinator Account=physics Names=emmy',
      '-i add account lattice Cluster=hpc Parent=physics',
      '-i modify account lattice',
      '-i modify account lattice where Cluster=hpc',
      '-i modify account lattice where Cluster=hpc',
    ]);
  });

  test('goes on over what is there already, and stops at anything else', async () => {
    const text = (await onDatabase({}, (database) => void database.addQos('long'))).at(SCRIPT);
    const there = `case "$2" in add) echo ' This cluster hpc already exists.'; exit 1;; esac`;
    expect(runScript(text, there)).toMatchObject({ status: 0, calls: { length: 3 } });
    const down = runScript(text, 'echo "Connection refused" >&2; exit 1');
    expect(down).toMatchObject({ status: 1, calls: { length: 1 } });
    expect(down.stderr).toContain('sacctmgr add cluster hpc:\nConnection refused');
  });
});

describe('a database is refused', () => {
  const refused = (props: Partial<SlurmDatabaseProps>) => onDatabase(props);

  test('on several hosts: HPC4150', async () => {
    (await refused({ host: 'db[1-2]' })).hasDiagnostic({
      code: 'HPC4150',
      construct: 'campus/accounting',
      field: 'host',
      message: "'db[1-2]' is 2 hosts, slurmdbd runs on one",
    });
  });

  test('with a password that no file of the host holds: HPC4151', async () => {
    (await refused({ password: SecretRef.ssmParameter('/hpc/slurmdbd') })).hasDiagnostic({
      code: 'HPC4151',
      field: 'password',
      message: 'the password is in aws-ssm; slurmdbd.conf can only include a file of the host',
    });
  });

  test('that is older than a cluster: HPC4152', async () => {
    (await refused({ slurm: '24.05' })).hasDiagnostic({
      code: 'HPC4152',
      field: 'slurm',
      message: "slurmdbd 24.05 is older than the 24.11 of 'hpc'",
      fix: 'upgrade slurmdbd first',
    });
  });

  test.each([
    ['24.05', '23.02', true],
    ['24.05', '22.05', false],
    ['24.11', '23.02', true],
    ['24.11', '22.05', false],
  ] as const)('that is too new for a cluster: %s with %s, HPC4153', async (slurm, old, isServed) => {
    const output = await onSite((site) => {
      const database = new SlurmDatabase(site, 'accounting', { host: 'db1', slurm });
      const hpc = new SlurmCluster(site, 'hpc', { slurm: old, controller: 'ctl1', database });
      hpc.addPartition('batch', { nodes: [hpc.addNodes('cpu', { hosts: 'n1', type: thin })] });
    });
    if (isServed) output.expectNoDiagnostics();
    else
      output.hasDiagnostic({
        code: 'HPC4153',
        field: 'slurm',
        message: `slurmdbd ${slurm} no longer serves the ${old} of 'hpc'`,
      });
  });

  test('with a key that its Slurm does not have', async () => {
    (await refused({ options: { StorageLocation: 'x' } })).hasDiagnostic({
      code: 'HPC4000',
      field: 'options.StorageLocation',
      message: matching(/StorageLocation/),
    });
  });

  test.each([
    ['DbdHost', 'host'],
    ['storagehost', 'storageHost'],
    ['StorageUser', 'storageUser'],
    ['StorageLoc', 'storageName'],
    ['StoragePass', 'password'],
    ['PrivateData', 'privateData'],
    ['PurgeJobAfter', 'keepJobsMonths'],
  ])('with the key %s, which a field says: HPC4122', async (key, field) => {
    (await refused({ options: { [key]: 'x' } })).hasDiagnostic({
      code: 'HPC4122',
      field: `options.${key}`,
      message: `${key} is said by ${field}`,
    });
  });

  test('with a password in options, which no message repeats: HPC4133', async () => {
    const output = await refused({ options: { StoragePass: 'hunter2' } });
    output.hasDiagnostic({
      code: 'HPC4133',
      field: 'options.StoragePass',
      message: matching(/^StoragePass holds a password/),
    });
    expect(JSON.stringify([output.diagnostics, output.files])).not.toContain('hunter2');
  });

  test.each<[string, Partial<SlurmDatabaseProps>, string, string]>([
    ['a quote in the name of the database', { storageName: "a'b" }, 'HPC1002', 'storageName'],
    ['an unknown word of privateData', { privateData: ['job' as never] }, 'HPC1005', 'privateData[0]'],
    ['the password itself', { password: SecretRef.file('hunter2') }, 'HPC1120', 'password'],
    ['half a month', { keepJobsMonths: 0.5 }, 'HPC1004', 'keepJobsMonths'],
  ])('with %s', async (_, props, code, field) => {
    (await refused(props)).hasDiagnostic({ code, field });
  });
});

test('no password ever stands in the output', async () => {
  const output = await onDatabase({ password: SecretRef.file('/etc/slurm/slurmdbd.password.conf') });
  expect(Object.values(output.files).filter((text) => /StoragePass=/.test(text))).toEqual([]);
});
