import type { OptionTable } from '../option';

/** Keys of a NodeName line of slurm.conf. */
export const nodeKeys: OptionTable = {
  NodeName: { type: 'hostlist', change: 'restart all', reconfigureSince: '24.11', source: 'scontrol(1) 22.05' },
  BcastAddr: { type: 'hostlist' },
  Boards: { type: 'int', bits: 16 },
  CoreSpecCount: { type: 'int', bits: 16 },
  CoresPerSocket: { type: 'int', bits: 16 },
  CpuBind: { type: 'enum', values: ['none', 'socket', 'ldom', 'core', 'thread', 'off'] },
  CPUs: { type: 'int', bits: 16 },
  CPUSpecList: { type: 'list' },
  Feature: { type: 'list' },
  Features: { type: 'list' },
  Gres: { type: 'list' },
  GresConf: { type: 'text', since: '25.11', source: 'slurm.conf(5) 25.11' },
  MemSpecLimit: { type: 'size', bits: 64 },
  NodeAddr: { type: 'hostlist' },
  NodeHostname: { type: 'hostlist' },
  Parameters: { type: 'list', since: '25.11', source: 'slurm.conf(5) 25.11' },
  Port: { type: 'text' },
  Procs: { type: 'int', bits: 16 },
  RealMemory: { type: 'size', bits: 64 },
  Reason: { type: 'text' },
  RestrictedCoresPerGPU: { type: 'int', bits: 16, since: '24.05', source: 'slurm.conf(5) 24.05' },
  Sockets: { type: 'int', bits: 16 },
  SocketsPerBoard: { type: 'int', bits: 16 },
  State: { type: 'enum', values: ['CLOUD', 'DOWN', 'DRAIN', 'FAIL', 'FAILING', 'FUTURE', 'UNKNOWN'] },
  SuspendTime: { type: 'int', values: ['INFINITE'], since: '26.05', source: 'slurm.conf(5) 26.05' },
  ThreadsPerCore: { type: 'int', bits: 16 },
  TmpDisk: { type: 'size', bits: 32 },
  Topology: { type: 'text', since: '25.05', source: 'slurm.conf(5) 25.05' },
  TRESWeights: { type: 'list' },
  Weight: { type: 'int', bits: 32 },
};

/** Keys of a PartitionName line. */
export const partitionKeys: OptionTable = {
  PartitionName: { type: 'text' },
  AllocNodes: { type: 'hostlist' },
  AllowAccounts: { type: 'list' },
  AllowGroups: { type: 'list' },
  AllowQos: { type: 'list' },
  Alternate: { type: 'text' },
  CpuBind: { type: 'enum', values: ['none', 'socket', 'ldom', 'core', 'thread', 'off'] },
  Default: { type: 'bool' },
  DefaultTime: { type: 'time', values: ['NONE'] },
  DefCPUPerGPU: { type: 'int', bits: 64 },
  DefMemPerCPU: { type: 'size', bits: 64 },
  DefMemPerGPU: { type: 'size', bits: 64 },
  DefMemPerNode: { type: 'size', bits: 64 },
  DenyAccounts: { type: 'list' },
  DenyQos: { type: 'list' },
  DisableRootJobs: { type: 'bool' },
  Exclusive: {
    type: 'enum',
    values: ['NO', 'NODE', 'USER', 'TOPO'],
    strict: true,
    since: '26.05',
    source: 'slurm.conf(5) 26.05',
  },
  ExclusiveTopo: { type: 'bool', since: '24.05', source: 'slurm.conf(5) 24.05' },
  ExclusiveUser: { type: 'bool' },
  GraceTime: { type: 'int', bits: 32 },
  Hidden: { type: 'bool' },
  LLN: { type: 'bool' },
  MaxCPUsPerNode: { type: 'int', bits: 32 },
  MaxCPUsPerSocket: { type: 'int', bits: 32, since: '23.02', source: 'slurm.conf(5) 23.02' },
  MaxMemPerCPU: { type: 'size', bits: 64 },
  MaxMemPerNode: { type: 'size', bits: 64 },
  MaxNodes: { type: 'int', bits: 32 },
  MaxTime: { type: 'time' },
  MinNodes: { type: 'int', bits: 32 },
  Nodes: { type: 'hostlist' },
  OverSubscribe: { type: 'enum', values: ['EXCLUSIVE', 'FORCE', 'YES', 'NO'] },
  OverTimeLimit: { type: 'time' },
  PowerDownOnIdle: { type: 'bool', since: '23.02', source: 'slurm.conf(5) 23.02' },
  PreemptMode: {
    type: 'enum',
    values: ['OFF', 'CANCEL', 'GANG', 'REQUEUE', 'SUSPEND', 'WITHIN', { word: 'PRIORITY', since: '25.05' }],
    strict: true,
  },
  Priority: { type: 'int', bits: 16 },
  PriorityJobFactor: { type: 'int', bits: 16 },
  PriorityTier: { type: 'int', bits: 16 },
  QOS: { type: 'text' },
  ReqResv: { type: 'bool' },
  ResumeTimeout: { type: 'int', bits: 16 },
  RootOnly: { type: 'bool' },
  SelectTypeParameters: {
    type: 'enum',
    values: ['CR_Core', 'CR_Core_Memory', 'CR_Socket', 'CR_Socket_Memory', 'CR_CPU', 'CR_CPU_Memory'],
    strict: true,
  },
  Shared: { type: 'enum', values: ['EXCLUSIVE', 'FORCE', 'YES', 'NO'], replacement: 'OverSubscribe' },
  State: { type: 'enum', values: ['UP', 'DOWN', 'DRAIN', 'INACTIVE'] },
  SuspendTime: { type: 'int', values: ['INFINITE'] },
  SuspendTimeout: { type: 'int', bits: 16 },
  Topology: { type: 'text', since: '25.05', source: 'slurm.conf(5) 25.05' },
  TRESBillingWeights: { type: 'list' },
};

/** Keys of a DownNodes line. */
export const downNodesKeys: OptionTable = {
  DownNodes: { type: 'hostlist' },
  Reason: { type: 'text' },
  State: { type: 'enum', values: ['DOWN', 'DRAIN', 'FAIL', 'FAILING', 'FUTURE', 'UNKNOWN'] },
};

/** Keys of a NodeSet line. */
export const nodeSetKeys: OptionTable = {
  NodeSet: { type: 'text' },
  Feature: { type: 'text' },
  Nodes: { type: 'hostlist' },
};

/** Keys of a PowerAction line. */
export const powerActionKeys: OptionTable = {
  PowerAction: { type: 'text', since: '26.05', source: 'slurm.conf(5) 26.05' },
  Location: { type: 'enum', values: ['slurmctld', 'slurmd'], since: '26.05', source: 'slurm.conf(5) 26.05' },
  Program: { type: 'path', since: '26.05', source: 'slurm.conf(5) 26.05' },
};
