import { AnsiblePlaybook } from '../../lib/testing/ansible-playbook';
import { absent, matching } from '../../lib/testing/match';

const playbook = AnsiblePlaybook.parse({
  'site.yml': `---
- name: Place files
  hosts: hpc_controller:hpc_compute
  tags: [configure]
- {name: Start slurmctld, hosts: hpc_controller}
`,
  'roles/slurm/tasks/configure.yml': `---
- name: Place files in /etc/slurm
  when: "'/etc/slurm' not in missing"
  block:
    - name: Place slurm.conf
      ansible.builtin.copy: {src: slurm.conf, dest: /etc/slurm/slurm.conf, mode: '0644'}
      notify: Restart slurmctld
    - name: Place cgroup.conf
      ansible.builtin.copy: {src: cgroup.conf, dest: /etc/slurm/cgroup.conf, mode: '0644'}
`,
  'roles/slurm/handlers/main.yml':
    '- {name: Restart slurmctld, ansible.builtin.service: {name: slurmctld, state: restarted}}',
  'roles/munge/tasks/main.yml': '- {name: Install, ansible.builtin.apt: {name: [munge]}, when: debian}',
  'inventory/hosts.yml': `---
hpcdk:
  children:
    hpc_controller: {hosts: {ctl1: null}}
    hpc_compute: {hosts: {'cn[001:064]': null, 'r[1:2]n[1:4]': null}}
`,
});

test('plays, roles, tasks, handlers and hosts', () => {
  playbook
    .hasPlay({ hosts: matching(/hpc_compute/), tags: ['configure'] })
    .hasPlaysInOrder('Place files', 'Start slurmctld')
    .hasRole('munge')
    .hasTask('copy', { dest: '/etc/slurm/slurm.conf' }, { role: 'slurm', notify: ['Restart slurmctld'] })
    .hasTask('ansible.builtin.copy', { dest: '/etc/slurm/cgroup.conf', owner: absent })
    .hasTask('apt', { name: ['munge'] }, { when: 'debian' })
    .hasHandler('Restart slurmctld', 'service', { state: 'restarted' })
    .hasHosts('hpc_compute', 'cn[010-020],r2n3')
    .hasHosts('hpcdk', 'ctl1,cn001');
  expect(playbook.roles).toEqual(['munge', 'slurm']);
  expect(String(playbook.inventory.hosts('hpc_compute'))).toBe('cn[001-064],r[1-2]n[1-4]');
  expect(playbook.inventory.names).toEqual(['hpc_compute', 'hpc_controller', 'hpcdk']);
  expect(playbook.plays).toHaveLength(2);
  expect(playbook.tasks.map(({ module }) => module)).toContain('ansible.builtin.apt');
  expect(playbook.handlers).toHaveLength(1);
});

test.each<[() => unknown, string]>([
  [
    () => playbook.hasTask('copy', { dest: '/etc/slurm/slurm.conf', mode: '0600' }),
    "no task with copy matches; the closest is 'Place slurm.conf': args.mode is '0644', wanted '0600'",
  ],
  [() => playbook.hasTask('template'), 'there is no task with template'],
  [() => playbook.hasPlay({ hosts: 'hpc_login' }), "the closest is 'Place files'"],
  [() => playbook.hasRole('mung'), "there is no role 'mung'; did you mean 'munge'?"],
  [() => playbook.hasHandler('Restart slurmctl', 'service'), "did you mean 'Restart slurmctld'?"],
  [() => playbook.hasHandler('Restart slurmctld', 'service', { state: 'reloaded' }), "args.state is 'restarted'"],
  [() => playbook.hasPlaysInOrder('Start slurmctld', 'Place files'), "'Place files' stands before 'Start slurmctld'"],
  [() => playbook.hasPlaysInOrder('Stop'), "there is no play 'Stop'"],
  [() => playbook.hasHosts('hpc_compute', 'cn[060-070]'), "wanted 'cn[065-070]' too"],
  [() => playbook.hasHosts('hpc_comptue', 'cn001'), "there is no group 'hpc_comptue'; did you mean 'hpc_compute'?"],
])('a failure shows the closest', (check, text) => expect(check).toThrow(text));
