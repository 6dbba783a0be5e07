import {
  checkSlurmOptions,
  slurmChange,
  slurmOption,
  slurmOptions,
  type SlurmFile,
} from '../../../lib/compute/slurm/options';
import { slurmConf } from '../../../lib/documents/slurm-conf';
import { Version } from '../../../lib/values/version';

const conf = (text: string) =>
  slurmConf.parse(text, (problem) => {
    throw new Error(problem.message);
  });

function check(
  text: string,
  version = '22.05',
  more: { acknowledged?: string[]; includes?: Record<string, string>; file?: SlurmFile } = {},
) {
  const found: string[] = [];
  const includes = new Map(Object.entries(more.includes ?? {}).map(([path, inner]) => [path, conf(inner)]));
  checkSlurmOptions(
    more.file ?? 'slurm.conf',
    conf(text),
    Version.parse(version),
    ({ code, message, fix, severity }, at) =>
      found.push([`${at}: ${severity ?? 'error'} ${code} ${message}`, fix].filter(Boolean).join(' -> ')),
    { acknowledged: more.acknowledged, includes },
  );
  return found;
}

describe('the table', () => {
  const options = slurmOptions();

  test('spells each key once per scope', () => {
    const names = options.map(({ file, scope, key }) => `${file} ${scope} ${key.toLowerCase()}`);
    expect(new Set(names).size).toBe(names.length);
    expect(options.length).toBeGreaterThan(450);
  });

  test('says from when, until when, what then and by which source', () => {
    const versions = /^2[2-6]\.(05|02|11)(\.\d+)?$/;
    for (const { key, since, until, fate, source, values = [], type, list } of options) {
      const lives = [
        { word: key, since, until, fate },
        ...values.map((value) => (typeof value === 'string' ? { word: value } : value)),
      ];
      for (const life of lives) {
        if (life.since) expect([life.word, life.since]).toEqual([life.word, expect.stringMatching(versions)]);
        if (life.until) expect([life.word, life.until]).toEqual([life.word, expect.stringMatching(versions)]);
        expect([life.word, life.fate === undefined]).toEqual([life.word, life.until === undefined]);
        if (life.since && life.until) expect(Version.parse(life.until).atLeast(life.since)).toBe(true);
      }
      expect([key, source]).toEqual([key, expect.stringMatching(/\d\d\.\d\d/)]);
      expect([key, list === true]).toEqual([key, type === 'list' || key === 'SuspendExcNodes']);
      const words = values.map((value) => (typeof value === 'string' ? value : value.word).toLowerCase());
      expect([key, new Set(words).size]).toEqual([key, words.length]);
    }
  });

  test('is asked in any case', () => {
    expect(slurmOption('slurm.conf', 'global', 'privatedata')).toMatchObject({
      key: 'PrivateData',
      type: 'list',
      list: true,
    });
    expect(slurmOption('slurm.conf', 'node', 'REALMEMORY')).toMatchObject({ type: 'size', bits: 64 });
    expect(slurmOption('slurm.conf', 'global', 'RealMemory')).toBeUndefined();
    expect(slurmOption('gres.conf', 'gres', 'File')).toMatchObject({ type: 'path', source: 'gres.conf(5) 22.05' });
  });

  test('knows what a change needs at a version', () => {
    const need = (key: string, version: string) =>
      slurmChange(slurmOption('slurm.conf', 'global', key)!, Version.parse(version));
    expect([need('SelectType', '22.05'), need('SelectType', '23.11')]).toEqual(['restart all', 'reconfigure']);
    expect([need('AuthType', '22.05'), need('AuthType', '26.05')]).toEqual(['stop all', 'stop all']);
    expect(need('SlurmctldPort', '26.05')).toBe('restart all');
    expect(need('MaxArraySize', '22.05')).toBe('reconfigure');
    const nodes = slurmOption('slurm.conf', 'node', 'NodeName')!;
    expect([slurmChange(nodes, Version.parse('24.05')), slurmChange(nodes, Version.parse('24.11'))]).toEqual([
      'restart all',
      'reconfigure',
    ]);
    expect(slurmChange(slurmOption('slurmdbd.conf', 'global', 'DbdPort')!, Version.parse('26.05'))).toBe(
      'restart slurmdbd',
    );
  });
});

