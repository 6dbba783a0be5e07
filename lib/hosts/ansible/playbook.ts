import { PHASES, type Phase } from '../../app/host-fact';
import { byCodeUnit } from '../../values/json';
import { expression } from './ansible-yaml';
import type { Role } from './role';
import type { PlannedService, Reconfiguration, ServiceOrder } from './service-order';
import type { SitePlan } from './site-plan';
import { shared, type Task } from './task';

const TITLE: Readonly<Record<Phase, string>> = {
  prepare: 'Prepare hosts',
  configure: 'Place files',
  start: 'Start',
  settle: 'Run commands',
};

const play = (name: string, hosts: readonly string[], tags: readonly string[], tasks: readonly Task[]) => ({
  name,
  hosts: hosts.join(':'),
  become: true,
  gather_facts: false,
  force_handlers: true, // a host that fails halfway still notes what its services have not read
  ...(tags.length > 0 && { tags }),
  tasks,
});

/**
 * The plays of site.yml. Plays run one after another over all their hosts, so the order of restarts holds over the whole
 * site. (Handlers do not give that: ansible-core 2.14 lets hosts run ahead of each other while it flushes them.)
 */
export function playbook(plan: SitePlan, roles: readonly Role[], order: ServiceOrder): readonly unknown[] {
  const ranked = byServices(roles, order);
  const phase = (name: Phase) =>
    ranked.filter((role) => role.phases.includes(name)).map((role) => rolePlay(role, name));
  return [
    ...lookPlays(plan, ranked),
    ...phase('prepare'),
    ...phase('configure'),
    ...starting(
      ranked.filter((role) => role.phases.includes('start')),
      order,
    ),
    ...order.reconfigurations.map(reconfigurePlay),
    ...phase('settle'),
    ...manifestPlays(plan),
  ];
}

/** The services in their order, each behind the roles that have a command to run before it; other roles come first. */
function starting(roles: readonly Role[], { services }: ServiceOrder) {
  const gates = roles.map((role) => ({ role, at: services.findIndex(({ name }) => role.before.includes(name)) }));
  const plays = (at: number) => gates.filter((gate) => gate.at === at).map(({ role }) => rolePlay(role, 'start'));
  return [...plays(-1), ...services.flatMap((service, index) => [...plays(index), servicePlay(service)])];
}

/** Roles in the order of their services; those without any come first. */
function byServices(roles: readonly Role[], { services }: ServiceOrder): Role[] {
  const rank = (role: Role): number =>
    services.reduce((last, service, index) => (service.roles.includes(role.name) ? index : last), -1);
  return [...roles].sort((a, b) => rank(a) - rank(b) || byCodeUnit(a.name, b.name));
}

/** A look at the hosts that are written to. */
function lookPlays({ groups, written }: SitePlan, roles: readonly Role[]) {
  if (written.length === 0) return [];
  const title = 'Look at the hosts before anything is placed';
  return [
    {
      name: title,
      hosts: written.length === groups.size ? 'hpcdk' : written.join(':'),
      become: true,
      gather_facts: true,
      gather_subset: ['!all', 'min'],
      tags: [...PHASES.filter((phase) => phase !== 'start'), ...roles.map((role) => role.name)],
      tasks: [shared('Look for owned files that were changed by hand', 'look', {})],
    },
  ];
}

const rolePlay = (role: Role, phase: Phase) =>
  play(
    `${TITLE[phase]} (${role.name})`,
    role.groups,
    [phase, role.name],
    [{ name: TITLE[phase], 'ansible.builtin.import_role': { name: role.name, tasks_from: phase } }],
  );

const servicePlay = ({ name, groups, roles }: PlannedService) =>
  play(
    `Bring ${name} to what was placed`,
    groups,
    ['start', ...roles],
    [shared(`Bring ${name} to what was placed`, 'service', { hpcdk_service: name })],
  );

const reconfigurePlay = ({ services, groups, roles, command, on }: Reconfiguration) => {
  const title = `Reconfigure ${services.join(' and ')}`;
  const vars = {
    hpcdk_services: services,
    hpcdk_command: command,
    hpcdk_on: expression(`{{ groups['${on}'] | first }}`),
  };
  return play(title, groups, ['start', ...roles], [shared(title, 'reconfigure', vars)]);
};

/** Who keeps the manifest of what was deployed, where something is: the first host of each group of controllers. */
export function manifestKeepers({ groups, written }: SitePlan): string[] {
  const controllers = written.filter((name) => groups.get(name)?.controller);
  const keepers = controllers.length > 0 ? controllers : written.slice(0, 1); // where no group is one, the first of all
  return keepers.map((name) => `${name}[0]`);
}

function manifestPlays(plan: SitePlan) {
  const hosts = manifestKeepers(plan);
  if (hosts.length === 0) return [];
  return [play('Leave the manifest on the controller', hosts, [], [shared('Leave the manifest', 'manifest', {})])];
}
