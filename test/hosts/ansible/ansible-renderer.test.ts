import type { Contribution, HostFact } from '../../../lib/app/host-fact';
import type { Site } from '../../../lib/app/site';
import type { Synthesis } from '../../../lib/app/synthesize';
import { OWNERSHIP } from '../../../lib/documents/document';
import { yaml } from '../../../lib/documents/yaml';
import { Cidr } from '../../../lib/values/cidr';
import { group, Offers, synthesizeSite, textFile } from '../support';

type Tasks = { name: string; when?: unknown; notify?: string[]; block?: Tasks }[];

const read = <T = Tasks>({ files, diagnostics }: Synthesis, path: string): T => {
  const file = files.get(`sites/campus/ansible/${path}`);
  if (!file) throw new Error(`no ${path}: ${JSON.stringify(diagnostics)}`);
  return yaml.parse(file.content, (problem) => {
    throw new Error(problem.message);
  }) as T;
};
const codesOf = ({ diagnostics }: Synthesis) => diagnostics.map(({ code }) => code);
const playsOf = (result: Synthesis) => read<{ name: string; hosts: string; tags?: string[] }[]>(result, 'site.yml');

const [a, b] = [group('a', 'a[1-2]'), group('b', 'b1')];
const offer = (facts: readonly HostFact[], more: Partial<Contribution> = {}) =>
  synthesizeSite((site) => void new Offers(site, 'one', () => [{ group: a, role: 'one', facts, ...more }]));
const service = (name: string, after: readonly string[] = []): HostFact => ({ fact: 'service', name, after });

describe('plays', () => {
  test('services come up in the order of their after, whatever the order of the definition is', async () => {
    const result = await offer([service('slurmd', ['slurmctld', 'munge']), service('slurmctld', ['slurmdbd', 'absent']), service('munge'), service('slurmdbd')]); // prettier-ignore
    const names = playsOf(result).map(({ name }) => /^Bring (\S+) /.exec(name)?.[1]).filter((name) => name); // prettier-ignore
    expect(names).toEqual(['munge', 'slurmdbd', 'slurmctld', 'slurmd']);
  });

  test('a command that must come before a service is run between that service and the ones before it', async () => {
    const gate: HostFact = { fact: 'command', name: 'x', command: ['true'], unless: ['false'], before: 'slurmctld' };
    const result = await offer([service('slurmdbd'), gate, service('slurmctld', ['slurmdbd']), service('slurmd', ['slurmctld'])]); // prettier-ignore
    const names = playsOf(result).map(({ name }) => name);
    expect(names.filter((name) => /^(Bring|Start)/.test(name))).toEqual([
      'Bring slurmdbd to what was placed',
      'Start (one)',
      'Bring slurmctld to what was placed',
      'Bring slurmd to what was placed',
    ]);
    expect(read(result, 'roles/one/tasks/start.yml')).toHaveLength(2);
  });

  test('a cycle of services is refused with its members', async () => {
    const result = await offer([service('x', ['y']), service('y', ['z']), service('z', ['x'])]);
    expect(codesOf(result)).toEqual(['HPC6007']);
    expect(result.diagnostics[0]?.message).toContain('x after y after z after x');
  });

  test('two clusters of one site are reconfigured each on its own controller', async () => {
    const cluster = (site: Site, name: string) =>
      new Offers(site, name, () => [
        {
          group: group(`${name}_controller`, `${name}-ctl1`, { controller: true }),
          role: 'slurm_controller',
          facts: [{ fact: 'service', name: 'slurmctld', reconfigure: ['scontrol', 'reconfigure'] }],
        },
      ]);
    const result = await synthesizeSite((site) => {
      cluster(site, 'a');
      cluster(site, 'b');
    });
    const hosts = (title: RegExp) => playsOf(result).filter(({ name }) => title.test(name)).map((play) => play.hosts); // prettier-ignore
    expect(hosts(/^Bring/)).toEqual(['a_controller:b_controller']);
    expect(hosts(/^Reconfigure/)).toEqual(['a_controller', 'b_controller']);
    expect(hosts(/manifest/)).toEqual(['a_controller[0]:b_controller[0]']);
  });

  test('the manifest is left last, and only by a play without tags', async () => {
    const play = playsOf(await offer([])).at(-1);
    expect(play).toMatchObject({ hosts: 'a[0]', name: 'Leave the manifest on the controller' });
    expect(play).not.toHaveProperty('tags');
  });
});

