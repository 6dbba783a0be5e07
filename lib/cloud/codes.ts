import type { Codes } from '../values/codes';

/** Codes of the cloud side (HPC5xxx); HPC5000-5029 are about instance types, the others about clouds and stacks. */
export const cloudCodes = {
  HPC5000: {
    title: 'a pool without instance types',
    why: 'What a node of the pool has is read from its instance types, so there must be at least one.',
    fix: 'Name at least one instance type, such as c7i.24xlarge.',
  },
  HPC5001: {
    title: 'an instance type that does not exist',
    why: 'The name is not in the catalogue that ships with hpcdk. The cloud would refuse the launch when a job is already waiting for the node.',
    fix: 'Use the suggested name, or refresh the catalogue when the type is newer than its date (docs/cloud/instance-types.md).',
  },
  HPC5002: {
    title: 'a pool that mixes CPU architectures',
    why: 'All nodes of a pool boot one image and run one software stack; neither runs on both x86_64 and arm64.',
    fix: 'Make one pool for each architecture.',
  },
  HPC5003: {
    title: 'a pool that mixes GPU models',
    why: 'A node of the pool is declared to Slurm before the cloud chooses its type, so its GRES must be the same on all of them. GPUs of one name with different memory are different models.',
    fix: 'Make one pool for each GPU model.',
  },
  HPC5004: {
    title: 'a pool that mixes threads per core',
    why: 'slurmd on a node with fewer threads per core than declared is drained, and a job that asks for whole cores would get another number of CPUs on each type.',
    fix: 'Run one thread per core in the pool (types that allow it then mix), or make one pool for each number of threads.',
  },
  HPC5005: {
    title: 'an instance type that cannot run one thread per core',
    why: 'EC2 takes the number of threads per core as a CPU option at launch, and only for types that list it (VCpuInfo.ValidThreadsPerCore); bare metal never does.',
    fix: 'Take the type out of the pool, or leave its threads on.',
  },
  HPC5006: {
    title: 'a pool that mixes accelerators',
    why: 'As with GPUs: a node of the pool must have the same devices whichever type the cloud chooses.',
    fix: 'Make one pool for each accelerator.',
  },
  HPC5007: {
    title: 'an instance type named twice in one pool',
    why: 'EC2 Fleet refuses a second override with the same type and subnet.',
    fix: 'Name each instance type once.',
  },
  HPC5030: {
    title: 'a region that is not in the table',
    why: 'The table of regions is dated; a typo in a name shows at apply only, as a name that does not resolve.',
    fix: 'Correct the name, or acknowledge the warning when the region is newer than the table.',
  },
  HPC5031: {
    title: 'a network that cannot be divided into subnets',
    why: 'A VPC is /16 at most, a subnet /28 at least (VPC user guide), and there is room for six zones from the first day, so that another zone moves nothing.',
    fix: 'Use an IPv4 network with a prefix from /16 to /22.',
  },
  HPC5032: {
    title: 'networks that overlap',
    why: 'A VPN carries packets by their address; of two networks with the same addresses one is unreachable.',
    fix: 'Give each cloud a network of its own, apart from all on the premises.',
  },
  HPC5033: {
    title: 'more zones than the region has',
    why: 'A subnet stands in one zone, and each zone gets one.',
    fix: 'Ask for as many zones as the message names, or fewer.',
  },
  HPC5041: {
    title: 'resources of a definition that could not be added',
    why: 'A function that was handed to terraform() threw.',
    fix: 'Mend the cause that the message quotes.',
  },
  HPC5042: {
    title: 'a stack that cdktf refuses',
    why: 'cdktf, or a resource in the stack, reports an error of its own.',
    fix: 'See the message.',
  },
  HPC5043: {
    title: 'a warning of cdktf',
    why: 'cdktf, or a resource in the stack, reports a warning of its own.',
    fix: 'See the message, or acknowledge it.',
  },
  HPC5044: {
    title: 'an override that changes nothing',
    why: 'It was meant for a resource or an argument that is not there; silently dropped, the stack would not be what the definition says.',
    fix: 'Correct the path: hpcdk synth without the override shows what the stack holds.',
  },
  HPC5045: {
    title: 'two stacks of one name',
    why: "A stack has the name of its construct with '-' between the parts of the path, and one would replace the other.",
    fix: 'Rename one of the two.',
  },
  HPC5046: {
    title: 'a file of a stack that is not text',
    why: 'Stacks are kept as text, so that they can be reviewed.',
    fix: 'Put archives into a bucket, and name the object in the stack.',
  },
  HPC5035: {
    title: 'EFA on an instance type that has none',
    why: 'The launch fails: the interface cannot be attached.',
    fix: 'Take instance types with EFA, or leave efa out.',
  },
  HPC5036: {
    title: 'a placement group or EFA where it cannot be',
    why: 'A cluster placement group and EFA stay within one zone, and not every instance type may stand in such a group (EC2 user guide).',
    fix: 'Name one zone, and types that the catalogue lists with clusterPlacement.',
  },
  HPC5037: {
    title: 'a zone that the cloud does not have',
    why: 'Nodes stand in the subnets of the cloud, one in each of its zones.',
    fix: 'Name a zone of the cloud, or give the cloud more zones.',
  },
  HPC5038: {
    title: 'a name that is too long for IAM',
    why: 'The name of a role has at most 64 characters, and hpcdk chooses names from the ids of cloud, cluster and pool.',
    fix: 'Use shorter ids.',
  },
  HPC5039: {
    title: 'two pools of one name in a cloud',
    why: 'Launch templates, roles and tags carry the names of cluster and pool; two sites with the same ones cannot share a cloud.',
    fix: 'Rename one of the clusters or pools, or give each site a cloud of its own.',
  },
  HPC5047: {
    title: 'more nodes than addresses',
    why: 'A node takes an address of its subnet; AWS keeps five of each for itself.',
    fix: 'Declare a larger network, more zones, or fewer nodes.',
  },
  HPC5048: {
    title: 'a spot pool of a type that is not sold as spot',
    why: 'No capacity would ever come.',
    fix: 'Take another type, or buy the pool on demand.',
  },
  HPC5049: {
    title: 'user data that is too long',
    why: 'EC2 takes 16 KiB.',
    fix: 'Mount fewer file systems on the pool.',
  },
  HPC5050: {
    title: 'a budget that AWS cannot keep',
    why: 'AWS Budgets counts in US dollars, and in amounts above nothing.',
    fix: 'Give an amount in USD.',
  },
  HPC5051: {
    title: 'a size that FSx for Lustre does not have',
    why: 'It is sold in 1200 GiB and multiples of 2400 GiB (FSx for Lustre user guide, "Storage capacity").',
    fix: 'Use the size that the message proposes.',
  },
  HPC5052: {
    title: 'a time of a bucket that is not in whole days',
    why: 'Life cycle rules of S3 count in days.',
    fix: 'Use Duration.days().',
  },
  HPC5053: {
    title: 'an id that cannot be a part of names in a cloud',
    why: 'Names in DNS, of roles and of file systems are made from ids; DNS has no upper-case letters and no "_".',
    fix: 'Use lower-case letters, digits and "-".',
  },
} as const satisfies Codes;
