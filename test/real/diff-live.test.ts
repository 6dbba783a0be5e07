import type { Declare } from '../../lib/app/definition';
import { diffSides } from '../../lib/diff';
import { readLive } from '../../lib/diff/live';
import type { LiveFinding, LiveSystem } from '../../lib/diff/live/model';
import type { Side } from '../../lib/diff/side';
import { Duration, Size } from '../../lib/index';
import { packageRoot } from '../../lib/values/package-root';
import ulhpc from '../../stacks/ulhpc';
import { declareSmall } from '../diff/support/campus';
import { edited } from '../diff/support/edited';
import { sideOf } from '../diff/support/sides';
import { SlurmLab, type SlurmLabProps } from './support/datacentre';
import { emittedFiles, placedFiles, ROLL_OUT } from './support/roll-out';
import { rootfs, rootfsNeeds, slurm2411Rootfs } from './support/rootfs';
import { describeWith } from './support/tools';

const CLUSTER = 'sites/campus/slurm/hpc';
const DATABASE = 'sites/campus/slurm/accounting';
const CONF = `${CLUSTER}/slurm.conf`;
const MINUTES = 60_000;
const DAEMONS = ['slurmctld', 'slurmd', 'sinfo', 'munged', 'unshare'];

/** Prints what runs, below a heading. */
const SAY = `
  say() { echo "=== $1"; scontrol show config; scontrol -a -o show partition; scontrol -a -o show node; }
  in_conf() { sed -i "$1" /etc/slurm/slurm.conf; scontrol reconfigure; sleep 2; } # a sed script
`;

/** A side as a lab has it: its slurm.conf with what a lab changes in every one. */
async function placedSide(label: string, declare: Declare, accounting = false): Promise<Side> {
  const side = await sideOf(label, declare);
  const placed = placedFiles(side, [CLUSTER], accounting)['slurm.conf'] as string;
  return { ...side, read: (path) => (path === CONF ? placed : side.read!(path)) };
}

/** What a lab said, by heading. */
async function heard(side: Side, script: string, props: Partial<SlurmLabProps> = {}): Promise<Map<string, string>> {
  const files = emittedFiles(side, [CLUSTER, DATABASE]);
  const lab = new SlurmLab({ files, machines: ['cn001'], timeoutMs: 2 * MINUTES, ...props });
  const { stdout, stderr } = await lab.run(`${ROLL_OUT}${SAY} wait_state cn001 idle 60\n${script}`);
  expect(stderr).toBe('');
  return new Map(
    stdout
      .split(/^=== /m)
      .slice(1)
      .map((part): [string, string] => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]),
  );
}

/** What a diff says of a live state. */
function told(before: Side, after: Side, text: string | undefined): LiveSystem {
  const found = readLive(text ?? '', { file: 'live.txt' });
  expect(found.problems).toEqual([]);
  const [system] = diffSides(before, after, { live: [found] }).live!.systems;
  return system!;
}

const lines = ({ findings }: LiveSystem) => findings.map(lineOf);
const lineOf = ({ what, title, then }: LiveFinding) => `${what}: ${title}; ${then}`;

