import type { Effect, Effects } from '../../app/effect';
import type { Section } from '../../app/field';
import type { Direction } from '../../values/compare';
import type { SlurmFile, SlurmScope } from './option';

/** What a change means to users, whatever the daemons need for it. */
export type Meaning = Pick<Effect, 'reason' | 'running' | 'pending' | 'harmless'>;

/** What an administrator expects of a change of a key, beside what the option table says the daemons need. */
export interface KeyMeaning {
  readonly section: Section;
  /** By direction; `any` stands for the directions that are not named. @default - nobody but the daemons notices */
  readonly means?: Readonly<Partial<Record<Direction | 'any', Meaning>>>;
  /** Takes the place of what the option table says. */
  readonly effects?: Effects;
  /** The words of the list are taken in their order. */
  readonly ordered?: true;
  /** `0` stands for no limit, so the size of the number says nothing of its strength. */
  readonly zeroIsNone?: true;
}

type Meanings = Readonly<Record<string, KeyMeaning>>;

const means = (section: Section, reason: string, more: Partial<Meaning> = {}): KeyMeaning => ({
  section,
  means: { any: { reason, ...more } },
});

/** Less of it refuses new jobs; more of it hurts nobody. */
const ceiling = (less: string, pending: string): KeyMeaning => ({
  section: 'contract',
  means: {
    increased: { reason: 'nothing is refused that was accepted before', harmless: true },
    any: { reason: less, running: 'running jobs continue', pending },
  },
});

const memory = (key: string): KeyMeaning => ({
  ...means('contract', `new jobs that ask for no memory get ${key} in MiB, and may not use more`),
  zeroIsNone: true,
});

const memoryLimit: KeyMeaning = {
  ...means('contract', 'jobs that ask for more memory are refused or get more CPUs for it', {
    running: 'running jobs keep what they have',
    pending: 'pending jobs beyond a lower limit wait',
  }),
  zeroIsNone: true,
};

const PREEMPTION = means('contract', 'it decides whether running jobs make room for others, and how', {
  running: 'running jobs may be cancelled, requeued or suspended for others',
});

const OVERTIME: KeyMeaning = {
  section: 'contract',
  means: {
    increased: { reason: 'jobs may run longer past their time limit', harmless: true },
    any: {
      reason: 'jobs may run less long past their time limit',
      running: 'running jobs past their time limit and the new allowance are killed',
    },
  },
};

const drainedBy = (program: string) =>
  means('disruption', `every new job meets it: a ${program} that fails drains its node`);
const EVERY_JOB = means('disruption', 'every new job meets it');
const SEEN = means('security', 'it decides who is believed to be whom');

const SELECT_TYPE: Effects = {
  any: {
    class: 'data-loss',
    reason: 'each SelectType keeps jobs in a form of its own, and slurm.conf(5) says that all of them are lost',
    running: 'running jobs are lost by slurm.conf(5); on 22.05 and 24.11 one survived cons_tres to linear',
    pending: 'pending jobs are lost by slurm.conf(5); on 22.05 and 24.11 one survived cons_tres to linear',
    steps: [
      'let no new jobs in and wait until the queue is empty',
      'stop slurmctld',
      'place the files',
      'start slurmctld',
      'restart slurmd on every node',
    ],
  },
};

