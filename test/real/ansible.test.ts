import { appendFile, chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Construct } from 'constructs';
import type { HostFact } from '../../lib/app/host-fact';
import type { Site } from '../../lib/app/site';
import { FOLDER } from '../../lib/documents/document';
import { Hostlist } from '../../lib/values/hostlist';
import { group, Offers, synthesizeSite, textFile } from '../hosts/support';
import { play, type PlayOptions, playNeeds, type PlayResult } from './support/ansible';
import { bootedNeeds, BootedMachines } from './support/booted';
import { ansibleRootfs, copyRootfs, removeRootfs, rootfsNeeds } from './support/rootfs';
import { describeWith, failure, run, runOk } from './support/tools';

/** What the definition of these tests is made with. */
interface Content {
  readonly conf: string;
  readonly cgroup: string;
  readonly modules: Readonly<Record<string, string>>;
}

const content: Content = {
  conf: 'ClusterName=demo\n',
  cgroup: '{{ nobody }}',
  modules: { 'gcc/13.3.0.lua': 'help("gcc")\n', 'hdf5/1.14.lua': 'help("hdf5")\n' },
};

/** A small cluster that brings every kind of file. Its services are those of init scripts, for a chroot has no systemd. */
function declare(site: Site, { conf, cgroup, modules }: Content): void {
  const controllers = group('demo_controller', 'ctl1', { controller: true });
  const nodes = group('demo_compute', 'cn001');
  const slurm = new Offers(site, 'slurm', () => [
    {
      group: controllers,
      role: 'slurm_controller',
      facts: [
        { fact: 'user', name: 'slurm', uid: 64030, home: '/nonexistent', shell: '/usr/sbin/nologin' },
        { fact: 'directory', path: '/var/spool/slurmctld', owner: 'slurm', group: 'slurm', mode: 0o700 },
        { fact: 'sysctl', name: 'net.core.somaxconn', value: '4096' },
        file('slurm.conf'),
        file('cgroup.conf'),
        file('dbd.conf'),
        file('hosts'),
        file('login.defs'),
        { fact: 'tree', path: '/opt/modules', from: 'sites/campus/slurm/modules', documents: [] },
        { fact: 'service', name: 'slurmdbd' },
        {
          fact: 'service',
          name: 'slurmctld',
          after: ['slurmdbd'],
          reconfigure: ['/usr/local/bin/scontrol', 'reconfigure'],
        },
        {
          fact: 'command',
          name: 'add the cluster to the accounting database',
          command: ['touch', '/var/spool/slurmctld/added'],
          unless: ['test', '-e', '/var/spool/slurmctld/added'],
        },
      ],
    },
    {
      group: nodes,
      role: 'slurm_compute',
      facts: [
        { fact: 'package', debian: 'hostname', redhat: 'hostname' },
        { fact: 'limit', domain: '*', item: 'memlock', value: 'unlimited' },
        file('slurm.conf'),
        {
          fact: 'service',
          name: 'slurmd',
          after: ['slurmctld'],
          reconfigure: ['/usr/local/bin/scontrol', 'reconfigure'],
        },
      ],
    },
  ]);
  Object.defineProperty(slurm, FOLDER, { value: 'slurm' });
  const file = (id: string): HostFact => ({ fact: 'file', document: slurm.node.findChild(id) as never });
  const slurmd = { service: 'slurmd', on: 'reconfigure' } as const;
  const readers = [{ service: 'slurmctld', on: 'reconfigure' } as const, slurmd];
  textFile(slurm, 'slurm.conf', conf, { host: { path: '/etc/slurm/slurm.conf' }, readers });
  const restarted = [{ service: 'slurmctld', on: 'restart' } as const, { service: 'slurmd', on: 'restart' } as const];
  textFile(slurm, 'cgroup.conf', `# ${cgroup}\n`, {
    host: { path: '/etc/slurm/cgroup.conf' },
    readers: restarted,
  });
  const dbd = [{ service: 'slurmdbd', on: 'restart' } as const];
  textFile(slurm, 'dbd.conf', '# dbd\n', {
    host: { path: '/etc/slurm/slurmdbd.conf', owner: 'slurm', mode: 0o600 },
    readers: dbd,
  });
  textFile(slurm, 'hosts', '10.0.0.1 ctl1\n', { host: { path: '/etc/hosts', ownership: 'fragment' } });
  textFile(slurm, 'login.defs', 'UMASK 027\n', { host: { path: '/etc/login.defs', ownership: 'observed' } });
  moduleFiles(slurm, modules);
}

