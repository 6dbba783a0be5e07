import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, RunResult } from './tools';

/** What a play did to one host. */
export interface HostStats {
  readonly ok: number;
  readonly changed: number;
  readonly failures: number;
  readonly unreachable: number;
  readonly skipped: number;
}

/** How a playbook went. */
export interface PlayResult extends RunResult {
  /** Empty when the play did not get as far as its recap. */
  readonly stats: Readonly<Record<string, HostStats>>;
  /** The names of the tasks that changed something, as `host: task`. */
  readonly changes: readonly string[];
}

/** A play on root file systems in place of hosts. */
export interface PlayOptions {
  /** The folder with the playbook and its inventory. */
  readonly cwd: string;
  readonly playbook: string;
  readonly inventory: string;
  /** The root folder that stands for each host; these are the only hosts that the play is limited to. */
  readonly roots: Readonly<Record<string, string>>;
  /** Further arguments, such as `--check` or `--tags`. @default none */
  readonly args?: readonly string[];
  readonly timeoutMs?: number;
}

/** What `tool` must find for `play`. */
export const playNeeds = ['root', 'unshare', 'ansible-playbook', 'chroot'];

/** Runs a playbook through chroot, in its own mount and process namespaces, so that nothing stays mounted or running. */
export async function play(options: PlayOptions): Promise<PlayResult> {
  const { cwd, playbook, inventory, roots, args = [], timeoutMs = 300_000 } = options;
  // Variables of hosts, not extra variables: those would hold for tasks that are delegated to localhost too.
  const connection = {
    ansible_connection: 'community.general.chroot',
    ansible_python_interpreter: '/usr/bin/python3',
    ansible_become: false,
  };
  const hosts = Object.entries(roots).map(([host, root]) => [host, { ...connection, ansible_host: root }] as const);
  const dir = await mkdtemp(join(tmpdir(), 'hpcdk-roots-'));
  await writeFile(join(dir, 'roots.yml'), JSON.stringify({ all: { hosts: Object.fromEntries(hosts) } }));
  const mounts = `for root in $1; do
      mount -t proc proc "$root/proc" && mount --rbind /sys "$root/sys" && mount --rbind /dev "$root/dev" || exit 1
      mount -t tmpfs run "$root/run"
    done; shift; exec ansible-playbook "$@"`;
  const only = Object.keys(roots).join(',');
  const ansible = ['-i', inventory, '-i', join(dir, 'roots.yml'), '-l', only, ...args, playbook];
  const unshare = ['-m', '-p', '-f', '--kill-child', '--mount-proc', 'sh', '-c', mounts, 'sh'];
  const result = await run('unshare', [...unshare, Object.values(roots).join(' '), ...ansible], {
    cwd,
    timeoutMs,
    env: {
      ANSIBLE_STDOUT_CALLBACK: 'json',
      ANSIBLE_RETRY_FILES_ENABLED: '0',
      // A chroot executable that is a program of this machine, whatever the play's PATH is.
      ANSIBLE_CHROOT_EXE: '/usr/sbin/chroot',
    },
  });
  await rm(dir, { recursive: true });
  return { ...result, ...readRecap(result.stdout) };
}

interface Recap {
  readonly stats: Record<string, HostStats>;
  readonly plays: readonly {
    tasks: readonly { task: { name: string }; hosts: Record<string, { changed?: boolean }> }[];
  }[];
}

function readRecap(stdout: string): Pick<PlayResult, 'stats' | 'changes'> {
  const start = stdout.indexOf('{');
  if (start < 0) return { stats: {}, changes: [] };
  let recap: Recap;
  try {
    recap = JSON.parse(stdout.slice(start)) as Recap;
  } catch {
    return { stats: {}, changes: [] }; // The caller sees why on stdout: the play broke off.
  }
  const changes = recap.plays.flatMap((one) =>
    one.tasks.flatMap(({ task, hosts }) =>
      Object.entries(hosts).flatMap(([host, { changed }]) => (changed === true ? [`${host}: ${task.name}`] : [])),
    ),
  );
  return { stats: recap.stats, changes };
}
