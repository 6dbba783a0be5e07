import type { Codes } from '../values/codes';

/** Codes of the cloud side (HPC5xxx); HPC5000-5029 are about instance types. */
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
} as const satisfies Codes;
