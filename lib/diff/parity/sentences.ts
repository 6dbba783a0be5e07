import type { Difference } from './differences';
import { nodesOf } from './differences';

/** Names that stand in a sentence; of more, how many. */
const MOST_NAMES = 6;

/** What differs, in sentences: one for what differs alike between the same nodes. */
export function sentences(differences: readonly Difference[]): string[] {
  return grouped(differences).map(({ names, between }) => {
    const { aspect, has } = between[0] as Difference;
    return aspect.topic.differs(listed(names), nodesOf(between), ...has);
  });
}

/** What differed and no longer does. */
export function mended(differences: readonly Difference[]): string[] {
  return grouped(differences).map(({ names, between }) => {
    const { aspect } = between[0] as Difference;
    const { premises, cloud } = nodesOf(between);
    const what = aspect.topic.called?.(listed(names)) ?? listed(names);
    return `mended: ${premises} and ${cloud} no longer differ in ${what}`;
  });
}

interface Group {
  readonly names: readonly string[];
  readonly between: readonly Difference[];
}

/** First the nodes between which one thing differs in one way, then the things that differ alike between the same nodes. */
function grouped(differences: readonly Difference[]): Group[] {
  const things = groupBy(differences, ({ aspect, has }) => JSON.stringify([aspect.topic.name, aspect.name, has]));
  const alike = groupBy(things, (between) => {
    const [{ aspect, has }] = between as [Difference];
    const paths = between.map(({ premises, cloud }) => [premises.path, cloud.path]);
    return JSON.stringify([aspect.topic.name, aspect.topic.ofImage ? [] : has, paths]);
  });
  return alike.map((group) => ({
    names: group.map(([one]) => (one as Difference).aspect.name),
    between: group[0] as readonly Difference[],
  }));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}

function listed(names: readonly string[]): string {
  const shown = names.length > MOST_NAMES + 1 ? names.slice(0, MOST_NAMES) : names;
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
