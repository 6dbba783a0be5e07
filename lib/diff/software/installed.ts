import { Spec } from '../../values/spec';
import { byCodeUnit } from '../../values/json';
import type { Comparison } from '../comparison';
import type { Side } from '../side';
import type { SpackLock } from './lock';
import { freshNodes, knownHashes, lockOf, missingRoots } from './lock-files';
import { type Environment, pairEnvironments, rootsOf, type Stack } from './stack';

/** A package of a stack, as far as it is known. */
export interface Installed {
  readonly name: string;
  /** @default - a root that names no single version */
  readonly version?: string;
  /** Its variants by name, in the form of a spec: `+mpi`. */
  readonly variants: ReadonlyMap<string, string>;
  /** Whether these are all of its variants, as in a lock. */
  readonly isConcrete: boolean;
}

/** The packages of a stack on one side. */
export interface StackPackages {
  /** Those that Spack installs. */
  readonly packages: readonly Installed[];
  /** Names of those that the hosts have. */
  readonly external: readonly string[];
  /** Whether every environment has its lock; otherwise they are the roots, and what some locks have. */
  readonly isWhole: boolean;
  readonly locks: readonly SpackLock[];
}

const NONE: StackPackages = { packages: [], external: [], isWhole: true, locks: [] };

/** What a stack has on both sides: the packages of its locks; where one is missing or from before its roots, the roots that are declared. */
export function packagesOf(
  before: Stack | undefined,
  after: Stack | undefined,
  { before: old, after: now }: Comparison,
): readonly [was: StackPackages, is: StackPackages] {
  const pairs =
    before && after
      ? pairEnvironments(before, after)
      : [
          ...(before?.environments ?? []).map((one) => ({ before: one })),
          ...(after?.environments ?? []).map((one) => ({ after: one })),
        ];
  const read = pairs.map((pair): Locked => ({
    pair,
    was: 'before' in pair && pair.before ? currentLock(old, pair.before) : undefined,
    is: 'after' in pair && pair.after ? currentLock(now, pair.after) : undefined,
  }));
  const isLocked = ({ pair: { before: had, after: has }, was, is }: Locked) => (!had || was) && (!has || is);
  const isWhole = read.every(isLocked);
  // what only one side has would seem to come or go with all that it needs
  const usable = read.filter((one) => isLocked(one) && (isWhole || (one.pair.before && one.pair.after)));
  const side = (stack: Stack | undefined, locks: readonly SpackLock[]): StackPackages =>
    stack ? merged(stack, locks, isWhole) : NONE;
  return [
    side(
      before,
      usable.flatMap(({ was }) => was ?? []),
    ),
    side(
      after,
      usable.flatMap(({ is }) => is ?? []),
    ),
  ];
}

interface Locked {
  readonly pair: { readonly before?: Environment; readonly after?: Environment };
  readonly was: SpackLock | undefined;
  readonly is: SpackLock | undefined;
}

/** The lock of an environment, when it has all of its roots. */
function currentLock(side: Side, environment: Environment): SpackLock | undefined {
  const lock = lockOf(side, environment);
  return lock && missingRoots(side, environment, lock).length === 0 ? lock : undefined;
}

function merged(stack: Stack, locks: readonly SpackLock[], isWhole: boolean): StackPackages {
  const nodes = locks.flatMap((lock) => [...lock.nodes.values()]);
  const installed = nodes
    .filter(({ external }) => external === undefined)
    .map(({ name, version, own }): Installed => ({ name, version, variants: own, isConcrete: true }));
  const tools = [...stack.compilers, ...stack.mpis];
  const ofHosts = [
    ...nodes.filter(({ external }) => external !== undefined),
    ...(isWhole ? [] : tools.filter(({ external }) => external).map(({ recipe }) => ({ name: recipe }))),
  ];
  return {
    packages: isWhole && locks.length > 0 ? installed : [...installed, ...declared(stack)],
    external: [...new Set(ofHosts.map(({ name }) => name))].sort(byCodeUnit),
    isWhole: isWhole && locks.length > 0,
    locks,
  };
}

/** The roots and tools that a definition states. */
function declared({ core, specs, compilers, mpis }: Stack): Installed[] {
  const roots = [...core, ...specs].map((text) => Spec.parse(text)).filter(({ problem }) => !problem);
  return [
    ...roots.map((root): Installed => ({
      name: root.name,
      ...(root.version !== undefined && { version: root.version }),
      variants: new Map([...root.variants].map(([name, value]) => [name, variantText(name, value)])),
      isConcrete: false,
    })),
    ...[...compilers, ...mpis]
      .filter(({ external }) => !external)
      .map(({ recipe, version }): Installed => ({ name: recipe, version, variants: new Map(), isConcrete: false })),
  ];
}

/** A variant as a lock has it. */
export const variantText = (name: string, value: boolean | readonly string[]): string =>
  typeof value === 'boolean' ? `${value ? '+' : '~'}${name}` : `${name}=${value.join(',')}`;

/** The roots of locks that need a package. */
export function rootsThatNeed(name: string, version: string, locks: readonly SpackLock[]): string[] {
  const roots = locks.flatMap(({ roots: all, nodes }) =>
    all.flatMap(({ hash }) => {
      const seen = new Set([hash]);
      for (const at of seen) for (const edge of nodes.get(at)?.dependencies ?? []) seen.add(edge.hash);
      const needs = [...seen].some((at) => nodes.get(at)?.name === name && nodes.get(at)?.version === version);
      return needs ? (nodes.get(hash)?.name ?? []) : [];
    }),
  );
  return [...new Set(roots)].filter((root) => root !== name).sort(byCodeUnit);
}

/** What is built again, one item for each build. */
export interface Rebuilt {
  readonly builds: readonly { readonly name: string; readonly version?: string }[];
  /** Whether they are roots alone, for what these need is not known. */
  readonly rootsOnly: boolean;
}

/** What a stack builds again: new hashes of its locks, or roots that are others or of another compiler or MPI. */
export function rebuiltOf(
  before: Stack | undefined,
  after: Stack,
  { before: old, after: now }: Comparison,
  isLocked: boolean,
): Rebuilt {
  if (isLocked) {
    const locks = after.environments.flatMap((environment) => lockOf(now, environment) ?? []);
    return { builds: freshNodes(locks, knownHashes(old)).fresh, rootsOnly: false };
  }
  const pairs = before ? pairEnvironments(before, after) : after.environments.map((one) => ({ after: one }));
  const ofHosts = new Set(after.compilers.filter(({ external }) => external).map(({ recipe }) => recipe));
  const builds = pairs.flatMap((pair) => {
    const roots = pair.after ? (rootsOf(now, pair.after) ?? []) : [];
    const had = 'before' in pair && pair.before && before && sameTools(pair.before, before, pair.after, after);
    const known = new Set((had ? (rootsOf(old, pair.before) ?? []) : []).map(String));
    return roots.filter((root) => !known.has(String(root)) && !ofHosts.has(root.name));
  });
  return {
    builds: builds.map(({ name, version }) => ({ name, ...(version !== undefined && { version }) })),
    rootsOnly: true,
  };
}

/** Whether two environments are built with the same compiler and MPI. */
function sameTools(was: Environment, old: Stack, is: Environment | undefined, now: Stack): boolean {
  const tools = (environment: Environment | undefined, stack: Stack) =>
    `${(environment?.compiler ?? stack.coreCompiler)?.id} ${environment?.mpi?.id}`;
  return tools(was, old) === tools(is, now);
}
