import { Hostlist } from '../../values/hostlist';
import type { Aspect, Look, Meeting, Nodes, PoolOf } from './aspect';
import { clients, given } from './image';
import { mounts, prefixes } from './mounts';
import { shapes } from './shape';
import { targets } from './targets';

/** What is compared between the nodes of a cluster on the premises and in a cloud. */
const looks: readonly Look[] = [mounts, clients, prefixes, targets, given, shapes];

/** One thing that nodes of a pool on the premises have otherwise than nodes of a pool in a cloud. */
export interface Difference {
  readonly aspect: Aspect;
  readonly meeting: Meeting;
  readonly premises: PoolOf;
  readonly cloud: PoolOf;
  /** What they have; nothing where they lack it. */
  readonly has: readonly [premises: string | undefined, cloud: string | undefined];
}

/** Everything that is compared within a cluster. */
export const aspectsOf = (meeting: Meeting): Aspect[] => looks.flatMap((look) => look(meeting));

/** Every difference within a cluster. */
export function differencesIn(meeting: Meeting, aspects: readonly Aspect[]): Difference[] {
  return aspects.flatMap((aspect) =>
    meeting.premises.flatMap((premises) => meeting.cloud.flatMap((cloud) => differ(aspect, premises, cloud, meeting))),
  );
}

function differ(aspect: Aspect, premises: PoolOf, cloud: PoolOf, meeting: Meeting): Difference[] {
  const { topic, of } = aspect;
  const [a, b] = [of.get(premises.path), of.get(cloud.path)];
  if (a === b || (a !== undefined && b !== undefined && topic.alike?.(a, b))) return [];
  // what a definition does not give nodes on the premises either is no difference
  if (topic.ofImage && a === undefined) return [];
  if (topic.inPartition && meeting.shared(premises.path, cloud.path).length === 0) return [];
  return [{ aspect, meeting, premises, cloud, has: [a, b] }];
}

/** The nodes that some differences are between, in words. */
export function nodesOf(differences: readonly Difference[]): Nodes {
  const union = (pools: readonly PoolOf[]): string => Hostlist.union(pools.map(({ hosts }) => hosts)).toString();
  const unique = (texts: readonly string[]) => [...new Set(texts)];
  const partitions = unique(
    differences.flatMap(({ premises, cloud, meeting }) => meeting.shared(premises.path, cloud.path)),
  );
  const noun = partitions.length === 1 ? 'partition' : 'partitions';
  return {
    premises: union(differences.map(({ premises }) => premises)),
    cloud: `cloud nodes ${union(differences.map(({ cloud }) => cloud))}`,
    image: unique(differences.map(({ cloud }) => String(cloud.values.image))).join(', '),
    jobs: partitions.length > 0 ? `jobs of ${noun} ${partitions.join(', ')}` : 'jobs',
  };
}
