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
