import type { Manifest, ManifestConstruct } from '../../app/manifest';
import { labelOf } from '../../app/words';
import { Hostlist } from '../../values/hostlist';
import { byCodeUnit } from '../../values/json';
import { kindOf } from '../change-set';
import { count, lastPart } from '../words';
import { aspect, type Aspect, type Look, type Meeting, text, type Topic } from './aspect';
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
function declared({ manifest, premises }: Meeting): Aspect[] {
  const hosts = new Map<string, Hostlist>();
  const hostsOf = (path: string): Hostlist => {
    const known = hosts.get(path) ?? Hostlist.parse(text(hostAbove(path, manifest)?.construct.values.hosts));
    hosts.set(path, known);
    return known;
  };
  return ofKinds(GIVEN_KINDS, manifest).flatMap(([path, construct]) => {
    const host = hostAbove(path, manifest);
    if (!host) return [];
    const value = JSON.stringify(construct.values);
    const name = `${labelOf(kindOf(manifest, construct))} ${lastPart(path)}`;
    const having = premises.filter((pool) => pool.hosts.overlaps(hostsOf(host.path)));
    return aspect(
      GIVEN,
      name,
      having.map((pool) => [pool.path, value]),
      [path, `${host.path}#hosts`],
    );
  });
}

function ofKinds(kinds: ReadonlySet<string>, manifest: Manifest): [path: string, construct: ManifestConstruct][] {
  return Object.entries(manifest.constructs).filter(([, construct]) => kinds.has(kindOf(manifest, construct)));
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
  const { manifest, premises } = meeting;
  const byOwner = new Map<string, { file: string; at: string; sha256: string; hosts: Hostlist }[]>();
  const groups = groupsOf(manifest);
  for (const [file, { owner, host, groups: named = [], sha256 }] of Object.entries(manifest.files)) {
    if (!host || named.length === 0 || isShared(host.path, meeting) || isSlurm(owner, manifest)) continue;
    const hosts = Hostlist.union(named.flatMap((name) => groups.get(name) ?? []));
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), { file, at: host.path, sha256, hosts }]);
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

/** The hosts of each group of the inventories. Sites may use a name twice: the hosts of both. */
function groupsOf({ sites = {} }: Manifest): Map<string, Hostlist[]> {
  const groups = new Map<string, Hostlist[]>();
  for (const site of Object.values(sites)) {
    for (const [name, { hosts }] of Object.entries(site.groups)) {
      groups.set(name, [...(groups.get(name) ?? []), Hostlist.parse(hosts)]);
    }
  }
  return groups;
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