const cluster: Meanings = {
  AuthAltParameters: SEEN,
  AuthAltTypes: SEEN,
  AuthInfo: SEEN,
  AuthType: SEEN,
  CredType: SEEN,
  DisableRootJobs: means('security', 'it decides whether root may run jobs'),
  SlurmUser: SEEN,
  SlurmdUser: SEEN,
  TLSType: SEEN,
  TLSParameters: SEEN,
  UsePAM: means('security', 'it decides whether PAM sets the limits of jobs'),

  CliFilterPlugins: { ...means('contract', 'it may change or refuse new jobs'), ordered: true },
  JobSubmitPlugins: { ...means('contract', 'it may change or refuse new jobs'), ordered: true },
  DefCPUPerGPU: means('contract', 'it holds for new jobs that ask for GPUs and for no CPUs'),
  DefMemPerCPU: memory('DefMemPerCPU'),
  DefMemPerGPU: memory('DefMemPerGPU'),
  DefMemPerNode: memory('DefMemPerNode'),
  MaxMemPerCPU: memoryLimit,
  MaxMemPerNode: memoryLimit,
  InactiveLimit: { ...means('contract', 'it ends allocations whose srun or salloc does not answer'), zeroIsNone: true },
  JobRequeue: means('contract', 'it decides whether jobs are started again after their node failed'),
  KillOnBadExit: means('contract', 'it decides whether a step ends when one of its tasks fails'),
  KillWait: {
    section: 'contract',
    means: {
      increased: { reason: 'jobs have longer to save their state between SIGTERM and SIGKILL', harmless: true },
      any: { reason: 'jobs have less long to save their state between SIGTERM and SIGKILL' },
    },
  },
  Licenses: ceiling('fewer licences are given out', 'pending jobs that ask for more than there are wait'),
  MaxArraySize: ceiling('larger job arrays are refused', 'larger arrays that wait keep their tasks'),
  MaxJobCount: ceiling('new jobs are refused sooner: the queue is full sooner', 'pending jobs beyond the limit stay'),
  MaxStepCount: ceiling('jobs may start fewer steps', 'pending jobs meet it when they run'),
  MaxTasksPerNode: ceiling('steps may start fewer tasks on a node', 'pending jobs meet it when they run'),
  MpiDefault: means('contract', 'srun without --mpi starts the ranks of MPI programs in another way'),
  OverTimeLimit: OVERTIME,
  PreemptExemptTime: PREEMPTION,
  PreemptMode: PREEMPTION,
  PreemptParameters: PREEMPTION,
  PreemptType: PREEMPTION,
  PropagateResourceLimits: means('contract', 'jobs get other limits of the shell that submits them'),
  PropagateResourceLimitsExcept: means('contract', 'jobs get other limits of the shell that submits them'),
  RequeueExit: means('contract', 'it decides which jobs are started again when they fail'),
  RequeueExitHold: means('contract', 'it decides which jobs are held when they fail'),
  SelectTypeParameters: means('contract', 'it decides what is given out to jobs: cores, sockets, threads, memory', {
    running: 'running jobs continue, and what they hold is counted anew',
  }),

  SelectType: { section: 'data', effects: SELECT_TYPE },
  SwitchType: means('data', 'slurmctld may lose the records of all jobs while any of them runs'),

  Epilog: drainedBy('program'),
  EpilogSlurmctld: EVERY_JOB,
  Prolog: drainedBy('program'),
  PrologFlags: EVERY_JOB,
  PrologSlurmctld: EVERY_JOB,
  SrunEpilog: EVERY_JOB,
  SrunProlog: EVERY_JOB,
  TaskEpilog: EVERY_JOB,
  TaskProlog: EVERY_JOB,
  TaskPlugin: { ...means('disruption', 'it binds and confines the tasks of new steps'), ordered: true },
  HealthCheckProgram: means('disruption', 'it may drain nodes'),
  JobAcctGatherType: means('disruption', 'steps that run and the daemons no longer understand one another', {
    running: 'running steps have to end first (slurm.conf(5))',
  }),
  JobContainerType: EVERY_JOB,
  ProctrackType: means('disruption', 'it finds the processes of jobs, and so what is killed with them', {
    running: 'steps that run are tracked as they were when they began',
  }),
  SchedulerType: means('disruption', 'it decides in which order jobs start'),
  SlurmctldPort: means('disruption', 'commands and slurmd ask at the new port', {
    running: 'running jobs continue; one that ends meanwhile was still shown as running a minute later (seen on 22.05)',
  }),
  SlurmdPort: means('disruption', 'slurmctld asks nodes at the new port', { running: 'running jobs continue' }),
  SlurmdSpoolDir: means('disruption', 'slurmd keeps the scripts of jobs there', {
    running: 'running jobs continued after slurmd was restarted with another folder (seen on 22.05)',
  }),

  GresTypes: means('capacity', 'jobs can ask for other resources'),
};

const partition: Meanings = {
  AllocNodes: means('contract', 'it decides from which hosts jobs may be submitted'),
  DefCPUPerGPU: means('contract', 'it holds for new jobs that ask for GPUs and for no CPUs'),
  DefMemPerCPU: memory('DefMemPerCPU'),
  DefMemPerGPU: memory('DefMemPerGPU'),
  DefMemPerNode: memory('DefMemPerNode'),
  DenyQos: means('contract', 'it decides who may submit'),
  DisableRootJobs: means('security', 'it decides whether root may run jobs'),
  ExclusiveUser: means('contract', 'it decides whether users share a node'),
  GraceTime: means('contract', 'it says how long a preempted job has to save its state'),
  MaxCPUsPerNode: ceiling('jobs get fewer CPUs of a node', 'pending jobs that ask for more wait'),
  MaxCPUsPerSocket: ceiling('jobs get fewer CPUs of a socket', 'pending jobs that ask for more wait'),
  MaxMemPerCPU: memoryLimit,
  MaxMemPerNode: memoryLimit,
  MinNodes: means('contract', 'it decides how small a job may be', { pending: 'pending jobs below it wait' }),
  OverSubscribe: means('contract', 'it decides whether jobs share cores'),
  OverTimeLimit: OVERTIME,
  PreemptMode: PREEMPTION,
  QOS: means('contract', 'the limits of another QOS hold'),
  ReqResv: means('contract', 'it decides whether jobs need a reservation'),
  RootOnly: means('contract', 'it decides whether users may submit'),
  State: means('contract', 'it decides whether jobs are taken and started'),
  TRESBillingWeights: means('contract', 'it decides what jobs are charged'),
};

const database: Meanings = {
  AuthType: SEEN,
  AuthInfo: SEEN,
  AuthAltTypes: SEEN,
  AuthAltParameters: SEEN,
  PurgeEventAfter: { section: 'data' },
  PurgeResvAfter: { section: 'data' },
  PurgeStepAfter: { section: 'data' },
  PurgeSuspendAfter: { section: 'data' },
  PurgeTXNAfter: { section: 'data' },
  PurgeUsageAfter: { section: 'data' },
  SlurmUser: SEEN,
  TLSType: SEEN,
  TLSParameters: SEEN,
};

const lowered = (meanings: Meanings): ReadonlyMap<string, KeyMeaning> =>
  new Map(Object.entries(meanings).map(([key, meaning]) => [key.toLowerCase(), meaning]));

const byScope: Readonly<Record<string, ReadonlyMap<string, KeyMeaning>>> = {
  'slurm.conf global': lowered(cluster),
  'slurm.conf partition': lowered(partition),
  'slurmdbd.conf global': lowered(database),
};

/** The meaning of a key, in any case. */
export const keyMeaning = (file: SlurmFile, scope: SlurmScope, key: string): KeyMeaning | undefined =>
  byScope[`${file} ${scope}`]?.get(key.toLowerCase());

/** Every key that has a meaning here, as `file scope key`. */
export const keysWithMeaning = (): readonly string[] =>
  Object.entries(byScope).flatMap(([scope, meanings]) => [...meanings.keys()].map((key) => `${scope} ${key}`));
