import { Duration, NodeType, Site, Size, SlurmCluster, SlurmDatabase } from '../../lib';
import { define } from '../../lib/define';
import type { Declare } from '../../lib/app/definition';
import { HISTORY_COMMAND, readHistory, readQueue } from '../../lib/diff/jobs';
import { diffOf } from '../diff/support/sides';
import { SlurmLab } from './support/datacentre';
import { describeWith } from './support/tools';

// Users that every Debian has, so that jobs can be submitted as them.
const campus =
  (changed: boolean): Declare =>
  (app) => {
    const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
    const accounting = new SlurmDatabase(site, 'accounting', { host: 'db1', slurm: '22.05' });
    const [short, long] = ['short', 'long'].map((name) => accounting.addQos(name, { maxWall: Duration.days(9) }));
    if (!short || !long) throw new Error('no QOS');
    accounting.addAccount('bio', { users: ['daemon'], qos: changed ? [short] : [short, long], defaultQos: short });
    accounting.addAccount('phys', { users: ['games'], qos: [short], defaultQos: short });
    const hpc = new SlurmCluster(site, 'hpc', { slurm: '22.05', controller: 'ctl1', database: accounting });
    const type = NodeType.of({ sockets: 2, cores: 24, memory: Size.gib(190) });
    const cpu = hpc.addNodes('cpu', { hosts: 'cn[001-002]', type, features: changed ? [] : ['ib'] });
    hpc.addPartition('batch', { nodes: [cpu], default: true, maxTime: Duration.days(changed ? 2 : 7) });
    hpc.addPartition('open', { nodes: [cpu], ...(changed && { allowAccounts: ['phys'] }) });
    if (!changed) hpc.addPartition('debug', { nodes: [cpu] });
  };

async function filesOf(declare: Declare): Promise<Record<string, string>> {
  const { files } = await define(declare).synthesize({ projectDir: __dirname });
  return Object.fromEntries([...files].map(([path, { content }]) => [path.split('/').at(-1) as string, content]));
}

/** What each job is there for: submitted with, and what the change does to it. */
const JOBS = {
  runs: ['daemon', '-t 3-0', 'RUNNING'],
  tooLong: ['daemon', '-t 5-0 --begin=now+1hour', 'PENDING PartitionTimeLimit'],
  fits: ['daemon', '-t 60 --begin=now+1hour', 'RUNNING'],
  constrained: ['daemon', '-t 60 -C ib --begin=now+1hour', 'PENDING BadConstraints'],
  notAllowed: ['daemon', '-t 60 -p open --begin=now+1hour', 'PENDING'],
  allowed: ['games', '-t 60 -p open --begin=now+1hour', 'RUNNING'],
  otherQos: ['daemon', '-t 60 --qos=long --begin=now+1hour', 'PENDING InvalidQOS'],
  inDebug: ['games', '-t 60 -p debug', 'NODE_FAIL'],
  waitsInDebug: ['games', '-t 60 -p debug --begin=now+1hour', 'NODE_FAIL'],
} as const;

describeWith(
  ['slurmctld', 'slurmdbd', 'mariadbd', 'slurmd', 'munged', 'unshare', 'setpriv'],
  'the jobs that a diff speaks of',
  () => {
    test('what squeue and sacct export is read, and what is said of each job is what happens to it', async () => {
      const before = await filesOf(campus(false));
      const after = await filesOf(campus(true));
      const submit = Object.entries(JOBS).map(
        ([name, [user, options]]) =>
          `as ${user} sbatch -A ${user === 'daemon' ? 'bio' : 'phys'} --mem=100 --job-name=${name} ${options} --wrap 'sleep 600'`,
      );
      const lab = new SlurmLab({
        files: { ...before, 'after.conf': after['slurm.conf'] ?? '', 'after.sh': after['accounts.sh'] ?? '' },
        machines: ['cn001'],
        accounts: 'sh /etc/slurm/accounts.sh names; sh /etc/slurm/accounts.sh',
        timeoutMs: 200_000,
      });
      // WHEN the queue is exported and the change is rolled out
      const { stdout, logs } = await lab.run(`
        as() { local user=$1; shift; setpriv --reuid=$user --regid=$user --clear-groups -- "$@"; }
        cd /tmp
        wait_state cn001 idle 40
        ${submit.join('\n')}
        for i in {1..100}; do [ "$(squeue -h -t running -o %j | wc -l)" = 2 ] && break; sleep 0.2; done
        SLURM_BITSTR_LEN=0 squeue --all --json >/run/lab/logs/squeue.json
        conf=/etc/slurm/slurm.conf
        { grep -v '^\\(PartitionName\\|NodeName\\)' $conf; grep '^\\(PartitionName\\|NodeName\\)' /etc/slurm/after.conf; } >/run/new
        cat /run/new >$conf
        scontrol reconfigure
        sh /etc/slurm/after.sh
        sleep 2
        for id in $(squeue -h -t pending -o %i); do scontrol update jobid=$id StartTime=now; done
        for i in {1..60}; do [ "$(squeue -h -n tooLong -o %r)" = PartitionTimeLimit ] && [ "$(squeue -h -t running -o %j | wc -l)" = 3 ] && break; sleep 1; done
        squeue -h -t all -o '%j %T %r'
        # slurmdbd is told a little later
        for i in {1..40}; do ${HISTORY_COMMAND} >/run/lab/logs/sacct.txt; [ "$(wc -l </run/lab/logs/sacct.txt)" = 8 ] && break; sleep 1; done
        as daemon sbatch -A bio -t 3-0 --wrap true 2>&1
        as daemon sbatch -A bio -p open --wrap true 2>&1
        as daemon sbatch -A bio -C ib --wrap true 2>&1
        as daemon sbatch -A bio --qos=long --wrap true 2>&1
      `);
      // THEN both exports are read without a problem; sacct has no job that never was eligible
      const jobs = readQueue(logs['squeue.json'] ?? '', { file: 'squeue.json' });
      const history = readHistory(logs['sacct.txt'] ?? '', { file: 'sacct.txt' });
      expect([jobs.problems, history.problems]).toEqual([[], []]);
      expect([jobs.jobs.length, history.jobs.length]).toEqual([9, 7]);
      // and what the diff says of them is what happened
      const diff = await diffOf(campus(false), campus(true), { jobs, history });
      expect(diff.jobs).toMatchObject({ running: 2, pending: 7, killed: 1, stuck: 5, submissions: 7 });
      for (const [name, [, , fate]] of Object.entries(JOBS)) {
        expect(stdout).toMatch(new RegExp(`^${name} ${fate}`, 'm'));
      }
      expect(stdout).toContain('Requested time limit is invalid');
      expect(stdout).toContain('Invalid account or account/partition combination');
      expect(stdout).toContain('Invalid feature specification');
      expect(stdout).toContain('Invalid qos specification');
      // of the past, five would be refused: two by time, and by right, feature and partition; runs keeps what it has
      expect(diff.jobs?.refused).toBe(5);
    }, 240_000);
  },
);
