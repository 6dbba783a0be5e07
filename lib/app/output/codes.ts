import type { Codes } from '../../values/codes';

/** Codes of the output tree and its commit to disk (HPC2601 to HPC2610). */
export const outputCodes = {
  HPC2601: {
    title: 'a path that the output cannot have',
    why: 'A path of the output is relative to the output folder, uses "/", and has no empty, "." or ".." segment, no control character and no segment over 255 bytes; hpcdk/owned.json and hpcdk/.* are the bookkeeping of the commit.',
    fix: 'Give the document a plain relative path below its site or stack.',
  },
  HPC2602: {
    title: 'two paths of the output that cannot stand side by side',
    why: 'Paths that differ only in case are one file on a case-insensitive disk (macOS), and no disk has one name as a file and as a folder.',
    fix: 'Rename one of the two documents.',
  },
  HPC2603: {
    title: 'a file mode that the output cannot have',
    why: 'The output knows three modes: 0644 for files to read, 0755 for programs, 0600 for private files.',
    fix: 'Choose one of the three; owner, group and other modes on a host belong to the document, not to the output tree.',
  },
  HPC2604: {
    title: 'an owned file that was edited by hand',
    why: 'The bytes on disk are neither those that the last synth wrote nor those that this one would write, so somebody would lose work.',
    fix: 'Move the edit into the definition, or overwrite it with --force.',
  },
  HPC2605: {
    title: 'a file in the way that hpcdk did not write',
    why: 'What is not in hpcdk/owned.json belongs to somebody else, and is overwritten only when that is asked for.',
    fix: 'Move the file away, choose another output folder, or overwrite it with --force.',
  },
  HPC2606: {
    title: 'something in the way that is no regular file or folder',
    why: 'Synth never follows a symbolic link below the output folder, and never replaces a folder, a link or a device, not even with --force.',
    fix: 'Remove it or move it away. The output folder itself may be a symbolic link.',
  },
  HPC2607: {
    title: 'an ownership record that cannot be read',
    why: 'Without hpcdk/owned.json nothing tells which files are ours to overwrite and to prune.',
    fix: 'Restore the file from version control, or delete it: files that equal the output are then adopted, others are shown before anything is overwritten.',
  },
  HPC2608: {
    title: 'an output that another synth is writing',
    why: 'Two synths at once would mix. The lock names its owner by host, process, boot and start time; it is taken over only when that process is known to be dead, never from another host (homes are on NFS).',
    fix: 'Wait for the other synth. When its process is gone, remove the folder hpcdk/.lock in the output.',
  },
  HPC2609: {
    title: 'an output that cannot be read or written',
    why: 'The disk is full or read-only, a permission is missing, or a file stands where a folder must be. The old output is intact.',
    fix: 'Mend what the message names and run the command again.',
  },
  HPC2610: {
    title: 'a commit that was stopped half-way',
    why: 'The disk refused a change after the point of no return. What is left to do is in hpcdk/.journal, and the next command that reads or writes the output does it first.',
    fix: 'Mend what the message names and run any hpcdk command on the output.',
  },
} as const satisfies Codes;

/** A code of this folder. */
export type OutputCode = keyof typeof outputCodes;
