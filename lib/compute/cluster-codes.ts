import type { Codes } from '../values/codes';

/** Codes of clusters, nodes and partitions (HPC4100 to HPC4199). */
export const clusterCodes = {
  HPC4100: {
    title: 'a reserve that leaves no memory',
    why: 'RealMemory is the installed memory less the reserve; nothing would be left for jobs.',
    fix: 'State a smaller reserve, or leave it out for 4 %.',
  },
  HPC4101: {
    title: 'a facts file that cannot be read',
    why: 'The node type is taken from the output of slurmd -C, kept in the project.',
    fix: 'Run slurmd -C on such a node and keep its output at that path, relative to the folder of cdktf.json.',
  },
  HPC4102: {
    title: 'a node pool without hosts',
    why: 'slurm.conf has no line for no nodes.',
    fix: "Name its hosts, e.g. hosts: 'cn[001-064]'.",
  },
  HPC4103: {
    title: 'more system cores than a node has',
    why: 'CoreSpecCount keeps cores from jobs; a node without cores for jobs is drained (slurm.conf(5), CoreSpecCount).',
    fix: 'Keep fewer cores from jobs.',
  },
  HPC4104: {
    title: 'more system memory than a node has',
    why: 'MemSpecLimit keeps memory from jobs (slurm.conf(5), MemSpecLimit).',
    fix: 'Keep less memory from jobs.',
  },
  HPC4105: {
    title: 'a device that belongs to two resources',
    why: 'Slurm would give the same GPU to two jobs. Two GPU types of one node have the same default files.',
    fix: 'State the device files of each resource.',
  },
  HPC4110: {
    title: "a partition named 'DEFAULT'",
    why: 'PartitionName=DEFAULT sets defaults for the lines below it and declares no partition (slurm.conf(5)).',
    fix: 'Use another name.',
  },
  HPC4111: {
    title: 'nodes of another cluster in a partition',
    why: 'A partition holds nodes of its own slurmctld only.',
    fix: 'Declare the nodes below the same cluster.',
  },
  HPC4112: {
    title: 'a default time beyond the longest',
    why: 'Every job that asks for no time would be refused or wait for ever.',
    fix: 'Lower defaultTime or raise maxTime.',
  },
  HPC4113: {
    title: 'more nodes per job than the partition has',
    why: 'The limit never refuses anything; it was probably meant for other nodes.',
    fix: 'Lower maxNodes or leave it out.',
  },
  HPC4114: {
    title: "memory above the node's",
    why: 'A job that asks for all CPUs of a node and no memory could never start.',
    fix: 'Lower the memory per CPU to what the message names.',
  },
  HPC4115: {
    title: 'accounts allowed and denied at once',
    why: 'Slurm ignores DenyAccounts where AllowAccounts is set (slurm.conf(5)).',
    fix: 'Keep one of the two.',
  },
  HPC4116: {
    title: 'an account or a QOS that the database does not have',
    why: 'Slurm takes any name in the rights of a partition; a misspelt one locks everybody out.',
    fix: 'Correct the name, or declare the account or QOS.',
  },
  HPC4117: {
    title: 'a partition without nodes',
    why: 'Slurm takes such a partition, and no job can ever start in it. An empty list is most often one that was filled elsewhere, and was not.',
    fix: 'Give the partition its pools, or leave it out until they are there.',
  },
  HPC4120: {
    title: 'a cluster id that is no ClusterName',
    why: 'slurmdbd keeps clusters in lower case, and names files and tables after them.',
    fix: 'Use lower-case letters, digits, "_" and "-", at most 40.',
  },
  HPC4121: {
    title: 'slurmctld on several hosts, or on none',
    why: 'One host runs slurmctld; a second one that takes over is named by backupController.',
    fix: 'Name one host.',
  },
  HPC4122: {
    title: 'a key of slurm.conf that a field says',
    why: 'Stated twice, one of the two would silently be lost.',
    fix: 'Remove the key from options and set the field.',
  },
  HPC4123: {
    title: 'limits without a database',
    why: 'Associations, limits and QOS are records of slurmdbd.',
    fix: 'Add database, or remove enforce.',
  },
  HPC4124: {
    title: 'overlapping hostlists',
    why: 'slurmctld stops at a second NodeName line for the same node.',
    fix: 'Take the hosts that the message names out of one of the pools.',
  },
  HPC4125: {
    title: 'a cluster without a partition',
    why: 'slurmctld refuses to start without one.',
    fix: 'Add a partition.',
  },
  HPC4126: {
    title: 'two default partitions',
    why: 'Slurm takes the last one without a message.',
    fix: 'Keep default: true at one partition.',
  },
  HPC4127: {
    title: 'a switch with nodes and switches, or with neither',
    why: 'A leaf has nodes, other switches join switches (topology.conf(5)).',
    fix: 'Give one of the two.',
  },
  HPC4128: {
    title: 'a switch that is not declared',
    why: 'slurmctld stops at a topology.conf that names an unknown switch.',
    fix: 'Declare the switch, or correct its name.',
  },
  HPC4129: {
    title: 'switches in a cycle',
    why: 'topology/tree describes a tree.',
    fix: 'Remove the link that closes the cycle.',
  },
  HPC4130: {
    title: 'nodes at no switch',
    why: 'Jobs cannot span nodes that topology.conf does not connect (topology.conf(5)).',
    fix: 'Add the nodes to a leaf, or acknowledge that they stand alone.',
  },
  HPC4131: {
    title: 'priorities of QOS that count nothing',
    why: 'The weight of each factor is 0 unless slurm.conf says otherwise (slurm.conf(5), PriorityWeightQOS).',
    fix: 'State priorityWeights with a weight for qos.',
  },
  HPC4132: {
    title: 'QOS that preempt where preemption is off',
    why: 'The preempt lists of QOS are looked at with PreemptType=preempt/qos only (slurm.conf(5)).',
    fix: "Set PreemptType and PreemptMode in the cluster's options, or remove preempt from the QOS.",
  },
  HPC4133: {
    title: 'a password in options',
    why: 'A definition, its output and their history are read by many; a secret never enters an output.',
    fix: 'Keep it in a file on the host; of slurmdbd, password names that file.',
  },
  HPC4135: {
    title: 'a partition that the cluster does not have',
    why: 'slurmctld stops at an unknown name in SuspendExcParts, and sends jobs nowhere at one in Alternate.',
    fix: 'Correct the name, or declare the partition.',
  },
  HPC4140: {
    title: 'a name that no QOS can have',
    why: 'The name stands in sacctmgr calls and in job scripts.',
    fix: 'Use letters, digits, dots, "_" and "-", at most 40.',
  },
  HPC4142: {
    title: 'a name that no account can have',
    why: 'slurmdbd keeps accounts in lower case, and root is its own.',
    fix: 'Use lower-case letters, digits, dots, "_" and "-", at most 40.',
  },
  HPC4144: {
    title: "a default QOS that is none of the account's",
    why: 'Every job that asks for no QOS would be refused.',
    fix: 'Add it to qos, or choose another default.',
  },
  HPC4145: {
    title: 'a coordinator who is no user of the account',
    why: 'sacctmgr takes only users of the database as coordinators.',
    fix: 'Add the name to users.',
  },
  HPC4146: {
    title: 'a limit on a generic resource that no node has',
    why: 'sacctmgr refuses a resource that no cluster tracks ("no TRES known by type").',
    fix: 'Declare it as gres of a node type, or correct its name.',
  },
  HPC4150: {
    title: 'slurmdbd on several hosts, or on none',
    why: 'One host runs slurmdbd.',
    fix: 'Name one host.',
  },
  HPC4151: {
    title: 'a database password that is not in a file of the host',
    why: 'slurmdbd reads its password from slurmdbd.conf, which can include a file; a secret never enters an output.',
    fix: "Put the line StoragePass=... into a file that only slurm can read, and name it: SecretRef.file('...').",
  },
  HPC4152: {
    title: 'slurmdbd older than a cluster',
    why: 'slurmdbd serves clusters of its own release and of the ones before it, never newer ones.',
    fix: 'Upgrade slurmdbd first.',
  },
  HPC4153: {
    title: 'slurmdbd too new for a cluster',
    why: 'slurmdbd serves clusters of its own release and of the two before it, three from 24.11 on.',
    fix: 'Upgrade the cluster first, one step that Slurm supports at a time.',
  },
  HPC4134: {
    title: 'hosts at a switch that are no nodes',
    why: 'slurmctld stops at a topology.conf that names nodes which slurm.conf does not have.',
    fix: 'Declare them in a pool, or correct the names.',
  },
  HPC4136: {
    title: 'parts of nodes with select/linear',
    why: 'select/linear gives out whole nodes: slurmctld ends at its start when SelectTypeParameters names CPUs, cores or sockets.',
    fix: "State SelectTypeParameters: 'CR_Memory' beside it, or keep select/cons_tres.",
  },
  HPC4147: {
    title: 'an account or a QOS of another database',
    why: 'An account has its parent and its QOS in its own database.',
    fix: 'Declare them in the same database.',
  },
} as const satisfies Codes;
