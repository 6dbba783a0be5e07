import type { Declare } from '../../../lib/app/definition';
import { type Diff, diffSides } from '../../../lib/diff';
import { readLive } from '../../../lib/diff/live';
import type { LiveFinding, LiveSystem } from '../../../lib/diff/live/model';
import type { Side } from '../../../lib/diff/side';
import { declareSmall } from '../support/campus';
import { sideOf } from '../support/sides';

/** What scontrol prints of the small cluster of test/diff/support/campus.ts on Slurm 22.05, as far as it is stated. */
export interface Printed {
  readonly config?: Readonly<Record<string, string>>;
  readonly partitions?: Readonly<Record<string, string>>;
  /** By hostname; the others are as declared. */
  readonly nodes?: Readonly<Record<string, string>>;
}

/** A line of facts, some of them otherwise. */
const line = (facts: string, more = ''): string => {
  const otherwise = new Map(more.split(' ').map((word) => [word.split('=')[0] ?? '', word]));
  const words = facts.split(' ').map((word) => {
    const found = otherwise.get(word.split('=')[0] ?? '');
    otherwise.delete(word.split('=')[0] ?? '');
    return found ?? word;
  });
  return [...words, ...otherwise.values()].join(' ').trimEnd();
};

const PARTITION =
  'AllowGroups=ALL AllowAccounts=ALL AllowQos=ALL AllocNodes=ALL Default=NO QoS=N/A DefaultTime=NONE Hidden=NO MaxNodes=UNLIMITED MaxTime=7-00:00:00 MinNodes=0 Nodes=cn[001-004] PriorityJobFactor=1 PriorityTier=1 RootOnly=NO State=UP TotalCPUs=256 TotalNodes=4';
const NODE =
  'CoresPerSocket=32 CPUTot=64 AvailableFeatures=(null) ActiveFeatures=(null) Gres=(null) OS=Linux 6.1 #1 SMP RealMemory=250880 Sockets=2 Boards=1 State=IDLE ThreadsPerCore=1 TmpDisk=0 Weight=1 Partitions=batch,long';

export const configText = (more: Printed['config'] = {}): string =>
  [
    'Configuration data as of 2026-11-21T17:59:07',
    ...Object.entries({
      AccountingStorageType: 'accounting_storage/none',
      AuthType: 'auth/munge',
      ClusterName: 'hpc',
      EnforcePartLimits: 'ALL',
      ProctrackType: 'proctrack/cgroup',
      ReturnToService: '1',
      SelectType: 'select/cons_tres',
      SelectTypeParameters: 'CR_CORE_MEMORY',
      SLURM_VERSION: '22.05.8',
      SlurmUser: 'slurm(64030)',
      SlurmctldParameters: 'enable_configless',
      SlurmctldLogFile: '/var/log/slurm/slurmctld.log',
      SlurmdLogFile: '/var/log/slurm/slurmd.log',
      SlurmctldPidFile: '/run/slurmctld.pid',
      SlurmdPidFile: '/run/slurmd.pid',
      SlurmdSpoolDir: '/var/spool/slurmd',
      StateSaveLocation: '/var/spool/slurmctld',
      TaskPlugin: 'task/cgroup,task/affinity',
      ...more,
    }).map(([key, value]) => `${key.padEnd(23)} = ${value}`),
    'SlurmctldHost[0]        = ctl1',
    '',
    'Cgroup Support Configuration:',
    'EnforcePartLimits       = of another file',
    '',
    'Slurmctld(primary) at ctl1 is UP',
  ].join('\n');

export const recordsText = ({ partitions = {}, nodes = {} }: Printed = {}): string =>
  [
    ...Object.entries({ batch: 'Default=YES', long: '', ...partitions }).map(
      ([name, more]) => `PartitionName=${name} ${line(PARTITION, more)}`,
    ),
    ...Object.entries({ cn001: '', cn002: '', cn003: '', cn004: '', ...nodes }).map(
      ([name, more]) => `NodeName=${name} Arch=x86_64 ${line(NODE, more)}`,
    ),
  ].join('\n');

/** All of it, as one file. */
export const printed = (one: Printed = {}): string => `${configText(one.config)}\n${recordsText(one)}\n`;

/** The small cluster that such text is of. */
export const small = (variant: Parameters<typeof declareSmall>[0] = {}): Declare =>
  declareSmall({ hosts: 'cn[001-004]', ...variant });

/** Two definitions, and what runs. */
export async function liveDiff(before: Declare, after: Declare, ...texts: readonly string[]): Promise<Diff> {
  return liveBetween(await sideOf('before', before), await sideOf('after', after), ...texts);
}

/** Two sides, and what runs. */
export const liveBetween = (before: Side, after: Side, ...texts: readonly string[]): Diff =>
  diffSides(before, after, { live: texts.map((text, index) => readLive(text, { file: `live-${index + 1}` })) });

/** The findings of a system, one line each. */
export const linesOf = (system: LiveSystem | undefined): string[] =>
  (system?.findings ?? []).map(({ what, title, then }: LiveFinding) => `${what}: ${title}; ${then}`);
