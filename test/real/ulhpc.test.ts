import { packageRoot } from '../../lib/values/package-root';
import ulhpc from '../../stacks/ulhpc';
import { sqos } from '../stacks/support/ulhpc-sqos';
import { checkSlurmConf, SlurmLab } from './support/datacentre';
import { describeWith } from './support/tools';

/** The files of some folders of sites/ulhpc/slurm, by their name. */
async function slurmFiles(...folders: string[]): Promise<Record<string, string>> {
  const { files, diagnostics } = await ulhpc.synthesize({ projectDir: packageRoot() });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const found: Record<string, string> = {};
  for (const folder of folders.map((name) => `sites/ulhpc/slurm/${name}/`)) {
    for (const [path, { content }] of files) if (path.startsWith(folder)) found[path.slice(folder.length)] = content;
  }
  return found;
}

describeWith(['slurmctld', 'slurmd', 'munged', 'unshare'], 'slurmctld reads the files of a real centre', () => {
  // 22.05 reads what is emitted for 23.11: nothing in it is newer
  test.each(['aion', 'iris'])(
    '%s: no complaint',
    async (cluster) => {
      expect(await checkSlurmConf(await slurmFiles(cluster))).toEqual([]);
    },
    60_000,
  );
});

describeWith(['slurmctld', 'slurmdbd', 'mariadbd', 'munged', 'unshare'], 'Iris with its accounting', () => {
  test('has the published partitions and QOS, and runs jobs by them', async () => {
    const lab = new SlurmLab({
      files: await slurmFiles('accounting', 'iris'),
      machines: ['iris-001'],
      timeoutMs: 280_000,
    });
    // the script is run once slurmctld has told the database of its GPUs; what it says of QOS is run twice
    const { stdout, stderr } = await lab.run(`
      script=/etc/slurm/accounts.sh
      show() { sacctmgr -nP show qos format=Name,Preempt,Priority,GrpTRES,MaxTRES,MaxJobsPU,MaxWall,Flags; }
      sh $script
      show >/run/first
      grep -vE "^(add|modify|place) account " $script | sh
      show >/run/second
      cmp /run/first /run/second && cat /run/second
      sacctmgr -nP show federation format=Federation,Cluster | sed 's/|$//'
      sacctmgr -nP show assoc where cluster=iris account=fstm format=Account,ParentName,Share
      sinfo -h -o '%R %l %D %s %a'
      sacctmgr -i add user root account=ulhpc cluster=iris >/dev/null
      wait_state iris-001 idle 30
      srun -A ulhpc -w iris-001 -N 1 sh -c 'echo ran on $SLURMD_NODENAME in $SLURM_JOB_PARTITION'
      try() { echo "try $*"; sbatch -A ulhpc --test-only --wrap true "$@" 2>&1 | grep -oE 'to start at|Invalid qos specification|time limit is invalid' || true; }
      try --qos=normal --time=3-0
      try --qos=iris-batch-long --time=10-0
      try --partition=interactive --qos=normal
      try --partition=interactive --qos=debug
      try --qos=high
    `);
    expect(stderr.replace(/^srun: .*\n/gm, '')).toBe('');
    const lines = stdout.trim().split('\n');
    expect(lines.slice(0, sqos.length).sort()).toEqual([...sqos].sort());
    expect(lines.slice(sqos.length)).toEqual([
      'unpublished|aion',
      'unpublished|iris',
      'fstm|ul|62',
      'interactive 2:00:00 196 1-2 up',
      'batch 2-00:00:00 168 1-64 up',
      'gpu 2-00:00:00 24 1-4 up',
      'hopper 2-00:00:00 0 1 up',
      'bigmem 2-00:00:00 4 1 up',
      'ran on iris-001 in batch',
      'try --qos=normal --time=3-0',
      'time limit is invalid',
      'try --qos=iris-batch-long --time=10-0',
      'to start at',
      'try --partition=interactive --qos=normal',
      'Invalid qos specification',
      'try --partition=interactive --qos=debug',
      'to start at',
      'try --qos=high',
      'Invalid qos specification',
    ]);
  }, 300_000);
});
