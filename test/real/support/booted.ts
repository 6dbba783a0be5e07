import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ansibleRootfs, copyRootfs, removeRootfs, type RootfsSpec, rootfsNeeds } from './rootfs';
import { run, runOk, type RunResult } from './tools';

/** What a root file system needs to boot with systemd. */
export const bootableRootfs: RootfsSpec = {
  ...ansibleRootfs,
  packages: [...ansibleRootfs.packages, 'dbus', 'systemd-sysv'],
};

/** What `tool` must find for machines to boot. */
export const bootedNeeds = [...rootfsNeeds, 'unshare', 'nsenter', 'systemd-nspawn', 'ip', 'ssh', 'ssh-keygen'];

const CHECK_NOTHING = '-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR';

/**
 * Machines that boot a real systemd and are reached by ssh under their names, in namespaces of their own: a run starts them, and
 * nothing is left of them when it ends but their root folders.
 */
export class BootedMachines {
  /** Makes a root folder for each machine. */
  static async create(names: readonly string[]): Promise<BootedMachines> {
    const dir = await mkdtemp(join(tmpdir(), 'hpcdk-booted-'));
    await runOk('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(dir, 'key')]);
    const roots: Record<string, string> = {};
    for (const name of names) {
      const root = (roots[name] = await copyRootfs(bootableRootfs));
      await rm(join(root, 'etc/hostname'), { force: true });
      await runOk('touch', [join(root, 'var/lib/apt/lists')]); // machines have no network: apt's lists must not look old
      await mkdir(join(root, 'root/.ssh'), { recursive: true, mode: 0o700 });
      await runOk('cp', [join(dir, 'key.pub'), join(root, 'root/.ssh/authorized_keys')]);
    }
    return new BootedMachines(dir, roots);
  }

  private constructor(
    private readonly dir: string,
    /** The root folder of each machine. */
    readonly roots: Readonly<Record<string, string>>,
  ) {}

  /** An inventory file that says how Ansible reaches the machines. */
  get inventory(): string {
    return join(this.dir, 'machines.yml');
  }

  /** The address of a machine while it runs. */
  address(name: string): string {
    return `10.96.0.${Object.keys(this.roots).indexOf(name) + 11}`;
  }

  /** Options of ssh for a connection as root. */
  get sshOptions(): string {
    return `${CHECK_NOTHING} -i ${join(this.dir, 'key')}`;
  }

  /** Boots the machines and runs a bash script beside them. */
  async run(script: string, options: { readonly cwd: string; readonly timeoutMs?: number }): Promise<RunResult> {
    const names = Object.keys(this.roots);
    const host = (name: string) => ({
      ansible_host: this.address(name),
      ansible_user: 'root',
      ansible_become: false,
      ansible_python_interpreter: '/usr/bin/python3',
      ansible_ssh_private_key_file: join(this.dir, 'key'),
      ansible_ssh_common_args: CHECK_NOTHING,
    });
    const hosts = Object.fromEntries(names.map((name) => [name, host(name)]));
    await writeFile(this.inventory, JSON.stringify({ all: { hosts } }));
    const boot = names.map((name) => `boot ${name} ${this.roots[name]} ${this.address(name)}`).join('\n');
    const wait = names.map((name) => `up ${this.address(name)} || exit 70`).join('\n');
    const lab = `set -u
mount -t tmpfs run /run
ip link set lo up; ip link add br0 type bridge; ip addr add 10.96.0.1/24 dev br0; ip link set br0 up
boot() {
  systemd-nspawn -q -D "$2" -b --network-bridge=br0 --register=no --keep-unit --machine="$1" --hostname="$1" \\
    --console=pipe --link-journal=no </dev/null >"${this.dir}/$1.log" 2>&1 &
  for i in {1..200}; do init=$(pgrep -P $! | head -n 1); [ -n "$init" ] && nsenter -t "$init" -n ip link show host0 >/dev/null 2>&1 && break; sleep .05; done
  nsenter -t "$init" -n sh -c "ip link set lo up; ip addr add $3/24 dev host0; ip link set host0 up"
}
up() {
  for i in {1..300}; do
    ssh -n ${this.sshOptions} -o ConnectTimeout=2 "root@$1" true 2>/dev/null && return 0
    sleep .1
  done
  return 1
}
${boot}
${wait}
${script}`;
    const unshare = ['-n', '-m', '-p', '-f', '--kill-child', '--mount-proc', 'bash', '-c', lab];
    return run('unshare', unshare, { cwd: options.cwd, timeoutMs: options.timeoutMs ?? 240_000 });
  }

  /** Removes the root folders. */
  async remove(): Promise<void> {
    for (const root of Object.values(this.roots)) await removeRootfs(root);
    await rm(this.dir, { recursive: true, force: true });
  }
}
