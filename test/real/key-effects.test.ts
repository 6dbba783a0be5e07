import { SlurmCluster } from '../../lib/compute/slurm-cluster';
import { Partition } from '../../lib/compute/partition';
import { resolveEffects } from '../../lib/app/effect';
import { packageRoot } from '../../lib/values/package-root';
import hello from '../../stacks/hello';
import { SlurmLab } from './support/datacentre';
import { describeWith } from './support/tools';

/** The files of hello's cluster by their name. */
async function slurmFiles(): Promise<Record<string, string>> {
  const { files } = await hello.synthesize({ projectDir: packageRoot() });
  const folder = 'sites/campus/slurm/hpc/';
  const own = [...files].filter(([path]) => path.startsWith(folder));
  return Object.fromEntries(own.map(([path, { content }]) => [path.slice(folder.length), content]));
}

/** One job that runs and one that waits; `jobs` prints their names and states, `own KEY VALUE` sets a key. */
const QUEUE = `
  wait_state cn001 idle 40
  sbatch --mem=100 --job-name=runs --wrap 'sleep 300'
  sbatch --mem=100 --job-name=waits --begin=now+1hour --wrap true
  for i in {1..100}; do squeue -h -n runs -o %T | grep -q RUNNING && break; sleep 0.2; done
  jobs() { squeue -h -t all -S i -o "$1 %j %T"; }
  own() { sed -i "/^$1=/Id; /^SlurmctldHost/a $1=$2" /etc/slurm/slurm.conf; }
  restart_controller() {
    kill "$(cat /run/slurmctld.pid)"
    for i in {1..100}; do [ -e /run/slurmctld.pid ] && kill -0 "$(cat /run/slurmctld.pid)" 2>/dev/null || break; sleep 0.1; done
    controller
  }
  jobs before
`;
const at2205 = { slurm: '22.05' };

describeWith(
  ['slurmctld', 'slurmd', 'sinfo', 'munged', 'unshare'],
  'what the effects say is what happens to jobs',
  () => {
    const lab = async (script: string) => {
      const { stdout } = await new SlurmLab({ files: await slurmFiles(), machines: ['cn001'] }).run(QUEUE + script);
      expect(stdout).toContain('before runs RUNNING\nbefore waits PENDING\n');
      return stdout;
    };

    test('a partition that goes takes its jobs with it', async () => {
      expect(resolveEffects(Partition.lifecycle.removed, at2205).any?.running).toMatch(/killed \(NODE_FAIL\)/);
      const stdout = await lab(`
      sed -i 's/^PartitionName=batch/PartitionName=other/' /etc/slurm/slurm.conf
      scontrol reconfigure
      for i in {1..50}; do squeue -h -t all -n runs -o %T | grep -q NODE_FAIL && break; sleep 0.2; done
      jobs after
      on cn001 pgrep -x sleep || echo nothing runs
    `);
      expect(stdout).toContain('after runs NODE_FAIL\nafter waits NODE_FAIL\nnothing runs\n');
    }, 120_000);

    test('a lower MaxJobCount needs a restart of slurmctld, keeps the jobs and refuses new ones', async () => {
      const effects = SlurmCluster.fields.options.keys?.('MaxJobCount')?.effects ?? {};
      expect(resolveEffects(effects, at2205).any).toMatchObject({
        class: 'daemon-restart',
        steps: ['restart slurmctld'],
      });
      const stdout = await lab(`
      own MaxJobCount 2
      restart_controller
      scontrol show config | grep '^MaxJobCount'
      jobs after
      timeout 3 sbatch --mem=1 --wrap true 2>&1
    `);
      expect(stdout).toMatch(/MaxJobCount += 2\nafter runs RUNNING\nafter waits PENDING\n/);
      expect(stdout).toContain('temporarily unable to accept job');
    }, 120_000);
  },
);
