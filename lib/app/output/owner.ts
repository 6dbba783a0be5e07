import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errnoOf } from './errno';

/** The process that holds a lock, told apart from every other one on every host that mounts the same disk. */
export interface LockOwner {
  readonly host: string;
  readonly pid: number;
  /** The kernel's random boot id; '' where the system has none. */
  readonly boot: string;
  /** The process id namespace: in another one (a container) the pid says nothing. */
  readonly namespace: string;
  /** Start time of the process in clock ticks since boot: survives the reuse of a pid. */
  readonly start: string;
  /** Tells two commits of one process apart. */
  readonly nonce: string;
}

/** This process, as the owner of one more lock. */
export function thisOwner(): LockOwner {
  return {
    host: hostname(),
    pid: process.pid,
    boot: readOr('', () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    namespace: readOr('', () => readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')),
    start: processStat(process.pid)?.start ?? '',
    nonce: randomBytes(6).toString('hex'),
  };
}

/** True only when the process is known to be gone: same host, and a former boot or no such process any more. */
export function isDead(owner: LockOwner, here: LockOwner): boolean {
  if (owner.host !== here.host) return false;
  if (owner.boot !== '' && here.boot !== '' && owner.boot !== here.boot) return true;
  if (owner.namespace !== here.namespace) return false;
  const stat = processStat(owner.pid);
  if (stat) return stat.ended || (owner.start !== '' && stat.start !== owner.start);
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return errnoOf(error) === 'ESRCH';
  }
}

/** The owner as a file name. */
export function ownerName(owner: LockOwner): string {
  return [owner.host, String(owner.pid), owner.boot, owner.namespace, owner.start, owner.nonce]
    .map(encodeURIComponent)
    .join(',');
}

/** The owner that a file name tells, or undefined when it is none of ours. */
export function parseOwner(name: string): LockOwner | undefined {
  const match = /^([^,]+),([1-9]\d*),([^,]*),([^,]*),([^,]*),([0-9a-f]+)$/.exec(name);
  if (!match) return undefined;
  const [, host = '', pid, boot = '', namespace = '', start = '', nonce = ''] = match;
  return readOr(undefined, () => ({ host: decodeURIComponent(host), pid: Number(pid), boot, namespace, start, nonce }));
}

/** From /proc/PID/stat (proc(5)): field 3 is the state, field 22 the start time; the name in field 2 may hold anything. */
function processStat(pid: number): { readonly ended: boolean; readonly start: string } | undefined {
  const text = readOr(undefined, () => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields?.[0], fields?.[19]];
  return state === undefined || start === undefined ? undefined : { ended: 'ZX'.includes(state), start };
}

function readOr<T, D>(otherwise: D, read: () => T): T | D {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
