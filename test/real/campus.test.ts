import { packageRoot } from '../../lib/values/package-root';
import campus from '../../stacks/campus';
import { checkSlurmConf, SlurmLab } from './support/datacentre';
import { describeWith } from './support/tools';

/** The Slurm files of the reference campus by their names, accounting included. */
async function slurmFiles(): Promise<Record<string, string>> {
  const { files, diagnostics } = await campus.synthesize({ projectDir: packageRoot() });
  expect(diagnostics).toEqual([]);
  const found: Record<string, string> = {};
  for (const [path, { content }] of files) {
    const name = /^sites\/campus\/slurm\/(?:hpc|accounting)\/([^/]+)$/.exec(path)?.[1];
    if (name) found[name] = content;
  }
  return found;
}

const programs = Object.fromEntries(
  ['resume-nodes', 'suspend-nodes'].map((name) => [`/usr/local/sbin/${name}`, '#!/bin/sh\nexit 0\n']),
);

describeWith(['slurmctld', 'slurmdbd', 'mariadbd', 'munged', 'unshare'], 'the reference campus on one machine', () => {
  test('slurmctld, slurmd and scontrol complain of nothing', async () => {
    expect(await checkSlurmConf({ ...(await slurmFiles()), ...programs })).toEqual([]);
  }, 60_000);

  test('the partitions are as declared, jobs run in them, and what is not allowed is refused', async () => {
    const lab = new SlurmLab({
      files: await slurmFiles(),
      machines: ['cn001', 'gn01'],
      programs,
      accounts: 'sh /etc/slurm/accounts.sh names',
    });
    const { stdout, stderr } = await lab.run(`
      wait_state cn001 idle 30
      wait_state gn01 idle 30
      sh /etc/slurm/accounts.sh && echo accounts are there
      sacctmgr -i add user root account=physics >/dev/null
      sinfo -h -o '%R %l %D %G' | sort
      sinfo -h -p cloud -o '%t' | head -1
      srun -A physics -w cn001 sh -c 'echo batch on $SLURMD_NODENAME'
      srun -A biology true 2>&1 | grep -o 'Invalid account' | head -1
      sacctmgr -i add user root account=biology >/dev/null
      srun -A biology -p gpu -q gpu --gpus-per-node=a100:2 sh -c 'echo gpus $CUDA_VISIBLE_DEVICES on $SLURMD_NODENAME'
      srun -A physics -p gpu -q long true 2>&1 | grep -o 'Invalid qos' | head -1
    `);
    expect(stderr).toBe('');
    for (const line of [
      'accounts are there',
      'batch 14-00:00:00 64 (null)',
      'bigmem 7-00:00:00 8 (null)',
      'cloud 8:00:00 32 (null)',
      'debug 30:00 64 (null)',
      'gpu 3-00:00:00 8 gpu:a100:4',
      'batch on cn001',
      'gpus 0,1 on gn01',
    ]) {
      expect(stdout.split('\n')).toContain(line);
    }
    expect(stdout).toMatch(/^cloud-gpu 8:00:00 4 gpu:h100:8/m);
    expect(stdout).toMatch(/^idle~$/m);
    expect(stdout).toMatch(/Invalid account/);
    expect(stdout).toMatch(/Invalid qos/i);
  }, 120_000);
});
