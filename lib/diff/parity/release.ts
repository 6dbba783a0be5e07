import { Hostlist } from '../../values/hostlist';
import type { Comparison } from '../comparison';
import type { Entry } from '../model';
import { type Meeting, type PoolOf, text } from './aspect';

/** Another release of Slurm, and nodes in a cloud that boot what they booted before: the Slurm in it is the one it was built with. */
export function releaseNotes(
  { kind, field, action, path, after }: Entry,
  before: ReadonlyMap<string, Meeting>,
  now: ReadonlyMap<string, Meeting>,
  { origins }: Comparison,
): string[] {
  if (kind !== 'SlurmCluster' || field !== 'slurm' || action !== 'changed' || after === undefined) return [];
  const old = new Map(before.get(origins.get(path) ?? path)?.cloud.map((pool) => [pool.path, pool]));
  const same = (now.get(path)?.cloud ?? []).filter(
    (pool) => old.get(origins.get(pool.path) ?? pool.path)?.values.image === pool.values.image,
  );
  const byImage = new Map<string, PoolOf[]>();
  for (const pool of same)
    byImage.set(text(pool.values.image), [...(byImage.get(text(pool.values.image)) ?? []), pool]);
  return [...byImage].map(([image, pools]) => {
    const nodes = Hostlist.union(pools.map(({ hosts }) => hosts)).toString();
    const booted = image.startsWith('/') ? `the image that ${image} names` : image;
    return `cloud nodes ${nodes} boot ${booted}, with the Slurm that it was built with: make an image with ${after}`;
  });
}
