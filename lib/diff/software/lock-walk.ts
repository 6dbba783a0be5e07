import { Spec } from '../../values/spec';
import { byCodeUnit } from '../../values/json';
import type { LockEdge, LockNode, SpackLock } from './lock';

/** A package that differs by itself, not only because one of its dependencies does. */
export interface NodeChange {
  readonly before: LockNode;
  readonly after: LockNode;
  /** What differs: `13.3.0 → 14.2.0`, `~cuda → +cuda`, `^pmix added`; empty when only the recipe does. */
  readonly parts: readonly string[];
  /** The roots that need it. */
  readonly roots: readonly string[];
}

/** How one lock differs from another. */
export interface LockDifference {
  /** Roots that came and went, as `name version`. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** The first package that differs by itself on each way down from a root. */
  readonly changes: readonly NodeChange[];
  /** Packages of which only the recipe differs. */
  readonly recipes: readonly NodeChange[];
}

type Pair = readonly [before: LockNode, after: LockNode];

/**
 * Walks down two graphs of packages side by side. A way ends at the first package that differs by itself, for what lies
 * below it may differ for its sake; one whose recipe alone differs does not end it.
 */
export function walkLocks(before: SpackLock, after: SpackLock): LockDifference {
  const { pairs, added, removed } = pairRoots(before, after);
  const found = new Map<string, { pair: Pair; parts: readonly string[]; roots: string[] }>();
  const compared = new Map<string, readonly string[] | undefined>();
  for (const root of pairs) {
    const seen = new Set<string>();
    const open: Pair[] = [root];
    for (let pair = open.pop(); pair; pair = open.pop()) {
      const [a, b] = pair;
      const key = `${a.hash} ${b.hash}`;
      if (a.hash === b.hash || seen.has(key)) continue;
      seen.add(key);
      const below = pairEdges(pair, before, after);
      if (!compared.has(key)) compared.set(key, difference(pair, below));
      const parts = compared.get(key);
      if (parts) {
        const known = found.get(key);
        if (known) known.roots.push(root[1].name);
        else found.set(key, { pair, parts, roots: [root[1].name] });
      }
      if (!parts || parts.length === 0) open.push(...below);
    }
  }
  const changes = [...found.values()]
    .map(({ pair, parts, roots }): NodeChange => ({
      before: pair[0],
      after: pair[1],
      parts,
      roots: [...new Set(roots)].sort(byCodeUnit),
    }))
    .sort((a, b) => byCodeUnit(a.after.name, b.after.name) || byCodeUnit(a.after.hash, b.after.hash));
  return {
    added: added.map(label),
    removed: removed.map(label),
    changes: changes.filter(({ parts }) => parts.length > 0),
    recipes: changes.filter(({ parts }) => parts.length === 0),
  };
}

const label = ({ name, version }: LockNode): string => `${name} ${version}`;

/** What differs in a package itself; empty when only its recipe does, undefined when nothing of its own does. */
function difference([a, b]: Pair, below: readonly Pair[]): readonly string[] | undefined {
  const parts = [
    ...(a.version === b.version ? [] : [`${a.version} → ${b.version}`]),
    ...ownParts(a, b),
    ...edgeParts(a, b),
  ];
  if (parts.length > 0) return parts;
  if (a.recipe !== b.recipe) return [];
  // Whatever made the hash another one, it is not in the file.
  return below.some(([x, y]) => x.hash !== y.hash) ? undefined : [`hash ${a.hash.slice(0, 7)} → ${b.hash.slice(0, 7)}`];
}

function ownParts(a: LockNode, b: LockNode): string[] {
  return [...new Set([...a.own.keys(), ...b.own.keys()])].sort(byCodeUnit).flatMap((key) => {
    const [was, is] = [a.own.get(key), b.own.get(key)];
    if (was === is) return [];
    return was === undefined ? `${is} added` : is === undefined ? `${was} removed` : `${was} → ${is}`;
  });
}

function edgeParts(a: LockNode, b: LockNode): string[] {
  const [was, is] = [typesOf(a), typesOf(b)];
  return [...new Set([...was.keys(), ...is.keys()])].sort(byCodeUnit).flatMap((name) => {
    const [old, now] = [was.get(name), is.get(name)];
    if (old === now) return [];
    return old === undefined ? `^${name} added` : now === undefined ? `^${name} removed` : `^${name} ${old} → ${now}`;
  });
}

/** The kinds of each dependency by its name; a package may be needed twice, to build and to run. */
function typesOf({ dependencies }: LockNode): Map<string, string> {
  const types = new Map<string, string>();
  for (const { name, types: kinds } of [...dependencies].sort(byTypes)) {
    types.set(name, [types.get(name), kinds].filter((kind) => kind !== undefined).join(' and '));
  }
  return types;
}

const byTypes = (a: LockEdge, b: LockEdge): number => byCodeUnit(a.types, b.types) || byCodeUnit(a.hash, b.hash);

/** Dependencies of one name, in the order of their kinds. */
function pairEdges([a, b]: Pair, before: SpackLock, after: SpackLock): Pair[] {
  const names = [...new Set(a.dependencies.map(({ name }) => name))];
  return names.flatMap((name) => {
    const [olds, news] = [a, b].map(({ dependencies }) =>
      dependencies.filter((edge) => edge.name === name).sort(byTypes),
    );
    return (olds ?? []).flatMap((old, index): Pair[] => {
      const now = news?.[index];
      return now ? [[before.nodes.get(old.hash) as LockNode, after.nodes.get(now.hash) as LockNode]] : [];
    });
  });
}

/** Roots of one spec are one, then those of one package as long as as many go as come. */
function pairRoots(before: SpackLock, after: SpackLock) {
  const left = rootNodes(before);
  const right = rootNodes(after);
  const pairs: Pair[] = [];
  const take = (same: (a: Root, b: Root) => boolean) => {
    for (const old of [...left]) {
      const index = right.findIndex((now) => same(old, now));
      if (index < 0) continue;
      pairs.push([old.node, (right.splice(index, 1)[0] as Root).node]);
      left.splice(left.indexOf(old), 1);
    }
  };
  take((a, b) => a.key === b.key);
  const number = (roots: readonly Root[], name: string) => roots.filter(({ node }) => node.name === name).length;
  const even = new Set(left.map(({ node }) => node.name).filter((name) => number(left, name) === number(right, name)));
  take((a, b) => a.node.name === b.node.name && even.has(a.node.name));
  return { pairs, added: right.map(({ node }) => node), removed: left.map(({ node }) => node) };
}

interface Root {
  readonly key: string;
  readonly node: LockNode;
}

const rootNodes = ({ roots, nodes }: SpackLock): Root[] =>
  roots
    .map(({ spec, hash }) => ({ key: canonical(spec), node: nodes.get(hash) as LockNode }))
    .sort((a, b) => byCodeUnit(a.key, b.key));

function canonical(spec: string): string {
  const parsed = Spec.parse(spec);
  return parsed.problem ? spec : parsed.toString();
}