describe('files', () => {
  const place = (
    readers: readonly { service: string; on: 'restart' | 'reload' | 'reconfigure' | 'nothing' }[],
    facts: readonly HostFact[] = [],
  ) =>
    synthesizeSite((site) => {
      const offers = new Offers(site, 'one', () => [{ group: a, role: 'one', facts: [...facts, file] }]);
      const document = textFile(offers, 'x.conf', 'x\n', { host: { path: '/etc/x/x.conf', mode: 0o600, group: 'x' }, readers }); // prettier-ignore
      const file: HostFact = { fact: 'file', document };
    });
  const placed = (result: Synthesis) => {
    const block = read(result, 'roles/one/tasks/configure.yml').find((task) => task.block)?.block;
    return (block as Tasks)[0];
  };

  test('a file is copied from the output, relative to the playbook', async () => {
    const result = await place([]);
    expect(placed(result)).toEqual({
      name: 'Place /etc/x/x.conf',
      'ansible.builtin.copy': {
        src: '{{ hpcdk_output }}/sites/campus/x.conf',
        dest: '/etc/x/x.conf',
        owner: 'root',
        group: 'x',
        mode: '0600',
      },
    });
    expect(read<Record<string, string>>(result, 'group_vars/hpcdk.yml').hpcdk_output).toBe(
      '{{ playbook_dir }}/../../..',
    );
  });

  test('readers that run on the hosts are notified', async () => {
    const reload = await place([{ service: 'x', on: 'reconfigure' }, { service: 'y', on: 'restart' }, { service: 'z', on: 'nothing' }], [service('x'), service('z')]); // prettier-ignore
    expect(placed(reload)?.notify).toEqual(['Reload x']);
    const command: HostFact = { fact: 'service', name: 'x', reconfigure: ['xctl', 'again'] };
    expect(placed(await place([{ service: 'x', on: 'reconfigure' }], [command]))?.notify).toEqual(['Reconfigure x']);
  });

  test('a service of other hosts is not notified', async () => {
    const result = await synthesizeSite((site) => {
      const document = textFile(site, 'x.conf', 'x\n', { host: { path: '/etc/x.conf' }, readers: [{ service: 'x', on: 'restart' }] }); // prettier-ignore
      new Offers(site, 'one', () => [
        { group: a, role: 'one', facts: [{ fact: 'file', document }] },
        { group: b, role: 'two', facts: [{ fact: 'file', document }, service('x')] },
      ]);
    });
    expect(placed(result)).not.toHaveProperty('notify');
    expect(result.files.has('sites/campus/ansible/roles/two/handlers/main.yml')).toBe(true);
    expect(result.files.has('sites/campus/ansible/roles/one/handlers/main.yml')).toBe(false);
  });

  test('what holds for one group of a role only is asked for there', async () => {
    const result = await synthesizeSite((site) => {
      const one = textFile(site, 'one', '1\n', { host: { path: '/etc/one' } });
      const two = textFile(site, 'two', '2\n', { host: { path: '/etc/two' } });
      new Offers(site, 'x', () => [
        {
          group: a,
          role: 'x',
          facts: [
            { fact: 'file', document: one },
            { fact: 'file', document: two },
          ],
        },
        { group: b, role: 'x', facts: [{ fact: 'file', document: one }] },
      ]);
    });
    const [block, ...rest] = read(result, 'roles/x/tasks/configure.yml');
    expect(block?.block).toMatchObject([{ name: 'Place /etc/one' }, { name: 'Place /etc/two', when: "'a' in group_names" }]); // prettier-ignore
    expect((block?.block as Tasks)[0]).not.toHaveProperty('when');
    expect(rest.map((task) => task.when)).toEqual([undefined, "'a' in group_names"]);
  });

  test('limits and kernel parameters become files of the role, with their place on hosts in the manifest', async () => {
    const result = await offer([
      { fact: 'limit', domain: '@users', item: 'nofile', value: 65536 },
      { fact: 'limit', domain: '*', item: 'memlock', value: 'unlimited' },
      { fact: 'sysctl', name: 'net.core.somaxconn', value: '4096' },
    ]);
    const limits = result.files.get('sites/campus/ansible/roles/one/files/limit-one.conf');
    expect(limits?.content).toBe('* - memlock unlimited\n@users - nofile 65536\n');
    expect(limits?.host).toMatchObject({ path: '/etc/security/limits.d/50-one.conf' });
    const sysctl = result.files.get('sites/campus/ansible/roles/one/files/sysctl-one.conf');
    expect(sysctl).toMatchObject({ content: 'net.core.somaxconn = 4096\n', readers: [{ service: 'systemd-sysctl', on: 'restart' }] }); // prettier-ignore
  });

  test('the order of a definition does not change the files', async () => {
    const facts: HostFact[] = [
      { fact: 'package', debian: 'a', redhat: 'a' },
      { fact: 'package', debian: 'b', redhat: 'b' },
      { fact: 'directory', path: '/x', mode: 0o755 },
      { fact: 'port', port: 6817, protocol: 'tcp', from: Cidr.parse('10.0.0.0/8') },
      service('s'),
    ];
    const content = ({ files }: Synthesis) => [...files].map(([path, file]) => [path, file.content]);
    expect(content(await offer([...facts].reverse()))).toEqual(content(await offer(facts)));
  });
});

