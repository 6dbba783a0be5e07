import type { Problem } from '../../values/problem';
import type { OutputCode } from './codes';
import { isDiskError } from './errno';
import type { LockOwner } from './owner';

/** One reason why the output was not written, with what a person needs to see. */
export interface OutputProblem extends Problem {
  readonly code: OutputCode;
  /** The file it is about, relative to the output folder. */
  readonly path?: string;
  /** Unified diff from the bytes on disk to those of this synth; absent for binary files and hopelessly different ones. */
  readonly diff?: string;
  /** True when `force` would overwrite it. @default false */
  readonly forceable?: boolean;
  /** Who holds the lock, when that is the reason. */
  readonly owner?: LockOwner;
}

/** Nothing was written (or, for HPC2610, the rest waits in the journal): all reasons at once. */
export interface Refusal {
  readonly kind: 'refused';
  readonly problems: readonly OutputProblem[];
}

/** A refusal for these reasons. */
export function refuse(...problems: readonly OutputProblem[]): Refusal {
  return { kind: 'refused', problems };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a file stands where a folder must be',
  EEXIST: 'a file stands where a folder must be',
  EISDIR: 'a folder stands where a file must be',
  ENOTEMPTY: 'a folder stands where a file must be',
  EXDEV: 'it is on another file system than the output folder',
  ENAMETOOLONG: 'the path is too long',
  ESTALE: 'the NFS file handle is stale',
  EIO: 'the disk reports an I/O error',
};

/** What the operating system refused, as a refusal; any other error is a bug of ours and is thrown on. */
export function diskRefusal(error: unknown, dir: string, code: OutputCode = 'HPC2609'): Refusal {
  if (!isDiskError(error)) throw error;
  const path = error.dest ?? error.path ?? dir;
  const reason = REASONS[error.code] ?? error.code;
  const cause = `${reason} (${error.code} at "${path}")`;
  return refuse(
    code === 'HPC2610'
      ? { code, message: `the commit to "${dir}" was stopped half-way: ${cause}`, fix: 'mend that and run it again' }
      : { code, message: `the output folder "${dir}" cannot be used: ${cause}` },
  );
}
