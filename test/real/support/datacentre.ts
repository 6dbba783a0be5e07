import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import {
  Files,
  labOverlay,
  noAccountingOverlay,
  Overlay,
  overlayKeys,
  slurmValue,
  slurmValues,
  withoutAddresses,
} from './slurm-overlay';
import { run, RunResult } from './tools';

/** What a Slurm lab is made of. */
export interface SlurmLabProps {
  /** Files as they were emitted; a path that does not begin with / is taken below /etc/slurm. */
  readonly files: Files | ReadonlyMap<string, string>;
  /** Nodes that are booted with a slurmd, by their name in slurm.conf. The others stay away. @default none */
  readonly machines?: readonly string[];
  /** Leave out `labOverlay` and keep addresses: for what no node has to run with. @default false */
  readonly untouched?: boolean;
  /** Further keys of slurm.conf to change, after those of `labOverlay`. @default none */
  readonly overlay?: Overlay;
  /** Run MariaDB and slurmdbd. @default true when slurm.conf names accounting_storage/slurmdbd */
  readonly accounting?: boolean;
  /** Bash that runs when slurmdbd answers and slurmctld is not up yet. @default adds the cluster */
  readonly accounts?: string;
  /** Programs for the lab, such as a fake `aws`: absolute path to content, made executable. @default none */
  readonly programs?: Files;
  /** The root tree that the lab is a copy-on-write view of: another Slurm version. @default '/' */
  readonly root?: string;
  /** A root tree with a further Slurm, which `other_slurm` of the script installs in place of the first. @default none */
  readonly otherRoot?: string;
  /** Begin with the Slurm of `otherRoot`. @default false */
  readonly otherFirst?: boolean;
  /** @default 120000 */
  readonly timeoutMs?: number;
}

/** What came out of a lab. */
export interface LabResult extends RunResult {
  /** Every log by its path below /var/log, and what each slurmd said as `<machine>.slurmd`. */
  readonly logs: Readonly<Record<string, string>>;
  /** What the lab changed in the emitted files, one line for each key. */
  readonly changed: readonly string[];
}

/**
 * A disposable data centre on this machine: slurmctld, slurmdbd and slurmd, each machine with its own network, mounts and
 * host name, on a copy-on-write view of the root. The script sees the shell functions of datacentre.sh: `wait_state NAME
 * STATE [SECONDS]`, `state NAME`, `on NAME COMMAND...`, `machine_up NAME`, `machine_down NAME`, `other_slurm`.
 */
export class SlurmLab {
  constructor(private readonly props: SlurmLabProps) {}

  /** Starts the data centre, runs a bash script on its controller, and takes everything down again. */
  run(script: string): Promise<LabResult> {
    return this.inLab(script, true);
  }

  /** Runs a bash script on the controller with the files in place, but no Slurm daemon. */
  runOffline(script: string): Promise<LabResult> {
    return this.inLab(script, false);
  }

  private async inLab(script: string, start: boolean): Promise<LabResult> {
    const {
      root = '/',
      otherRoot = '',
      otherFirst = false,
      timeoutMs = 120_000,
      machines = [],
      accounts = '',
      programs = {},
    } = this.props;
    const lab = await mkdtemp(join(tmpdir(), 'hpcdk-lab-'));
    try {
      const site = this.site();
      await mkdir(join(lab, 'logs'));
      await chmod(lab, 0o755); // the Slurm user reads it
      await copyFile(join(__dirname, 'datacentre.sh'), join(lab, 'datacentre.sh'));
      for (const [path, content] of Object.entries(site.files)) await put(lab, path, content, isScript(content));
      for (const [path, content] of Object.entries(programs)) await put(lab, path, content, true);
      for (const verb of ['resume', 'suspend']) {
        const program = `#!/bin/bash\nexec bash /run/lab/datacentre.sh ${verb} "$1"\n`;
        await writeFile(join(lab, verb), program, { mode: 0o755 });
      }
      const settings = {
        ...site.settings,
        MACHINES: machines.join(' '),
        START: yes(start),
        OTHER_FIRST: yes(otherFirst),
      };
      const env = Object.entries(settings).map(([key, value]) => `${key}=${quote(value)}\n`);
      await writeFile(join(lab, 'lab.env'), env.join(''));
      await writeFile(join(lab, 'script'), script);
      await writeFile(join(lab, 'accounts'), accounts);
      const namespaces = ['-n', '-m', '-u', '-p', '-f', '--kill-child', '--mount-proc'];
      const args = [...namespaces, 'bash', join(lab, 'datacentre.sh'), 'enter', lab, root, otherRoot];
      const result = await run('unshare', args, { timeoutMs });
      return { ...result, logs: await readTree(join(lab, 'logs')), changed: site.changed };
    } finally {
      await rm(lab, { recursive: true, force: true });
    }
  }

