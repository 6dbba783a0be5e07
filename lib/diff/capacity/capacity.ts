import type { Manifest } from '../../app/manifest';
import { labelOf } from '../../app/words';
import { byCodeUnit } from '../../values/json';
import { Money } from '../../values/money';
import { kindOf } from '../change-set';
import type { Comparison } from '../comparison';
import type { Capacity, CapacityFigure } from '../model';
import { lastPart, thousands } from '../words';
import { poolAt, type PoolCapacity } from './pools';
import { powerOf } from './power';
import type { PriceTable } from './price-table';
import { type StorageCapacity, storageAt } from './storage';

/** Capacity and cost of one side. */
interface Totals {
  readonly pools: readonly PoolCapacity[];
  readonly storage: readonly StorageCapacity[];
  readonly cost: Money;
  readonly spot?: readonly [low: Money, high: Money];
  readonly notEstimated: readonly string[];
}

/** What there is to compute with, and the most that the cloud can cost in a month; nothing when neither changes. */
export function capacityOf({ before, after, changes }: Comparison, prices: PriceTable): Capacity | undefined {
  if (changes.constructs.length === 0) return undefined;
  const [was, is] = [before, after].map(({ manifest }) => totalsOf(manifest, prices)) as [Totals, Totals];
  const [onPremises, inCloud] = [placeFigures('premises', was, is), placeFigures('cloud', was, is)];
  const inSum = sumFigures(was, is);
  const known = hasNothingMore(was.notEstimated, is.notEstimated);
  // nodes on the premises change no bill of a cloud, so nothing is said of it
  const ofCloud = inCloud.length > 0 || inSum.length > 0 || !known || !was.cost.equals(is.cost);
  const power = powerOf(was.pools, is.pools, changes.moves);
  if (onPremises.length === 0 && !power && !ofCloud) return undefined;
  const priced = was.cost.micros + is.cost.micros > 0;
  return {
    figures: [...onPremises, ...inCloud, ...inSum],
    ...(ofCloud &&
      priced && {
        cost: {
          before: amount(was.cost),
          after: amount(is.cost),
          currency: prices.currency,
          date: prices.date,
        },
      }),
    ...(power && { power }),
    notEstimated: ofCloud ? is.notEstimated : [],
  };
}

/** Whether all that is not estimated was so before, whatever it is called: a rename changes no cost. */
function hasNothingMore(was: readonly string[], is: readonly string[]): boolean {
  const known = was.map(withoutName);
  return is.map(withoutName).every((one) => {
    const index = known.indexOf(one);
    if (index >= 0) known.splice(index, 1);
    return index >= 0;
  });
}

