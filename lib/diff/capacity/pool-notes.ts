import type { Comparison } from '../comparison';
import type { Entry } from '../model';
import { count, thousands } from '../words';
import { sizeText } from './capacity';
import { HOURS, poolAt, type PoolCapacity } from './pools';
import type { PriceTable } from './price-table';

/** The fields that say how much a pool brings, and of what. */
const OF_CAPACITY: readonly string[] = ['hosts', 'type', 'instanceTypes', 'max', 'purchase', 'multithreading', 'cloud'];

/** Says at the entries of pools what they bring, and what they can cost: where that changes, not at every other field. */
export function withPoolNotes(entries: readonly Entry[], comparison: Comparison, prices: PriceTable): readonly Entry[] {
  const { before, after, origins } = comparison;
  return entries.map((entry) => {
    if (entry.level !== 'field' || !(entry.kind === 'BurstPool' || entry.kind === 'NodePool')) return entry;
    if (entry.field !== undefined && !OF_CAPACITY.includes(entry.field.split('.')[0] ?? '')) return entry;
    const was = poolAt(before.manifest, origins.get(entry.path) ?? entry.path, prices);
    const is = poolAt(after.manifest, entry.path, prices);
    const notes = notesOf(was, is, prices);
    return notes.length > 0 ? { ...entry, notes: [...notes, ...entry.notes] } : entry;
  });
}

function notesOf(was: PoolCapacity | undefined, is: PoolCapacity | undefined, prices: PriceTable): string[] {
  const [a, b] = [was, is].map(bringsText);
  const costs = [was, is].map(costText);
  const inCloud = (is ?? was)?.place === 'cloud';
  const differs = a !== b || costs[0] !== costs[1];
  if (!differs) return [];
  const unpriced = is?.unpriced ?? [];
  return [
    ...(a === b ? [] : [was && is ? `${a} → ${b}` : (b ?? a ?? '')]),
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

/** `32 nodes, 3,072 CPUs, 6,144 GiB of memory`. */
function bringsText(pool: PoolCapacity | undefined): string | undefined {
  if (!pool) return undefined;
  const { nodes, cpus, gpus, memory } = pool;
  return [
    count(nodes, 'node'),
    `${thousands(nodes * cpus)} CPUs`,
    ...(gpus > 0 ? [`${thousands(nodes * gpus)} GPUs`] : []),
    `${sizeText(nodes * memory.mib)} of memory`,
  ].join(', ');
}

const costText = (pool: PoolCapacity | undefined): string | undefined =>
  pool?.cost && thousands(Math.round(pool.cost.most.micros / 1e6));
