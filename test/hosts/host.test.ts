import { Host } from '../../lib/hosts/host';
import { Package } from '../../lib/hosts/package';
import { Service } from '../../lib/hosts/service';
import { User } from '../../lib/hosts/user';
import { yaml } from '../../lib/documents/yaml';
import type { Synthesis } from '../../lib/app/synthesize';
import { synthesizeSite, textFile } from './support';

const read = ({ files, diagnostics }: Synthesis, path: string): unknown => {
  const file = files.get(`sites/campus/ansible/${path}`);
  if (!file) throw new Error(`no ${path}: ${JSON.stringify(diagnostics)}`);
  return yaml.parse(file.content, (problem) => {
    throw new Error(problem.message);
  });
};
const codesOf = ({ diagnostics }: Synthesis) => diagnostics.map(({ code }) => code);

test('a host with a package, a service, a user and a file becomes a group, a role and their plays', async () => {
  const result = await synthesizeSite((site) => {
    const login = new Host(site, 'login', { hosts: 'login[1-2]' });
    new Package(login, 'htop');
    new Package(login, 'vim', { debian: 'vim', redhat: 'vim-enhanced' });
    new User(login, 'monitor', { uid: 6001, shell: '/usr/sbin/nologin' });
    const nginx = new Service(login, 'nginx', { after: ['sssd'] });
    const readers = [{ service: 'nginx', on: 'reload' } as const];
    textFile(nginx, 'nginx.conf', 'events {}\n', { host: { path: '/etc/nginx/nginx.conf' }, readers });
    textFile(login, 'motd', 'Welcome\n', { host: { path: '/etc/motd' } });
  });

  expect(result.diagnostics).toEqual([]);
  expect(read(result, 'inventory/hosts.yml')).toEqual({
    hpcdk: { children: { login: { hosts: { 'login[1:2]': null } } } },
  });
  expect(read(result, 'group_vars/login.yml')).toEqual({
    hpcdk_owned_login: { '/etc/motd': 'sites/campus/motd', '/etc/nginx/nginx.conf': 'sites/campus/nginx.conf' },
  });
  expect(read(result, 'roles/login/tasks/prepare.yml')).toEqual([
    { name: 'Make the group monitor', 'ansible.builtin.group': { name: 'monitor', gid: 6001 } },
    {
      name: 'Make the user monitor',
      'ansible.builtin.user': {
        name: 'monitor',
        uid: 6001,
        group: 'monitor',
        shell: '/usr/sbin/nologin',
        system: true,
        create_home: false,
      },
    },
    {
      name: 'Install packages of login (Debian)',
      'ansible.builtin.apt': { name: ['htop', 'vim'], state: 'present', update_cache: true, cache_valid_time: 3600 },
      when: "ansible_facts.os_family == 'Debian'",
    },
    {
      name: 'Install packages of login (Red Hat)',
      'ansible.builtin.dnf': { name: ['htop', 'vim-enhanced'], state: 'present' },
      when: "ansible_facts.os_family == 'RedHat'",
    },
  ]);
  expect(read(result, 'roles/login/handlers/main.yml')).toEqual([
    {
      name: 'Reload nginx',
      'ansible.builtin.file': {
        path: '{{ hpcdk_state }}/pending/nginx.reload',
        state: 'touch',
        mode: '0644',
      },
    },
  ]);
});

test('the Ansible project can be left out', async () => {
  const { files, diagnostics } = await synthesizeSite((site) => {
    new Package(new Host(site, 'login', { hosts: 'login1' }), 'htop');
  }, false);
  expect(diagnostics).toEqual([]);
  expect([...files.keys()]).toEqual([]);
});

test('a group of 100,000 hosts is one line', async () => {
  const result = await synthesizeSite((site) => void new Host(site, 'nodes', { hosts: 'cn[000001-100000]' }));
  expect(read(result, 'inventory/hosts.yml')).toEqual({
    hpcdk: { children: { nodes: { hosts: { 'cn[000001:100000]': null } } } },
  });
});

test('what stands below no host is refused', async () => {
  const result = await synthesizeSite((site) => {
    new Package(site, 'htop');
    new Service(site, 'nginx');
    new User(site, 'monitor');
  });
  expect(codesOf(result)).toEqual(['HPC6011', 'HPC6011', 'HPC6011']);
});

test.each([
  ['group', { hosts: 'a1', group: 'Login-Nodes' }, 'HPC1002'],
  ['hosts', { hosts: 'cn[3-1]' }, 'HPC1012'],
])('a wrong %s is refused', async (field, props, code) => {
  const result = await synthesizeSite((site) => void new Host(site, 'login', props));
  expect(result.diagnostics).toMatchObject([{ code, field, construct: 'campus/login' }]);
});

test('an id that is no group name is refused unless the name is stated', async () => {
  const wrong = await synthesizeSite((site) => void new Host(site, '2nd', { hosts: 'a1' }));
  expect(codesOf(wrong)).toContain('HPC6002');
  const right = await synthesizeSite((site) => void new Host(site, '2nd', { hosts: 'a1', group: 'second' }));
  expect(codesOf(right)).toEqual([]);
});

test.each([
  ['a package', (host: Host) => new Package(host, 'p', { debian: 'a b' }), 'debian'],
  ['a service', (host: Host) => new Service(host, 's', { name: 'a;b' }), 'name'],
  ['the services before it', (host: Host) => new Service(host, 's', { after: ['a b'] }), 'after[0]'],
  ['a command', (host: Host) => new Service(host, 's', { reconfigure: ['a\nb'] }), 'reconfigure[0]'],
  ['a user', (host: Host) => new User(host, 'u', { name: 'Root:0' }), 'name'],
  ['a home', (host: Host) => new User(host, 'u', { home: 'home' }), 'home'],
])('the name of %s is checked', async (_, declare, field) => {
  const result = await synthesizeSite((site) => void declare(new Host(site, 'login', { hosts: 'login1' })));
  expect(result.diagnostics).toMatchObject([{ code: 'HPC1002', field }]);
});
