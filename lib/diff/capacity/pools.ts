import type { Manifest, ManifestConstruct } from '../../app/manifest';
import { labelOf } from '../../app/words';
import { Hostlist } from '../../values/hostlist';
import { instanceType, type InstanceTypeFacts } from '../../values/instance-type';
import { isRecord, type Json } from '../../values/json';
import { Money } from '../../values/money';
import { Power } from '../../values/power';
import { Size } from '../../values/size';
import { kindOf } from '../change-set';
import { lastPart } from '../words';
import type { PriceTable } from './price-table';

/** What one pool of nodes brings, at most. */
export interface PoolCapacity {
  /** What an administrator calls it, e.g. `burst pool burst`. */
  readonly name: string;
  readonly path: string;
  readonly place: 'premises' | 'cloud';
  readonly nodes: number;
  /** Of each node: CPUs as Slurm counts them, GPUs, memory. */
  readonly cpus: number;
  readonly gpus: number;
  readonly memory: Size;
  /** What each of them draws at full load, in W. @default - its type does not state it */
  readonly watts?: number;
  /** What it can cost in a month. @default - it costs nothing, or has no price */
  readonly cost?: { readonly most: Money; readonly spot?: readonly [low: Money, high: Money] };
  /** Types of machines that have no price. */
  readonly unpriced: readonly string[];
}

type Brought = Omit<PoolCapacity, 'name' | 'path'>;
/** The hours of the longest month. */
export const HOURS = 744;

/** The nodes that a construct declares; nothing for what declares none. */
export function poolAt(manifest: Manifest, path: string, prices: PriceTable): PoolCapacity | undefined {
  const construct = manifest.constructs[path];
  if (!construct) return undefined;
  const kind = kindOf(manifest, construct);
  if (kind !== 'NodePool' && kind !== 'BurstPool') return undefined;
  const name = `${labelOf(kind)} ${lastPart(path)}`;
  const pool = kind === 'NodePool' ? nodePool(construct) : burstPool(construct, manifest, prices);
  return { name, path, ...pool };
}

function nodePool({ values }: ManifestConstruct): Brought {
  const type = isRecord(values.type) ? values.type : {};
  const gres = Array.isArray(type.gres) ? (type.gres as readonly Json[]).filter((one) => isRecord(one)) : [];
  const gpus = gres.filter((one) => one.name === 'gpu').reduce((sum, one) => sum + number(one.count), 0);
  return {
    place: 'premises',
    nodes: Hostlist.parse(String(values.hosts ?? '')).count,
    cpus: number(type.sockets) * number(type.cores) * number(type.threads),
    gpus,
    memory: Size.parse(String(type.memory ?? '0B')),
    ...(type.power !== undefined && { watts: Power.parse(String(type.power)).watts }),
    unpriced: [],
  };
}

const number = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);

/** What all types of the pool have, as Slurm is told; types that the catalogue does not know bring nothing. */
function burstPool({ values }: ManifestConstruct, manifest: Manifest, prices: PriceTable): Brought {
  const names = Array.isArray(values.instanceTypes) ? (values.instanceTypes as readonly Json[]).map(String) : [];
  const types = names.flatMap((type) => instanceType(type) ?? []);
  const least = (fact: (type: InstanceTypeFacts) => number) =>
    types.length === 0 ? 0 : Math.min(...types.map((type) => fact(type)));
  const threads = (type: InstanceTypeFacts) => (values.multithreading === false ? 1 : type.threadsPerCore);
  const region = manifest.constructs[String(values.cloud)]?.values.region;
  const spot = isRecord(values.purchase) && values.purchase.market !== 'on-demand';
  return {
    place: 'cloud',
    nodes: number(values.max),
    cpus: least((type) => type.cores) * least(threads),
    gpus: least((type) => type.gpus?.count ?? 0),
    memory: Size.mib(least((type) => type.memoryMib)),
    ...costOf(names, number(values.max), String(region), spot, prices),
  };
}

/** The cloud chooses among the types, so the dearest of them is what a node can cost; spot never costs more than that. */
function costOf(
  types: readonly string[],
  nodes: number,
  region: string,
  bySpot: boolean,
  { regions, currency }: PriceTable,
): Pick<PoolCapacity, 'cost' | 'unpriced'> {
  const table = Object.hasOwn(regions, region) ? regions[region] : undefined;
  const priceOf = (type: string) => (table && Object.hasOwn(table.instances, type) ? table.instances[type] : undefined);
  const unpriced = types.filter((type) => priceOf(type) === undefined).map((type) => `${type} in ${region}`);
  if (unpriced.length > 0 || types.length === 0) return { unpriced };
  const month = (price: number) => Money.of(price, currency).times(nodes * HOURS);
  const ranges = types.map((type) => (table?.spot && Object.hasOwn(table.spot, type) ? table.spot[type] : undefined));
  const known = bySpot && ranges.every((range) => range !== undefined);
  const spot = known && [
    month(Math.min(...ranges.map((range) => range?.[0] ?? 0))),
    month(Math.max(...ranges.map((range) => range?.[1] ?? 0))),
  ];
  const most = month(Math.max(...types.map((type) => priceOf(type) ?? 0)));
  return { unpriced, cost: { most, ...(spot && { spot: [spot[0] as Money, spot[1] as Money] }) } };
}