function moduleFiles(scope: Construct, modules: Content['modules']): void {
  for (const [path, text] of Object.entries(modules)) {
    textFile(scope, path.replace(/\//g, '-'), text, { path: `modules/${path}` });
  }
}

async function write(dir: string, what: Content = content): Promise<string> {
  await rm(join(dir, 'out'), { recursive: true, force: true });
  const { files, diagnostics } = await synthesizeSite((site) => declare(site, what));
  expect(diagnostics).toEqual([]);
  for (const [path, file] of [...files, ['hpcdk/manifest.json', { content: '{"version": 1}\n' }] as const]) {
    await mkdir(dirname(join(dir, 'out', path)), { recursive: true });
    await writeFile(join(dir, 'out', path), file.content);
  }
  return join(dir, 'out/sites/campus/ansible');
}

/** A service of which nothing is real but a line in /var/log/services each time that it is started or stopped. */
const initScript = (name: string) => `#!/bin/sh
### BEGIN INIT INFO
# Provides: ${name}
# Required-Start:
# Required-Stop:
# Default-Start: 2 3 4 5
# Default-Stop:
### END INIT INFO
case $1 in
  status) test -e /var/lib/${name}.up ;;
  start) touch /var/lib/${name}.up ;;
  stop) rm -f /var/lib/${name}.up; exit 0 ;; # Ansible restarts by stop and start
  restart) touch /var/lib/${name}.up ;;
esac
rc=$?
[ "$1" = status ] || echo "$(date +%s%N) ${name} $1" >>/var/log/services
exit $rc
`;

async function prepareRoot(root: string, services: readonly string[] = []): Promise<void> {
  for (const name of services) {
    await writeFile(join(root, 'etc/init.d', name), initScript(name));
    await chmod(join(root, 'etc/init.d', name), 0o755);
  }
  await writeFile(
    join(root, 'usr/local/bin/scontrol'),
    '#!/bin/sh\necho "$(date +%s%N) scontrol $1" >>/var/log/services\n',
  );
  await chmod(join(root, 'usr/local/bin/scontrol'), 0o755);
  await writeFile(join(root, 'etc/hosts'), '127.0.0.1 localhost\n');
  // a program of systemd without systemd behind it: Ansible shall take the init scripts
  if (services.length > 0) await rm(join(root, 'usr/bin/systemctl'), { force: true });
}

/** What failed tasks said; the whole record of a play is too long to read. */
const complaints = ({ stdout, stderr }: PlayResult): string =>
  [...stdout.matchAll(/"(?:msg|stderr|stdout)": "((?:[^"\\]|\\.)+)"/g)].map(([, text]) => text).join('\n') + stderr;

const needs = [...rootfsNeeds, ...playNeeds];

describeWith(['ansible-lint', 'yamllint', 'ansible-playbook', 'ansible-inventory'], 'the Ansible project', () => {
  let dir: string;
  let project: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hpcdk-ansible-'));
    project = await write(dir);
  });
  afterAll(() => rm(dir, { recursive: true }));

  test('ansible-lint has nothing to say at its strictest profile', async () => {
    const args = ['--offline', '--nocolor', '-q', '--profile', 'production', 'site.yml'];
    const result = await run('ansible-lint', args, { cwd: project });
    expect(failure('ansible-lint', result)).toBe(
      failure('ansible-lint', { code: 0, stdout: '', stderr: result.stderr }),
    );
    expect(result.stderr).not.toContain('finding');
  });

  test('yamllint has nothing to say', async () => {
    const result = await run('yamllint', ['--strict', '.'], { cwd: project });
    expect(failure('yamllint', result)).toBe(failure('yamllint', { code: 0, stdout: '', stderr: '' }));
  });

  test('the syntax is right, and each phase and role has its tag', async () => {
    await runOk('ansible-playbook', ['--syntax-check', 'site.yml'], { cwd: project });
    const tags = await runOk('ansible-playbook', ['--list-tags', 'site.yml'], { cwd: project });
    for (const tag of ['prepare', 'configure', 'start', 'settle', 'slurm_controller', 'slurm_compute']) {
      expect(tags).toContain(tag);
    }
  });

  test('ranges of hosts become the names that the hostlist has', async () => {
    const hosts = 'cn[001-012,100],gpu[8-11],r[1-2]n[01-03],login1,io[09-10]-ib';
    const { files } = await synthesizeSite((site) => {
      new Offers(site, 'nodes', () => [{ group: group('nodes', hosts), role: 'nodes', facts: [] }]);
    });
    await mkdir(join(dir, 'inventory'), { recursive: true });
    await writeFile(
      join(dir, 'inventory/hosts.yml'),
      files.get('sites/campus/ansible/inventory/hosts.yml')?.content ?? '',
    );
    const listed = JSON.parse(await runOk('ansible-inventory', ['-i', join(dir, 'inventory'), '--list'])) as {
      nodes: { hosts: string[] };
    };
    expect(listed.nodes.hosts.sort()).toEqual([...Hostlist.parse(hosts)].sort());
  });
});

