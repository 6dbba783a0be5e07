import type { Codes } from '../values/codes';

/** Codes of burst pools and power saving (HPC4200 to HPC4229). */
export const burstCodes = {
  HPC4200: {
    title: 'a burst pool without programs that start and end its nodes',
    why: 'slurmctld switches power saving off when ResumeProgram or SuspendProgram is missing: jobs would wait for ever.',
    fix: 'State powerSaving at the cluster: the two programs on the controller.',
  },
  HPC4201: {
    title: 'a host name that is too long',
    why: 'A label of a DNS name has at most 63 characters (RFC 1035), and the name of a node becomes one.',
    fix: 'Give the pool a shorter prefix.',
  },
  HPC4202: {
    title: 'a burst pool of a cluster whose nodes keep their own files',
    why: 'A node that did not exist a minute ago has no slurm.conf; it fetches the files from slurmctld.',
    fix: 'Leave configless at its default, true.',
  },
  HPC4203: {
    title: 'a partition with nodes on the floor and nodes in a cloud',
    why: 'Slurm has one set of timers for all nodes of a partition, a job may get nodes of both kinds, and its MPI then crosses the VPN.',
    fix: 'Make a partition for the burst pool alone; users name both with sbatch -p batch,cloud.',
  },
  HPC4204: {
    title: 'a key for nodes that they could not fetch',
    why: 'A burst node reads its key with the role of its instance when it starts; a file of another host is out of its reach.',
    fix: 'Keep the key, in base64, in Secrets Manager or in a SecureString parameter of SSM.',
  },
  HPC4205: {
    title: 'a burst pool without a partition',
    why: 'No job could ask for its nodes.',
    fix: 'Add a partition that holds the pool.',
  },
} as const satisfies Codes;
