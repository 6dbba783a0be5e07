import type { Manifest } from '../../app/manifest';
import { kindOf } from '../change-set';
import { lastPart } from '../words';

/** Scopes of a stack by the kind of the construct that they belong to. */
const SCOPES: Readonly<Record<string, string>> = {
  Bucket: 'bucket',
  Budget: 'budget',
  Efs: 'efs',
  FsxLustre: 'lustre',
};

/**
 * Finds the construct that a resource of a stack was made for, by the path that cdktf notes with it.
 *
 * @param cloud path of the construct that the stack is made for
 * @returns gives the cloud for what is the network's, and nothing for what a definition adds itself
 */
export function ownersOf(manifest: Manifest, cloud: string): (path: string) => string | undefined {
  const scopes = new Map([['network-main', cloud]]);
  const rights = new Map<string, string>();
  for (const [path, construct] of Object.entries(manifest.constructs)) {
    const kind = kindOf(manifest, construct);
    if (kind === 'BurstPool' && construct.values.cloud === cloud) {
      const cluster = clusterOf(manifest, path);
      const [clusterId, poolId] = [lastPart(cluster), lastPart(path)];
      scopes.set(`pool-${clusterId}-${poolId}`, path);
      scopes.set(`cluster-${clusterId}`, cluster);
      rights.set(`cluster-${clusterId}/pool-${poolId}`, path);
      rights.set(`cluster-${clusterId}/pool-${poolId}-role`, path);
    } else if (SCOPES[kind] && path.startsWith(`${cloud}/`)) scopes.set(`${SCOPES[kind]}-${lastPart(path)}`, path);
  }
  return (path) => rights.get(path) ?? scopes.get(path.split('/')[0] as string);
}

/** The nearest cluster above a path. */
export function clusterOf(manifest: Manifest, path: string): string {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const above = manifest.constructs[path.slice(0, end)];
    if (above && kindOf(manifest, above) === 'SlurmCluster') return path.slice(0, end);
  }
  return path;
}
