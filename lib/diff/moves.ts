import type { Manifest, ManifestConstruct } from '../app/manifest';
import type { CodecType } from '../values/codec';
import { byCodeUnit, type Json } from '../values/json';

/** Constructs that stand at another path now: old path to new path. */
export type Moves = ReadonlyMap<string, string>;

/**
 * Finds the constructs that moved: first those that the definition names as renamed, with everything below them; then
 * those that vanished where one of the same kind with the same values came, as long as there is no doubt which.
 */
export function findMoves(before: Manifest, after: Manifest): Moves {
  const moves = new Map<string, string>();
  for (const path of Object.keys(before.constructs)) {
    const to = renamed(path, after.renames);
    if (to !== path && Object.hasOwn(after.constructs, to)) moves.set(path, to);
  }
  const taken = new Set(moves.values());
  let gone = absent(before, after).filter(([path]) => !moves.has(path));
  let come = absent(after, before).filter(([path]) => !taken.has(path));
  // What refers to a thing that moved is recognised once that is known, so the search is repeated while it finds something.
  for (let found = true; found && gone.length > 0 && come.length > 0;) {
    const byMeaning = groupBy(come, ([, construct]) => meaning(after, construct, new Map()));
    const pairs = [...groupBy(gone, ([, construct]) => meaning(before, construct, moves))].flatMap(([key, olds]) =>
      pair(olds, byMeaning.get(key) ?? []),
    );
    found = pairs.length > 0;
    for (const [from, to] of pairs) moves.set(from, to);
    const arrived = new Set(moves.values());
    gone = gone.filter(([path]) => !moves.has(path));
    come = come.filter(([path]) => !arrived.has(path));
  }
  return moves;
}

type Placed = readonly [path: string, construct: ManifestConstruct];

/** The constructs that one side has and the other has not. */
const absent = (here: Manifest, there: Manifest): Placed[] =>
  Object.entries(here.constructs).filter(([path]) => !Object.hasOwn(there.constructs, path));

/** A path after the renames that a definition names; the nearest one counts. */
function renamed(path: string, renames: Manifest['renames']): string {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const head = path.slice(0, end);
    if (Object.hasOwn(renames, head)) return (renames[head] as string) + path.slice(end);
  }
  return path;
}

/** Kind and values; equal for constructs that may be one and the same. A construct that says nothing is never recognised. */
function meaning(manifest: Manifest, construct: ManifestConstruct, moves: Moves): string | undefined {
  const table = manifest.tables[construct.table];
  const stated = Object.keys(construct.values).filter((name) => !construct.defaults.includes(name));
  if (stated.length === 0) return undefined;
  const values = Object.entries(construct.values)
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([name, value]) => {
      const type = table?.fields[name]?.type;
      return [name, type && moves.size > 0 ? moveReferences(type, value, moves) : value];
    });
  return JSON.stringify([table?.kind ?? construct.table, values]);
}

function groupBy(placed: readonly Placed[], key: (one: Placed) => string | undefined): Map<string, Placed[]> {
  const groups = new Map<string, Placed[]>();
  for (const one of placed) {
    const name = key(one);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group) group.push(one);
    else groups.set(name, [one]);
  }
  return groups;
}

/** Pairs of one meaning: those of one id where just one on each side has it, then the last on either side. */
function pair(olds: readonly Placed[], news: readonly Placed[]): [string, string][] {
  const [from, to] = [byId(olds), byId(news)];
  const pairs: [string, string][] = [];
  for (const [id, paths] of from) {
    const others = to.get(id);
    if (paths.length !== 1 || others?.length !== 1) continue;
    pairs.push([paths[0] as string, others[0] as string]);
    from.delete(id);
    to.delete(id);
  }
  const [left, free] = [[...from.values()].flat(), [...to.values()].flat()];
  if (left.length === 1 && free.length === 1) pairs.push([left[0] as string, free[0] as string]);
  return pairs;
}

function byId(placed: readonly Placed[]): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const [path] of placed) {
    const id = path.slice(path.lastIndexOf('/') + 1);
    ids.set(id, [...(ids.get(id) ?? []), path]);
  }
  return ids;
}

/** A value with its references led to where their targets stand now. */
export function moveReferences(type: CodecType, value: Json, moves: Moves): Json {
  if (moves.size === 0) return value;
  switch (type.codec) {
    case 'reference':
      return typeof value === 'string' ? (moves.get(value) ?? value) : value;
    case 'list':
      return moveItems(type, value as readonly Json[], moves);
    case 'map':
      return mapParts(value, () => type.of, moves);
    case 'record':
      return mapParts(value, (name) => type.fields[name], moves);
    default:
      return value;
  }
}

/** Items that refer to what moved; where the order has no meaning they stand in the canonical one again. */
function moveItems(type: Extract<CodecType, { codec: 'list' }>, items: readonly Json[], moves: Moves): Json {
  const moved = items.map((item) => moveReferences(type.of, item, moves));
  return type.ordered || type.of.codec !== 'reference' ? moved : (moved as string[]).sort(byCodeUnit);
}

function mapParts(value: Json, typeOf: (name: string) => CodecType | undefined, moves: Moves): Json {
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, Json>>).map(([name, part]) => {
      const type = typeOf(name);
      return [name, type ? moveReferences(type, part, moves) : part];
    }),
  );
}
