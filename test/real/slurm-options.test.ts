import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { slurmOptions, type SlurmFile, type SlurmOption } from '../../lib/compute/slurm/options';
import { Version } from '../../lib/values/version';
import { describeWith, run, type RunResult } from './support/tools';

// The table against the Slurm of this machine, or of a root file system that HPCDK_SLURM_ROOT names (another release).
const root = process.env.HPCDK_SLURM_ROOT ?? '/';

/** Runs a program of Slurm with these configuration files. */
async function slurm(
  files: Readonly<Record<string, string>>,
  command: string,
  args: readonly string[],
): Promise<RunResult> {
  const dir = await mkdtemp(root === '/' ? join(tmpdir(), 'hpcdk-options-') : join(root, 'tmp/hpcdk-options-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text, { mode: 0o600 });
  const inside = join('/', relative(root, dir));
  const env = { SLURM_CONF: join(inside, 'slurm.conf') };
  const result =
    root === '/' ? await run(command, args, { env }) : await run('chroot', [root, command, ...args], { env, cwd: '/' });
  await rm(dir, { recursive: true });
  return result;
}

const base = 'ClusterName=x\nSlurmctldHost=head\nSlurmUser=root\nSelectType=select/cons_tres\n';

/** Values where one of the key's type does not do. */
const samples: Readonly<Record<string, string>> = {
  BcastExclude: '/usr',
  CryptoType: 'cred/munge',
  MaxDBDMsgs: '20000',
  MCSParameters: 'ondemand,select',
  ClusterName: 'x',
  CpuFreqDef: 'Performance',
  EpilogMsgTime: '2000',
  GpuFreqDef: 'low',
  JobContainerType: 'job_container/none',
  Licenses: 'matlab:1',
  MpiParams: 'ports=12000-12999',
  NodeSet: 'set',
  PartitionName: 'p',
  PluginDir: '/usr',
  PreemptMode: 'OFF',
  PriorityWeightTRES: 'cpu=1',
  RequeueExit: '1',
  RequeueExitHold: '1',
  SchedulerTimeSlice: '30',
  SelectTypeParameters: 'CR_Core',
  SlurmctldHost: 'head',
  SlurmctldPort: '6817',
  SlurmdUser: 'root',
  SlurmUser: 'root',
  SrunPortRange: '60001-63000',
  TaskPlugin: 'task/none',
  'node State': 'DOWN',
  'node Gres': 'gpu:1',
  Port: '6818',
  TRESBillingWeights: 'CPU=1',
  TRESWeights: 'CPU=1',
};
/** Keys that Slurm takes only beside another. */
const companions: Readonly<Record<string, string>> = {
  MCSParameters: 'MCSPlugin=mcs/user\n',
  NamespaceType: 'PrologFlags=Contain\n',
  SlurmSchedLogLevel: 'SlurmSchedLogFile=/var/log/sched.log\n',
};
/** Words that Slurm takes only with another. */
const beside: Readonly<Record<string, string>> = {
  Autobind: 'Autobind=Cores',
  PRIORITY: 'PRIORITY,CANCEL',
  SUSPEND: 'SUSPEND,GANG',
  WITHIN: 'WITHIN,CANCEL',
};
/** Refused by slurmctld alone; a wrong one stops every command. */
const notTried = ['FastSchedule', 'PluginDir'];
const byType = {
  bool: 'YES',
  int: '2',
  size: '1000',
  float: '50',
  time: '10',
  hostlist: 'n1',
  path: '/bin/true',
  text: 'x',
};

function sample({ key, scope, type, values }: SlurmOption): string {
  const special = samples[`${scope} ${key}`] ?? samples[key];
  if (special !== undefined) return special;
  if (type !== 'enum' && type !== 'list') return byType[type];
  const always = values?.find(
    (value) => typeof value === 'string' || (value.since === undefined && value.until === undefined),
  );
  const word = always ?? values?.[0] ?? 'x';
  return typeof word === 'string' ? word : word.word;
}

/** The line of slurm.conf that sets one key. */
function lineOf(option: SlurmOption): string {
  const pair = `${option.key}=${sample(option)}`;
  const record = {
    node: 'NodeName=n1',
    partition: 'PartitionName=p',
    downnodes: 'DownNodes=n1',
    nodeset: 'NodeSet=s',
  };
  if (option.scope === 'poweraction') return 'PowerAction=a Location=slurmd Program=/bin/true';
  const first = record[option.scope as keyof typeof record] ?? '';
  return first.startsWith(`${option.key}=`) ? first : `${first} ${pair}`.trim();
}

type Expected = 'accepted' | 'unknown' | 'fatal' | 'defunct' | 'ignored';

function lives({ since, until, fate }: Pick<SlurmOption, 'since' | 'until' | 'fate'>, version: Version): Expected {
  if (since !== undefined && !version.atLeast(since)) return 'unknown';
  return until !== undefined && version.atLeast(until) ? (fate ?? 'fatal') : 'accepted';
}

const of = (file: SlurmFile) => slurmOptions().filter((option) => option.file === file);
const unrecognised = (stderr: string) =>
  new Set([...stderr.matchAll(/unrecognized key: (\w+)/g)].map(([, key = '']) => key.toLowerCase()));

describeWith(
  root === '/' ? ['scontrol', 'slurmd', 'slurmdbd'] : ['root'],
  'the option table and the installed Slurm agree',
  () => {
    let version: Version;
    beforeAll(async () => {
      const { stdout } = await slurm({ 'slurm.conf': base }, 'slurmd', ['-V']);
      version = Version.parse(stdout.trim().split(' ').at(-1) ?? '');
      expect(version.problem).toBeUndefined();
    });

    test('on every key of slurm.conf', async () => {
      const wrong: string[] = [];
      for (const option of of('slurm.conf').filter(({ key }) => !notTried.includes(key))) {
        const others = base.replace(new RegExp(`^${option.key}=.*\\n`, 'm'), '') + (companions[option.key] ?? '');
        const line = lineOf(option);
        const { code, stderr } = await slurm({ 'slurm.conf': `${others}${line}\n` }, 'scontrol', [
          'show',
          'hostnames',
          'n1',
        ]);
        const unknown = unrecognised(stderr);
        const seen: Expected =
          unknown.has(option.key.toLowerCase()) || unknown.has((line.split('=')[0] ?? '').toLowerCase())
            ? 'unknown'
            : code !== 0
              ? 'fatal'
              : stderr.includes('is defunct')
                ? 'defunct'
                : 'accepted';
        const wanted = lives(option, version);
        if (!agree(wanted, seen))
          wrong.push(`${option.scope} ${option.key}: table ${wanted}, Slurm ${seen}: ${stderr}`);
      }
      expect(wrong).toEqual([]);
    });

    test('on the words that Slurm itself checks', async () => {
      const keys = ['AccountingStorageEnforce', 'DebugFlags', 'EnforcePartLimits', 'PreemptMode', 'PrologFlags', 'PropagateResourceLimits']; // prettier-ignore
      const more = ['ReconfigFlags', 'SelectTypeParameters', 'SlurmctldDebug', 'SlurmdDebug', 'SlurmctldSyslogDebug', 'SlurmdSyslogDebug', 'TaskPluginParam']; // prettier-ignore
      const wrong: string[] = [];
      for (const { key, values = [], strict } of of('slurm.conf').filter(
        ({ key, scope }) => scope === 'global' && [...keys, ...more].includes(key),
      )) {
        expect(strict).toBe(true);
        for (const value of [...values, 'no_such_word']) {
          const word = typeof value === 'string' ? value : value.word;
          const alone = beside[word] ?? word;
          const preempt = key === 'PreemptMode' && !['OFF', 'GANG'].includes(word) ? 'PreemptType=preempt/qos\n' : '';
          const text = `${base}TaskPlugin=task/cgroup\n${preempt}${key}=${alone}\n`;
          const { code, stderr } = await slurm({ 'slurm.conf': text }, 'scontrol', ['show', 'hostnames', 'n1']);
          const has = typeof value === 'string' ? value !== 'no_such_word' : lives(value, version) === 'accepted';
          const taken = code === 0 && !stderr.includes('Invalid');
          if (has !== taken) wrong.push(`${key}=${word}: table ${has}, Slurm ${taken}: ${stderr}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    test('on every key of gres.conf', async () => {
      const seen: string[] = [];
      for (const option of of('gres.conf')) {
        const alone = option.scope === 'global' || option.key === 'NodeName' || option.key === 'Name';
        const line = `${alone ? '' : 'Name=gpu '}${option.key}=${sample(option)}\n`;
        seen.push(...unrecognised((await slurmd({ 'gres.conf': line })).stderr));
      }
      expect(seen).toEqual([]);
      expect(unrecognised((await slurmd({ 'gres.conf': 'Name=gpu NoSuchKey=1\n' })).stderr)).toEqual(
        new Set(['nosuchkey']),
      );
    });

    test('on every key of cgroup.conf', async () => {
      const text = of('cgroup.conf').map((option) => `${option.key}=${sample(option)}\n`);
      const { stderr } = await slurmd({ 'cgroup.conf': `${text.join('')}NoSuchKey=1\n` });
      expect(unrecognised(stderr)).toEqual(unknownIn('cgroup.conf', unrecognised(stderr)));
    });

    test('on every key of slurmdbd.conf', async () => {
      const others = of('slurmdbd.conf').filter(({ key }) => key !== 'StorageType');
      const text = others.map((option) => `${option.key}=${sample(option)}\n`).join('');
      const files = { 'slurm.conf': base, 'slurmdbd.conf': `StorageType=none\n${text}NoSuchKey=1\n` };
      const { stderr } = await slurm(files, 'slurmdbd', ['-D']);
      expect(unrecognised(stderr)).toEqual(unknownIn('slurmdbd.conf', unrecognised(stderr)));
    });

    /** slurmd that reads its files, prints its GRES and stops; it needs neither munge nor a cgroup of its own. */
    const slurmd = (files: Readonly<Record<string, string>>) => {
      const cgroup: Record<string, string> = version.atLeast('24.05')
        ? { 'cgroup.conf': 'CgroupPlugin=disabled\n' }
        : {};
      const plugins = 'AuthType=auth/none\nCredType=cred/none\nProctrackType=proctrack/linuxproc\n';
      const text = `${base}${plugins}GresTypes=gpu\nNodeName=n1\n`;
      return slurm({ 'slurm.conf': text, ...cgroup, ...files }, 'slurmd', ['-G', '-N', 'n1']);
    };

    /** The keys that must be unknown, the one of the test too; a key gone before 22.05 may be. */
    const unknownIn = (file: SlurmFile, seen: ReadonlySet<string>) => {
      const gone = of(file).filter((option) => {
        const life = lives(option, version);
        if (life === 'fatal' && option.until === '22.05') return seen.has(option.key.toLowerCase());
        return life === 'unknown' || life === 'fatal';
      });
      return new Set(['nosuchkey', ...gone.map(({ key }) => key.toLowerCase())]);
    };
  },
);

/** A key that is gone may be unknown to a still later version, and from 23.11 on only daemons say what is defunct. */
function agree(wanted: Expected, seen: Expected): boolean {
  if (wanted === 'fatal') return seen === 'fatal' || seen === 'unknown';
  if (wanted === 'defunct') return seen !== 'fatal';
  return wanted === seen || (wanted === 'ignored' && seen === 'accepted');
}
