import type { Json } from '../../values/json';
import { sortedEntries } from '../../values/json';
import { type Compiler, LANGUAGES } from '../compiler';
import type { SoftwareStack } from '../software-stack';
import {
  CORE,
  isPythonPackage,
  moduleVersion,
  prefixOf,
  pythonView,
  type Root,
  type SpackEnvironment,
} from './installs';

type Record_ = { readonly [key: string]: Json };

/** Where Spack keeps every package by its hash; users see the views. */
const STORE = 'store';

const rootOf = (stack: SoftwareStack) => stack.values.root.replace(/\/+$/, '');

/** The name of the toolchain that means a compiler for each language that a package uses. */
const toolchainOf = ({ id }: Compiler) => id.replace(/[^A-Za-z0-9]/g, '_');

/**
 * One environment as spack.yaml.
 *
 * Environments are chained by `concretizer: reuse: from:`: each takes what it needs from the ones below it before anything
 * is built again. The schema allows this form in 1.0, 1.1 and 1.2 alike, unlike spec groups (1.2 only), and unlike
 * `include_concrete` the environments below stay out of the view. Paths are relative to the folder of the target, where
 * install.sh runs Spack. The local store is not reused from: the result must not depend on what the host has.
 */
export function spackYaml(stack: SoftwareStack, environment: SpackEnvironment): Record_ {
  const { buildCache, recipes } = stack.values;
  const { compiler } = environment;
  const isMixed = compiler !== undefined && compiler.id !== (stack.coreCompiler ?? compiler).id;
  return {
    spack: {
      ...(compiler && isMixed && { toolchains: { [toolchainOf(compiler)]: toolchain(compiler) } }),
      specs: environment.roots.map((root) => rootText(root, isMixed ? compiler : undefined)),
      concretizer: {
        unify: unifies(environment),
        reuse: {
          roots: true,
          from: [
            ...environment.after.map((name) => ({ type: 'environment', path: `./${name}` })),
            { type: 'external' },
            ...(buildCache ? [{ type: 'buildcache' }] : []),
          ],
        },
        targets: { granularity: 'microarchitectures', host_compatible: false },
      },
      packages: packages(stack, environment),
      view: {
        [environment.name]: view(environment),
        ...(hasPython(environment) && { python: pythonPackages(environment) }),
      },
      config: config(stack, environment),
      ...(recipes && { repos: { builtin: recipesOf(stack, `${rootOf(stack)}/recipes/${stack.values.release}`) } }),
      ...(buildCache && {
        mirrors: { [`${stack.node.id}-cache`]: { url: buildCache.url, signed: buildCache.signed } },
      }),
    },
  };
}

/** A root that its spec does not pin is pinned to the compiler for the languages that it uses. */
const rootText = ({ spec, role }: Root, compiler: Compiler | undefined): string =>
  compiler && role !== 'compiler' && !spec.compiler ? `${spec} %${toolchainOf(compiler)}` : spec.toString();

const toolchain = ({ constraint }: Compiler): Json =>
  LANGUAGES.map((language) => ({ spec: `%${language}=${constraint}`, when: `%${language}` }));

/** The programs of the core level have nothing to do with one another; above it, one of each package. */
function unifies({ level, roots }: SpackEnvironment): Json {
  const names = new Set(roots.map(({ spec }) => spec.name));
  return level === 'core' || names.size < roots.length ? 'when_possible' : true;
}

function packages(stack: SoftwareStack, environment: SpackEnvironment): Record_ {
  const { target, mpi } = environment;
  const own = Object.create(null) as Record<string, Record<string, Json>>; // a package may be called `constructor`
  const entry = (name: string): Record<string, Json> => (own[name] ??= {});
  for (const [name, constraint] of sortedEntries(stack.values.require)) entry(name).require = [constraint.toString()];
  for (const compiler of stack.allCompilers) {
    const known = compilerExternal(stack, environment, compiler);
    if (!known) continue;
    const { externals = [] } = entry(compiler.recipe);
    // At the core level, another version of the recipe may be one of the roots.
    const isBuilt = environment.roots.some((root) => root.spec.name === compiler.recipe && !isOutside(stack, root));
    Object.assign(entry(compiler.recipe), { buildable: isBuilt, externals: [...(externals as Json[]), known] });
  }
  for (const { spec, prefix, modules = [], buildable = false } of stack.values.externals) {
    const { externals = [] } = entry(spec.name);
    const known = { spec: spec.toString(), prefix, ...(modules.length > 0 && { modules }) };
    Object.assign(entry(spec.name), { externals: [...(externals as Json[]), known], buildable });
  }
  // Without this, a root whose need of MPI nobody stated would bring an MPI of Spack's choice.
  entry('mpi')[mpi ? 'require' : 'buildable'] = mpi ? [mpi.spec.toString()] : false;
  if (mpi) entry(mpi.name).require ??= [mpi.spec.toString()];
  for (const language of LANGUAGES) {
    const required = compilerRequirement(stack, environment, language);
    if (required.length > 0) entry(language).require = required;
  }
  return { all: { require: [`target=${target}`] }, ...Object.fromEntries(sortedEntries(own)) };
}

