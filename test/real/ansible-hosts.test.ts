import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { HostFact } from '../../lib/app/host-fact';
import type { Site } from '../../lib/app/site';
import { OWNERSHIP } from '../../lib/documents/document';
import { Cidr } from '../../lib/values/cidr';
import { group, Offers, synthesizeSite, textFile } from '../hosts/support';
import { bootedNeeds, BootedMachines } from './support/booted';
import { describeWith, failure, run, runOk } from './support/tools';

const mounts: readonly HostFact[] = [
  { fact: 'mount', source: 'tmpfs', path: '/scratch', type: 'tmpfs', options: ['rw', 'size=16m', 'mode=1777'] },
  { fact: 'mount', source: '/srv/data', path: '/data', type: 'none', options: ['ro', 'bind'] },
];
const ports: readonly HostFact[] = [
  { fact: 'port', port: 6817, protocol: 'tcp', from: Cidr.parse('10.0.0.0/8') },
  { fact: 'port', port: 6818, protocol: 'udp', from: Cidr.parse('10.0.0.0/8') },
];

/** Mounts and ports of two groups, packages that are called otherwise in each family, and a folder that is only observed. */
function declare(site: Site): void {
  const [all, some] = [group('nodes', 'cn[1-2]'), group('others', 'x1')];
  const packages: readonly HostFact[] = [
    { fact: 'package', debian: 'nfs-common', redhat: 'nfs-utils' },
    { fact: 'package', debian: 'chrony', redhat: 'chrony' },
  ];
  const data: HostFact = { fact: 'directory', path: '/srv/data', mode: 0o755 };
  new Offers(site, 'node', () => [
    { group: all, role: 'node', facts: [...packages, data, ...mounts, ...ports] },
    { group: some, role: 'node', facts: [...packages, ...ports.slice(0, 1), ...mounts.slice(0, 1)] },
  ]);
  const watcher = new Offers(site, 'watcher', ({ node }) => [
    {
      group: some,
      role: 'watched',
      facts: [
        { fact: 'tree', path: '/opt/modules', from: 'sites/campus/modules', documents: [] },
        { fact: 'file', document: node.findChild('hosts') as never },
      ],
    },
  ]);
  Object.defineProperty(watcher, OWNERSHIP, { value: 'observed' });
  textFile(watcher, 'hosts', '10.0.0.1 ctl1\n', { host: { path: '/etc/hosts' } });
  textFile(watcher, 'gcc', 'help("gcc")\n', { path: 'modules/gcc.lua' });
}

async function write(dir: string, what: (site: Site) => void): Promise<string> {
  const { files, diagnostics } = await synthesizeSite(what);
  expect(diagnostics).toEqual([]);
  for (const [path, { content }] of [...files, ['hpcdk/manifest.json', { content: '{}\n' }] as const]) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
  return join(dir, 'sites/campus/ansible');
}

describeWith(['ansible-lint', 'ansible-playbook'], 'mounts, ports and packages of both families', () => {
  let dir: string;
  let project: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hpcdk-hosts-'));
    project = await write(dir, declare);
  });
  afterAll(() => rm(dir, { recursive: true }));

  test('are accepted by ansible-lint at its strictest profile', async () => {
    const args = ['--offline', '--nocolor', '-q', '--profile', 'production', 'site.yml'];
    const { code, stdout } = await run('ansible-lint', args, { cwd: project });
    expect([code, stdout]).toEqual([0, '']);
  });

  test('have modules and arguments that ansible-lint knows, those for Red Hat and the firewalls too', async () => {
    // a file by itself: of several, ansible-lint 6.13 tells nothing of arguments
    const tasks = join(project, 'roles/node/tasks/prepare.yml');
    const lint = async () => {
      const args = ['--offline', '--nocolor', '-q', '-p', '--strict', '--enable-list', 'args', tasks];
      return (await run('ansible-lint', args, { cwd: project })).stdout.match(/args\[module\]/g) ?? [];
    };
    expect(await lint()).toEqual([]);
    // GIVEN the same with a mistake in each kind of task THEN it is found: the arguments are really looked at
    const text = await readFile(tasks, 'utf8');
    const spoilt = text
      .replace('rich_rule:', 'rich_rul:')
      .replace('from_ip:', 'from_i:')
      .replace('fstype:', 'fstyp:')
      .replace(/(dnf:\n\s+)name:/, '$1nam:')
      .replace(/(apt:\n\s+)name:/, '$1nam:');
    await writeFile(tasks, spoilt);
    expect(await lint()).toHaveLength(5);
    await writeFile(tasks, text);
  });

  test('have the syntax of ansible-playbook', async () => {
    await runOk('ansible-playbook', ['--syntax-check', 'site.yml'], { cwd: project });
  });
});

