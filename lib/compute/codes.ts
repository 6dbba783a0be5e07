import type { Codes } from '../values/codes';

/** Codes of nodes, partitions and Slurm's options (HPC4xxx). */
export const computeCodes = {
  // Slurm's options: HPC4000-4019; facts of a machine: HPC4020-4029.
  HPC4000: {
    title: 'a key that Slurm does not know',
    why: 'Slurm stops at the first unknown key: slurmctld, slurmd and every command refuse the file.',
    fix: 'Write the key as the man page of the file does.',
  },
  HPC4001: {
    title: 'a key that is newer than the declared Slurm',
    why: 'Slurm stops at a key that its version does not know yet.',
    fix: 'Leave it out, or declare the Slurm version that the site runs.',
  },
  HPC4002: {
    title: 'a key or word that the declared Slurm no longer has',
    why: 'Slurm drops options: some versions stop at the old key, others say that it is defunct, others ignore it without a word.',
    fix: 'Use the replacement, or leave it out.',
  },
  HPC4003: {
    title: 'a key that is set twice',
    why: 'Only the last line counts, also across included files. For a list this silently throws away the words of the first line.',
    fix: 'Set the key once, with all of its words.',
  },
  HPC4004: {
    title: 'a value that is not one of the known ones',
    why: 'Some versions refuse the file, others go on with a default.',
    fix: 'Use one of the values of the man page, or acknowledge the value of a plugin of your own.',
  },
  HPC4005: {
    title: 'a number or time that Slurm cannot read',
    why: 'Slurm reads numbers, times and yes or no in fixed forms (parse_value.c, parse_time.c); what it cannot read stops it or becomes 0.',
    fix: 'Write the value in the form that the message names.',
  },
  HPC4006: {
    title: 'an unknown word in a list',
    why: 'In most lists Slurm looks for the words that it knows and ignores the others, so that a typo switches nothing on.',
    fix: 'Write the word as the man page does, or acknowledge it.',
  },
  HPC4007: {
    title: 'several keys on one line',
    why: 'Only records such as NodeName and PartitionName have several keys on a line; elsewhere Slurm refuses what follows the first.',
    fix: 'Put each key on a line of its own.',
  },
  HPC4008: {
    title: 'the old name of a key',
    why: 'Slurm still reads it, but its man page no longer lists it.',
    fix: 'Use the name that the message gives.',
  },
  HPC4020: {
    title: 'facts of a machine that cannot be read',
    why: 'A node is declared from the output of slurmd -C, so that slurm.conf says what slurmd will report.',
    fix: 'Run slurmd -C on the machine and keep all of its output.',
  },
  HPC4021: {
    title: 'facts of more than one machine',
    why: 'A node type is one kind of machine.',
    fix: 'Keep one file of facts per kind of machine.',
  },
  HPC4022: {
    title: 'a number of CPUs that does not follow from sockets, cores and threads',
    why: 'slurmd registers what it finds, and slurmctld takes a node out whose CPUs do not fit its cores and threads.',
    fix: 'Run slurmd -C again; do not edit its output.',
  },
} as const satisfies Codes;
