import { PHASES } from '../../app/host-fact';
import type { PlacedOn, SiteGroup, ManifestSite, SiteService } from '../../app/manifest-site';
import { byCodeUnit } from '../../values/json';
import { treePath, treeSource } from './file-tasks';
import { manifestKeepers } from './playbook';
import type { Role } from './role';
import type { ServiceOrder } from './service-order';
import type { SitePlan } from './site-plan';

/** Where a play leaves the manifest of what was deployed, as templates/ansible says it. */
export const DEPLOYED = '/var/lib/hpcdk/manifest.json';

/** The hosts of a site as its Ansible project has them. */
export function manifestSite(
  project: string,
  plan: SitePlan,
  roles: readonly Role[],
  order: ServiceOrder,
): ManifestSite {
  const keepers = manifestKeepers(plan);
  return {
    project,
    groups: Object.fromEntries(
      [...plan.groups].map(([name, { hosts, controller }]): [string, SiteGroup] => [
        name,
        {
          hosts: hosts.toString(),
          ...(controller && { controller }),
          ...(!plan.written.includes(name) && { observed: true }),
        },
      ]),
    ),
    services: services(order),
    tags: {
      phases: PHASES.filter(
        (phase) =>
          roles.some((role) => role.phases.includes(phase)) || (phase === 'start' && order.services.length > 0),
      ),
      roles: Object.fromEntries(roles.map(({ name, groups }) => [name, groups])),
    },
    ...(keepers.length > 0 && { manifest: { hosts: keepers.join(':'), path: DEPLOYED } }),
  };
}

/** Of what a command reconfigures, the first service stands for it. */
function services({ services, reconfigurations }: ServiceOrder): SiteService[] {
  return services.map(({ name, groups, after }) => {
    const speaks = reconfigurations.filter((one) => one.services[0] === name);
    const reconfigures = [...new Set(speaks.flatMap((one) => one.services))];
    const [first] = speaks;
    return {
      name,
      groups,
      ...(after.length > 0 && { after }),
      ...(first && { reconfigures, command: first.command }),
    };
  });
}

/** The files that the roles of a site place, by path below the output folder. */
export function placedOn(roles: readonly Role[]): Map<string, PlacedOn> {
  const files = new Map<string, PlacedOn>();
  const place = (path: string, { groups, roles, host }: PlacedOn) => {
    const known = files.get(path);
    files.set(path, {
      groups: merged(known?.groups, groups),
      roles: merged(known?.roles, roles),
      ...((known?.host ?? host) && { host: known?.host ?? host }),
    });
  };
  for (const { name, files: own, plan } of roles) {
    for (const { source, groups } of own) place(source, { groups, roles: [name] });
    for (const { fact, groups, observed } of plan.facts) {
      if (fact.fact !== 'tree') continue;
      for (const document of fact.documents.filter(({ exists }) => exists)) {
        const path = treePath(fact) + document.path.slice(treeSource(fact).length);
        place(document.path, { groups, roles: [name], host: { path, ...(observed && { ownership: 'observed' }) } });
      }
    }
  }
  return files;
}

const merged = (some: readonly string[] = [], others: readonly string[]): readonly string[] =>
  [...new Set([...some, ...others])].sort(byCodeUnit);
