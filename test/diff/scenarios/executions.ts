import type { Diff } from '../../../lib/diff';

/** How a scenario is executed on a real Slurm: what its jobs ask for, and what a person does. */
export interface Execution {
  readonly title: string;
  /** Arguments of sbatch. @default - a job that asks for nothing */
  readonly runs?: string;
  /** @default - a job that begins in an hour */
  readonly waits?: string;
  /** What the job that runs does again and again, in bash. @default - it waits until it is told to end */
  readonly work?: string;
  /** What the lab has that Slurm knows nothing of, in bash. @default nothing */
  readonly given?: string;
  /** Cloud nodes boot when a job asks for them. @default false */
  readonly cloud?: true;
  /** Who submits. @default root */
  readonly user?: string;
  /** How the lab does steps that only a person can do, in bash. */
  readonly byHand?: Readonly<Record<string, string>>;
  /** Without the steps of the plan: files are placed and daemons restarted. @default false */
  readonly naively?: true;
  /** What else is looked at afterwards, in bash; what it prints has to be in `shows`. */
  readonly look?: string;
  readonly shows?: string;
  /** What a person does next, in bash. */
  readonly then?: string;
  /** The release of Slurm; of two, the change installs the second one. @default 22.05 */
  readonly slurm?: '24.11' | '22.05 to 24.11' | '24.11 to 22.05';
}

const LATER = '--begin=now+1hour';
/** A job that begins when the one that runs has ended, however much it asks for. */
const NEXT = '-w cn001 --exclusive';
/** What the lab leaves out: its jobs need it still, or its nodes claim what they do not have. */
const NOT_YET = ':';

/** Two folders stand for two filers; each machine mounts the first as /home. */
const FILERS = `
  mkdir -p /srv/filer1 /srv/filer2 /home && echo before >/srv/filer1/result
  home_from() { on "$1" sh -c 'umount -l /home 2>/dev/null; mount --bind "$0" /home' "/srv/$2"; }
  from_filer1() { home_from "$1" filer1; }
  from_filer2() { home_from "$1" filer2; }
  each from_filer1 'cn[001-064]'`;
/** A job that keeps a file open below /home. */
const WRITES = '[ -e /proc/self/fd/7 ] || exec 7>>/home/result; echo during >&7';

