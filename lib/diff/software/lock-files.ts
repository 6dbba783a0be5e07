import type { Side } from '../side';
import { type LockNode, readLock, type SpackLock } from './lock';
import { type Environment, readText, rootsOf, stacksOf } from './stack';

/** A lock stands beside its spack.yaml, or where the site keeps its locks. An empty file is none. */
export function lockText(side: Side, { yaml }: Environment): string | undefined {
  const path = yaml.replace(/yaml$/, 'lock');
  return (side.locks?.(path) ?? readText(side, path)) || undefined;
}

/** The lock of an environment; undefined when there is none that can be read. */
export function lockOf(side: Side, environment: Environment): SpackLock | undefined {
  const text = lockText(side, environment);
  const lock = text === undefined ? undefined : readLock(text);
  return lock && 'code' in lock ? undefined : lock;
}

/** The roots of an environment that its lock does not have, by name and version: Spack has not looked at them yet. */
export function missingRoots(side: Side, environment: Environment, { nodes }: SpackLock): string[] {
  const known = new Set([...nodes.values()].flatMap(({ name, version }) => [name, `${name}@${version}`]));
  const roots = rootsOf(side, environment) ?? [];
  return roots
    .map(({ name, version }) => (version === undefined ? name : `${name}@${version}`))
    .filter((root) => !known.has(root));
}

/** The packages whose hash is not known, of all that Spack installs. */
export function freshNodes(locks: readonly SpackLock[], known: ReadonlySet<string>) {
  const nodes = locks.flatMap((lock) => [...lock.nodes.values()]);
  const built = new Map(nodes.filter(({ external }) => external === undefined).map((node) => [node.hash, node]));
  const fresh: readonly LockNode[] = [...built.values()].filter(({ hash }) => !known.has(hash));
  return { fresh, all: built.size };
}

/** The hashes in the locks of a side: the stacks of a site share one store. */
export function knownHashes(side: Side): ReadonlySet<string> {
  const environments = [...stacksOf(side.manifest).values()].flatMap((stack) => stack.environments);
  return new Set(environments.flatMap((environment) => [...(lockOf(side, environment)?.nodes.keys() ?? [])]));
}