describeWith(needs, 'the playbook on real root file systems', () => {
  let dir: string;
  let ctl1: string;
  let cn001: string;
  let project: string;
  const options = (more: readonly string[] = []): PlayOptions => ({
    cwd: project,
    playbook: 'site.yml',
    inventory: 'inventory',
    roots: { ctl1, cn001 },
    args: more,
  });
  const on = (root: string, path: string) => readFile(join(root, path), 'utf8');
  const services = async () => {
    const logs = await Promise.all([ctl1, cn001].map((root) => on(root, 'var/log/services').catch(() => '')));
    const lines = logs.join('').split('\n').filter((text) => text !== '').sort(); // prettier-ignore
    for (const root of [ctl1, cn001]) await rm(join(root, 'var/log/services'), { force: true });
    return lines.map((text) => text.replace(/^\d+ /, ''));
  };
  const succeeded = (result: PlayResult) => {
    expect(result.code === 0 ? '' : complaints(result)).toBe('');
    return result;
  };

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hpcdk-ansible-'));
    [ctl1, cn001] = [await copyRootfs(ansibleRootfs), await copyRootfs(ansibleRootfs)];
    await prepareRoot(ctl1, ['slurmdbd', 'slurmctld', 'systemd-sysctl']);
    await prepareRoot(cn001, ['slurmd']);
    project = await write(dir);
  }, 400_000);
  afterAll(async () => {
    await removeRootfs(ctl1);
    await removeRootfs(cn001);
    await rm(dir, { recursive: true });
  });

  test('a check of fresh hosts passes and writes nothing', async () => {
    const result = succeeded(await play(options(['--check', '--diff'])));
    expect(result.changes).toContain('ctl1: hpcdk : Make the folders for what is known on this host');
    await expect(on(ctl1, 'var/lib/hpcdk')).rejects.toThrow('ENOENT');
    expect(await services()).toEqual([]);
  }, 400_000);

  test('the first run places everything and starts services in their order over the hosts', async () => {
    succeeded(await play(options()));
    expect(await on(ctl1, 'etc/slurm/slurm.conf')).toBe('ClusterName=demo\n');
    expect(await on(ctl1, 'etc/slurm/cgroup.conf')).toBe('# {{ nobody }}\n');
    expect(await on(ctl1, 'opt/modules/gcc/13.3.0.lua')).toBe('help("gcc")\n');
    expect(await on(ctl1, 'etc/hosts')).toMatch(/^127.0.0.1 localhost\n# BEGIN .*\n10.0.0.1 ctl1\n# END .*\n$/);
    expect(await on(cn001, 'etc/security/limits.d/50-slurm_compute.conf')).toBe('* - memlock unlimited\n');
    expect(await on(ctl1, 'var/lib/hpcdk/manifest.json')).toBe('{"version": 1}\n');
    expect(await services()).toEqual([
      'slurmdbd start',
      'slurmctld start',
      'slurmd start',
      'systemd-sysctl start',
      'scontrol reconfigure',
    ]);
  }, 400_000);

  test('a run over some of the hosts does not claim that the manifest was deployed', async () => {
    const manifest = join(dir, 'out/hpcdk/manifest.json');
    const before = await readFile(manifest, 'utf8');
    await writeFile(manifest, '{"version": 9}\n');
    succeeded(await play(options(['--limit', 'ctl1'])));
    await writeFile(manifest, before);
    expect(await on(ctl1, 'var/lib/hpcdk/manifest.json')).toBe(before);
    await services();
  }, 400_000);

  test('the second run changes nothing', async () => {
    const result = succeeded(await play(options()));
    expect(result.changes).toEqual([]);
    expect(await services()).toEqual([]);
  }, 400_000);

  test('after a change services are restarted once, in order, and reconfigured last; stale files of a tree go', async () => {
    // GIVEN a change of two files that slurmctld reads, one of them by a restart; and a module that is declared no more
    const { 'hdf5/1.14.lua': _gone, ...modules } = content.modules;
    project = await write(dir, { ...content, conf: 'ClusterName=demo\nMailProg=/bin/true\n', cgroup: 'two', modules });
    // WHEN
    succeeded(await play(options()));
    // THEN slurmctld is restarted and not reconfigured on top, slurmd is told to read its file
    expect(await services()).toEqual(['slurmctld start', 'scontrol reconfigure']);
    expect(await on(cn001, 'etc/slurm/slurm.conf')).toContain('MailProg');
    await expect(on(ctl1, 'opt/modules/hdf5/1.14.lua')).rejects.toThrow('ENOENT');
    expect(await on(ctl1, 'opt/modules/gcc/13.3.0.lua')).toBe('help("gcc")\n');
  }, 400_000);

  test('owned files that were changed by hand stop their host, all of them at once, before anything is written', async () => {
    // GIVEN edits on the controller, and a new slurm.conf
    await appendFile(join(ctl1, 'etc/slurm/cgroup.conf'), 'edited by hand\n');
    await appendFile(join(ctl1, 'opt/modules/gcc/13.3.0.lua'), '-- edited by hand too\n');
    await writeFile(join(ctl1, 'opt/modules/gcc/mine.lua'), '-- put there by hand\n');
    project = await write(dir, { ...content, conf: 'ClusterName=demo\nFirstJobId=7\n', cgroup: 'two' });
    // WHEN
    const result = await play(options());
    // THEN the controller stops with the differences
    expect(result.stats.ctl1).toMatchObject({ failures: 1, changed: 0 });
    const said = complaints(result);
    expect(said).toContain('-edited by hand');
    expect(said).toContain('--- edited by hand too');
    expect(said).toContain('/opt/modules/gcc/mine.lua');
    expect(await on(ctl1, 'etc/slurm/slurm.conf')).toContain('MailProg');
    // AND the other host goes on
    expect(await on(cn001, 'etc/slurm/slurm.conf')).toContain('FirstJobId');
  }, 400_000);

  test('asked to, they are overwritten and a backup is kept', async () => {
    succeeded(await play(options(['-e', 'hpcdk_overwrite=true'])));
    expect(await on(ctl1, 'etc/slurm/cgroup.conf')).toBe('# two\n');
    expect(await on(ctl1, 'var/lib/hpcdk/backup/etc/slurm/cgroup.conf')).toBe('# two\nedited by hand\n');
    expect(await on(ctl1, 'opt/modules/gcc/13.3.0.lua')).toBe('help("gcc")\n');
    await expect(on(ctl1, 'opt/modules/gcc/mine.lua')).rejects.toThrow('ENOENT');
    expect(await on(ctl1, 'var/lib/hpcdk/backup/opt/modules/gcc/mine.lua')).toBe('-- put there by hand\n');
  }, 400_000);

  test('an observed file is compared and never written, a fragment leaves the rest of its file', async () => {
    await writeFile(join(ctl1, 'etc/hosts'), `${await on(ctl1, 'etc/hosts')}10.0.0.9 mine\n`);
    const before = await on(ctl1, 'etc/login.defs');
    const result = succeeded(await play(options(['--tags', 'configure'])));
    expect(await on(ctl1, 'etc/login.defs')).toBe(before);
    expect(result.stdout).toContain('+UMASK 027');
    expect(await on(ctl1, 'etc/hosts')).toMatch(/localhost\n# BEGIN [^]*\n# END .*\n10.0.0.9 mine\n$/);
    expect(result.changes).toEqual([]);
  }, 400_000);
});

