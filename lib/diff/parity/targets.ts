import { instanceProcessor } from '../../values/instance-processor';
import { bestFor, lineage, runsOn, type Target, targets as known } from '../../values/target';
import { lastPart } from '../words';
import { aspect, type Look, type PoolOf, texts, type Topic } from './aspect';
import { offered, poolsOf } from './mounts';

/** A release for some targets: what machines that do not run one of them load in its place. */
const topicOf = (stack: string): Topic => ({
  name: `targets of ${stack}`,
  called: (names) => `${lastPart(stack)} for ${names}`,
  differs: (names, { cloud }, _premises, value = '') => {
    const [types = '', best = ''] = value.split('; ');
    const instead = best === '' ? 'find no modules of it' : `load what is built for ${best}`;
    return `${lastPart(stack)} for ${names} does not run on ${types}: ${cloud} ${instead}`;
  },
});

const RUNS = 'runs';

/** Which builds of a release the nodes load. What processors nodes on the premises have, no definition says. */
export const targets: Look = (meeting) =>
  offered(meeting).flatMap(({ provided, tree, stacks }) =>
    stacks.flatMap((stack) => {
      const built = texts(meeting.site.manifest.constructs[stack]?.values.targets).filter(isTarget);
      const pools = new Set(meeting.premises);
      return built.flatMap((target) =>
        aspect(
          topicOf(stack),
          target,
          poolsOf(meeting).map((pool) => [pool.path, pools.has(pool) ? RUNS : (lacking(target, pool, built) ?? RUNS)]),
          [provided, `${stack}#targets`, `${tree}#stacks`],
        ),
      );
    }),
  );

const isTarget = (name: string): name is Target => (known as readonly string[]).includes(name);

/** The types of a pool that do not run code for a target, and what they load in its place; nothing when that is no loss. */
function lacking(target: Target, { values }: PoolOf, built: readonly Target[]): string | undefined {
  const without = texts(values.instanceTypes).flatMap((type) => {
    const processor = instanceProcessor(type);
    if (processor === undefined || runsOn(target, processor)) return [];
    const best = bestFor(processor, built);
    // another maker, another architecture: what they load is not a step behind
    return best === undefined || lineage(target).includes(best) ? [{ type, best }] : [];
  });
  if (without.length === 0) return undefined;
  const worst = without.find(({ best }) => best === undefined) ?? without[0];
  return `${without.map(({ type }) => type).join(', ')}; ${worst?.best ?? ''}`;
}