/** The types of a pool stand in the order of its preference, which costs nothing. */
const withoutName = (text: string): string =>
  text
    .replace(/ [^ ()]+(?= \(|$)/, '')
    .split(/, |[()]/)
    .sort(byCodeUnit)
    .join();

const amount = (money: Money): number => Math.round(money.micros / 10_000) / 100;

function totalsOf(manifest: Manifest, prices: PriceTable): Totals {
  const paths = Object.keys(manifest.constructs).sort(byCodeUnit);
  const pools = paths.flatMap((path) => poolAt(manifest, path, prices) ?? []);
  const storage = paths.flatMap((path) => storageAt(manifest, path, prices) ?? []);
  const sum = (all: readonly Money[]) => all.reduce((a, b) => a.plus(b), Money.micros(0, prices.currency));
  const spot = pools.flatMap(({ cost }) => (cost?.spot ? [cost.spot] : []));
  return {
    pools,
    storage,
    cost: sum([
      ...pools.flatMap(({ cost }) => (cost ? [cost.most] : [])),
      ...storage.flatMap(({ cost }) => cost ?? []),
    ]),
    ...(spot.length > 0 && { spot: [sum(spot.map(([low]) => low)), sum(spot.map(([, high]) => high))] }),
    notEstimated: [
      ...pools.flatMap(({ name, unpriced }) => (unpriced.length > 0 ? [`${name} (${unpriced.join(', ')})`] : [])),
      ...storage.flatMap(unpricedOf),
      ...paths.flatMap((path) => unpricedAt(manifest, path)),
    ],
  };
}

function unpricedOf({ name, unpriced, backups }: StorageCapacity): string[] {
  if (unpriced !== undefined) return [`${name} (${unpriced})`];
  return backups ? [`backups of ${name} (by use)`] : [];
}

/** What costs money and has no price in the table, by name. */
function unpricedAt(manifest: Manifest, path: string): string[] {
  const construct = manifest.constructs[path];
  const kind = construct ? kindOf(manifest, construct) : '';
  const name = () => `${labelOf(kind)} ${lastPart(path)}`;
  switch (kind) {
    case 'Efs':
    case 'Bucket':
      return [`${name()} (by use)`];
    case 'AwsCloud': {
      const { egress, onPremises, nameServers } = construct?.values ?? {};
      const has = (value: unknown) => Array.isArray(value) && value.length > 0;
      const parts = [
        egress === 'nat' ? 'NAT gateway' : 'private endpoints',
        ...(has(onPremises) ? ['VPN or Direct Connect'] : []),
        ...(has(nameServers) ? ['resolver endpoint'] : []),
        'traffic',
        'disks of nodes',
      ];
      return parts.map((part) => `${part} of ${lastPart(path)}`);
    }
    default:
      return [];
  }
}

type Unit = readonly [what: string, of: (pool: PoolCapacity) => number, text: (value: number) => string];

const UNITS: readonly Unit[] = [
  ['nodes', ({ nodes }) => nodes, thousands],
  ['CPUs', ({ nodes, cpus }) => nodes * cpus, thousands],
  ['GPUs', ({ nodes, gpus }) => nodes * gpus, thousands],
  ['memory', ({ nodes, memory }) => nodes * memory.mib, (mib) => sizeText(mib)],
];

/** Figures of nodes on the premises, or of those in the cloud, that differ. */
function placeFigures(place: PoolCapacity['place'], was: Totals, is: Totals): CapacityFigure[] {
  const where = place === 'premises' ? 'on the premises' : 'in the cloud, at most';
  return UNITS.flatMap(([what, of, text]) => {
    const total = ({ pools }: Totals) =>
      pools.filter((pool) => pool.place === place).reduce((sum, pool) => sum + of(pool), 0);
    return figure(`${what} ${where}`, total(was), total(is), text);
  });
}

function sumFigures(was: Totals, is: Totals): CapacityFigure[] {
  const spot = ({ spot: range }: Totals) => range?.map((money) => thousands(Math.round(amount(money)))).join(' to ');
  const [a, b] = [spot(was), spot(is)];
  const total = ({ storage }: Totals, of: (one: StorageCapacity) => number) =>
    storage.reduce((sum, one) => sum + of(one), 0);
  const both = (of: (one: StorageCapacity) => number) => [total(was, of), total(is, of)] as const;
  return [
    ...figure('Lustre in the cloud', ...both(({ size }) => size.mib), sizeText),
    ...figure('throughput of Lustre in the cloud', ...both(({ throughput }) => throughput), throughputText),
    ...(a === b ? [] : [{ what: 'spot instances in a month', before: a ?? 'none', after: b ?? 'none' }]),
  ];
}

function figure(what: string, before: number, after: number, text: (value: number) => string): CapacityFigure[] {
  if (before === after) return [];
  const percent = before > 0 && { percent: Math.round(((after - before) / before) * 1000) / 10 };
  return [{ what, before: text(before), after: text(after), ...percent }];
}

/** Memory in GiB, from 10 TiB on in TiB. */
export function sizeText(mib: number): string {
  const gib = mib / 1024;
  const [value, unit] = gib >= 10_240 ? [gib / 1024, 'TiB'] : [gib, 'GiB'];
  return `${thousands(Math.round(value))} ${unit}`;
}

/** Throughput in MB/s. */
export const throughputText = (mb: number): string => `${thousands(Math.round(mb))} MB/s`;
