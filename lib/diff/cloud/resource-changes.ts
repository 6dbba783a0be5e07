import { byCodeUnit, type Json, type JsonRecord } from '../../values/json';
import { movedTo, type Resource, type Stack } from './stack';

/** What Terraform would do with a resource; both sides of one that stays. */
export interface ResourceChange {
  readonly before?: Resource;
  readonly after?: Resource;
  /** Names of the arguments that differ, in code-unit order. */
  readonly attributes: readonly string[];
  /** The new stack says where it went: nothing is destroyed for that. */
  readonly moved: boolean;
  /** Arguments whose values Terraform learns when it makes what they refer to. @default - none */
  readonly unknown?: readonly string[];
  /** What is written of it stays the same; it changes because what it refers to does. @default false */
  readonly consequence?: boolean;
}

/**
 * The old side with every resource at the address that the new side moves it to, and references led there, so that a move
 * by itself changes nothing.
 */
export function withMoves(before: Stack, after: Stack): Stack {
  const moves = [...before.resources.keys()].flatMap((from): [string, string][] => {
    const to = movedTo(after, from);
    return to !== from && after.resources.has(to) && !after.resources.has(from) ? [[from, to]] : [];
  });
  if (moves.length === 0) return before;
  const to = new Map(moves);
  const follow = (values: JsonRecord) =>
    JSON.parse(
      JSON.stringify(values).replace(/(?<![\w.])[a-z0-9_]+\.[\w-]+/g, (address) => to.get(address) ?? address),
    ) as JsonRecord;
  const resources = [...before.resources.values()].map((one): Resource => {
    const address = to.get(one.address);
    const now = address === undefined ? undefined : after.resources.get(address);
    return {
      ...one,
      values: follow(one.values),
      ...(now && { address: now.address, path: now.path, from: one.address }),
    };
  });
  return { ...before, resources: new Map(resources.map((one) => [one.address, one])) };
}

/** The resources that differ. What only moved has no attributes. */
export function compareStacks(before: Stack, after: Stack): ResourceChange[] {
  const addresses = [...new Set([...before.resources.keys(), ...after.resources.keys()])].sort(byCodeUnit);
  return addresses.flatMap((address): ResourceChange[] => {
    const [was, is] = [before.resources.get(address), after.resources.get(address)];
    if (!was || !is) return [{ ...(was && { before: was }), ...(is && { after: is }), attributes: [], moved: false }];
    const attributes = differing(was.values, is.values);
    const moved = was.from !== undefined;
    return attributes.length > 0 || moved ? [{ before: was, after: is, attributes, moved }] : [];
  });
}

/** The resource as it stands, or stood. */
export const resourceOf = ({ before, after }: ResourceChange): Resource => (after ?? before) as Resource;

/** A data source that comes or goes does so for a resource. */
export const isOfResource = (change: ResourceChange): boolean =>
  (change.before && change.after) !== undefined || !resourceOf(change).type.startsWith('data.');

const differing = (a: JsonRecord, b: JsonRecord): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => !same(a[name], b[name])).sort(byCodeUnit);

/** Whether two arguments are the same to Terraform: JSON in a text by what it says, an absent list as an empty one. */
const same = (a: Json | undefined, b: Json | undefined): boolean =>
  a === b || JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));

function canonical(value: Json | undefined): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return parsed(value) ?? value;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(canonical);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([x], [y]) => byCodeUnit(x, y))
      .map(([key, part]) => [key, canonical(part)]),
  );
}

/** A document in a text, such as a policy. */
function parsed(text: string): Json | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return canonical(JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}
