import type { Manifest, ManifestConstruct } from '../../app/manifest';
import { labelOf } from '../../app/words';
import { Hostlist } from '../../values/hostlist';
import { byCodeUnit } from '../../values/json';
import { kindOf } from '../change-set';
import { count, lastPart } from '../words';
import { aspect, type Aspect, type Look, type Meeting, type SiteOf, text, type Topic } from './aspect';
import { isShared, offered } from './mounts';

const GIVEN: Topic = {
  name: 'given',
  ofImage: true,
  differs: (names, { premises, cloud, image }) =>
    `a play gives ${premises} ${names}; ${cloud} have what is in their image (${image})`,
};

/** What plays give hosts beside Slurm: packages, services, accounts and files. Nodes in a cloud have it from their image. */
export const given: Look = (meeting) => [...declared(meeting), ...modules(meeting), ...files(meeting)];

const GIVEN_KINDS: ReadonlySet<string> = new Set(['Package', 'Service', 'User']);

/** What is declared below a Host that nodes of the cluster are among. */
function declared({ site, premises }: Meeting): Aspect[] {
  const { constructs, manifest } = site;
  return constructs.flatMap(([path, construct]) => {
    const kind = kindOf(manifest, construct);
    const host = GIVEN_KINDS.has(kind) ? hostAbove(path, manifest) : undefined;
    if (!host) return [];
    const hosts = Hostlist.parse(text(host.construct.values.hosts));
    const value = JSON.stringify(construct.values);
    const having = premises.filter((pool) => pool.hosts.overlaps(hosts)).map((pool) => [pool.path, value] as const);
    return aspect(GIVEN, `${labelOf(kind)} ${lastPart(path)}`, having, [path, `${host.path}#hosts`]);
  });
}

/** The Host that a construct stands at or below. */
function hostAbove(path: string, manifest: Manifest): { path: string; construct: ManifestConstruct } | undefined {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const construct = Object.hasOwn(manifest.constructs, at) ? manifest.constructs[at] : undefined;
    if (construct && kindOf(manifest, construct) === 'Host') return { path: at, construct };
  }
  return undefined;
}

/** Lmod comes with the modules that a cluster offers. */
function modules(meeting: Meeting): Aspect[] {
  const [first] = offered(meeting);
  const having = meeting.premises.map((pool) => [pool.path, 'lmod'] as const);
  return first ? aspect(GIVEN, 'Lmod', having, [first.provided]) : [];
}

/** Files of one construct that are named; of more, how many there are and where. */
const MOST_FILES = 3;

/** Files that are placed on the nodes; those of Slurm are not among them, which nodes in a cloud fetch from slurmctld. */
function files(meeting: Meeting): Aspect[] {
  const { site, premises } = meeting;
  const byOwner = new Map<string, { file: string; at: string; sha256: string; hosts: Hostlist }[]>();
  const groups = groupsOf(site);
  for (const [file, { owner, host, groups: named = [], sha256 }] of site.files) {
    if (!host || named.length === 0 || isShared(host.path, meeting) || isSlurm(owner, site.manifest)) continue;
    const hosts = Hostlist.union(named.flatMap((name) => groups.get(name) ?? []));
    const placed = { file, at: host.path, sha256, hosts };
    if (!byOwner.get(owner)?.push(placed)) byOwner.set(owner, [placed]);
  }
  return [...byOwner].flatMap(([owner, placed]) => {
    const on = (hosts: Hostlist) => placed.filter((file) => file.hosts.overlaps(hosts));
    const having = premises.flatMap((pool) => {
      const own = on(pool.hosts).map(({ at, sha256 }) => `${at} ${sha256}`);
      return own.length > 0 ? [[pool.path, own.sort(byCodeUnit).join(' ')] as const] : [];
    });
    const paths = placed
      .filter(({ hosts }) => premises.some((pool) => pool.hosts.overlaps(hosts)))
      .map(({ at }) => at)
      .sort(byCodeUnit);
    const name = paths.length > MOST_FILES ? `${count(paths.length, 'file')} of ${lastPart(owner)}` : paths.join(', ');
    return aspect(GIVEN, name, having, [...sourcesOf(owner, meeting), ...placed.map(({ file }) => file)]);
  });
}

/** What files are made from. Those of a module tree change with some fields only, and come with what offers them. */
function sourcesOf(owner: string, meeting: Meeting): string[] {
  const trees = offered(meeting).filter(({ tree }) => tree === owner);
  if (trees.length === 0) return [owner];
  const own = ['root', 'spiderCache', 'stacks'].map((field) => `${owner}#${field}`);
  return [...own, ...trees.flatMap(({ provided, stacks }) => [provided, ...stacks.map((stack) => `${stack}#targets`)])];
}

const isSlurm = (owner: string, manifest: Manifest): boolean => {
  const construct = Object.hasOwn(manifest.constructs, owner) ? manifest.constructs[owner] : undefined;
  return construct !== undefined && ['SlurmCluster', 'SlurmDatabase'].includes(kindOf(manifest, construct));
};

/** The hosts of each group of the inventory. */
function groupsOf({ path, manifest }: SiteOf): Map<string, Hostlist> {
  const groups = Object.entries(manifest.sites?.[path]?.groups ?? {});
  return new Map(groups.map(([name, { hosts }]) => [name, Hostlist.parse(hosts)]));
}

const CLIENTS: Topic = {
  name: 'clients',
  ofImage: true,
  differs: (names, { cloud, image }) =>
    `${cloud} mount it when they boot: without ${names} in their image (${image}) slurmd does not start there`,
};

/** The programs that mount, by the kinds of file systems that need them. */
const CLIENT_OF: Readonly<Record<string, string>> = {
  ExistingNfs: 'the NFS client',
  Efs: 'the NFS client',
  ExistingLustre: 'the Lustre client',
  FsxLustre: 'the Lustre client',
};

/** What nodes need to mount what is mounted on them: on the premises it is there or a play installs it. */
export const clients: Look = (meeting) => {
  const { cloud, premises, cluster, mounts } = meeting;
  const inCloud = mounts.filter(({ on }) => on === cluster || cloud.some(({ path }) => path === on));
  const needed = new Set(inCloud.flatMap(({ kind }) => (Object.hasOwn(CLIENT_OF, kind) ? CLIENT_OF[kind] : [])));
  return [...needed].flatMap((client) =>
    aspect(
      CLIENTS,
      client ?? '',
      premises.map((pool) => [pool.path, 'there'] as const),
      inCloud.filter(({ kind }) => CLIENT_OF[kind] === client).map(({ path }) => path),
    ),
  );
};
