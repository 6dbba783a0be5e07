import type { IConstruct } from 'constructs';
import type { TreeReport } from '../../app/policy';
import type { RenderedFile, Renderer } from '../../app/renderer';
import type { HostsReport } from '../../app/manifest-site';
import { FOLDER, type Reader } from '../../documents/document';
import { ansibleYaml } from './ansible-yaml';
import { checkPlan, sharesHosts } from './check-plan';
import { groupVariables, inventory } from './inventory';
import { playbook } from './playbook';
import { type Need, Role } from './role';
import { orderServices, type ServiceOrder } from './service-order';
import { sharedFiles } from './shared-files';
import { placedOn, manifestSite } from './manifest-site';
import { planSites, type SitePlan } from './site-plan';

/** Renders an Ansible project for each site: what constructs offer for hosts, placed by small roles. */
export const ansibleRenderer: Renderer = {
  name: 'ansible',
  *render(app, report, hosts) {
    for (const plan of planSites(app, report)) yield* renderSite(plan, report, hosts);
  },
};

function* renderSite(plan: SitePlan, report: TreeReport, hosts: HostsReport): Iterable<RenderedFile> {
  const { site } = plan;
  checkPlan(plan, report);
  const folder = `${site[FOLDER]}/ansible`;
  const order = orderServices(plan, report);
  const needsOf = needs(plan, order);
  const roles = plan.roles.map((role) => new Role(role, `${folder}/roles/${role.name}`, needsOf));
  const text = (path: string, content: string): RenderedFile => ({
    path,
    content,
    mode: 0o644,
    owner: site,
    derived: true,
  });
  const yaml = (path: string, value: unknown, owner: IConstruct = site): RenderedFile => ({
    ...text(
      path,
      ansibleYaml(value, (problem) => report(problem, owner)),
    ),
    format: 'yaml',
  });

  for (const [path, content] of sharedFiles()) yield text(`${folder}/${path}`, content);
  yield yaml(`${folder}/inventory/hosts.yml`, inventory(plan));
  for (const name of plan.groups.keys()) yield yaml(`${folder}/group_vars/${name}.yml`, groupVariables(name, roles));
  yield yaml(`${folder}/site.yml`, playbook(plan, roles, order));
  for (const role of roles) {
    for (const [path, value] of role.yamlFiles(site.values.contact)) yield yaml(`${role.folder}/${path}`, value);
    for (const file of role.files) {
      if (file.content === undefined) continue;
      const { path, owner, group, mode, readers } = file;
      yield { ...text(file.source, file.content), host: { path, owner, group, mode }, readers };
    }
  }
  hosts(site, manifestSite(folder, plan, roles, order), placedOn(roles));
  const collections = needsCollections(plan);
  if (collections.length > 0) yield yaml(`${folder}/requirements.yml`, { collections });
}

/** Collections beside ansible-core; the package `ansible` brings them. */
function needsCollections({ roles }: SitePlan): { readonly name: string; readonly version: string }[] {
  const kinds = new Set(roles.flatMap((role) => role.facts.map(({ fact }) => fact.fact)));
  return [
    ...(kinds.has('mount') || kinds.has('port') ? [{ name: 'ansible.posix', version: '>=1.4.0' }] : []),
    ...(kinds.has('port') ? [{ name: 'community.general', version: '>=6.0.0' }] : []),
  ];
}

/** Says what readers need, as far as their services run on hosts of the groups. */
function needs(plan: SitePlan, { services, reconfigurations }: ServiceOrder) {
  return (readers: readonly Reader[], groups: readonly string[]): Need[] =>
    readers.flatMap(({ service, on }): Need[] => {
      if (on === 'nothing') return [];
      const runs = services.find(({ name }) => name === service);
      if (!runs || !sharesHosts(plan, runs.groups, groups)) return [];
      const speaks = reconfigurations.some((one) => one.services.includes(service));
      return [{ service, on: on === 'reconfigure' && !speaks ? 'reload' : on }];
    });
}
