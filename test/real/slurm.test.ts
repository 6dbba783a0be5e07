import type { Definition } from '../../lib/app/definition';
import { packageRoot } from '../../lib/values/package-root';
import hello from '../../stacks/hello';
import twoClusters from '../../stacks/two-clusters';
import { checkSlurmConf, SlurmLab } from './support/datacentre';
import { describeWith } from './support/tools';

/** The files below a folder of the output, by their name. */
async function filesBelow(definition: Definition, ...folders: string[]): Promise<Record<string, string>> {
  const { files, diagnostics } = await definition.synthesize({ projectDir: packageRoot() });
  expect(diagnostics).toEqual([]);
  const found: Record<string, string> = {};
  for (const folder of folders) {
    for (const [path, { content }] of files) {
      if (path.startsWith(`${folder}/`)) found[path.slice(folder.length + 1)] = content;
    }
  }
  return found;
}

describeWith(['slurmctld', 'slurmd', 'sinfo', 'munged', 'unshare'], 'slurmctld reads the emitted files', () => {
  test('hello: no complaint, and a job runs in the declared partition', async () => {
    const files = await filesBelow(hello, 'sites/campus/slurm/hpc');
    expect(await checkSlurmConf(files)).toEqual([]);
    const lab = new SlurmLab({ files, machines: ['cn001'] });
    const { stdout } = await lab.run(`
      wait_state cn001 idle 30
      sinfo -h -o '%R %l %D %a'
      srun -w cn001 sh -c 'echo ran on $SLURMD_NODENAME in $SLURM_JOB_PARTITION'
      sbatch --time=3-00:00:00 --wrap true 2>&1 || true
    `);
    expect(stdout).toContain('batch 2-00:00:00 64 up');
    expect(stdout).toContain('ran on cn001 in batch');
    expect(stdout).toMatch(/Requested time limit is invalid/);
  }, 60_000);
});

describeWith(['slurmctld', 'slurmdbd', 'mariadbd', 'munged', 'unshare'], 'sacctmgr runs the emitted script', () => {
  test('once and again with the same result, and slurmctld enforces it', async () => {
    const files = await filesBelow(twoClusters, 'sites/twin/slurm/accounting', 'sites/twin/slurm/alpha');
    const lab = new SlurmLab({
      files,
      machines: ['a001'],
      accounts: 'sh /etc/slurm/accounts.sh',
    });
    const { stdout, stderr } = await lab.run(`
      show() {
        sacctmgr -nP show qos format=Name,Priority,MaxWall,MaxJobsPU
        sacctmgr -nP show assoc where cluster=alpha format=Cluster,Account,ParentName,User,Share,QOS
        sacctmgr -nP show account withcoord format=Account,Coordinators
      }
      show >/run/first
      sh /etc/slurm/accounts.sh && echo again
      show >/run/second
      cmp /run/first /run/second && echo same
      cat /run/second
      wait_state a001 idle 30
      srun -A nosuch true 2>&1 | grep -o 'Invalid account' | head -1
    `);
    expect(stderr).toBe('');
    expect(stdout).toContain('again\nsame\n');
    expect(stdout).toContain('long|10|14-00:00:00|8\n');
    expect(stdout).toContain('alpha|physics|root||60|long\n');
    expect(stdout).toContain('alpha|lattice|physics||20|long\n');
    expect(stdout).toContain('alpha|lattice||emmy|1|long\n');
    expect(stdout).toContain('lattice|emmy\n');
    expect(stdout).toContain('Invalid account');
  }, 90_000);
});
