import type { Manifest } from '../../app/manifest';
import type { Comparison } from '../comparison';
import { severity } from '../entry';
import type { Entry } from '../model';
import { Relation } from '../relation';
import { lastPart } from '../words';
import { ownersOf } from './owner';
import { readStack, NO_STACK, type Resource, type Stack } from './stack';
import { withMoves } from './resource-changes';

/** A stack on both sides, and whom its resources belong to. */
export interface StackContext {
  readonly comparison: Comparison;
  /** The file of the stack. */
  readonly file: string;
  /** The construct that the stack is made for. */
  readonly cloud: string;
  /** With resources at the addresses of the new side. */
  readonly before: Stack;
  readonly after: Stack;
  /**
   * The old side with resources also where a rename seems to lead them that no `moved` block states: Terraform makes those
   * anew, yet who reaches what is the same.
   */
  readonly likened: Stack;
  /** The construct that a resource was made for, as it stands on the side that has the resource. */
  readonly ownerOf: (resource: Resource | Pick<Resource, 'address' | 'path'>) => string | undefined;
  /** The entry that says why the resources of a construct differ. */
  readonly explanationOf: (owner: string | undefined) => Entry | undefined;
}

/** Reads both sides of a stack; nothing when one of them cannot be read. */
export function openStack(file: string, entries: readonly Entry[], comparison: Comparison): StackContext | undefined {
  const [was, is] = [comparison.before, comparison.after].map(({ manifest, read }) => {
    const noted = manifest.files[file];
    if (!noted) return NO_STACK;
    return read && readStack(textOf(read, file));
  });
  if (!was || !is) return undefined;
  const { before, after } = comparison;
  const cloud = (after.manifest.files[file] ?? before.manifest.files[file])?.owner ?? '';
  const owners = [after, before].map(({ manifest }) => ownersOf(manifest, manifest.files[file]?.owner ?? cloud));
  return {
    comparison,
    file,
    cloud,
    before: withMoves(was, is),
    after: is,
    likened: withMoves(was, { ...is, moved: new Map([...seemingMoves(was, is, comparison, owners), ...is.moved]) }),
    ownerOf: ({ address, path }) =>
      (is.resources.has(address) ? owners[0]?.(path) : undefined) ?? owners[1]?.(path) ?? owners[0]?.(path),
    explanationOf: explanations(entries, comparison, cloud, was === NO_STACK || is === NO_STACK),
  };
}

/** The text of a file; an output that lacks a file of its manifest has nothing to say there. */
export function textOf(read: (path: string) => string, file: string): string {
  try {
    return read(file);
  } catch {
    return '';
  }
}

/** Resources of a construct that stands elsewhere now, and those that look like them there. */
function seemingMoves(
  was: Stack,
  is: Stack,
  { changes }: Comparison,
  [newOwner, oldOwner]: readonly ((path: string) => string | undefined)[],
): Map<string, string> {
  if (changes.moves.size === 0) return new Map();
  const part = ({ type, path }: Resource, owner: string) =>
    JSON.stringify([
      type,
      owner,
      path
        .split('/')
        .slice(1)
        .join('/')
        .replace(`pool-${lastPart(owner)}`, 'pool-'),
    ]);
  const places = new Map<string, string>();
  for (const resource of is.resources.values()) {
    const owner = newOwner?.(resource.path);
    if (owner !== undefined && !was.resources.has(resource.address))
      places.set(part(resource, owner), resource.address);
  }
  const moves = new Map<string, string>();
  for (const resource of was.resources.values()) {
    const owner = oldOwner?.(resource.path);
    const to = owner === undefined ? undefined : changes.moves.get(owner);
    if (to === undefined || is.resources.has(resource.address)) continue;
    const path = resource.path.replace(`pool-${lastPart(owner as string)}`, `pool-${lastPart(to)}`);
    const address = places.get(part({ ...resource, path }, to));
    if (address) moves.set(resource.address, address);
  }
  return moves;
}

function explanations(
  entries: readonly Entry[],
  { before, after }: Comparison,
  cloud: string,
  isNew: boolean,
): StackContext['explanationOf'] {
  const declared = entries.filter(({ level }) => level === 'field');
  const relations = new Map<Manifest, Relation>();
  const sources = (manifest: Manifest, owner: string): ReadonlySet<string> => {
    if (!Object.hasOwn(manifest.constructs, owner)) return new Set();
    const relation = relations.get(manifest) ?? new Relation(manifest);
    relations.set(manifest, relation);
    return relation.sourcesOf({ owner }) ?? new Set();
  };
  const wholeCloud = declared.find(
    ({ path, action, before: from }) =>
      action !== 'changed' && (action === 'moved' ? isNew && [path, from].includes(cloud) : isAtOrAbove(path, cloud)),
  );
  return (owner) => {
    if (wholeCloud) return wholeCloud;
    if (owner === undefined) return undefined;
    const near =
      worst(
        declared.filter(({ path, action, before: from }) => path === owner || (action === 'moved' && from === owner)),
      ) ??
      declared.find(({ path }) => isAtOrAbove(path, owner)) ??
      declared.find(({ path }) => isAtOrAbove(owner, path));
    if (near) return near;
    const related = new Set([...sources(after.manifest, owner), ...sources(before.manifest, owner)]);
    return declared.find(({ path }) => related.has(path));
  };
}

/** Of several entries the one with the worst effect, the first of those. */
const worst = (entries: readonly Entry[]): Entry | undefined =>
  entries.reduce<Entry | undefined>((a, b) => (a && severity(a.effect) >= severity(b.effect) ? a : b), undefined);

/** What an entry of a stack is about: the construct that its resource was made for, and the cloud. */
export const aboutOf = (owner: string | undefined, { cloud }: StackContext): string[] => [
  ...new Set([...(owner === undefined ? [] : [owner]), cloud]),
];

export const isAtOrAbove = (above: string, path: string): boolean => path === above || path.startsWith(`${above}/`);
