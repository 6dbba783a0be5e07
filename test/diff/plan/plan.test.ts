import type { Effect } from '../../../lib/app/effect';
import type { Manifest, ManifestFile, ManifestSite } from '../../../lib/app/manifest';
import { compareSides } from '../../../lib/diff/comparison';
import { makeEntry } from '../../../lib/diff/entry';
import type { Entry, PlanStep } from '../../../lib/diff/model';
import { ExistingNfs, NodeType, Size, type SlurmDatabase } from '../../../lib/index';
import { planRollOut } from '../../../lib/diff/plan/plan';
import { declareSmall, type Small, type Variant } from '../support/campus';
import { edited } from '../support/edited';
import { manifestOf } from '../support/manifests';
import { diffOf } from '../support/sides';

const site: ManifestSite = {
  project: 'sites/campus/ansible',
  groups: {
    controller: { hosts: 'ctl1', controller: true },
    compute: { hosts: 'cn[1-4]' },
    database: { hosts: 'db1' },
  },
  services: [
    { name: 'slurmdbd', groups: ['database'] },
    { name: 'slurmctld', groups: ['controller'], after: ['slurmdbd'] },
    { name: 'slurmd', groups: ['compute'], after: ['slurmctld'] },
  ],
  tags: { phases: ['prepare', 'configure', 'start'], roles: {} },
};
const file = (more: Partial<ManifestFile>): ManifestFile => ({ sha256: '1', mode: '0644', owner: 'campus', ...more });
const manifest: Manifest = {
  ...manifestOf(
    {},
    {
      'slurm.conf': file({ host: { path: '/etc/slurm/slurm.conf' }, groups: ['controller'] }),
      'slurmdbd.conf': file({
        host: { path: '/etc/slurm/slurmdbd.conf' },
        groups: ['database'],
        readers: [{ service: 'slurmdbd', on: 'restart' }],
      }),
      'stacks/aws/cdk.tf.json': file({}),
    },
  ),
  sites: { campus: site },
};
const side = { label: 'a', manifest, sources: {} };
const comparison = compareSides(side, side);

const entry = (id: string, effect: Omit<Effect, 'reason'>, files: readonly string[] = ['slurm.conf']): Entry =>
  makeEntry({
    id,
    section: 'other',
    action: 'changed',
    level: 'field',
    kind: 'Thing',
    path: `campus/${id}`,
    title: id,
    effect: { reason: 'a test', ...effect },
    files,
  });
const plan = (...entries: Entry[]): PlanStep[] => planRollOut(entries, comparison);
const lines = (steps: readonly PlanStep[]) =>
  steps.map(({ action, text, hosts }) => [action, text, hosts].filter(Boolean).join(' | '));

const addition = entry('addition', {
  class: 'daemon-restart',
  steps: ['stop slurmctld', 'place the files', 'restart slurmd on every node', 'start slurmctld'],
});
const limit = entry('limit', { class: 'reconfigure' });

describe('the roll-out of a few entries', () => {
  test('what nobody has to do anything for needs no plan', () => {
    expect(plan(entry('remark', { class: 'none' }, []))).toEqual([]);
    expect(plan()).toEqual([]);
  });

  test('a file that no daemon reads is placed', () => {
    expect(lines(plan(entry('motd', { class: 'none' })))).toEqual(['place | place the files on controller | ctl1']);
  });

  test('a reconfigure: files first, and the command that says what was changed', () => {
    expect(plan(limit)).toEqual([
      {
        action: 'place',
        text: 'place the files on controller',
        hosts: 'ctl1',
        command: 'cd sites/campus/ansible && ansible-playbook site.yml --tags prepare,configure --limit controller',
        because: ['limit'],
      },
      {
        action: 'reconfigure',
        text: 'slurmctld and slurmd read their files again',
        command: 'scontrol reconfigure',
        because: ['limit'],
      },
    ]);
  });

  test('the steps of an effect keep their order, on the hosts that run the daemons', () => {
    expect(lines(plan(addition))).toEqual([
      'stop | stop slurmctld | ctl1',
      'place | place the files on controller | ctl1',
      'restart | restart slurmd on every node | cn[1-4]',
      'start | start slurmctld | ctl1',
    ]);
  });

  test('what several ask for is done once, for all of them', () => {
    const steps = plan(addition, limit, entry('restart', { class: 'daemon-restart', steps: ['restart slurmctld'] }));
    expect(lines(steps)).toEqual(lines(plan(addition)));
    expect(steps.at(-1)?.because).toEqual(['addition', 'restart']);
    expect(steps[1]?.because).toEqual(['addition', 'limit', 'restart']);
  });

  test('a restart of slurmctld alone does not tell slurmd what changed', () => {
    const steps = plan(limit, entry('restart', { class: 'daemon-restart', steps: ['restart slurmctld'] }));
    expect(lines(steps)).toEqual([
      'place | place the files on controller | ctl1',
      'restart | restart slurmctld | ctl1',
      'reconfigure | slurmctld and slurmd read their files again',
    ]);
  });

  test('daemons restart in the order of the play, whoever asks first', () => {
    const all = ['slurmd', 'slurmctld', 'slurmdbd'].map((name) =>
      entry(name, { class: 'daemon-restart', steps: [`restart ${name}`] }, []),
    );
    expect(lines(plan(...all))).toEqual([
      'restart | restart slurmdbd | db1',
      'restart | restart slurmctld | ctl1',
      'restart | restart slurmd | cn[1-4]',
    ]);
  });

  test('an effect without steps restarts what reads its files', () => {
    expect(lines(plan(entry('dbd', { class: 'daemon-restart' }, ['slurmdbd.conf'])))).toEqual([
      'place | place the files on database | db1',
      'restart | restart slurmdbd | db1',
    ]);
  });

  test('orders that contradict one another end: who stops a service counts', () => {
    const other = entry('other', {
      class: 'daemon-restart',
      steps: ['restart slurmctld', 'restart slurmd on every node'],
    });
    expect(lines(plan(other, addition))).toEqual(lines(plan(addition)));
  });

  test('a cloud is changed by terraform, before files are placed', () => {
    expect(lines(plan(entry('pool', { class: 'none' }, ['stacks/aws/cdk.tf.json', 'slurm.conf'])))).toEqual([
      'apply | terraform shows what it will do to aws, and does it',
      'place | place the files on controller | ctl1',
    ]);
  });

  test('what only a person can do stands where its effect says', () => {
    const moved = entry('queue', {
      class: 'data-loss',
      steps: ['stop slurmctld', 'copy the queue', 'place the files', 'start slurmctld'],
    });
    expect(plan(moved).map(({ action }) => action)).toEqual(['stop', 'by-hand', 'place', 'start']);
  });
});

