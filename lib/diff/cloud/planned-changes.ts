import { byCodeUnit } from '../../values/json';
import { fateOf } from './replacement';
import { compareStacks, isOfResource, type ResourceChange, resourceOf } from './resource-changes';
import type { Resource, Stack } from './stack';

/** An argument of a resource that reads an attribute of another one. */
interface Use {
  readonly user: Resource;
  readonly argument: string;
  readonly attribute: string;
}

/**
 * What Terraform changes: the resources that differ, and those that refer to them. The id of one that is made anew is known
 * once it is made, so what reads it may differ; where that cannot change in place, its resource is made anew too, and so on.
 */
export function plannedChanges(before: Stack, after: Stack): ResourceChange[] {
  const changes = new Map(compareStacks(before, after).map((change) => [resourceOf(change).address, change]));
  const uses = changes.size > 0 ? usesOf(after) : new Map<string, readonly Use[]>();
  // the queue grows while it is read; it ends, because changes only ever get more
  const queue = [...changes.keys()];
  for (const address of queue) {
    const change = changes.get(address) as ResourceChange;
    for (const use of uses.get(address) ?? []) {
      const value = valueOf(change, use.attribute);
      const was = changes.get(use.user.address) ?? unchanged(use.user, before);
      const is = value === 'same' || !was ? was : withArgument(was, use.argument, value);
      if (!is || is === was) continue;
      changes.set(use.user.address, is);
      queue.push(use.user.address);
    }
  }
  return [...changes.values()]
    .filter(isOfResource)
    .filter((change) => !change.consequence || !resourceOf(change).type.startsWith('data.'))
    .sort((a, b) => byCodeUnit(resourceOf(a).address, resourceOf(b).address));
}

/** What reads attributes of a resource, by its address. */
function usesOf({ resources }: Stack): Map<string, Use[]> {
  const uses = new Map<string, Use[]>();
  for (const user of resources.values()) {
    for (const [argument, value] of Object.entries(user.values)) {
      if (argument === 'depends_on' || argument === 'lifecycle') continue; // they read no values
      for (const [, address, attribute] of JSON.stringify(value).matchAll(REFERENCE)) {
        if (!resources.has(address as string)) continue;
        const use = { user, argument, attribute: attribute as string };
        uses.set(address as string, [...(uses.get(address as string) ?? []), use]);
      }
    }
  }
  return uses;
}

const REFERENCE = /(?<![\w.])((?:data\.)?[a-z][a-z0-9_]*\.[\w-]+)(?:\[[^\]]*\])?\.(\w+)/g;

/** What a plan knows of an attribute: arguments are known when they are stated, all else once the resource is made. */
function valueOf(change: ResourceChange, attribute: string): 'same' | 'other' | 'unknown' {
  const { before, after, attributes, unknown = [] } = change;
  if (!after) return 'same';
  if (unknown.includes(attribute)) return 'unknown';
  if (Object.hasOwn(after.values, attribute)) return before && attributes.includes(attribute) ? 'other' : 'same';
  const isRead = after.type.startsWith('data.') && attributes.length > 0;
  return isRead || !before || fateOf(change).fate === 'replaced' ? 'unknown' : 'same';
}

function unchanged(after: Resource, { resources }: Stack): ResourceChange | undefined {
  const before = resources.get(after.address);
  return before && { before, after, attributes: [], moved: false, consequence: true };
}

/** The change with one argument more; itself when it has that argument already. */
function withArgument(change: ResourceChange, name: string, value: 'other' | 'unknown'): ResourceChange {
  const { before, attributes, unknown = [] } = change;
  const differs = before !== undefined && !attributes.includes(name);
  const isNews = value === 'unknown' && !unknown.includes(name);
  if (!differs && !isNews) return change;
  return {
    ...change,
    ...(change.moved && attributes.length === 0 && { consequence: true }),
    ...(differs && { attributes: [...attributes, name].sort(byCodeUnit) }),
    ...(isNews && { unknown: [...unknown, name].sort(byCodeUnit) }),
  };
}
