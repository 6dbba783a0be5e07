import type { Manifest, ManifestFile, ManifestSite } from '../../app/manifest';
import { Hostlist } from '../../values/hostlist';
import { byCodeUnit } from '../../values/json';
import type { Comparison } from '../comparison';
import type { Entry } from '../model';
import { mountName, mountsByName } from './mounts';

/** A site with the path of its construct. */
export interface PlacedSite extends ManifestSite {
  readonly path: string;
}

/** Where things stand on the hosts of the sites, as far as the manifests say. */
export class Places {
  private readonly sites: readonly PlacedSite[];
  private readonly old: Readonly<Record<string, ManifestSite>>;
  private readonly files: Readonly<Record<string, ManifestFile>>;

  /** Names of the roles with other tasks, by the path of their site. */
  private readonly changedRoles = new Map<string, Set<string>>();

  private readonly changedFiles: ReadonlySet<string>;

  /** The mounts of file systems that stand at no site, such as those of a cloud, by their names. */
  private readonly mounts: ReadonlyMap<string, string>;

  constructor(comparison: Comparison) {
    const { before, after, changes } = comparison;
    this.mounts = mountsByName(comparison);
    this.old = before.manifest.sites ?? {};
    const known = { ...before.manifest.sites, ...after.manifest.sites };
    this.sites = Object.entries(known).map(([path, site]) => ({ ...site, path }));
    this.changedFiles = new Set(changes.files.map(({ path }) => path));
    for (const { path, project, tags } of this.sites) {
      const roles = changes.files.flatMap(({ path: file }) =>
        file.startsWith(`${project}/roles/`) ? (file.slice(project.length + '/roles/'.length).split('/')[0] ?? []) : [],
      );
      this.changedRoles.set(path, new Set(roles.filter((role) => Object.hasOwn(tags.roles, role))));
    }
    this.files = { ...onHosts(before.manifest), ...onHosts(after.manifest) };
  }

  /** The site that a construct stands in, or that mounts it; of what else stands in a cloud, none. */
  siteOf(path: string): PlacedSite | undefined {
    const own = this.sites.find((site) => path === site.path || path.startsWith(`${site.path}/`));
    const mount = own ? undefined : this.mounts.get(mountName(path));
    return mount === undefined ? own : this.siteOf(mount);
  }

  /** The site whose play places the files of an entry: that of the construct, or of one that has files because of it. */
  siteOfFiles({ path, files }: Entry): PlacedSite | undefined {
    return this.siteOf(path) ?? files.flatMap((file) => this.siteOf(this.files[file]?.owner ?? '') ?? [])[0];
  }

  /** The groups of the inventory that get a file of an entry, sorted. */
  groupsOf({ files }: Entry): string[] {
    const groups = files.flatMap((path) => this.files[path]?.groups ?? []);
    return [...new Set(groups)].sort(byCodeUnit);
  }

  /** Whether a file of an entry reaches a host at all. */
  reachesHosts({ files }: Entry): boolean {
    return files.some((path) => this.files[path] !== undefined);
  }

  /**
   * The roles of the playbook that changed, for an entry that no file on hosts speaks of: packages, users, services are what
   * roles do.
   */
  rolesOf({ level, section, files, path }: Entry): readonly string[] {
    const site = level === 'field' && section !== 'state' && files.length === 0 ? this.siteOf(path) : undefined;
    return site ? [...(this.changedRoles.get(site.path) ?? [])].sort(byCodeUnit) : [];
  }

  /** The site whose playbook changed, for an entry that neither a file on hosts nor a role speaks of: services. */
  playbookOf({ level, section, files, path }: Entry): string | undefined {
    const site = level === 'field' && section !== 'state' && files.length === 0 ? this.siteOf(path) : undefined;
    return site && this.changedFiles.has(`${site.project}/site.yml`) ? site.path : undefined;
  }

  /** The groups of a site that run a service: those that get a file of the entry, when any of them do. */
  runners(site: PlacedSite, service: string, entry: Entry): readonly string[] {
    const groups = site.services.find(({ name }) => name === service)?.groups ?? [];
    const near = groups.filter((group) => this.groupsOf(entry).includes(group));
    return near.length > 0 ? near : groups;
  }

  /** The hosts of some groups, as a hostlist. */
  hostsOf(site: PlacedSite, groups: readonly string[]): string | undefined {
    const lists = groups.flatMap((group) => site.groups[group]?.hosts ?? []);
    return lists.length > 0 ? Hostlist.union(lists.map((hosts) => Hostlist.parse(hosts))).toString() : undefined;
  }

  /** The hosts of a site that the site did not have before: nothing runs on them yet. */
  newHosts(site: PlacedSite): Hostlist {
    const old = this.old[site.path];
    return old ? every(site).difference(every(old)) : Hostlist.union([]);
  }

  /** The hosts that run a service now, before the roll-out. */
  hostsBefore(site: PlacedSite, service: string): string | undefined {
    const old = this.old[site.path];
    const groups = old?.services.find(({ name }) => name === service)?.groups ?? [];
    return old && this.hostsOf({ ...old, path: site.path }, groups);
  }

  /** The host that a play leaves the manifest on; the pattern of Ansible for it when it is no group with its first host. */
  keeperOf({ manifest, groups }: PlacedSite): string {
    const pattern = manifest?.hosts ?? '';
    const group = /^(\w+)\[0\]$/.exec(pattern)?.[1];
    const hosts = group === undefined ? undefined : groups[group]?.hosts;
    return (hosts === undefined ? undefined : Hostlist.parse(hosts).first()) ?? pattern;
  }

  /** Where a service stands in the order in which a play brings services up; those that it does not know come last. */
  rankOf(service: string): number {
    const ranks = this.sites.map(({ services }) => services.findIndex(({ name }) => name === service));
    const known = ranks.filter((rank) => rank >= 0);
    return known.length > 0 ? Math.min(...known) : Number.MAX_SAFE_INTEGER;
  }
}

const every = ({ groups }: ManifestSite): Hostlist =>
  Hostlist.union(Object.values(groups).map(({ hosts }) => Hostlist.parse(hosts)));

const onHosts = ({ files }: Manifest): Record<string, ManifestFile> =>
  Object.fromEntries(
    Object.entries(files).filter(([, { host, groups }]) => host !== undefined || groups !== undefined),
  );
