import type { Codes } from '../values/codes';

/** Codes of file systems and mounts (HPC3900 to HPC3949). */
export const storageCodes = {
  HPC3900: {
    title: 'two file systems at one path',
    why: 'The one that is mounted last hides the other.',
    fix: 'Give one of the mounts a path of its own.',
  },
  HPC3901: {
    title: 'a file system that hosts on the premises cannot name',
    why: 'What mount(8) is given is known only after terraform apply; burst nodes look it up when they start, hosts on the premises have their files from synth.',
    fix: 'Mount it on burst pools only, or use a file system whose name is chosen (EFS).',
  },
} as const satisfies Codes;