describeWith(
  [...bootedNeeds, 'ansible-playbook', 'apt-get'],
  'mounts and ports on a machine that booted systemd',
  () => {
    let dir: string;
    let machines: BootedMachines;
    beforeAll(async () => {
      dir = await mkdtemp(join(tmpdir(), 'hpcdk-hosts-'));
      machines = await BootedMachines.create(['cn1']);
      const install = 'apt-get -qq update && apt-get -qq install --no-install-recommends ufw';
      await runOk('chroot', [machines.roots.cn1 as string, 'sh', '-c', install], {
        env: { DEBIAN_FRONTEND: 'noninteractive' },
      });
    }, 400_000);
    afterAll(async () => {
      await machines.remove();
      await rm(dir, { recursive: true });
    });

    test('are there after the first run, and left alone by the second; a changed option mounts again', async () => {
      // GIVEN a definition, and one with a larger file system in memory
      const facts = (size: string): readonly HostFact[] => [
        { fact: 'directory', path: '/srv/data', mode: 0o755 },
        {
          fact: 'mount',
          source: 'tmpfs',
          path: '/scratch',
          type: 'tmpfs',
          options: ['rw', `size=${size}`, 'mode=1777'],
        },
        ...mounts.slice(1),
        ...ports,
      ];
      const projects = await Promise.all(
        ['16m', '32m'].map((size) =>
          write(join(dir, size), (site) => {
            new Offers(site, 'node', () => [{ group: group('nodes', 'cn1'), role: 'node', facts: facts(size) }]);
          }),
        ),
      );
      const apply = (title: string, project: string, more = '') => `
      (cd ${project} && ansible-playbook -i inventory -i ${machines.inventory} -l cn1 ${more} site.yml) >${dir}/log 2>&1 || { cat ${dir}/log; exit 1; }
      echo "${title}:" $(grep -o 'changed=[0-9]*' ${dir}/log)`;
      const ask = (question: string) =>
        `ssh -n ${machines.sshOptions} root@${machines.address('cn1')} '${question}' || echo failed`;
      // WHEN
      const script = [
        apply('check', projects[0] as string, '--check'),
        ask('findmnt /scratch || echo nothing was mounted'),
        apply('first', projects[0] as string),
        ask('findmnt -no FSTYPE,OPTIONS /scratch'),
        ask('findmnt -no OPTIONS /data | cut -d, -f1'),
        ask('ufw show added'),
        apply('again', projects[0] as string),
        apply('larger', projects[1] as string),
        ask('findmnt -no OPTIONS /scratch'),
      ];
      const result = await machines.run(script.join('\n'), { cwd: dir });
      // THEN
      expect(failure('machines', result)).toContain('exit code 0');
      expect(result.stdout.replace(/(?<=changed=)[1-9]\d*/g, 'some')).toBe(`check: changed=some
nothing was mounted
first: changed=some
tmpfs  rw,relatime,size=16384k
ro
Added user rules (see 'ufw status' for running firewall):
ufw allow from 10.0.0.0/8 to any port 6817 proto tcp
ufw allow from 10.0.0.0/8 to any port 6818 proto udp
again: changed=0
larger: changed=some
rw,relatime,size=32768k
`);
    }, 400_000);
  },
);
