import { byCodeUnit, isRecord, type Json } from '../../values/json';
import { textOf } from '../cloud/context';
import { plannedChanges } from '../cloud/planned-changes';
import { type Fate, fateOf } from '../cloud/replacement';
import { resourceOf, withMoves } from '../cloud/resource-changes';
import { NO_STACK, readStack, type Stack } from '../cloud/stack';
import type { Comparison } from '../comparison';
import type { LiveFinding, LiveSystem } from './model';
import type { Side } from '../side';
import { count } from '../words';
import type { PlanExport, PlannedAttribute, PlannedResource } from './export';
import { CLOUD_TAG } from './read-plan';

/** A stack of the site on both sides. */
interface BothSides {
  readonly path: string;
  readonly before: Stack;
  readonly after: Stack;
}

/** What terraform does with a resource. */
type Planned = Exclude<Fate, 'perhaps replaced'> | 'left as it is' | 'forgotten';

/**
 * What a plan of terraform says of a stack: what was changed outside, and where it plans otherwise than the diff says.
 *
 * @returns a sentence when it is a plan of no stack, or of one that cannot be told from another
 */
export function terraformSystem(plan: PlanExport, comparison: Comparison): LiveSystem | string {
  const all = stacksOf(comparison);
  const stacks = plan.cloud === undefined ? all : all.filter((stack) => cloudOf(stack) === plan.cloud);
  const named = new Set(plan.resources.map(({ address }) => withoutIndex(address)));
  const fits = stacks
    .map((stack) => ({ stack, share: overlap(stack, named) }))
    .sort((a, b) => b.share - a.share || byCodeUnit(a.stack.path, b.stack.path));
  const [best, next] = fits;
  if (!best || best.share < LEAST_SHARE) return `${plan.file} is a plan of none of the stacks that are compared`;
  if (next && next.share === best.share) {
    return `${plan.file} fits ${best.stack.path} and ${next.stack.path} alike: export the plan of one stack`;
  }
  const { path, before, after } = best.stack;
  const said = saidOf(before, after);
  const planned = new Map(plan.resources.map((one) => [one.address, one]));
  const stated = plan.drift.map((one) => statedOnly(one, best.stack));
  const drifted = stated
    .filter(({ actions, attributes }) => actions.includes('delete') || attributes.length > 0)
    .map((one) => driftFinding(one, planned.get(one.address), said.get(withoutIndex(one.address))));
  const unstated = plan.drift.filter((_, at) => !drifted.some(({ subject }) => subject === stated[at]?.address));
  const outside = new Set(plan.drift.map(({ address }) => withoutIndex(address)));
  const others = disagreements(planned, said, outside);
  const source = comparison.after.sources[path];
  const findings = [...others, ...drifted].map((one) => ({ ...one, path, ...(source && { source }) }));
  return {
    kind: 'terraform',
    name: path,
    ...(plan.version !== '' && { version: plan.version }),
    compared: plan.resources.length,
    notCompared: [],
    findings,
    notes: [
      ...(others.length === 0 ? [agreement(said)] : []),
      ...(unstated.length > 0 ? [unstatedText(unstated)] : []),
      ...(plan.errored ? ['planning ended in an error: what terraform did not come to is not compared'] : []),
    ],
  };
}

/** The stacks of both sides, of which the files are there. */
function stacksOf({ before, after }: Comparison): BothSides[] {
  const files = new Map<string, string>();
  for (const { manifest } of [before, after]) {
    for (const [file, { format, owner }] of Object.entries(manifest.files)) {
      if (format === 'terraform') files.set(file, owner);
    }
  }
  const read = ({ manifest, read: text }: Side, file: string): Stack | undefined =>
    Object.hasOwn(manifest.files, file) ? text && readStack(textOf(text, file)) : NO_STACK;
  return [...files].flatMap(([file, path]) => {
    const [was, is] = [read(before, file), read(after, file)];
    return was && is ? [{ path, before: was, after: is }] : [];
  });
}

/** The cloud that a stack tags its resources with. */
function cloudOf({ before, after }: BothSides): string | undefined {
  const found = [after, before].flatMap(({ rest: { provider } }) => {
    const blocks = isRecord(provider) && Array.isArray(provider.aws) ? (provider.aws as readonly Json[]) : [];
    return blocks.flatMap((block) => (isRecord(block) && Array.isArray(block.default_tags) ? block.default_tags : []));
  });
  const tags = found.map((one: Json) => (isRecord(one) && isRecord(one.tags) ? one.tags[CLOUD_TAG] : undefined));
  return tags.find((tag) => typeof tag === 'string');
}

/** Stacks of one kind share names, such as those of a network; that of a plan has nearly all that the plan names. */
const LEAST_SHARE = 0.9;

/** Which part of the resources that are named a stack has. */
const overlap = ({ before, after }: BothSides, named: ReadonlySet<string>): number =>
  [...named].filter((address) => after.resources.has(address) || before.resources.has(address)).length /
  Math.max(1, named.size);

/** `aws_subnet.a[0]` is one of `aws_subnet.a`. */
const withoutIndex = (address: string): string => address.replace(/\[[^\]]*\]$/, '');

