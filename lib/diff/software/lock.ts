import { isRecord, type Json, type JsonRecord } from '../../values/json';
import { type Problem, quote } from '../../values/problem';

/** A dependency of a node. */
export interface LockEdge {
  readonly name: string;
  readonly hash: string;
  /** `build`, `link`, `run`, `test`, with commas between them. */
  readonly types: string;
}

/** One concrete package of a lock. */
export interface LockNode {
  readonly hash: string;
  readonly name: string;
  readonly version: string;
  /** Installed by the hosts, not by Spack: where. */
  readonly external?: string;
  /** What makes it differ from another build of its version, by name, in the form of a spec: `+mpi`, `target=zen4`. */
  readonly own: ReadonlyMap<string, string>;
  /** The hash of its recipe. */
  readonly recipe: string;
  readonly dependencies: readonly LockEdge[];
}

/** What Spack chose for one environment. */
export interface SpackLock {
  readonly roots: readonly { readonly spec: string; readonly hash: string }[];
  /** Every package by its dag hash. */
  readonly nodes: ReadonlyMap<string, LockNode>;
}

/** The first version whose dag hashes cover build dependencies and recipes (Spack 0.18). */
const OLDEST = 4;

/**
 * Reads a `spack.lock` of version 4 (Spack 0.18) and later. Keys that it does not know count as properties of their package;
 * a root or a dependency that leads nowhere is refused.
 */
export function readLock(text: string): SpackLock | Problem {
  let lock: Json;
  try {
    lock = JSON.parse(text) as Json;
  } catch {
    return refused('it is no JSON');
  }
  try {
    return lockOf(lock);
  } catch (error) {
    if (error instanceof Garbage) return refused(error.message);
    throw error;
  }
}

const refused = (why: string): Problem => ({
  code: 'HPC2710',
  message: `spack.lock cannot be read: ${why}`,
  fix: "write it again by 'spack concretize --force'",
});

class Garbage extends Error {}

function lockOf(lock: Json): SpackLock {
  const { _meta: meta, ...body } = record(lock, 'the file');
  const version = record(meta ?? null, '_meta')['lockfile-version'];
  if (typeof version !== 'number') throw new Garbage('it has no lockfile-version');
  if (version < OLDEST) throw new Garbage(`version ${version} of the format has no hashes of recipes; ${OLDEST} has`);
  const nodes = new Map<string, LockNode>();
  addNodes(body, nodes);
  const roots = listOf(body.roots, 'roots').map((root) => {
    const { spec, hash } = record(root, 'a root');
    return { spec: word(spec, 'the spec of a root'), hash: word(hash, 'the hash of a root') };
  });
  const hashes = [...roots, ...[...nodes.values()].flatMap(({ dependencies }) => dependencies)];
  const lost = hashes.find(({ hash }) => !nodes.has(hash));
  if (lost) throw new Garbage(`nothing has the hash ${quote(lost.hash)}`);
  return { roots, nodes };
}

/** The packages of an environment and of those that it includes as they are (version 5). */
function addNodes(
  { concrete_specs: specs, include_concrete: included }: JsonRecord,
  nodes: Map<string, LockNode>,
): void {
  for (const [hash, node] of Object.entries(record(specs ?? {}, 'concrete_specs'))) nodes.set(hash, nodeOf(hash, node));
  for (const one of Object.values(record(included ?? {}, 'include_concrete')))
    addNodes(record(one, 'an environment'), nodes);
}

function nodeOf(hash: string, json: Json): LockNode {
  const node = record(json, `the package ${hash}`);
  const { name, version, external, dependencies, package_hash: recipe } = node;
  const path = external === undefined || external === null ? undefined : record(external, 'external').path;
  return {
    hash,
    name: word(name, `the name of ${hash}`),
    version: word(version, `the version of ${hash}`),
    ...(path !== undefined && { external: String(path) }),
    own: ownOf(node),
    recipe: typeof recipe === 'string' ? recipe : '',
    dependencies: listOf(dependencies, 'dependencies').map(edgeOf),
  };
}

function edgeOf(json: Json): LockEdge {
  const { name, hash, type, parameters } = record(json, 'a dependency');
  // Version 4 has them beside the name, later ones below parameters.
  const types = type ?? record(parameters ?? {}, 'parameters').deptypes;
  return {
    name: word(name, 'the name of a dependency'),
    hash: word(hash, 'the hash of a dependency'),
    types: listOf(types, 'the kinds of a dependency').map(String).sort().join(','),
  };
}

/** Told in another way, or not of the package itself. */
const NOT_OWN: readonly string[] = [
  'name',
  'version',
  'hash',
  'package_hash',
  'dependencies',
  'annotations',
  'parameters',
];

function ownOf(node: JsonRecord): Map<string, string> {
  const own = new Map<string, string>();
  for (const [key, value] of Object.entries(record(node.parameters ?? {}, 'parameters')))
    own.set(key, variant(key, value));
  for (const [key, value] of Object.entries(node)) {
    if (key === 'arch') addArchitecture(own, value);
    else if (key === 'compiler') own.set(key, compilerText(value));
    else if (!NOT_OWN.includes(key)) own.set(key, `${key}=${plain(key === 'external' ? pathOf(value) : value)}`);
  }
  const compiler = isRecord(node.annotations ?? null) ? (node.annotations as JsonRecord).compiler : undefined;
  if (compiler !== undefined) own.set('compiler', `%${plain(compiler)}`);
  return own;
}

function addArchitecture(own: Map<string, string>, arch: Json): void {
  if (!isRecord(arch)) return;
  const { platform, platform_os: os, target } = arch;
  const name = target !== undefined && isRecord(target) ? target.name : target;
  for (const [key, value] of Object.entries({ platform, os, target: name }))
    if (value !== undefined) own.set(key, `${key}=${plain(value)}`);
}

const variant = (key: string, value: Json): string =>
  typeof value === 'boolean' ? `${value ? '+' : '~'}${key}` : `${key}=${plain(value)}`;

const compilerText = (value: Json): string =>
  isRecord(value) ? `%${plain(value.name ?? '')}@${plain(value.version ?? '')}` : `%${plain(value)}`;

const pathOf = (value: Json): Json => (isRecord(value) ? (value.path ?? null) : value);

const plain = (value: Json): string =>
  Array.isArray(value) ? value.map(plain).join(',') : typeof value === 'object' ? JSON.stringify(value) : String(value);

function record(value: Json, what: string): JsonRecord {
  if (!isRecord(value)) throw new Garbage(`${what} is no record`);
  return value;
}

function listOf(value: Json | undefined, what: string): readonly Json[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Garbage(`${what} is no list`);
  return value as readonly Json[];
}

function word(value: Json | undefined, what: string): string {
  if (typeof value !== 'string' || value === '') throw new Garbage(`${what} is missing`);
  return value;
}