/** What somebody does to a small cluster, and what is told of it. */
async function smallCluster(slurm: '22.05' | '24.11', root?: string): Promise<void> {
  const small = (days: number, more: Parameters<typeof declareSmall>[0] = {}) =>
    declareSmall({ ...more, cluster: { slurm, ...more.cluster }, partitions: { batch: days, long: 7 } });
  const side = await placedSide('before', small(7));
  const shorter = await placedSide('after', small(2));
  const bigger = await placedSide('after', small(7, { memory: 384 }));
  const said = await heard(
    side,
    `
      say start
      scontrol update partitionname=batch maxtime=2-00:00:00
      scontrol update partitionname=long maxtime=1-00:00:00 state=drain
      scontrol create partitionname=mine nodes=cn001
      scontrol update nodename=cn001 weight=77
      scontrol update nodename=cn001 state=drain reason='bad DIMM'
      say updated
      scontrol reconfigure; sleep 2
      say reconfigured
      in_conf 's/^EnforcePartLimits=.*/EnforcePartLimits=NO/; s/^\\(PartitionName=long.*MaxTime=\\)[^ ]*/\\112:00:00/'
      say edited
      scontrol update nodename=cn001 state=drain reason=hpcdk
      say drained
    `,
    root === undefined ? {} : { root },
  );

  const start = told(side, side, said.get('start'));
  expect({ ...start, compared: start.compared > 30 }).toMatchObject({ compared: true, notCompared: [], findings: [] });
  expect(start.version).toMatch(slurm);

  expect(lines(told(side, shorter, said.get('updated')))).toEqual([
    'drift: partition long: State is DRAIN live; slurm.conf has UP; reconfigure sets it back to UP',
    'drift: partition long: MaxTime is 1-00:00:00 live; slurm.conf has 7-00:00:00; reconfigure sets it back to 7-00:00:00',
    'drift: partition mine is there live; slurm.conf has it not; reconfigure removes it',
    'drift: node cn001: Weight is 77 live; slurm.conf has 1; reconfigure sets it back to 1',
    'already: partition batch: MaxTime is 2-00:00:00 live; slurm.conf has 7-00:00:00 before, 2-00:00:00 after; it is already what this change brings',
  ]);
  // what is said of a reconfigure is what it does
  const reconfigured = told(side, side, said.get('reconfigured'));
  expect(lines(reconfigured)).toEqual([]);
  expect(reconfigured.notes).toEqual(['1 node DOWN, DRAIN or FAIL that the roll-out does not resume: cn001']);
  const [first] = lines(told(side, bigger, said.get('reconfigured')));
  expect(first).toMatch(
    /^resume: node cn001 is (DOWN|IDLE)\+DRAIN live: bad DIMM; step 1 of the roll-out overwrites that reason, step \d resumes it/,
  );

  expect(said.get('drained')).toMatch(/^NodeName=cn001 .*Reason=hpcdk \[/m);

  expect(lines(told(side, side, said.get('edited')))).toEqual([
    'drift: slurm.conf: EnforcePartLimits is NO live; slurm.conf has ALL; the next play of the site places slurm.conf with ALL',
    'drift: partition long: MaxTime is 12:00:00 live; slurm.conf has 7-00:00:00; the next reconfigure sets it back to 7-00:00:00',
  ]);
}

describeWith(DAEMONS, 'what somebody changed on a running Slurm is told', () => {
  test('on 22.05', () => smallCluster('22.05'), 3 * MINUTES);

  test(
    'what ReconfigFlags keeps is said to be kept, and is',
    async () => {
      const side = await placedSide(
        'before',
        declareSmall({ cluster: { options: { ReconfigFlags: 'KeepPartInfo' } } }),
      );
      const said = await heard(
        side,
        `scontrol update partitionname=batch maxtime=1-00:00:00; say updated; scontrol reconfigure; sleep 2; say kept`,
      );
      const line =
        'drift: partition batch: MaxTime is 1-00:00:00 live; slurm.conf has 7-00:00:00; reconfigure keeps it: ReconfigFlags=KeepPartInfo';
      expect(lines(told(side, side, said.get('updated')))).toEqual([line]);
      expect(lines(told(side, side, said.get('kept')))).toEqual([line]);
    },
    3 * MINUTES,
  );
});

describeWith([...DAEMONS, ...rootfsNeeds], 'what somebody changed on a running Slurm 24.11 is told', () => {
  test('as on 22.05', async () => smallCluster('24.11', await rootfs(slurm2411Rootfs)), 9 * MINUTES);
});

/** Keys of every form that scontrol has for values, as sites write them. */
const WIDE: Readonly<Record<string, string>> = {
  BatchStartTimeout: '20',
  CompleteWait: '32',
  CpuFreqDef: 'Performance',
  DebugFlags: 'Gres,Backfill',
  DefMemPerCPU: '2048',
  DependencyParameters: 'kill_invalid_depend',
  DisableRootJobs: 'YES',
  EpilogMsgTime: '4000',
  Epilog: '/etc/slurm/epilog.sh',
  FirstJobId: '1000',
  GetEnvTimeout: '10',
  GroupUpdateTime: '1200',
  HealthCheckInterval: '3600',
  HealthCheckNodeState: 'IDLE,CYCLE',
  HealthCheckProgram: '/bin/true',
  InactiveLimit: '60',
  JobAcctGatherFrequency: 'task=30,network=60',
  JobRequeue: '0',
  KillOnBadExit: '1',
  KillWait: '60',
  LaunchParameters: 'use_interactive_step',
  Licenses: 'matlab:10,ansys:5',
  LogTimeFormat: 'iso8601',
  MailDomain: 'example.edu',
  MaxArraySize: '100001',
  MaxJobCount: '200000',
  MaxMemPerNode: '250000',
  MaxStepCount: '50000',
  MessageTimeout: '60',
  MinJobAge: '600',
  MpiParams: 'ports=12000-12999',
  OverTimeLimit: '5',
  PreemptExemptTime: '60',
  PreemptMode: 'SUSPEND,GANG',
  PreemptType: 'preempt/partition_prio',
  PriorityCalcPeriod: '10',
  PriorityDecayHalfLife: '14-0',
  PriorityFavorSmall: 'NO',
  PriorityFlags: 'MAX_TRES,ACCRUE_ALWAYS',
  PriorityMaxAge: '30-0',
  PriorityType: 'priority/multifactor',
  PriorityUsageResetPeriod: 'MONTHLY',
  PriorityWeightTRES: 'CPU=1000,Mem=2000',
  Prolog: '/etc/slurm/prolog.sh',
  PrologEpilogTimeout: '120',
  PrologFlags: 'Serial',
  PropagateResourceLimitsExcept: 'MEMLOCK',
  RebootProgram: '/sbin/reboot',
  RequeueExit: '1-3,5',
  ResumeRate: '10',
  ResumeTimeout: '900',
  ResvOverRun: '10',
  SchedulerParameters: 'bf_window=1440,bf_continue,defer',
  SchedulerTimeSlice: '60',
  SlurmctldDebug: 'verbose',
  SlurmctldTimeout: '300',
  SlurmdDebug: 'debug2',
  SlurmdTimeout: '600',
  SrunPortRange: '60001-63000',
  SuspendExcNodes: 'cn[001-010],cn020',
  TCPTimeout: '5',
  TrackWCKey: 'NO',
  TreeWidth: '20',
  UnkillableStepTimeout: '180',
  VSizeFactor: '110',
  WaitTime: '120',
};

const MANY = {
  batch: 7,
  long: { maxTime: Duration.UNLIMITED, maxNodes: 8, priorityTier: 10, exclusive: true, state: 'DRAIN' },
  group: { allowGroups: ['root', 'daemon'], denyAccounts: ['b', 'a'], defaultTime: Duration.minutes(90), hidden: true },
  odd: {
    defaultMemoryPerCpu: Size.gib(2),
    maxMemoryPerCpu: Size.gib(4),
    options: {
      DisableRootJobs: 'YES',
      GraceTime: '300',
      LLN: 'YES',
      MaxCPUsPerNode: '32',
      MinNodes: '2',
      OverSubscribe: 'FORCE:2',
      OverTimeLimit: '30',
      PreemptMode: 'REQUEUE',
      PriorityJobFactor: '100',
      ReqResv: 'YES',
      RootOnly: 'YES',
      TRESBillingWeights: 'CPU=1.0,Mem=0.25G',
    },
  },
} as const;

describeWith([...DAEMONS, ...rootfsNeeds], 'values in every form', () => {
  test.each([
    ['22.05', undefined],
    ['24.11', slurm2411Rootfs],
  ] as const)(
    'are no drift on %s',
    async (slurm, spec) => {
      const side = await placedSide('before', declareSmall({ cluster: { slurm, options: WIDE }, partitions: MANY }));
      const said = await heard(side, 'say start', spec ? { root: await rootfs(spec) } : {});
      const system = told(side, side, said.get('start'));
      expect(lines(system)).toEqual([]);
      expect(system.notCompared).toEqual([]);
      expect(system.compared).toBeGreaterThan(Object.keys(WIDE).length + 50);
    },
    9 * MINUTES,
  );
});

describeWith([...DAEMONS, 'slurmdbd', 'mariadbd'], 'the campus as it was emitted', () => {
  test(
    'has no drift, accounting, GPUs and nodes in a cloud included',
    async () => {
      const side = await placedSide('before', edited('campus'), true);
      const programs = Object.fromEntries(
        ['resume-nodes', 'suspend-nodes'].map((name) => [`/usr/local/sbin/${name}`, '#!/bin/sh\nexit 0\n']),
      );
      const said = await heard(side, 'say start', { programs, accounts: 'sh /etc/slurm/accounts.sh names' });
      const system = told(side, side, said.get('start'));
      expect(system.compared).toBeGreaterThan(100);
      expect(system).toMatchObject({ notCompared: [], findings: [] });
    },
    3 * MINUTES,
  );
});

describeWith([...DAEMONS, 'slurmdbd', 'mariadbd'], 'the slurm.conf of a real centre', () => {
  test(
    'has no drift: 22.05 reads what is emitted for 23.11, so nothing but the release is told',
    async () => {
      const { files, manifest } = await ulhpc.synthesize({ projectDir: packageRoot() });
      const folder = 'sites/ulhpc/slurm/iris';
      const read = (path: string) => files.get(path)!.content;
      const emitted = { label: 'before', manifest: manifest!, sources: {}, read };
      const placed = placedFiles(emitted, [folder], true)['slurm.conf'] as string;
      const side = { ...emitted, read: (path: string) => (path === `${folder}/slurm.conf` ? placed : read(path)) };
      const lab = new SlurmLab({
        files: emittedFiles(emitted, [folder, 'sites/ulhpc/slurm/accounting']),
        machines: ['iris-001'],
        timeoutMs: 4 * MINUTES,
      });
      const { stdout } = await lab.run(`${SAY} wait_state iris-001 idle 60; say start`);
      const system = told(side, side, stdout);
      expect(system.compared).toBeGreaterThan(100);
      expect(system.notCompared).toEqual([]);
      expect(lines(system)).toEqual([
        `drift: cluster iris: Slurm ${system.version} runs live; declared is 23.11; effects and roll-out are those of Slurm 23.11, and not of what runs`,
      ]);
    },
    5 * MINUTES,
  );
});
