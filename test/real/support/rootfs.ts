import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOk } from './tools';

/** A root file system made of Debian packages. */
export interface RootfsSpec {
  /** Debian's code name, such as `bookworm`. */
  readonly suite: string;
  /** Packages beside Debian's minimal base. */
  readonly packages: readonly string[];
}

/** What Ansible needs of a host, and what its roles usually expect there. */
export const ansibleRootfs: RootfsSpec = {
  suite: 'bookworm',
  packages: ['python3', 'python3-apt', 'ca-certificates', 'iproute2', 'openssh-server', 'sudo', 'systemd'],
};

/** A root for a SlurmLab with the Slurm of Debian 13, which is 24.11. */
export const slurm2411Rootfs: RootfsSpec = {
  suite: 'trixie',
  packages: ['slurmctld', 'slurmd', 'slurm-client', 'slurm-wlm-basic-plugins', 'munge', 'iproute2', 'procps'],
};

/** What `tool` must find for a root file system to be made. */
export const rootfsNeeds = ['root', 'debootstrap', 'flock', 'apt-get'];

/**
 * The folder of a root file system, made once for each list of packages and kept in the folder of temporary files. Do not
 * write into it: use `copyRootfs`, or a SlurmLab, which is a copy-on-write view. The first time takes most of a minute.
 */
export async function rootfs({ suite, packages }: RootfsSpec): Promise<string> {
  const list = [...packages].sort().join(',');
  const path = join(
    tmpdir(),
    `hpcdk-rootfs-${createHash('sha256').update(`${suite}:${list}`).digest('hex').slice(0, 16)}`,
  );
  // A rename makes it whole or absent; the lock makes a second test file wait for the first.
  const make = `test -d "$1" || { rm -rf "$1.new" && debootstrap --variant=minbase --include="$2" "$3" "$1.new" "$4" >"$1.log" 2>&1 &&
    rm -rf "$1.new/var/cache/apt/archives" && mkdir -p "$1.new/var/cache/apt/archives/partial" && mv "$1.new" "$1"; } ||
    { tail -n 20 "$1.log" >&2; exit 1; }`;
  const args = [`${path}.lock`, 'sh', '-c', make, 'sh', path, list, suite, await mirror()];
  await runOk('flock', args, { timeoutMs: 400_000 });
  return path;
}

/** The mirror that this machine's apt uses for Debian itself. */
async function mirror(): Promise<string> {
  const format = '$(ORIGIN) $(LABEL) $(REPO_URI)';
  const targets = await runOk('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']);
  const found = /^Debian Debian (\S+)/m.exec(targets)?.[1];
  if (found === undefined) throw new Error('apt knows no Debian mirror; run apt-get update first');
  return found;
}

/** Copies a root file system to a folder of its own, which the caller removes. */
export async function copyRootfs(spec: RootfsSpec): Promise<string> {
  const source = await rootfs(spec);
  const target = join(await mkdtemp(join(tmpdir(), 'hpcdk-host-')), 'root');
  await runOk('cp', ['-a', '--reflink=auto', source, target]);
  return target;
}

/** Removes what `copyRootfs` made. */
export const removeRootfs = (path: string) => rm(join(path, '..'), { recursive: true, force: true });
