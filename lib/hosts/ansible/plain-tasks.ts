import type { HostFact } from '../../app/host-fact';
import type { PlannedFact, PlannedRole } from './site-plan';
import { groupCondition, octal, type Task, when } from './task';

type Kind = HostFact['fact'];
type Of<K extends Kind> = PlannedFact<Extract<HostFact, { fact: K }>>;

/** Tasks for what is not a file: accounts, packages, folders, mounts, ports and guarded commands. */
export function plainTasks(role: PlannedRole, facts: readonly PlannedFact[]): Task[] {
  const of = <K extends Kind>(kind: K) => facts.filter((planned): planned is Of<K> => planned.fact.fact === kind);
  return [
    ...of('user').flatMap((user) => userTasks(role, user)),
    ...packageTasks(role, of('package')),
    ...of('directory').map((directory) => directoryTask(role, directory)),
    ...of('mount').map((mount) => mountTask(role, mount)),
    ...portTasks(role, of('port')),
  ];
}

function userTasks(role: PlannedRole, { fact, groups }: Of<'user'>): Task[] {
  const { name, uid, home, shell } = fact;
  const condition = when(groupCondition(role, groups));
  return [
    ...(uid === undefined
      ? []
      : [{ name: `Make the group ${name}`, 'ansible.builtin.group': { name, gid: uid }, ...condition }]),
    {
      name: `Make the user ${name}`,
      'ansible.builtin.user': { name, uid, group: uid === undefined ? undefined : name, home, shell, system: true, create_home: false }, // prettier-ignore
      ...condition,
    },
  ];
}

/** One task for each family and set of groups: package managers take a list faster than one name after another. */
function packageTasks(role: PlannedRole, packages: readonly Of<'package'>[]): Task[] {
  return bySet(packages).flatMap((same) => {
    const { groups } = same[0] as Of<'package'>;
    const condition = groupCondition(role, groups);
    const names = (family: 'debian' | 'redhat') => [...new Set(same.map(({ fact }) => fact[family]))];
    return [
      {
        name: `Install packages of ${role.name} (Debian)`,
        'ansible.builtin.apt': { name: names('debian'), state: 'present', update_cache: true, cache_valid_time: 3600 },
        ...when([...condition, "ansible_facts.os_family == 'Debian'"]),
      },
      {
        name: `Install packages of ${role.name} (Red Hat)`,
        'ansible.builtin.dnf': { name: names('redhat'), state: 'present' },
        ...when([...condition, "ansible_facts.os_family == 'RedHat'"]),
      },
    ];
  });
}

function directoryTask(role: PlannedRole, { fact, groups }: Of<'directory'>): Task {
  const { path, owner = 'root', group = 'root', mode } = fact;
  return {
    name: `Make the folder ${path}`,
    'ansible.builtin.file': { path, state: 'directory', owner, group, mode: octal(mode) },
    ...when(groupCondition(role, groups)),
  };
}

function mountTask(role: PlannedRole, { fact, groups }: Of<'mount'>): Task {
  const { source, path, type, options } = fact;
  return {
    name: `Mount ${path}`,
    'ansible.posix.mount': { path, src: source, fstype: type, opts: options.join(',') || 'defaults', state: 'mounted' },
    ...when(groupCondition(role, groups)),
  };
}

/** Ports are opened in the firewall that a host runs, firewalld or ufw; a host without one has them open. */
function portTasks(role: PlannedRole, ports: readonly Of<'port'>[]): Task[] {
  if (ports.length === 0) return [];
  const look = { name: 'List the services, to see which firewall runs', 'ansible.builtin.service_facts': {} };
  return [
    look,
    ...ports.flatMap(({ fact, groups }) => {
      const { port, protocol } = fact;
      const from = fact.from.toString();
      const family = from.includes(':') ? 'ipv6' : 'ipv4';
      const rule = `rule family=${family} source address=${from} port port=${port} protocol=${protocol} accept`;
      const condition = groupCondition(role, groups);
      const title = `port ${port}/${protocol} to ${from}`;
      return [
        {
          name: `Open ${title} (firewalld)`,
          'ansible.posix.firewalld': { rich_rule: rule, permanent: true, immediate: true, state: 'enabled' },
          ...when([...condition, "hpcdk_firewall == 'firewalld'"]),
        },
        {
          name: `Open ${title} (ufw)`,
          'community.general.ufw': { rule: 'allow', proto: protocol, from_ip: from, to_port: String(port) },
          ...when([...condition, "hpcdk_firewall == 'ufw'"]),
        },
      ];
    }),
  ];
}

/** Runs a command only while the other one fails. */
export function commandTasks(role: PlannedRole, facts: readonly PlannedFact[]): Task[] {
  return facts.flatMap(({ fact, groups }): Task[] => {
    if (fact.fact !== 'command') return [];
    const needed = `${role.name}_needed`;
    const condition = groupCondition(role, groups);
    return [
      {
        name: `Ask whether this is needed - ${fact.name}`,
        'ansible.builtin.command': { argv: fact.unless },
        register: needed,
        changed_when: false,
        failed_when: false,
        check_mode: false,
        ...when(condition),
      },
      {
        name: fact.name.charAt(0).toUpperCase() + fact.name.slice(1),
        'ansible.builtin.command': { argv: fact.command },
        changed_when: true,
        ...when([...condition, `${needed}.rc != 0`]),
      },
    ];
  });
}

/** Facts by the set of groups that they hold for, in the order of their first one. */
export function bySet<T extends { readonly groups: readonly string[] }>(facts: readonly T[]): T[][] {
  const sets = new Map<string, T[]>();
  for (const fact of facts) {
    const key = fact.groups.join(' ');
    sets.set(key, [...(sets.get(key) ?? []), fact]);
  }
  return [...sets.values()];
}