/** What is executed by test/real/diff-slurm.test.ts. */
export const executions: readonly Execution[] = [
  {
    title: 'a shorter limit of one partition',
    runs: '--time=5-0',
    waits: `--time=5-0 ${NEXT}`,
    look: 'sbatch --time=5-0 --wrap true 2>&1 | grep -o "time limit is invalid"; end_job runs; until_reason waits PartitionTimeLimit; job waits',
    shows: 'time limit is invalid\nPENDING PartitionTimeLimit',
  },
  {
    title: 'a shorter limit of every partition',
    runs: '-p long --time=5-0',
    waits: `-p long --time=5-0 ${NEXT}`,
    look: 'sbatch -p long --time=5-0 --wrap true 2>&1 | grep -o "time limit is invalid"; end_job runs; until_reason waits PartitionTimeLimit; job waits',
    shows: 'time limit is invalid\nPENDING PartitionTimeLimit',
  },
  {
    title: 'a longer limit of one partition',
    look: 'sbatch --test-only --time=5-0 --wrap true 2>&1 | grep -o "to start"',
    shows: 'to start',
  },
  {
    title: 'a partition added',
    look: 'sbatch --test-only -p long --wrap true 2>&1 | grep -o "to start"',
    shows: 'to start',
  },
  {
    title: 'a partition that drains',
    runs: '-p long',
    waits: `-p long ${NEXT}`,
    look: 'sbatch -p long --wrap true 2>&1 | grep -o "Required partition not available"; end_job runs; until_state waits RUNNING 40; job waits',
    shows: 'Required partition not available\nRUNNING None',
  },
  {
    title: 'another default partition',
    look: 'scontrol show job | grep -c Partition=batch; sbatch --parsable --hold --wrap true >/run/id; scontrol show job $(cat /run/id) | grep -o Partition=long',
    shows: '2\nPartition=long',
  },
  {
    title: 'a partition for some accounts only',
    user: 'marie',
    runs: '-A chemistry -p long',
    waits: `-A chemistry -p long ${NEXT}`,
    look: 'sbatch -A chemistry -p long --wrap true 2>&1 | grep -o "Invalid account or account/partition"; end_job runs; until_reason waits PartitionConfig; job waits',
    shows: 'Invalid account or account/partition\nPENDING PartitionConfig',
  },
  {
    title: 'whole nodes for every job',
    look: 'scontrol show partition batch | grep -o OverSubscribe=EXCLUSIVE',
    shows: 'OverSubscribe=EXCLUSIVE',
  },
  {
    title: 'a lower limit of a QOS',
    user: 'ada',
    runs: '-A physics --qos=long --time=5-0',
    waits: `-A physics --qos=long --time=5-0 ${NEXT}`,
    look: 'sbatch -A physics --qos=long --time=5-0 --wrap true 2>&1 | grep -o "QOSMaxWall\\w*\\|time limit is invalid\\|violates accounting.*"; end_job runs; until_reason waits QOSMaxWallDurationPerJobLimit; job waits',
    shows: 'PENDING QOSMaxWallDurationPerJobLimit',
  },
  {
    title: 'a QOS removed',
    byHand: { 'remove the QOS when no job needs it any more': NOT_YET },
    user: 'ada',
    runs: '-A physics --qos=long --time=1-0',
    waits: `-A physics --qos=long --time=1-0 ${NEXT}`,
    look: 'sbatch -A physics --qos=long --wrap true 2>&1 | grep -o "Invalid qos specification"; end_job runs; until_reason waits InvalidQOS; job waits',
    shows: 'Invalid qos specification\nPENDING InvalidQOS',
  },
  {
    title: 'an account removed',
    byHand: { 'remove the account when it has no jobs any more': NOT_YET },
    user: 'marie',
    runs: '-A chemistry',
    waits: `-A chemistry ${NEXT}`,
    look: 'sacctmgr -n -i delete account chemistry | grep -io "job(s) active"; end_job runs; until_state waits RUNNING 40; job waits',
    shows: 'RUNNING None',
  },
  {
    title: 'room for fewer jobs in the queue',
    look: 'scontrol show config | grep -o "^MaxJobCount *= 20000"',
    shows: 'MaxJobCount             = 20000',
  },
  {
    title: 'memory for jobs that ask for none',
    look: 'scontrol show config | grep -o "^DefMemPerCPU *= 2048"',
    shows: 'DefMemPerCPU            = 2048',
  },
  {
    title: 'PrivateData without jobs',
    look: 'scontrol show config | grep -o "^PrivateData.*"',
    shows: 'PrivateData             = usage,users',
  },
  {
    title: 'another backfill window',
    look: 'scontrol show config | grep -o "bf_window=10080"',
    shows: 'bf_window=10080',
  },
  {
    title: 'preemption turned on',
    look: 'scontrol show config | grep -o "^PreemptType .*"',
    shows: 'PreemptType             = preempt/partition_prio',
  },
  {
    title: 'another default of the library',
    look: 'scontrol show config | grep -o "^EnforcePartLimits .*"',
    shows: 'EnforcePartLimits       = ',
  },
  {
    title: 'nodes at other switches',
    look: 'scontrol show topology leaf2 | grep -o "Nodes=.*"',
    shows: 'Nodes=cn[017-064]',
  },
  {
    title: 'features removed',
    runs: '-C avx512',
    waits: `-C avx512 ${NEXT}`,
    look: 'sbatch -C avx512 --wrap true 2>&1 | grep -o "Invalid feature specification"; end_job runs; until_reason waits BadConstraints; job waits',
    shows: 'Invalid feature specification\nPENDING BadConstraints',
  },
  {
    title: 'a partition removed',
    runs: '-p long',
    waits: `-p long ${LATER}`,
    byHand: {
      'set the partition to State=DRAIN, and wait for its jobs or move them to another one':
        'scontrol update partition=long state=DRAIN; scontrol update jobid=$(squeue -h -n waits -o %i) partition=batch; end_job runs',
    },
  },
  { title: 'a partition removed', runs: '-p long', waits: `-p long ${LATER}`, naively: true },
  { title: 'a partition renamed', runs: '-p long', waits: `-p long ${LATER}`, naively: true },
  {
    title: 'StateSaveLocation moved',
    byHand: {
      'copy /var/spool/slurmctld to /srv/slurm/state, owned by SlurmUser':
        'mkdir -p /srv/slurm && cp -a /var/spool/slurmctld /srv/slurm/state',
    },
  },
  { title: 'StateSaveLocation moved', naively: true },
  {
    title: 'another SelectType',
    byHand: {
      'let no new jobs in and wait until the queue is empty':
        'scontrol update jobid=$(squeue -h -n waits -o %i) StartTime=now; end_job runs && until_state waits RUNNING 40 && end_job waits',
    },
  },
  {
    title: 'another SelectType',
    naively: true,
    look: 'scontrol show config | grep -o "^SelectType .*"',
    shows: 'SelectType              = select/linear',
  },
  {
    title: 'a pool of GPU nodes with its partition',
    look: 'machine_up gn01; wait_state gn01 idle 60 && srun -p gpu -w gn01 --gres=gpu:a100:1 hostname',
    shows: 'gn01',
  },
  {
    title: 'nodes added on 22.05',
    look: 'machine_up cn065; wait_state cn065 idle 40 && srun -w cn065 hostname',
    shows: 'cn065',
  },
  {
    title: 'nodes added on 24.11',
    slurm: '24.11',
    look: 'machine_up cn065; wait_state cn065 idle 40 && srun -w cn065 hostname',
    shows: 'cn065',
  },
  {
    title: 'another way for the daemons to know one another',
    slurm: '24.11',
    byHand: { 'put the key of the new way on every host: no play does': 'head -c 1024 /dev/urandom >/run/new.key' },
    look: 'scontrol show config | grep -o "^AuthType .*"',
    shows: 'AuthType                = auth/slurm',
  },
  {
    title: 'nodes removed',
    runs: '-w cn033',
  },
  { title: 'nodes removed', runs: '-w cn033', naively: true },
  {
    title: 'less memory in every node',
    runs: '--mem=200G',
    waits: `--mem=200G ${NEXT}`,
    look: 'end_job runs; until_reason waits BadConstraints; job waits',
    shows: 'PENDING BadConstraints',
  },
  {
    title: 'GPUs of another type',
    runs: '--gres=gpu:a100:1',
    waits: `--gres=gpu:a100:1 ${LATER}`,
    byHand: { 'check what the nodes have': NOT_YET },
  },
  {
    title: 'an upgrade of Slurm over too many releases',
    slurm: '22.05 to 24.11',
    naively: true,
    // 24.11 writes its cluster id into clustername before it refuses, and 22.05 takes that for another cluster.
    then: 'slurmctld -D 2>&1 | grep -o "incompatible version, got.*"; rm /var/spool/slurmctld/clustername; other_slurm; start_slurmctld; each restart_slurmd cn[001-064]',
    shows: 'incompatible version, got 9728 need >= 9984',
  },
  {
    title: 'a downgrade of Slurm',
    slurm: '24.11 to 22.05',
    byHand: {
      'let no new jobs in and wait until the queue is empty':
        'scontrol update jobid=$(squeue -h -n waits -o %i) StartTime=now; end_job runs && until_state waits RUNNING 40 && end_job waits && fate',
      'install Slurm 22.05, and put back StateSaveLocation and the database as they were before the upgrade':
        'other_slurm; rm -rf /var/spool/slurmctld/*',
    },
    look: 'slurmctld -V; srun --mem=100 hostname',
    shows: 'slurm-wlm 22.05.8\ncn001',
  },
  {
    title: 'a downgrade of Slurm',
    slurm: '24.11 to 22.05',
    naively: true,
    then: 'rm /var/spool/slurmctld/clustername; slurmctld -D 2>&1 | grep -o "incompatible version, got.*"; slurmctld -i; until_heard',
    shows: 'incompatible version, got 10752 need >= 9216 <= 9728',
  },
  {
    title: '/home from another filer',
    given: FILERS,
    runs: '-w cn001',
    work: WRITES,
    byHand: {
      'copy filer1.hpc.example.edu to filer2.hpc.example.edu while users work, until little is left to copy':
        'cp -a /srv/filer1/. /srv/filer2/',
      'freeze it: close the login hosts and make filer1.hpc.example.edu read-only': NOT_YET,
      'final sync of filer1.hpc.example.edu to filer2.hpc.example.edu': 'cp -a /srv/filer1/. /srv/filer2/',
      'unmount /home on every host': 'for name in $(booted); do on "$name" umount /home; done',
      'file systems are mounted as declared': "each from_filer2 'cn[001-064]'",
      'open the login hosts again': NOT_YET,
    },
    look: 'on cn001 cat /home/result | uniq; on cn001 cat /home/result | cmp - /srv/filer1/result && echo nothing is missing',
    shows: 'before\nduring\nnothing is missing',
  },
  {
    title: '/home from another filer',
    given: FILERS,
    runs: '-w cn001',
    work: WRITES,
    naively: true,
    then: "cp -a /srv/filer1/. /srv/filer2/; each from_filer2 'cn[001-064]'; sleep 1",
    look: 'on cn001 cat /home/result | cmp - /srv/filer1/result 2>&1 | grep -o "EOF on -"',
    shows: 'EOF on -',
  },
  {
    title: 'a file system of the cloud removed',
    cloud: true,
    given: `mkdir -p /srv/efs /srv/copy /cloud/home
      mount_efs() { on "$1" mount --bind /srv/efs /cloud/home; }
      each mount_efs cn001,cn033`,
    runs: '-w cn001',
    work: WRITES.replace('/home', '/cloud/home'),
    byHand: {
      'copy the data to another file system while users work, until little is left to copy':
        'cp -a /srv/efs/. /srv/copy/',
      'close the login hosts, and copy what is left': 'cp -a /srv/efs/. /srv/copy/',
      'unmount /cloud/home on every host': 'for name in $(booted); do on "$name" umount /cloud/home; done',
      'terraform shows what it will do to campus-aws, and does it': 'cp /srv/efs/result /srv/was; rm -r /srv/efs',
      'open the login hosts again': NOT_YET,
      'file systems are mounted as declared': NOT_YET, // nothing takes its place
    },
    look: 'cmp /srv/was /srv/copy/result && echo nothing is missing; on cn001 mountpoint /cloud/home',
    shows: 'nothing is missing\n/cloud/home is not a mountpoint',
  },
  {
    title: 'a pool of spot nodes twice as large',
    cloud: true,
    runs: '-p cloud',
    waits: `-p cloud ${LATER}`,
    byHand: { 'terraform shows what it will do to campus-aws, and does it': NOT_YET },
    look: 'scontrol -o show node hpc-burst-0 | grep -o "DRAIN+POWER_DOWN"; scontrol -o show node hpc-burst-63 | grep -o "NodeName=hpc-burst-63"; end_job runs; until_away hpc-burst-0',
    shows: 'DRAIN+POWER_DOWN\nNodeName=hpc-burst-63\nhpc-burst-0 is given back',
  },
  {
    title: 'from spot to on-demand',
    cloud: true,
    runs: '-p cloud -C spot',
    waits: `-p cloud -C spot ${LATER}`,
    byHand: { 'terraform shows what it will do to campus-aws, and does it': NOT_YET },
    look: 'scontrol update jobid=$(squeue -h -n waits -o %i) StartTime=now; until_reason waits BadConstraints; job waits; sbatch -p cloud -C spot --wrap true 2>&1 | grep -o "Invalid feature specification"',
    shows: 'PENDING BadConstraints\nInvalid feature specification',
  },
  { title: 'a second slurmctld' },
  {
    title: 'slurmctld on another host',
    byHand: {
      'copy StateSaveLocation to the new host, owned by SlurmUser':
        'mv /var/spool/slurmctld /srv/old && cp -a /srv/old /var/spool/slurmctld && hostname ctl2 && HEAD=ctl2',
    },
  },
  {
    title: 'zero padding lost in the names of the nodes',
  },
  { title: 'zero padding lost in the names of the nodes', naively: true },
];

/** Submission of the job that waits, when nothing else is said. */
export const WAITS = LATER;

/** What should be executed but is not, and why. */
export const notExecuted: Readonly<Record<string, string>> = {
  'a bucket removed': 'no part of Slurm; that AWS keeps what is in it is seen in test/real/diff-terraform.test.ts',
  'a shorter limit, where somebody has set limits by hand':
    'the change of "a shorter limit of one partition"; what is said of what runs is seen in test/real/diff-live.test.ts',
  'only the manifests': 'the change of "a shorter limit of one partition", told from less',
};

/**
 * Whether a diff promises something that only a real Slurm can confirm: data may be lost, everything stops, or Slurm takes
 * the files without a restart.
 */
export function isToBeExecuted({ entries }: Diff): boolean {
  return entries.some(({ effect, files }) => {
    if (effect.class === 'data-loss' || effect.class === 'stop-fleet') return true;
    // user data of nodes in a cloud stands beside the files of Slurm, and slurmctld does not read it
    const ofSlurm = files.some((path) => /^sites\/[^/]+\/slurm\/(?!.*\/cloud-init\/)/.test(path));
    return ofSlurm && (effect.class === 'none' || effect.class === 'reconfigure');
  });
}
