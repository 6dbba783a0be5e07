import type { Money } from '../../values/money';
import type { Comparison } from '../comparison';
import type { Entry } from '../model';
import { count, thousands, wattsText } from '../words';
import { sizeText, throughputText } from './capacity';
import { HOURS, poolAt, type PoolCapacity } from './pools';
import type { PriceTable } from './price-table';
import { type StorageCapacity, storageAt } from './storage';

/** The fields that say how much a construct brings, and of what. */
const OF_CAPACITY: Readonly<Record<string, readonly string[]>> = {
  NodePool: ['hosts', 'type'],
  BurstPool: ['instanceTypes', 'max', 'purchase', 'multithreading', 'cloud'],
  FsxLustre: ['capacity', 'durability', 'throughput'],
};

/**
 * Says at the entries of pools and file systems what they bring, and what they can cost: where that changes, not at every
 * other field.
 */
export function withCapacityNotes(
  entries: readonly Entry[],
  { before, after, origins }: Comparison,
  prices: PriceTable,
): readonly Entry[] {
  return entries.map((entry) => {
    const fields = Object.hasOwn(OF_CAPACITY, entry.kind) ? OF_CAPACITY[entry.kind] : undefined;
    if (entry.level !== 'field' || !fields) return entry;
    if (entry.field !== undefined && !fields.includes(entry.field.split('.')[0] ?? '')) return entry;
    const of = <T>(at: (manifest: typeof after.manifest, path: string, prices: PriceTable) => T) =>
      [
        at(before.manifest, origins.get(entry.path) ?? entry.path, prices),
        at(after.manifest, entry.path, prices),
      ] as const;
    const notes =
      entry.kind === 'FsxLustre' ? storageNotes(...of(storageAt), prices) : poolNotes(...of(poolAt), prices);
    return notes.length > 0 ? { ...entry, notes: [...notes, ...entry.notes] } : entry;
  });
}

function poolNotes(was: PoolCapacity | undefined, is: PoolCapacity | undefined, prices: PriceTable): string[] {
  const brings = [was, is].map(bringsText);
  const costs = [was?.cost?.most, is?.cost?.most].map(costText);
  if (!differ(brings) && !differ(costs)) return [];
  const inCloud = (is ?? was)?.place === 'cloud';
  const unpriced = is?.unpriced ?? [];
  return [
    ...bothText(brings),
    ...(inCloud && unpriced.length === 0
      ? [
          `it can cost at most ${costs[0] ?? 0} → ${costs[1] ?? 0} ${prices.currency} a month: ${HOURS} hours at the list prices on demand of ${prices.date}`,
        ]
      : []),
    ...(unpriced.length > 0 ? [`its cost is not estimated: no price of ${unpriced.join(', ')}`] : []),
    ...(inCloud && (is?.nodes ?? 0) * (is?.cpus ?? 0) > (was?.nodes ?? 0) * (was?.cpus ?? 0)
      ? ['the quota of the account is not checked']
      : []),
  ];
}

function storageNotes(was: StorageCapacity | undefined, is: StorageCapacity | undefined, prices: PriceTable): string[] {
  const brings = [was, is].map(
    (storage) => storage && `${sizeText(storage.size.mib)}, ${throughputText(storage.throughput)}`,
  );
  const costs = [was?.cost, is?.cost].map(costText);
  if (!differ(brings) && !differ(costs) && was?.unpriced === is?.unpriced) return [];
  const unpriced = is?.unpriced ?? was?.unpriced;
  return [
    ...bothText(brings),
    unpriced === undefined
      ? `its size costs ${costs[0] ?? 0} → ${costs[1] ?? 0} ${prices.currency} a month at the prices of ${prices.date}`
      : `its cost is not estimated: no price of ${unpriced}`,
  ];
}

const differ = ([a, b]: readonly (string | undefined)[]): boolean => a !== b;

const bothText = ([a, b]: readonly (string | undefined)[]): string[] =>
  a === b ? [] : [a !== undefined && b !== undefined ? `${a} → ${b}` : (b ?? a ?? '')];

const costText = (cost: Money | undefined): string | undefined => cost && thousands(Math.round(cost.micros / 1e6));

/** `32 nodes, 3,072 CPUs, 6,144 GiB of memory`. */
function bringsText(pool: PoolCapacity | undefined): string | undefined {
  if (!pool) return undefined;
  const { nodes, cpus, gpus, memory, watts } = pool;
  return [
    count(nodes, 'node'),
    `${thousands(nodes * cpus)} CPUs`,
    ...(gpus > 0 ? [`${thousands(nodes * gpus)} GPUs`] : []),
    `${sizeText(nodes * memory.mib)} of memory`,
    ...(watts === undefined ? [] : [`${wattsText(nodes * watts)} at full load`]),
  ].join(', ');
}
