import type { Comparison } from '../comparison';
import type { Meeting, PoolOf } from './aspect';
import { aspectsOf, type Difference, differencesIn } from './differences';

/** A difference with what brings it about, on either side of the comparison. */
export type Found = Difference & { readonly behind: readonly string[] };

/** What differs within a cluster now and did not before, and the other way round. */
export function changedDifferences(
  was: Meeting | undefined,
  is: Meeting,
  { origins }: Comparison,
): { readonly come: readonly Found[]; readonly gone: readonly Found[] } {
  const aspects = [was ? aspectsOf(was) : [], aspectsOf(is)] as const;
  const [old, now] = [was ? differencesIn(was, aspects[0]) : [], differencesIn(is, aspects[1])];
  const pathNow = new Map([...origins].map(([to, from]) => [from, to]));
  const newPath = (path: string) => pathNow.get(path) ?? path;
  const pairOf = ({ aspect, premises, cloud }: Difference, path = (one: string) => one) =>
    JSON.stringify([aspect.topic.name, aspect.name, path(premises.path), path(cloud.path)]);
  const kindOf = ({ aspect, has }: Difference) => JSON.stringify([aspect.topic.name, aspect.name, has]);
  const giftOf = ({ aspect, has: [premises], cloud }: Difference) =>
    JSON.stringify([aspect.topic.name, aspect.name, premises, cloud.values.image]);
  const pairs = new Set(old.map((one) => pairOf(one, newPath)));
  const kinds = new Set(old.map(kindOf));
  const gifts = new Set(old.map(giftOf));
  const pools = new Map([...(was?.premises ?? []), ...(was?.cloud ?? [])].map((pool) => [newPath(pool.path), pool]));
  const isNew = (one: Difference): boolean => {
    const { premises, cloud, aspect } = one;
    const earlier = pools.get(cloud.path);
    if (aspect.topic.ofImage) return !gifts.has(giftOf(one)) && !(earlier && bootsAnother(earlier, cloud));
    return pools.has(premises.path) && earlier ? !pairs.has(pairOf(one)) : !kinds.has(kindOf(one));
  };
  const behind = new Map<string, string[]>();
  for (const aspect of aspects.flat()) {
    const key = JSON.stringify([aspect.topic.name, aspect.name]);
    behind.set(key, [...(behind.get(key) ?? []), ...aspect.behind]);
  }
  const found = (one: Difference): Found => ({
    ...one,
    behind: [...new Set(behind.get(JSON.stringify([one.aspect.topic.name, one.aspect.name])))],
  });
  const left = new Set(now.map((one) => pairOf(one)));
  const there = new Set([...is.premises, ...is.cloud].map(({ path }) => path));
  const isMended = (one: Difference): boolean =>
    !one.aspect.topic.ofImage &&
    there.has(newPath(one.premises.path)) &&
    there.has(newPath(one.cloud.path)) &&
    !left.has(pairOf(one, newPath));
  return { come: now.filter(isNew).map(found), gone: old.filter(isMended).map(found) };
}

const bootsAnother = (before: PoolOf, after: PoolOf): boolean => before.values.image !== after.values.image;
