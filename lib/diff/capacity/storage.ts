import type { Manifest, ManifestConstruct } from '../../app/manifest';
import { labelOf } from '../../app/words';
import { Money } from '../../values/money';
import { Size } from '../../values/size';
import { kindOf } from '../change-set';
import { lastPart } from '../words';
import type { PriceTable } from './price-table';
import { FSX_LUSTRE } from './storage-types';

/** What one file system of a cloud holds and carries, where that is paid for in advance. */
export interface StorageCapacity {
  /** What an administrator calls it, e.g. `FSx for Lustre file system scratch`. */
  readonly name: string;
  readonly size: Size;
  /** In MB/s, of all its clients together. */
  readonly throughput: number;
  /** What its size costs in a month. @default - it has no price */
  readonly cost?: Money;
  /** The price that is missing, e.g. `persistent-250 in eu-central-1`. @default - none is */
  readonly unpriced?: string;
  /** Whether it is backed up, which is paid for by use. */
  readonly backups: boolean;
}

/** The file system that a construct declares; nothing for what is none, or grows with what is in it. */
export function storageAt(manifest: Manifest, path: string, prices: PriceTable): StorageCapacity | undefined {
  const construct = manifest.constructs[path];
  if (!construct || kindOf(manifest, construct) !== 'FsxLustre') return undefined;
  const { capacity, durability, throughput } = construct.values;
  const size = Size.parse(String(capacity ?? '0B'));
  const type = durability === 'scratch' ? durability : `persistent-${String(throughput)}`;
  return {
    name: `${labelOf('FsxLustre')} ${lastPart(path)}`,
    size,
    throughput: (FSX_LUSTRE[type] ?? 0) * (size.mib / 1024 / 1024),
    ...costOf(type, size, String(cloudOf(manifest, path)?.values.region), prices),
    backups: durability !== 'scratch',
  };
}

/** The cloud that a construct stands in. */
function cloudOf(manifest: Manifest, path: string): ManifestConstruct | undefined {
  for (let at = path; at.includes('/');) {
    at = at.slice(0, at.lastIndexOf('/'));
    const construct = manifest.constructs[at];
    if (construct && kindOf(manifest, construct) === 'AwsCloud') return construct;
  }
  return undefined;
}

function costOf(
  type: string,
  size: Size,
  region: string,
  { regions, currency }: PriceTable,
): Pick<StorageCapacity, 'cost' | 'unpriced'> {
  const types = Object.hasOwn(regions, region) ? regions[region]?.storage?.FsxLustre : undefined;
  const price = types && Object.hasOwn(types, type) ? types[type] : undefined;
  if (price === undefined) return { unpriced: `${type} in ${region}` };
  return { cost: Money.of(price, currency).times(size.mib / 1024) };
}