describeWith([...bootedNeeds, 'ansible-playbook'], 'services on machines that booted systemd', () => {
  let dir: string;
  let machines: BootedMachines;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hpcdk-ansible-'));
    machines = await BootedMachines.create(['ctl1', 'cn001']);
    const unit = (name: string) => `[Service]
ExecStartPre=/bin/sh -c 'echo "$(date +%%s%%N) ${name} start" >>/var/log/services'
ExecStart=/bin/sleep infinity
[Install]
WantedBy=multi-user.target
`;
    const { ctl1, cn001 } = machines.roots as { ctl1: string; cn001: string };
    await prepareRoot(ctl1);
    await prepareRoot(cn001);
    for (const name of ['slurmdbd', 'slurmctld'])
      await writeFile(join(ctl1, `etc/systemd/system/${name}.service`), unit(name));
    await writeFile(join(cn001, 'etc/systemd/system/slurmd.service'), unit('slurmd'));
  }, 400_000);
  afterAll(async () => {
    await machines.remove();
    await rm(dir, { recursive: true });
  });

  test('are enabled and started in order, left alone by a second run, restarted after a change', async () => {
    // GIVEN one definition and a changed one
    const first = await write(join(dir, 'first'));
    const second = await write(join(dir, 'second'), { ...content, conf: 'ClusterName=demo\n\n', cgroup: 'two' });
    const logs = Object.values(machines.roots)
      .map((root) => join(root, 'var/log/services'))
      .join(' ');
    const apply = (title: string, project: string, args = '') => `
      (cd ${project} && ansible-playbook -i inventory -i ${machines.inventory} -l ctl1,cn001 ${args} site.yml) >${dir}/log 2>&1 ||
        { cat ${dir}/log; exit 1; }
      echo "${title}:" $(grep -o 'changed=[0-9]*' ${dir}/log | sort -u) $(cat ${logs} 2>/dev/null | sort | cut -d' ' -f2- | tr '\\n' ,)
      rm -f ${logs}`;
    const ask = (host: string, question: string) =>
      `ssh -n ${machines.sshOptions} root@${machines.address(host)} ${question}`;
    // WHEN
    const script = [
      apply('check', first, '--check'),
      `test ! -e ${machines.roots.ctl1}/var/lib/hpcdk || exit 1`,
      apply('first', first),
      apply('again', first),
      apply('changed', second),
      ask('cn001', 'systemctl is-enabled slurmd'),
      ask('ctl1', 'sysctl net.core.somaxconn'),
    ];
    const result = await machines.run(script.join('\n'), { cwd: first });
    // THEN
    expect(failure('machines', result)).toContain('exit code 0');
    expect(result.stdout.split('\n').map((text) => text.replace(/changed=[1-9]\d*/g, 'some'))).toEqual([
      'check: some some',
      'first: some some slurmdbd start,slurmctld start,slurmd start,scontrol reconfigure,',
      'again: changed=0',
      'changed: some some slurmctld start,scontrol reconfigure,',
      'enabled',
      'net.core.somaxconn = 4096',
      '',
    ]);
  }, 400_000);
});