/** What the diff says of each resource. */
function saidOf(before: Stack, after: Stack): Map<string, Fate> {
  const said = new Map<string, Fate>();
  for (const change of plannedChanges(withMoves(before, after), after)) {
    const { address, type } = resourceOf(change);
    if (!type.startsWith('data.')) said.set(address, fateOf(change).fate);
  }
  return said;
}

function actionOf({ actions, from }: PlannedResource): Planned {
  if (actions.includes('create')) return actions.length > 1 ? 'replaced' : 'added';
  if (actions.includes('delete')) return 'removed';
  if (actions.includes('forget')) return 'forgotten';
  if (actions.includes('update')) return 'changed';
  return from === undefined ? 'left as it is' : 'moved';
}

const agrees = (said: Fate | undefined, planned: Planned): boolean =>
  said === 'perhaps replaced'
    ? planned === 'changed' || planned === 'replaced'
    : said === planned || (said === undefined && planned === 'left as it is');

/** Resources of which the plan and the diff say different things; what sets back a change from outside is none. */
function disagreements(
  planned: ReadonlyMap<string, PlannedResource>,
  said: ReadonlyMap<string, Fate>,
  outside: ReadonlySet<string>,
): LiveFinding[] {
  const plans = new Map([...planned].map(([address, one]) => [address, actionOf(one)]));
  const known = new Set([...planned.keys()].map(withoutIndex));
  // what terraform has nothing to do with stands in no plan
  for (const address of said.keys()) if (!known.has(address)) plans.set(address, 'left as it is');
  return [...plans]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .flatMap(([address, plan]): LiveFinding[] => {
      const says = said.get(withoutIndex(address));
      if (agrees(says, plan)) return [];
      if (says === undefined && outside.has(withoutIndex(address))) return [];
      const diff = says ?? 'left as it is';
      return [
        {
          level: 'live',
          what: 'plan',
          subject: address,
          live: plan,
          after: diff,
          title: `${address}: ${plan} by the plan of terraform; ${diff} by this diff`,
          then: `terraform does what its plan says: look at it there`,
        },
      ];
    });
}

/** A resource with what the stack states of it: what AWS adds by itself changes without anybody's doing. */
function statedOnly(drift: PlannedResource, { before, after }: BothSides): PlannedResource {
  const address = withoutIndex(drift.address);
  const values = after.resources.get(address)?.values ?? before.resources.get(address)?.values;
  const stated = new Set([...Object.keys(values ?? {}), ...(values && 'tags' in values ? ['tags_all'] : [])]);
  return { ...drift, attributes: drift.attributes.filter(({ name }) => stated.has(name.split('.')[0] as string)) };
}

/** Resources that differ in nothing that is stated. */
function unstatedText(resources: readonly PlannedResource[]): string {
  const names = resources.map(({ address, attributes }) => {
    const keys = [...new Set(attributes.map(({ name }) => name.split('.')[0]))];
    return keys.length > 0 ? `${address} (${keys.join(', ')})` : address;
  });
  const [shown, left] = [names.slice(0, MOST_ATTRIBUTES), names.length - MOST_ATTRIBUTES];
  const more = left > 0 ? [`${left} more`] : [];
  return `since terraform looked last, ${count(names.length, 'resource')} changed in what the stack does not state: ${[...shown, ...more].join(', ')}`;
}

/** Attributes of one resource that are named. */
const MOST_ATTRIBUTES = 5;

function driftFinding(
  drift: PlannedResource,
  planned: PlannedResource | undefined,
  said: Fate | undefined,
): LiveFinding {
  const { address, actions, attributes } = drift;
  const gone = actions.includes('delete');
  const shown = attributes.slice(0, MOST_ATTRIBUTES).map(attributeText);
  const more = attributes.length > shown.length ? [`${count(attributes.length - shown.length, 'more attribute')}`] : [];
  const live = gone ? 'not there' : [...shown, ...more].join(', ') || 'changed';
  const plan = planned ? actionOf(planned) : 'left as it is';
  const back = said === undefined ? THEN[plan] : undefined;
  return {
    level: 'live',
    what: 'drift',
    subject: address,
    live,
    title: gone ? `${address} was removed outside terraform` : `${address} was changed outside terraform: ${live}`,
    then:
      back ??
      (plan === 'left as it is' ? 'terraform leaves it as it is' : `terraform plans: ${plan}, for this change too`),
  };
}

/** What is planned for a resource that only the outside has changed. */
const THEN: Partial<Readonly<Record<Planned, string>>> = {
  added: 'terraform makes it anew',
  changed: 'terraform sets it back',
  replaced: 'terraform makes it anew',
};

const attributeText = ({ name, before, after }: PlannedAttribute): string =>
  before === undefined || after === undefined ? `${name} (value not shown)` : `${name} ${before} → ${after}`;

/** In words, what both say. */
function agreement(said: ReadonlyMap<string, Fate>): string {
  const fates = [...said.values()];
  const words = (['added', 'changed', 'replaced', 'perhaps replaced', 'removed', 'moved'] as const)
    .map((fate) => [fates.filter((one) => one === fate).length, fate] as const)
    .filter(([n]) => n > 0)
    .map(([n, fate]) => `${n} ${fate}`);
  return `terraform plans what this diff says: ${words.length > 0 ? words.join(', ') : 'no resource changes'}`;
}
