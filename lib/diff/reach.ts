import type { Manifest } from '../app/manifest';
import { kindOf } from './change-set';
import type { Comparison } from './comparison';
import { pathsOf } from './entry';
import type { Entry, Reach } from './model';
import { mountName } from './plan/mounts';
import { lastPart } from './words';

/** Says of each entry which sides of a site its roll-out touches. Where there is no cloud, nothing is said: all are premises. */
export function withReach(entries: readonly Entry[], { before, after }: Comparison): readonly Entry[] {
  const sides = [after, before].map(({ manifest }) => manifest);
  if (!sides.some(hasCloud)) return entries;
  const maps = sides.map((manifest) => new ReachOf(manifest));
  return entries.map((entry) => {
    const found = new Set(maps.flatMap((map) => map.entry(entry)));
    const reaches = (['premises', 'cloud'] as const).filter((side) => found.has(side));
    return reaches.length > 0 ? { ...entry, reaches } : entry;
  });
}

/** What plays bring about without a file of its own. */
const PLAYED: ReadonlySet<string> = new Set(['Host', 'Package', 'ProvidedModules', 'Service', 'User']);

const hasCloud = ({ files }: Manifest): boolean => Object.values(files).some(({ format }) => format === 'terraform');

/** What the constructs and files of one side stand on. */
class ReachOf {
  /** The clouds: what the stacks of Terraform are made for. */
  private readonly clouds: ReadonlySet<string>;
  /** The pools of nodes in a cloud. */
  private readonly pools: readonly string[];
  /** The mounts by the name of what they mount. */
  private readonly mounts = new Map<string, string[]>();

  constructor(private readonly manifest: Manifest) {
    const { files, constructs, tables } = manifest;
    const stacks = Object.values(files).filter(({ format }) => format === 'terraform');
    this.clouds = new Set(stacks.map(({ owner }) => owner.split('/')[0] as string));
    const kinds = new Map(Object.entries(tables).map(([name, { kind }]) => [name, kind]));
    const pools: string[] = [];
    for (const [path, { table }] of Object.entries(constructs)) {
      const kind = kinds.get(table);
      if (kind === 'BurstPool') pools.push(path);
      else if (kind === 'Mount') this.mounts.set(lastPart(path), [...(this.mounts.get(lastPart(path)) ?? []), path]);
    }
    this.pools = pools;
  }

  entry(entry: Entry): Reach[] {
    const { level, kind, section, effect, files } = entry;
    const byFiles = files.flatMap((file) => this.file(file));
    // what Terraform finds another way in a stack is told as a resource, with no construct behind it
    if (level !== 'field') return level === 'lock' ? ['premises'] : byFiles;
    const steps = effect.steps ?? [];
    const isRolledOut = PLAYED.has(kind) || effect.class !== 'none' || files.length > 0 || steps.length > 0;
    if (section === 'state' || !isRolledOut) return byFiles;
    return [...byFiles, ...pathsOf(entry).flatMap((path) => this.construct(path))];
  }

  /** Nodes in a cloud fetch the files of Slurm from slurmctld. */
  private file(path: string): Reach[] {
    const file = Object.hasOwn(this.manifest.files, path) ? this.manifest.files[path] : undefined;
    if (!file) return [];
    if (file.format === 'terraform' || file.format === 'cloud-config') return ['cloud'];
    if (!file.groups?.length) return [];
    const isFetched = this.kind(file.owner) === 'SlurmCluster' && this.hasPoolBelow(file.owner);
    return isFetched ? ['premises', 'cloud'] : ['premises'];
  }

  private construct(path: string): Reach[] {
    if (!Object.hasOwn(this.manifest.constructs, path)) return [];
    const { values } = this.manifest.constructs[path]!;
    if (this.kind(path) === 'Mount') return this.machines(String(values.on));
    const mounts = typeof values.path === 'string' ? (this.mounts.get(mountName(path)) ?? []) : [];
    const mounted = mounts.flatMap((mount) => this.construct(mount));
    const inCloud = this.clouds.has(path.split('/')[0] as string) || this.kind(path) === 'BurstPool';
    return [inCloud ? 'cloud' : 'premises', ...mounted];
  }

  /** A cluster or a pool of nodes. */
  private machines(path: string): Reach[] {
    if (this.kind(path) === 'BurstPool') return ['cloud'];
    return this.hasPoolBelow(path) ? ['premises', 'cloud'] : ['premises'];
  }

  private hasPoolBelow(path: string): boolean {
    return this.pools.some((pool) => pool.startsWith(`${path}/`));
  }

  private kind(path: string): string {
    const construct = Object.hasOwn(this.manifest.constructs, path) ? this.manifest.constructs[path] : undefined;
    return construct ? kindOf(this.manifest, construct) : '';
  }
}
