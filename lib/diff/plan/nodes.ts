import type { Manifest } from '../../app/manifest';
import { Hostlist } from '../../values/hostlist';
import { kindOf } from '../change-set';
import type { Comparison } from '../comparison';
import type { Entry } from '../model';
import { burstPool } from '../slurm/cluster';

/** The nodes of the pool of an entry, as they were before: those that run jobs now. Of a new pool, as they will be. */
export function nodesOf(entry: Entry, { before, after, origins }: Comparison): string | undefined {
  return poolAt(before.manifest, origins.get(entry.path) ?? entry.path) ?? poolAt(after.manifest, entry.path);
}

/** The nodes of its pool that an entry takes away. */
export function goneNodes(entry: Entry, { before, after, origins }: Comparison): string | undefined {
  const was = poolAt(before.manifest, origins.get(entry.path) ?? entry.path);
  if (was === undefined) return undefined;
  const gone = Hostlist.parse(was).difference(Hostlist.parse(poolAt(after.manifest, entry.path) ?? ''));
  return gone.isEmpty || gone.problem ? undefined : gone.toString();
}

/** The nodes that a site has in clouds, as they were before: of the cluster of an entry, or of all where it stands in none. */
export function cloudNodes({ path }: Entry, site: string, { before: { manifest } }: Comparison): string | undefined {
  const cluster = clusterAbove(manifest, path);
  const within = cluster === path ? site : cluster;
  const pools = Object.keys(manifest.constructs).filter(
    (at) => at.startsWith(`${within}/`) && kindOf(manifest, manifest.constructs[at]!) === 'BurstPool',
  );
  const lists = pools.map((at) => Hostlist.parse(poolAt(manifest, at) ?? ''));
  return lists.length > 0 ? Hostlist.union(lists).toString() : undefined;
}

function poolAt(manifest: Manifest, path: string): string | undefined {
  const construct = constructAt(manifest, path);
  if (construct && kindOf(manifest, construct) === 'BurstPool') {
    return burstPool(path, construct.values, clusterAbove(manifest, path)).hosts.toString();
  }
  const hosts = construct?.values.hosts;
  return typeof hosts === 'string' ? hosts : undefined;
}

const constructAt = ({ constructs }: Manifest, path: string) =>
  Object.hasOwn(constructs, path) ? constructs[path] : undefined;

/** The cluster that a construct stands below. */
function clusterAbove(manifest: Manifest, path: string): string {
  for (let at = path; at.includes('/');) {
    at = at.slice(0, at.lastIndexOf('/'));
    const construct = constructAt(manifest, at);
    if (construct && kindOf(manifest, construct) === 'SlurmCluster') return at;
  }
  return path;
}
