import { closeSync, fchmodSync, fsync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { errnoOf } from './errno';

type Flush = (fd: number) => Promise<void>;
const inThread: Flush = promisify(fsync);
const here: Flush = async (fd) => fsyncSync(fd);
/** One file alone is flushed here and now: the threads that flush several at once cost milliseconds to start. */
const flushOf = (count: number): Flush => (count > 1 ? inThread : here);

/** How many files are open at once; their fsyncs run in parallel, which a disk answers together. */
const BATCH = 64;

/** One file to be written anew, with exactly this mode. */
export interface NewFile {
  readonly path: string;
  readonly bytes: Uint8Array | string;
  readonly mode: number;
}

/** Writes files that must not exist yet; with `durable` they outlive a power cut when this returns. */
export async function writeFiles(files: readonly NewFile[], durable: boolean, onFile: (file: NewFile) => void) {
  for (let begin = 0; begin < files.length; begin += BATCH) {
    const open: number[] = [];
    try {
      for (const file of files.slice(begin, begin + BATCH)) {
        onFile(file);
        const fd = openSync(file.path, 'wx', file.mode);
        open.push(fd);
        writeFileSync(fd, file.bytes);
        fchmodSync(fd, file.mode); // Whatever the umask.
      }
      const flush = flushOf(open.length);
      if (durable) await Promise.all(open.map((fd) => flush(fd)));
    } finally {
      open.forEach((fd) => closeSync(fd));
    }
  }
}

/** Makes renames and removals in these folders durable, as far as the file system can. */
export async function syncFolders(dir: string, folders: readonly string[]): Promise<void> {
  const each = [...new Set(folders)];
  await Promise.all(each.map((folder) => syncFolder(join(dir, folder), flushOf(each.length))));
}

async function syncFolder(folder: string, flush: Flush): Promise<void> {
  let fd: number;
  try {
    fd = openSync(folder, 'r');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return; // Pruned, or a file by now.
    throw error;
  }
  try {
    await flush(fd);
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EISDIR', 'EBADF'].includes(errnoOf(error) ?? '')) throw error;
  } finally {
    closeSync(fd);
  }
}