describe('what is only observed', () => {
  test('is compared where it is offered; a block of a file that is not ours has nothing to be compared with', async () => {
    // GIVEN one document that two constructs offer, one of them observed
    const result = await synthesizeSite((site) => {
      const document = textFile(site, 'x.conf', 'x\n', {
        host: { path: '/etc/x.conf' },
        readers: [{ service: 'x', on: 'restart' }],
      });
      const file: HostFact = { fact: 'file', document };
      new Offers(site, 'owner', () => [{ group: a, role: 'x', facts: [file, service('x')] }]);
      const watcher = new Offers(site, 'watcher', (self) => [
        {
          group: b,
          role: 'x',
          facts: [file, service('x'), { fact: 'file', document: self.node.findChild('hosts') as never }],
        },
      ]);
      Object.defineProperty(watcher, OWNERSHIP, { value: 'observed' });
      textFile(watcher, 'hosts', 'y\n', { host: { path: '/etc/hosts', ownership: 'fragment' } });
    });
    // THEN each has its own task, and only one of them notifies
    expect(codesOf(result)).toEqual([]);
    const tasks = read(result, 'roles/x/tasks/configure.yml');
    expect(tasks.map(({ name, when }) => [name, when])).toEqual([
      ['Place files in /etc', "'/etc' not in hpcdk_missing_folders"],
      ['Compare /etc/x.conf, which is only observed', "'b' in group_names"],
      ['Keep a copy of what was placed', "'a' in group_names"],
    ]);
    expect(tasks[0]?.block).toMatchObject([{ notify: ['Restart x'], when: "'a' in group_names" }]);
    // AND nothing on the hosts of the other one counts as ours
    expect(read(result, 'group_vars/b.yml')).toEqual({ hpcdk_owned_b: {} });
    expect(playsOf(result).find(({ name }) => name.startsWith('Look'))?.hosts).toBe('a');
    expect(playsOf(result).find(({ name }) => name.startsWith('Bring x'))?.hosts).toBe('a');
  });

  test('the nearest construct that says so counts', async () => {
    const result = await synthesizeSite((site) => {
      Object.defineProperty(site, OWNERSHIP, { value: 'observed' });
      const inner = new Offers(site, 'inner', () => []);
      Object.defineProperty(inner, OWNERSHIP, { value: 'owned' });
      textFile(site, 'outer.conf', 'x', { host: { path: '/etc/outer.conf' } });
      textFile(inner, 'inner.conf', 'x', { host: { path: '/etc/inner.conf' } });
    });
    const hostOf = (path: string) => result.files.get(`sites/campus/${path}`)?.host;
    expect(hostOf('outer.conf')).toEqual({ path: '/etc/outer.conf', ownership: 'observed' });
    expect(hostOf('inner.conf')).toEqual({ path: '/etc/inner.conf' });
  });
});

