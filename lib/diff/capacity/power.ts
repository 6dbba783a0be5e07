import type { PowerChange } from '../model';
import type { PoolCapacity } from './pools';

type Pools = ReadonlyMap<string, PoolCapacity>;

/**
 * What nodes on the premises draw at full load, where any of their types says it.
 *
 * @param moves where pools stand after the change that stood elsewhere before
 */
export function powerOf(
  before: readonly PoolCapacity[],
  after: readonly PoolCapacity[],
  moves: ReadonlyMap<string, string>,
): PowerChange | undefined {
  const was = onPremises(before, (path) => moves.get(path) ?? path);
  const is = onPremises(after, (path) => path);
  const [a, b] = [statedIn(was), statedIn(is)];
  if (![...was.values(), ...is.values()].some(isStated)) return undefined;
  if (a === b && unstatedIn(was) === unstatedIn(is)) return undefined;
  // nodes whose type begins to state it, or no longer does, draw what they drew
  const isAlike = (path: string): boolean => {
    const [x, y] = [was.get(path), is.get(path)];
    return !x || !y || isStated(x) === isStated(y);
  };
  return {
    ...(a !== undefined && { before: a }),
    ...(b !== undefined && { after: b }),
    alike: { before: wattsOf(was, isAlike), after: wattsOf(is, isAlike) },
    unstated: unstatedIn(is),
  };
}

const onPremises = (pools: readonly PoolCapacity[], nameOf: (path: string) => string): Pools =>
  new Map(pools.filter(({ place }) => place === 'premises').map((pool) => [nameOf(pool.path), pool]));

const isStated = ({ watts }: PoolCapacity): boolean => watts !== undefined;

const wattsOf = (pools: Pools, counts: (path: string) => boolean): number =>
  [...pools].reduce((sum, [path, { nodes, watts = 0 }]) => sum + (counts(path) ? nodes * watts : 0), 0);

const unstatedIn = (pools: Pools): number =>
  [...pools.values()].reduce((sum, pool) => sum + (isStated(pool) ? 0 : pool.nodes), 0);

/** The sum of one side; nothing when there are nodes and none of their types states it. */
const statedIn = (pools: Pools): number | undefined =>
  pools.size === 0 || [...pools.values()].some(isStated) ? wattsOf(pools, () => true) : undefined;