/**
 * What binds the compiler of everything in the environment. What a compiler other than the core one cannot build, such as
 * a build tool, is built by the core compiler, and so comes from the core level; Fortran stays with the environment's own
 * compiler, because module files of two compilers do not fit.
 */
function compilerRequirement(stack: SoftwareStack, { compiler }: SpackEnvironment, language: string): Json[] {
  const core = stack.coreCompiler;
  if (!compiler || !core || compiler.id === core.id) {
    const only = compiler ?? core;
    return only ? [only.constraint] : [];
  }
  const both = [core.constraint, compiler.constraint];
  return [{ any_of: language === 'fortran' ? both.reverse() : both }];
}

/** A compiler of the hosts, or one that the core level has built and shows at its predictable prefix. */
function compilerExternal(stack: SoftwareStack, environment: SpackEnvironment, compiler: Compiler): Json | undefined {
  const core = prefixOf(stack, environment.target, CORE);
  const built = environment.level === 'core' ? undefined : `${core}/${compiler.recipe}/${compiler.version}`;
  const prefix = compiler.external ?? built;
  if (prefix === undefined) return undefined;
  return {
    spec: compiler.spec.toString(),
    prefix,
    extra_attributes: { compilers: { ...compiler.programs(prefix) } },
  };
}

const isOutside = (stack: SoftwareStack, { spec }: Root): boolean =>
  stack.allCompilers.some((compiler) => compiler.external !== undefined && compiler.spec.equals(spec));

/** Each exposed root is linked below a path that follows from the definition alone, not from a hash. */
function view({ prefix, roots }: SpackEnvironment): Record_ {
  const isShown = ({ spec, isExposed }: Root) => isExposed && !isPythonPackage(spec.name);
  const hidden = roots.filter((root) => !isShown(root)).map(({ spec }) => spec.toString());
  // Spack takes the first that matches: roots with a suffix are the special ones.
  const shown = roots.filter(isShown);
  const special = [...shown.filter(({ suffix }) => suffix), ...shown.filter(({ suffix }) => !suffix)];
  const folderOf = ({ spec, suffix }: Root) => `${spec.name}/${moduleVersion({ version: spec.version ?? '', suffix })}`;
  return {
    root: prefix,
    link: 'roots',
    ...(hidden.length > 0 && { exclude: hidden }),
    projections: Object.fromEntries(special.map((root) => [root.spec.toString(), folderOf(root)])),
  };
}

const hasPython = ({ roots }: SpackEnvironment) =>
  roots.some(({ spec, isExposed }) => isExposed && isPythonPackage(spec.name));

/**
 * Python packages are in a view of their own, in one folder with all that they import: PYTHONPATH needs that, and Spack
 * would project each of them into the folder of its Python.
 */
const pythonPackages = (environment: SpackEnvironment): Record_ => ({
  root: pythonView(environment),
  link: 'run',
  select: ['^[deptypes=run] python'],
});

function config(stack: SoftwareStack, { level }: SpackEnvironment): Record_ {
  const builds = level === 'core' && stack.allCompilers.some(({ external }) => external === undefined);
  return {
    install_tree: {
      root: `${rootOf(stack)}/${STORE}`,
      projections: { all: '{architecture.platform}-{architecture.target}/{name}-{version}-{hash}' },
    },
    // Recipes mark all but the last version of a compiler's series as deprecated; the definition names one on purpose.
    ...(builds && { deprecated: true }),
  };
}

/** Spack keeps one checkout per address unless told otherwise; two releases need two. */
export function recipesOf(stack: SoftwareStack, destination: string): Record_ {
  const { git = 'https://github.com/spack/spack-packages.git', tag, commit } = stack.values.recipes ?? {};
  return { git, ...(tag ? { tag } : { commit: commit ?? '' }), destination };
}