describe('the roll-out of a cluster', () => {
  const RECORD = 'run | play the whole site: it changes no more files, and ctl1 records what is deployed';
  const settingUp = (hosts: string, keeper = 'ctl1') =>
    `run | play the whole site: it sets up ${hosts}; elsewhere it changes no more files, and ${keeper} records what is deployed`;

  const planOf = async (before: Variant, after: Variant) =>
    lines((await diffOf(declareSmall(before), declareSmall(after))).plan);

  test('nodes that go are drained first, by their names', async () => {
    expect(await planOf({}, { hosts: 'cn[001-032]' })).toEqual([
      'drain | drain the nodes that go and wait for their jobs | cn[033-064]',
      'stop | stop slurmd on the nodes that go | cn[033-064]',
      'stop | stop slurmctld | ctl1',
      'place | place the files on hpc_controller | ctl1',
      'restart | restart slurmd on every node | cn[001-032]',
      'start | start slurmctld | ctl1',
      RECORD,
    ]);
  });

  test('slurmctld stops where it is and starts where it goes', async () => {
    expect(await planOf({}, { cluster: { controller: 'ctl2' } })).toEqual([
      'stop | stop slurmctld for good | ctl1',
      'by-hand | copy StateSaveLocation to the new host, owned by SlurmUser',
      'place | place the files on hpc_compute, hpc_controller | cn[001-064],ctl2',
      'start | start slurmctld | ctl2',
      'restart | restart slurmd on every node | cn[001-064]',
      settingUp('ctl2', 'ctl2'),
    ]);
  });

  test('what only a person can do names the values; a daemon that no host runs is left out', async () => {
    expect(await planOf({}, { cluster: { stateSaveLocation: '/srv/state' } })).toContain(
      'by-hand | copy /var/spool/slurmctld to /srv/state, owned by SlurmUser',
    );
    const slurm = '24.11';
    const steps = await planOf({ cluster: { slurm } }, { cluster: { slurm, options: { AuthType: 'auth/slurm' } } });
    expect(steps.map((step) => step.split(' | ').slice(1).join(' on '))).toEqual([
      'drain every node and wait for the running jobs on cn[001-064]',
      'stop slurmctld on ctl1',
      'stop slurmd on every node on cn[001-064]',
      'put the key of the new way on every host: no play does',
      'place the files on hpc_controller on ctl1',
      'start slurmctld on ctl1',
      'start slurmd on every node on cn[001-064]',
      'resume every node on cn[001-064]',
      'play the whole site: it changes no more files, and ctl1 records what is deployed',
    ]);
  });

  test('what no file says is done by a role of the playbook', async () => {
    const nfs = ({ site, hpc }: Small, server: string) =>
      void new ExistingNfs(site, 'home', { server, export: '/vol/home', path: '/home' }).mountOn(hpc);
    const { plan: steps } = await diffOf(
      declareSmall({ more: (small) => nfs(small, 'filer1') }),
      declareSmall({ more: (small) => nfs(small, 'filer2') }),
    );
    expect(steps.find(({ text }) => text.startsWith('unmount'))).toMatchObject({
      text: 'unmount /home on every host',
      hosts: 'cn[001-064]',
      command: "cd sites/campus/ansible && ansible hpc_compute -b -m ansible.posix.mount -a 'path=/home state=absent'",
    });
    expect(steps.find(({ action }) => action === 'run')).toMatchObject({
      text: 'file systems are mounted as declared',
      hosts: 'cn[001-064]',
      command: 'cd sites/campus/ansible && ansible-playbook site.yml --tags mounts --limit hpc_compute',
    });
    expect(lines(steps).at(-1)).toBe(RECORD);
  });

  test('a file system of a cloud is unmounted where the site mounts it', async () => {
    const { plan: steps } = await diffOf(
      edited('campus'),
      edited('campus', ["{ path: '/cloud/home' }", "{ path: '/cloud/homes' }"]),
    );
    expect(steps.find(({ text }) => text.startsWith('unmount'))).toMatchObject({
      text: 'unmount /cloud/home on every host',
      hosts: 'bm[01-08],cn[001-064],gn[01-08],login1',
    });
  });

  test('nodes of a cloud are given back instead of restarted; those on the premises are left alone', async () => {
    const { plan: steps } = await diffOf(
      edited('campus'),
      edited('campus', ["'c7i.24xlarge', 'c6i.24xlarge', 'm7i.24xlarge'", "'c7i.24xlarge'"]),
    );
    expect(steps[0]).toMatchObject({
      hosts: 'hpc-burst-[0-31]',
      command: 'scontrol update nodename=hpc-burst-[0-31] state=power_down_asap',
    });
    expect(steps.filter(({ text }) => text.includes('slurmd'))).toEqual([]);
  });

  test('another kind of nodes: only slurmd of that pool is restarted', async () => {
    const other = ({ hpc }: Small) =>
      void hpc.addNodes('other', {
        hosts: 'gn[1-2]',
        type: NodeType.of({ sockets: 1, cores: 8, memory: Size.gib(64) }),
      });
    const { plan: steps } = await diffOf(declareSmall({ more: other }), declareSmall({ more: other, memory: 128 }));
    expect(steps.find(({ text }) => text.startsWith('restart slurmd'))?.hosts).toBe('cn[001-064]');
  });

  test('a command takes a value as one word of a shell', async () => {
    const { plan: steps } = await diffOf(
      declareSmall({ partitions: { batch: 7, long: 7 } }),
      declareSmall({ partitions: { batch: 7 } }),
    );
    expect(steps[0]?.command).toBe('scontrol update partitionname=long state=drain');
    const hostile = {
      ...entry('queue', { class: 'data-loss', steps: ['look $ ls {before}'] }),
      before: "/a'; rm -rf /b",
    };
    expect(plan(hostile)[0]).toMatchObject({ text: 'look', command: "ls '/a'\\''; rm -rf /b'" });
  });

  test('an upgrade installs the release where its daemons run, the database first', async () => {
    const variant = (slurm: '24.11' | '25.05') => ({ cluster: { slurm }, accounting: () => undefined });
    expect(
      (await planOf(variant('24.11'), variant('25.05'))).map((step) => step.split(' | ').slice(1).join(' on ')),
    ).toEqual([
      'back up StateSaveLocation, and the accounting database if there is one',
      'stop slurmdbd on db1',
      'install Slurm 25.05 where slurmdbd runs on db1',
      'stop slurmctld on ctl1',
      'install Slurm 25.05 where slurmctld runs on ctl1',
      'place the files on hpc_controller on ctl1',
      'start slurmdbd on db1',
      'start slurmctld on ctl1',
      'install Slurm 25.05 where slurmd runs on cn[001-064]',
      'restart slurmd on every node on cn[001-064]',
      'install Slurm 25.05 on the login hosts, if there are any',
      'play the whole site: it changes no more files, and ctl1 records what is deployed',
    ]);
  });

  test('accounts are brought by sacctmgr: no daemon is told to read a file', async () => {
    const accounting = (fairshare: number) => (database: SlurmDatabase) => {
      database.addAccount('physics', { fairshare });
    };
    expect(await planOf({ accounting: accounting(10) }, { accounting: accounting(20) })).toEqual([
      'run | sacctmgr brings QOS, accounts and users to what is declared | ctl1',
      RECORD,
    ]);
  });

  test('from 24.11 on nodes come by a reconfigure', async () => {
    const cluster = { slurm: '24.11' } as const;
    expect(await planOf({ cluster }, { cluster, hosts: 'cn[001-072]' })).toEqual([
      'place | place the files on hpc_controller | ctl1',
      'reconfigure | slurmctld and slurmd read their files again',
      settingUp('cn[065-072]'),
    ]);
  });

  test('a file system of the cloud beside other nodes has no play of its own', async () => {
    const after = edited(
      'campus',
      ['  ExistingNfs,\n', '  ExistingNfs,\n  FsxLustre,\n'],
      [
        '  const cache = new Bucket(aws',
        `  new FsxLustre(aws, 'work', { path: '/work', capacity: Size.gib(4800) });\n  const cache = new Bucket(aws`,
      ],
      ['max: 32,', 'max: 64,'],
    );
    const { plan: steps } = await diffOf(edited('campus'), after);
    expect(lines(steps.filter(({ action }) => action === 'place'))).toEqual([
      'place | place the files on hpc_controller, hpc_login | ctl1,login1',
    ]);
  });
});