describe('checkSlurmOptions', () => {
  const good = [
    'ClusterName=hpc',
    'SlurmctldHost=ctl1',
    'SlurmctldHost=ctl2(10.0.0.2)',
    'privatedata=jobs,usage',
    'SchedulerParameters=bf_max_job_test=500,bf_window=2880,defer',
    'TaskPlugin=affinity,task/cgroup',
    'JobSubmitPlugins=job_submit/lua',
    'AuthInfo=socket=/run/munge/munge.socket.2',
    'SuspendTime=INFINITE',
    'PriorityDecayHalfLife=14-0',
    'MaxJobCount=20k',
    'NodeName=DEFAULT State=UNKNOWN',
    'NodeName=cn[001-064] CPUs=96 RealMemory=380000 Gres=gpu:a100:4',
    'PartitionName=batch Nodes=ALL Default=yes MaxTime=2-00:00:00 OverSubscribe=FORCE:4 SuspendTime=-1',
    '',
  ].join('\n');

  test.each(['22.05', '22.05.8', '24.11', '26.05'])('has nothing against a sound file for %s', (version) => {
    expect(check(good, version)).toEqual([]);
  });

  test.each([
    [
      'SlurmctldParmeters=enable_configless',
      "HPC4000 'SlurmctldParmeters' is no key for a line of slurm.conf -> did you mean SlurmctldParameters?",
    ],
    ['RealMemory=1', "HPC4000 'RealMemory' is no key for a line of slurm.conf -> RealMemory stands on a NodeName line"],
    ['NodeName=n1 Memory=1', "HPC4000 'Memory' is no key for a NodeName line of slurm.conf"],
    [
      'PartitionName=p ReturnToService=1',
      "HPC4000 'ReturnToService' is no key for a PartitionName line of slurm.conf -> ReturnToService stands on a line of its own",
    ],
    ['SuspendExcStates=DOWN', 'HPC4001 SuspendExcStates came with Slurm 23.02, and the declared one is Slurm 22.05'],
    [
      'PartitionName=p PowerDownOnIdle=yes',
      'HPC4001 PowerDownOnIdle came with Slurm 23.02, and the declared one is Slurm 22.05',
    ],
    [
      'SlurmctldParameters=rl_enable',
      'HPC4001 SlurmctldParameters=rl_enable came with Slurm 23.02, and the declared one is Slurm 22.05',
    ],
    [
      'SallocDefaultCommand="srun --pty sh"',
      'HPC4002 SallocDefaultCommand is gone since Slurm 22.05: Slurm 22.05 refuses it -> use LaunchParameters=use_interactive_step',
    ],
    [
      'EnforcePartLimits=MAYBE',
      "HPC4004 'MAYBE' is no value of EnforcePartLimits in Slurm 22.05, which complains of it -> use one of: ALL, ANY, NO, YES",
    ],
    [
      'SelectType=cons_tres',
      "HPC4004 'cons_tres' is no value of SelectType in Slurm 22.05, which does not say so -> use one of: select/cons_res, select/cons_tres, select/cray_aries, select/linear",
    ],
    ['SlurmctldTimeout=5m', "HPC4005 SlurmctldTimeout is '5m', which is not a whole number below 65536"],
    ['SlurmctldTimeout=70000', "HPC4005 SlurmctldTimeout is '70000', which is not a whole number below 65536"],
    ['SuspendTime=10:00', "HPC4005 SuspendTime is '10:00', which is not a whole number"],
    ['NodeName=n1 RealMemory=384G', "HPC4005 RealMemory is '384G', which is not a whole number of MiB"],
    [
      'PartitionName=p MaxTime=2days',
      "HPC4005 MaxTime is '2days', which is not minutes, minutes:seconds, hours:minutes:seconds, days-hours or UNLIMITED",
    ],
    ['PartitionName=p Hidden=maybe', "HPC4005 Hidden is 'maybe', which is not YES or NO"],
    [
      'SlurmctldParameters=enable_confgless',
      "HPC4006 'enable_confgless' is no word of SlurmctldParameters in Slurm 22.05, which does not say so -> did you mean enable_configless?",
    ],
    [
      'ClusterName=a SlurmctldHost=b',
      'HPC4007 ClusterName stands on a line of its own, but SlurmctldHost follows it -> write each key on a line of its own, and put a value with blanks in double quotes',
    ],
  ])('refuses %s', (line, problem) => {
    expect(check(`${line}\n`)).toEqual([`line 1: error ${problem}`]);
  });

  test('tells what each version does with a gone word', () => {
    const of = (version: string) =>
      check('SlurmctldParameters=cloud_reg_addrs\n', version).map((text) => text.slice(8));
    expect(of('23.02')).toEqual([]);
    expect(of('24.11')).toEqual([
      'error HPC4002 SlurmctldParameters=cloud_reg_addrs is gone since Slurm 23.11: Slurm 24.11 calls it defunct -> leave it out',
    ]);
    expect(check('PrivateData=cloud\n', '23.02')[0]).toContain('ignores it without a word');
  });

  test('warns of an old name once its successor is there', () => {
    const line = 'JobContainerType=job_container/tmpfs\n';
    expect(check(line, '24.11')).toEqual([]);
    expect(check(line, '25.11')).toEqual([
      'line 1: warning HPC4008 JobContainerType is an old name that Slurm 25.11 still reads -> use NamespaceType',
    ]);
    const words = 'SchedulerParameters=preempt_youngest_first\n';
    expect([check(words, '22.05').length, check(words, '23.02').length]).toEqual([0, 1]);
  });

  test('takes a release as its newest micro release, and a micro release by its number', () => {
    const line = 'AccountingStoreFlags=no_stdio\n'; // came with 24.05.1
    expect([check(line, '24.05').length, check(line, '24.05.0').length, check(line, '24.05.1').length]).toEqual([
      0, 1, 0,
    ]);
  });

  test('refuses a second line of a key, and says what it costs for a list', () => {
    expect(check('PrivateData=jobs\n# more\nprivatedata=usage\n')).toEqual([
      'line 3: error HPC4003 PrivateData is set here and at line 1, and only the last line counts -> write one PrivateData line with all of its words',
    ]);
    expect(check('NodeName=n1 CPUs=2 CPUs=4\n')).toEqual([
      'line 1: error HPC4003 CPUs is set twice on one line, and only the last counts -> leave out one of them',
    ]);
    expect(check('NodeName=n1 CPUs=2\nNodeName=n2 CPUs=2\n')).toEqual([]);
  });

  test('lets scripts stand on several lines from 24.05 on', () => {
    const text = 'Prolog=/etc/slurm/a.sh\nProlog=/etc/slurm/b.sh\n';
    expect([check(text, '23.11').length, check(text, '24.05').length]).toEqual([1, 0]);
  });

  test('follows Include lines where they stand', () => {
    const includes = { 'cloud.conf': 'PrivateData=cloud\nFoo=1\n', 'loop.conf': 'Include loop.conf\n' };
    expect(check('PrivateData=jobs\nInclude cloud.conf\nInclude loop.conf\n', '22.05', { includes })).toEqual([
      'cloud.conf line 1: error HPC4003 PrivateData is set here and at line 1, and only the last line counts -> write one PrivateData line with all of its words',
      "cloud.conf line 2: error HPC4000 'Foo' is no key for a line of slurm.conf",
    ]);
  });

  test('counts lines as the editor does after a continuation', () => {
    expect(check('NodeName=n1 \\\n CPUs=2\nFooBarBaz=1\n')[0]).toMatch(/^line 3: /);
  });

  test('takes acknowledged words, of lists and of plugins', () => {
    const text = 'SlurmctldParameters=our_patch=3\nJobSubmitPlugins=lua,site\nSwitchType=switch/ours\n';
    expect(check(text)).toHaveLength(3);
    expect(check(text, '22.05', { acknowledged: ['our_patch', 'site', 'switch/ours'] })).toEqual([]);
  });

  test('reads the other files by their own tables', () => {
    expect(
      check('AutoDetect=nvml\nNodeName=gn[1-8] Name=gpu Type=a100 File=/dev/nvidia[0-3] Cores=0-31\n', '22.05', {
        file: 'gres.conf',
      }),
    ).toEqual([]);
    expect(
      check('ConstrainCores=yes\nAllowedRAMSpace=99.5\nConstrainKmemSpace=no\n', '23.11', { file: 'cgroup.conf' }),
    ).toEqual([
      'line 3: error HPC4002 ConstrainKmemSpace is gone since Slurm 23.11: Slurm 23.11 refuses it -> leave it out',
    ]);
    expect(
      check('SwitchName=s0 Nodes=n[1-4]\nSwitchName=top Switches=s0\n', '22.05', { file: 'topology.conf' }),
    ).toEqual([]);
    expect(check('BlockName=b1 Nodes=n[1-4]\nBlockLevels=1\n', '24.05', { file: 'topology.conf' })).toEqual([
      'line 2: error HPC4002 BlockLevels is gone since Slurm 24.05: Slurm 24.05 refuses it -> use BlockSizes',
    ]);
    expect(check('DbdHost=db\nPurgeJobMonths=12\n', '22.05', { file: 'slurmdbd.conf' })).toEqual([
      'line 2: warning HPC4008 PurgeJobMonths is an old name that Slurm 22.05 still reads -> use PurgeJobAfter',
    ]);
  });

  test('passes on what is wrong with the version, and checks nothing by it', () => {
    expect(check('Foo=1\n', 'v22')).toEqual([expect.stringContaining('HPC1040')]);
  });
});
