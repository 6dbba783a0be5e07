import type { Manifest, ManifestConstruct } from '../../app/manifest';
import { quotedYaml } from '../../documents/yaml';
import type { Json } from '../../values/json';
import { Spec } from '../../values/spec';
import type { Side } from '../side';

/** A compiler or an MPI of a stack. */
export interface Tool {
  /** `gcc-13.3.0`: its part in the names of environments. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** Its package, e.g. `intel-oneapi-compilers`. */
  readonly recipe: string;
  /** The hosts have it, and Spack does not build it. */
  readonly external?: true;
}

/** One environment of Spack: what is concretized together. */
export interface Environment {
  /** Its folder below the stack, e.g. `x86_64_v3/gcc-13.3.0-openmpi-5.0.8`. */
  readonly folder: string;
  readonly target: string;
  readonly name: string;
  /** Path of its spack.yaml in the output. */
  readonly yaml: string;
  readonly compiler?: Tool;
  readonly mpi?: Tool;
}

/** What a manifest says of a software stack. */
export interface Stack {
  readonly path: string;
  readonly release: string;
  readonly compilers: readonly Tool[];
  readonly mpis: readonly Tool[];
  /** The compiler of the core level; none when Spack takes what the build host has. */
  readonly coreCompiler?: Tool;
  readonly core: readonly string[];
  readonly specs: readonly string[];
  /** The specs of packages that the hosts have. */
  readonly externals: readonly string[];
  readonly environments: readonly Environment[];
}

const known = new WeakMap<Manifest, ReadonlyMap<string, Stack>>();

/** The software stacks of a side by their paths, with their environments; a manifest is gone through once. */
export function stacksOf(manifest: Manifest): ReadonlyMap<string, Stack> {
  let stacks = known.get(manifest);
  if (!stacks) known.set(manifest, (stacks = readStacks(manifest)));
  return stacks;
}

function readStacks(manifest: Manifest): Map<string, Stack> {
  const tables = new Set(
    Object.keys(manifest.tables).filter((name) => manifest.tables[name]?.kind === 'SoftwareStack'),
  );
  const stacks = new Map<string, Stack>();
  // Outputs may be large, so what is not looked at is not copied either.
  if (tables.size > 0) {
    for (const path in manifest.constructs) {
      const construct = manifest.constructs[path] as ManifestConstruct;
      if (tables.has(construct.table)) stacks.set(path, stackOf(path, construct));
    }
  }
  if (stacks.size > 0) addEnvironments(manifest, stacks);
  return stacks;
}

function stackOf(path: string, { values }: ManifestConstruct): Stack {
  const { release, compilers, mpis, core, specs, externals, coreCompiler } = values;
  const external = items(compilers).find((one) => part(one, 'external') !== undefined);
  const [ofCore] = tools([coreCompiler ?? external ?? null]);
  return {
    path,
    release: typeof release === 'string' ? release : '',
    compilers: tools([...items(compilers), ...(coreCompiler === undefined ? [] : [coreCompiler])]),
    mpis: tools(items(mpis)),
    ...(ofCore && { coreCompiler: ofCore }),
    core: texts(core),
    specs: texts(specs),
    externals: texts(items(externals).flatMap((one) => part(one, 'spec') ?? [])),
    environments: [],
  };
}

const items = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const texts = (value: Json | undefined): string[] => items(value).filter((item) => typeof item === 'string');

/** Compilers and MPIs are records with an id, which is their name and version. */
const tools = (values: readonly Json[]): Tool[] =>
  values.flatMap((value) => {
    const [id, spec] = ['id', 'spec'].map((key) => String(part(value, key) ?? '')) as [string, string];
    const [, name, version] = /^([^-]+)-(.+)$/.exec(id) ?? [];
    if (name === undefined || version === undefined) return [];
    const external = part(value, 'external') !== undefined && { external: true as const };
    return [{ id, name, version, recipe: Spec.parse(spec).name, ...external }];
  });

function addEnvironments(manifest: Manifest, stacks: Map<string, Stack>): void {
  for (const yaml in manifest.files) {
    if (!yaml.endsWith('/spack.yaml')) continue;
    const stack = stacks.get(manifest.files[yaml]?.owner ?? '');
    const [target, name] = yaml.split('/').slice(-3);
    if (!stack || target === undefined || name === undefined) continue;
    const compiler = stack.compilers.find(({ id }) => name === id || name.startsWith(`${id}-`));
    const mpi = compiler && stack.mpis.find(({ id }) => name === `${compiler.id}-${id}`);
    (stack.environments as Environment[]).push({
      folder: `${target}/${name}`,
      target,
      name,
      yaml,
      ...(compiler && { compiler }),
      ...(mpi && { mpi }),
    });
  }
}

/** The text of a file of a side; undefined when it is not there. */
export function readText(side: Side, path: string): string | undefined {
  try {
    return side.read?.(path);
  } catch {
    return undefined;
  }
}

/** What a spack.yaml says below `spack`; undefined when it cannot be read. */
export function readSpackYaml(side: Side, yaml: string): Json | undefined {
  const text = readText(side, yaml);
  return text === undefined ? undefined : part(quotedYaml.parse(text, () => undefined) as Json, 'spack');
}

/** The specs that a spack.yaml lists. */
export function specsOf(spack: Json | undefined): readonly string[] | undefined {
  const specs = part(spack, 'specs');
  return Array.isArray(specs) ? (specs as readonly Json[]).map(String) : undefined;
}

/** The roots that an environment lists; undefined when its file cannot be read. */
export const rootsOf = (side: Side, { yaml }: Environment): readonly Spec[] | undefined =>
  specsOf(readSpackYaml(side, yaml))
    ?.map((spec) => Spec.parse(spec))
    .filter(({ problem }) => !problem);

const part = (tree: Json | undefined, key: string): Json | undefined =>
  typeof tree === 'object' && tree !== null && !Array.isArray(tree)
    ? (tree as { [key: string]: Json })[key]
    : undefined;

/** Which compiler or MPI stands in for each one that went: that of its name, as long as there is one only. */
export function successors(before: readonly Tool[], after: readonly Tool[]): Map<string, Tool> {
  const gone = before.filter(({ id }) => !after.some((other) => other.id === id));
  const come = after.filter(({ id }) => !before.some((other) => other.id === id));
  const found = new Map<string, Tool>();
  for (const old of gone) {
    const same = come.filter(({ name }) => name === old.name);
    if (same.length === 1 && gone.filter(({ name }) => name === old.name).length === 1)
      found.set(old.id, same[0] as Tool);
  }
  return found;
}

/** The environments of a stack with what they were before: by name, or by the tools that stand in for those that went. */
export function pairEnvironments(
  before: Stack,
  after: Stack,
): readonly { readonly before?: Environment; readonly after?: Environment }[] {
  const tools = [successors(before.compilers, after.compilers), successors(before.mpis, after.mpis)];
  const nameNow = ({ name, compiler, mpi }: Environment): string => {
    if (!compiler) return name;
    const now = [compiler, mpi].map((tool, index) => tool && (tools[index]?.get(tool.id) ?? tool).id);
    return now.filter((id) => id !== undefined).join('-');
  };
  const left = new Map(after.environments.map((environment) => [environment.folder, environment]));
  const pairs = before.environments.map((environment) => {
    const folder = `${environment.target}/${nameNow(environment)}`;
    const now = left.get(folder);
    left.delete(folder);
    return { before: environment, ...(now && { after: now }) };
  });
  return [...pairs, ...[...left.values()].map((environment) => ({ after: environment }))];
}
