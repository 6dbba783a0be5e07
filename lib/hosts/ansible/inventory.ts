import type { Role } from './role';
import type { SitePlan } from './site-plan';

/** The inventory: each group with its hosts as ranges, all of them below the group `hpcdk`. */
export function inventory({ groups }: SitePlan): unknown {
  const children = [...groups].map(([name, { hosts }]) => [
    name,
    { hosts: Object.fromEntries(hosts.ansible().map((pattern) => [pattern, null])) },
  ]);
  return { hpcdk: { children: Object.fromEntries(children) } };
}

/** Variables of a group: what is ours whole on its hosts, by path. */
export function groupVariables(group: string, roles: readonly Role[]): unknown {
  const own = roles.filter((role) => role.groups.includes(group));
  const owned: Record<string, string> = Object.assign({}, ...own.map((role) => role.owned(group)));
  return { [`hpcdk_owned_${group}`]: owned };
}
