import { SlurmCluster, SlurmDatabase, type SlurmDatabaseProps, SlurmVersion } from '../../../lib';
import { onSite, thin } from '../support';

const twoClusters = (props: Partial<SlurmDatabaseProps>) =>
  onSite((site) => {
    const slurm = SlurmVersion.V22_05;
    const database = new SlurmDatabase(site, 'accounting', { host: 'db1', slurm, ...props });
    for (const name of ['alpha', 'beta']) {
      const cluster = new SlurmCluster(site, name, { slurm, controller: `${name}-ctl`, database });
      const nodes = cluster.addNodes('cpu', { hosts: `${name}[1-4]`, type: thin });
      cluster.addPartition('batch', { nodes: [nodes] });
    }
  });
const SCRIPT = 'sites/campus/slurm/accounting/accounts.sh';

test('the clusters of a database are put into its federation', async () => {
  const output = await twoClusters({ federation: 'both' });
  expect(output.expectNoDiagnostics().at(SCRIPT)).toContain(
    `add cluster beta\nadd federation both\nplace federation both set 'Clusters=alpha,beta'\n`,
  );
});

test('without a name there is none', async () => {
  expect((await twoClusters({})).at(SCRIPT)).not.toMatch(/\bfederation \w+ set/);
});

test('a name that sacctmgr would read as several is refused', async () => {
  (await twoClusters({ federation: 'a,b' })).hasDiagnostic({ code: 'HPC1002', field: 'federation' });
});