  /** The files as the lab uses them, and what datacentre.sh must know of them. */
  private site(): { files: Files; changed: readonly string[]; settings: Readonly<Record<string, string>> } {
    const files: Record<string, string> = {};
    for (const [path, content] of filesOf(this.props.files)) files[posix.resolve('/etc/slurm', path)] = content;
    const emitted = files['/etc/slurm/slurm.conf'] ?? '';
    const asked = slurmValue(emitted, 'AccountingStorageType') === 'accounting_storage/slurmdbd';
    const accounting = this.props.accounting ?? asked;
    const untouched = this.props.untouched ?? false;
    const plain = untouched ? { text: emitted, changed: [] } : withoutAddresses(emitted);
    const overlay = {
      ...(untouched ? {} : labOverlay),
      ...(accounting ? {} : noAccountingOverlay),
      ...this.props.overlay,
    };
    const conf = overlayKeys(plain.text, overlay);
    const changed = [...plain.changed, ...conf.changed];
    files['/etc/slurm/slurm.conf'] = conf.text;
    const value = (key: string, other: string) => slurmValue(conf.text, key) ?? other;
    const [head = 'head', ...backups] = slurmValues(conf.text, 'SlurmctldHost').map((host) => host.replace(/\(.*/, ''));
    let dbdHost = '';
    if (accounting) {
      const path = '/etc/slurm/slurmdbd.conf';
      const dbd = overlayKeys(files[path] ?? '', databaseOverlay(head, value('SlurmUser', 'root')));
      files[path] = dbd.text;
      changed.push(...dbd.changed.map((one) => `slurmdbd.conf ${one}`));
      dbdHost = slurmValue(dbd.text, 'DbdHost') ?? head;
    }
    const logs = ['SlurmctldLogFile', 'SlurmdLogFile', 'SlurmSchedLogFile', 'JobCompLoc', 'SlurmctldPidFile'];
    const owned = logs
      .map((key) => value(key, ''))
      .filter((path) => path.startsWith('/'))
      .map((path) => dirname(path));
    const spool = value('SlurmdSpoolDir', '/var/spool/slurmd').replace(/\/%n.*/, '');
    const aliases = [dbdHost, value('AccountingStorageHost', ''), head.split('.')[0] ?? '', ...backups];
    return {
      files,
      changed,
      settings: {
        HEAD: head,
        ALIASES: [...new Set(aliases)].filter((name) => name !== '' && name !== head && name !== 'localhost').join(' '),
        CLUSTER: value('ClusterName', 'cluster'),
        SLURM_USER: value('SlurmUser', 'root'),
        AUTH: value('AuthType', 'auth/munge').replace('auth/', ''),
        DBD_HOST: dbdHost,
        DEVICES: devices(files['/etc/slurm/gres.conf'] ?? '').join(' '),
        CGROUP_DISABLED: value('ProctrackType', '').endsWith('/cgroup') ? '' : 'yes',
        CONFIGLESS: /enable_configless/i.test(value('SlurmctldParameters', '')) ? 'yes' : '',
        OWNED_FOLDERS: [...new Set([...owned, value('StateSaveLocation', '/var/spool')])]
          .filter((folder) => !['/run', '/var/run', '/var/log', '/var/spool', '/'].includes(folder))
          .join(' '),
        OWN_FOLDERS: spool,
      },
    };
  }
}

/**
 * What scontrol, slurmd and slurmctld complain about in a set of emitted files, as `program: sentence`; none when they
 * take them. Nothing is changed in the files but accounting, which is left out. No program says a word about an unknown
 * word inside SlurmctldParameters or a GRES without GresTypes.
 */
export async function checkSlurmConf(files: SlurmLabProps['files'], root?: string): Promise<readonly string[]> {
  const lab = new SlurmLab({ files, root, untouched: true, accounting: false, timeoutMs: 30_000 });
  const { stdout, stderr, code } = await lab.runOffline('check');
  const lines = stdout.split('\n').filter((line) => /\b(error|fatal|warning): /i.test(line));
  const said = lines.map((line) => line.replace(/: \S*?: (?=error|fatal|warning)/i, ': '));
  const problems = said.filter((line) => !ofTheLab.some((noise) => noise.test(line)));
  return [...new Set(code === 0 ? problems : [...problems, `lab: exit code ${code}: ${stderr}`])];
}

/** Complaints that come from the lab, not from the files. */
const ofTheLab: readonly RegExp[] = [
  /Could not open \w+ state file .*: No such file/, // the first start of a cluster
  /NOTE: Trying backup state save file/,
  /Configured MailProg is invalid/, // this machine has no mail program
  /pmix/i, // nor the PMIx library
  /High latency for \d+ calls to gettimeofday/, // nor always the time to answer
  /xcpuinfo_abs_to_mac: failed|Invalid GRES data for \w+, Cores=/, // nor as many cores as the nodes
  /_shutdown_bu_thread:send\/recv \S+: Connection refused/, // no second controller runs
  // accounting is left out, and with it the QOS
  /accounting information gathered, but not stored|asked for it not to be stored/,
  /We have no QOS on the system|can only be used with SlurmDBD, ignoring/,
];

/** A database of the lab: MariaDB on a socket, root without a password. */
function databaseOverlay(head: string, user: string): Overlay {
  return {
    DbdHost: (emitted) => (emitted === undefined || emitted === 'localhost' ? head : emitted),
    DbdAddr: null,
    SlurmUser: (emitted) => emitted ?? user,
    StorageType: 'accounting_storage/mysql',
    StorageHost: 'localhost',
    StoragePort: null,
    StorageUser: 'root',
    StoragePass: null,
  };
}

/** The devices of a gres.conf: `File=/dev/nvidia[0-3]` is four. */
export function devices(gres: string): string[] {
  const found = [...gres.matchAll(/\bFile=(\S+)/gi)].flatMap(([, list = '']) => {
    const range = /^(.*)\[(\d+)-(\d+)\]$/.exec(list);
    if (range === null) return list.split(',');
    const [, stem = '', first = '0', last = '0'] = range;
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => `${stem}${Number(first) + i}`);
  });
  return [...new Set(found)];
}

const filesOf = (files: SlurmLabProps['files']): Iterable<[string, string]> =>
  files instanceof Map ? files.entries() : Object.entries(files);
const yes = (is: boolean) => (is ? 'yes' : '');
const isScript = (content: string) => content.startsWith('#!');
const quote = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;

async function put(lab: string, path: string, content: string, program: boolean): Promise<void> {
  const target = join(lab, 'files', path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, content);
  await chmod(target, program ? 0o755 : 0o644);
}

async function readTree(dir: string): Promise<Record<string, string>> {
  const tree: Record<string, string> = {};
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) tree[path.slice(dir.length + 1)] = await readFile(path, 'utf8');
  }
  return tree;
}
