import type { IConstruct } from 'constructs';
import type { TreeReport } from '../../app/policy';
import { byCodeUnit } from '../../values/json';
import type { PlannedFact, SitePlan } from './site-plan';

type ServiceFact = Extract<PlannedFact['fact'], { fact: 'service' }>;

/** A service of a site. */
export interface PlannedService {
  readonly name: string;
  /** The groups that run it, and the roles that say so; both sorted. */
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  /** Services of the site that come before it, sorted. */
  readonly after: readonly string[];
}

/** A command that makes services read their files again, without a restart. It speaks to all of them: it is run once. */
export interface Reconfiguration {
  readonly command: readonly string[];
  /** Names of the services, in their order. */
  readonly services: readonly string[];
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  /** The group on whose first host the command is run: one of the first service. */
  readonly on: string;
}

/** The services of a site in the order in which they are restarted over all hosts, and what reconfigures them. */
export interface ServiceOrder {
  readonly services: readonly PlannedService[];
  readonly reconfigurations: readonly Reconfiguration[];
}

interface Entry {
  readonly fact: ServiceFact;
  readonly groups: readonly string[];
  readonly owner: IConstruct;
  readonly role: string;
}

/** Orders the services of a site: each comes after those that it names in `after`, and otherwise by name. */
export function orderServices(plan: SitePlan, report: TreeReport): ServiceOrder {
  const entries: Entry[] = plan.roles.flatMap((role) =>
    role.facts.flatMap(({ fact, groups, owner }) =>
      fact.fact === 'service' ? [{ fact, groups, owner, role: role.name }] : [],
    ),
  );
  const order = sortByAfter(entries, report);
  const services = order.map((name) => {
    const own = entries.filter((entry) => entry.fact.name === name);
    const after = unique(own.flatMap(({ fact }) => fact.after ?? [])).filter((other) => order.includes(other));
    return { name, ...placesOf(own), after };
  });
  return { services, reconfigurations: reconfigurations(entries, order) };
}

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort(byCodeUnit);
const placesOf = (entries: readonly Entry[]) => ({
  groups: unique(entries.flatMap((entry) => entry.groups)),
  roles: unique(entries.map((entry) => entry.role)),
});

function sortByAfter(entries: readonly Entry[], report: TreeReport): string[] {
  const names = unique(entries.map((entry) => entry.fact.name));
  const before = new Map(
    names.map((name) => {
      const after = entries.flatMap(({ fact }) => (fact.name === name ? (fact.after ?? []) : []));
      return [name, unique(after.filter((other) => names.includes(other)))];
    }),
  );
  const order: string[] = [];
  const visit = (name: string, trail: readonly string[]): void => {
    if (order.includes(name)) return;
    if (trail.includes(name)) {
      const cycle = [...trail.slice(trail.indexOf(name)), name].join(' after ');
      const owner = (entries.find((entry) => entry.fact.name === name) as Entry).owner;
      report({ code: 'HPC6007', message: `services wait for each other: ${cycle}` }, owner);
      return;
    }
    for (const other of before.get(name) as string[]) visit(other, [...trail, name]);
    if (!order.includes(name)) order.push(name);
  };
  for (const name of names) visit(name, []);
  return order;
}

/** Services of one construct with the same command share it: `scontrol reconfigure` speaks to slurmctld and to slurmd. */
function reconfigurations(entries: readonly Entry[], order: readonly string[]): Reconfiguration[] {
  const byCommand = new Map<string, Entry[]>();
  for (const name of order) {
    for (const entry of entries) {
      if (entry.fact.name !== name || !entry.fact.reconfigure) continue;
      const key = JSON.stringify([entry.owner.node.path, entry.fact.reconfigure]);
      byCommand.set(key, [...(byCommand.get(key) ?? []), entry]);
    }
  }
  return [...byCommand.values()].map((same) => ({
    command: (same[0] as Entry).fact.reconfigure as readonly string[],
    services: [...new Set(same.map((entry) => entry.fact.name))],
    ...placesOf(same),
    on: ((same[0] as Entry).groups as readonly [string])[0],
  }));
}