describe('refusals', () => {
  const twice = (one: HostFact, other: HostFact, hosts = 'a[2-3]') =>
    synthesizeSite((site) => {
      new Offers(site, 'one', () => [{ group: a, role: 'one', facts: [one] }]);
      new Offers(site, 'other', () => [{ group: group('c', hosts), role: 'other', facts: [other] }]);
    });
  const user = (uid: number): HostFact => ({ fact: 'user', name: 'u', uid });

  test('a user with two numbers on the same hosts', async () => {
    expect(codesOf(await twice(user(1), user(2)))).toEqual(['HPC6006']);
    expect(codesOf(await twice(user(1), user(1)))).toEqual([]);
    expect(codesOf(await twice(user(1), user(2), 'c1'))).toEqual([]);
  });

  test('one path placed by two documents on the same hosts, or inside a folder that is placed whole', async () => {
    const declare = (hosts: string, second: (site: Site) => HostFact) =>
      synthesizeSite((site) => {
        const one = textFile(site, 'x', 'x', { host: { path: '/etc/x/y' } });
        const other = second(site);
        new Offers(site, 'one', () => [{ group: a, role: 'one', facts: [{ fact: 'file', document: one }] }]);
        new Offers(site, 'other', () => [{ group: group('c', hosts), role: 'other', facts: [other] }]);
      });
    const file = (site: Site): HostFact => ({ fact: 'file', document: textFile(site, 'y', 'y', { host: { path: '/etc/x/y' } }) }); // prettier-ignore
    const tree = (): HostFact => ({ fact: 'tree', path: '/etc/x', from: 'sites/campus/x', documents: [] });
    expect(codesOf(await declare('a2', file))).toEqual(['HPC6005']);
    expect(codesOf(await declare('c1', file))).toEqual([]);
    expect(codesOf(await declare('a2', tree))).toEqual(['HPC6005']);
  });

  test.each(['all', 'hpcdk', 'Login', 'a-b', 'configure'])('the group name %s', async (name) => {
    expect(codesOf(await offer([], { group: group(name, 'x1') }))).toContain('HPC6002');
    expect(codesOf(await offer([], { role: name }))).toContain('HPC6002');
  });

  test('a group without hosts, with two lists of hosts, or with the name of a host', async () => {
    expect(codesOf(await offer([], { group: { name: 'x', hosts: a.hosts.difference(a.hosts) } }))).toEqual(['HPC6001']);
    expect(codesOf(await offer([], { group: group('ctl1', 'ctl1') }))).toEqual(['HPC6004']);
    const result = await synthesizeSite((site) => {
      for (const hosts of ['x1', 'x2']) new Offers(site, hosts, () => [{ group: group('x', hosts), role: 'x', facts: [] }]); // prettier-ignore
    });
    expect(codesOf(result)).toEqual(['HPC6003']);
  });

  test('facts of a construct beside all sites', async () => {
    const result = await synthesizeSite((site) => {
      new Offers(site.node.root as never, 'stray', () => [{ group: a, role: 'one', facts: [] }]);
    });
    expect(result.diagnostics).toMatchObject([{ code: 'HPC6009', construct: 'stray' }]);
  });

  test('a document without a place on hosts', async () => {
    const result = await synthesizeSite((site) => {
      const document = textFile(site, 'x', 'x');
      new Offers(site, 'one', () => [{ group: a, role: 'one', facts: [{ fact: 'file', document }] }]);
    });
    expect(codesOf(result)).toEqual(['HPC6010']);
  });

  const hostile = ['{{ 1 }}', 'x{% raw %}', '{# x', 'a\nb', "a' or 'b"];
  test.each(hostile)('text that Ansible would expand, or that breaks a file: %j', async (text) => {
    const facts: HostFact[] = [
      { fact: 'package', debian: text, redhat: 'x' },
      { fact: 'directory', path: `/${text}`, mode: 0o755 },
      { fact: 'user', name: text },
      { fact: 'mount', source: text, path: '/x', type: 'nfs', options: [] },
      { fact: 'mount', source: 'x', path: '/x', type: 'nfs', options: [text] },
      { fact: 'limit', domain: text, item: 'nofile', value: 1 },
      { fact: 'sysctl', name: text, value: '1' },
      service(text),
      { fact: 'tree', path: '/x', from: text, documents: [] },
    ];
    for (const fact of facts) expect(codesOf(await offer([fact]))).toContain('HPC6008');
  });

  test('a command keeps its arguments as they are, but for what Ansible would expand', async () => {
    const command = (argument: string): HostFact => ({ fact: 'command', name: 'run', command: ['x', argument], unless: ['y'] }); // prettier-ignore
    const result = await offer([command("a' or 'b; $(c) # d: é")]);
    const tasks = read<{ 'ansible.builtin.command': unknown }[]>(result, 'roles/one/tasks/settle.yml');
    expect(tasks[1]?.['ansible.builtin.command']).toEqual({ argv: ['x', "a' or 'b; $(c) # d: é"] });
    expect(codesOf(await offer([command('{{ x }}')]))).toEqual(['HPC6008']);
  });
});
