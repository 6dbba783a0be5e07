import { byCodeUnit } from '../../values/json';
import { Spec } from '../../values/spec';
import { Version } from '../../values/version';
import type { Compiler } from '../compiler';
import type { Mpi } from '../mpi';
import { mpiNeed } from '../mpi-packages';
import type { SoftwareStack } from '../software-stack';
import { type Target, targets as knownTargets } from '../../values/target';
import { isWithin } from '../version-range';

/** Where software stands: built once, once per compiler, or once per compiler and MPI. */
export type Level = 'core' | 'compiler' | 'mpi';

/** One set of software that is concretized together: a target, and below it a compiler and an MPI. */
export interface SpackEnvironment {
  readonly target: Target;
  readonly level: Level;
  readonly compiler?: Compiler;
  readonly mpi?: Mpi;
  /** Its name and the last part of its prefix: `core`, `gcc-13.3.0`, `gcc-13.3.0-openmpi-5.0.8`. */
  readonly name: string;
  /** The view that its roots are installed below. */
  readonly prefix: string;
  readonly roots: readonly Root[];
  /** The environments that it takes packages from, nearest first. */
  readonly after: readonly string[];
}

/** A root of an environment. */
export interface Root {
  readonly spec: Spec;
  /** What tells it from another root of its name and version. */
  readonly suffix?: string;
  /** What it is to the hierarchy: its module opens the next level. */
  readonly role: 'package' | 'compiler' | 'mpi';
  /** Whether users get a module and a prefix for it. */
  readonly isExposed: boolean;
}

/** An exposed root, installed at one place: what modules, images and diffs are made of. */
export interface Install {
  readonly name: string;
  readonly version: string;
  readonly suffix?: string;
  readonly spec: Spec;
  readonly role: Root['role'];
  /** The level at which users find it: a compiler stands in core, an MPI at its compiler's level. */
  readonly level: Level;
  readonly release: string;
  readonly target: Target;
  readonly compiler?: Compiler;
  readonly mpi?: Mpi;
  /** Where it is on the hosts. */
  readonly prefix: string;
  /** Whether the hosts have it already. */
  readonly isExternal: boolean;
  /** Of a Python package: the Python that it is for. */
  readonly python?: Install;
  /** Of a Python package: the folder that Python must search, where it stands with all that it imports. */
  readonly pythonPath?: string;
}

/** `2025.3`, or `2025.3-cuda` with a suffix: the last part of its prefix and the version of its module. */
export const moduleVersion = ({ version, suffix }: Pick<Install, 'version' | 'suffix'>): string =>
  suffix === undefined ? version : `${version}-${suffix}`;

/** Whether a root is what a selector means: `gromacs`, `gromacs +cuda`, `gromacs@2025.3`. */
export function isSelected(root: Spec, selector: Spec): boolean {
  const { versions, dependencies, flags, target, os, platform, hash } = selector;
  if (selector.name !== root.name) return false;
  if (versions !== undefined && !(root.version !== undefined && isWithin(root.version, versions))) return false;
  // roots are told apart by what they are, not by what they are built with
  if (dependencies.length + flags.size > 0 || (target ?? os ?? platform ?? hash) !== undefined) return false;
  return [...selector.variants].every(([name, value]) => {
    const given = root.variants.get(name);
    return typeof value === 'boolean'
      ? given === value
      : Array.isArray(given) && value.every((word) => given.includes(word));
  });
}

/**
 * The spec without the `%` that restricts it to a compiler of the stack. Its environment binds the compiler; Spack refuses
 * `%gcc` on a package that needs no compiler itself, such as one of pure Python.
 */
export function withoutCompiler(spec: Spec): Spec {
  if (spec.compiler === undefined) return spec;
  const stripped = Spec.parse(spec.toString().replace(/ %(?:gcc|oneapi|clang|llvm)(?:@\S+)?(?= |$)/, ''));
  return stripped.problem ? spec : stripped;
}

/** The compilers that a root is built with: the one that its `%` names, or every one. */
export const compilersOf = (spec: Spec, compilers: readonly Compiler[]): readonly Compiler[] => {
  const wanted = spec.compiler;
  return wanted ? compilers.filter((compiler) => compiler.isMeantBy(wanted)) : compilers;
};

/** What a root asks of MPI by name: the constraint after `^` or `%`. */
export const mpiConstraint = (spec: Spec): Spec | undefined =>
  spec.dependencies.map((dependency) => dependency.spec).find(({ name }) => name === 'openmpi' || name === 'mpich');

/** The MPIs that a root is built with. */
export const mpisOf = (spec: Spec, mpis: readonly Mpi[]): readonly Mpi[] => {
  const wanted = mpiConstraint(spec);
  return wanted ? mpis.filter((mpi) => mpi.isMeantBy(wanted)) : mpis;
};

/** Specs in the order of their texts. */
export const sorted = (specs: readonly Spec[]): Spec[] =>
  [...specs].sort((a, b) => byCodeUnit(a.toString(), b.toString()));

/** The name of the environment of the core level. */
export const CORE = 'core';

/** The view of an environment: where users find what it holds. */
export const prefixOf = ({ values: { root, release } }: SoftwareStack, target: Target, name: string): string =>
  `${root.replace(/\/+$/, '')}/${release}/${target}/${name}`;

/** The environments of a stack, in the order in which they are built. */
export function environmentsOf(stack: SoftwareStack): SpackEnvironment[] {
  const { targets, compilers, mpis, exposes } = stack.values;
  // These lists have no order of their own: the same stack gives the same files.
  const [core, specs] = [sorted(stack.values.core), sorted(stack.values.specs)];
  const suffixes = [...stack.suffixes];
  const rootOf = (spec: Spec): Root => {
    const suffix = suffixes.find(([selector]) => isSelected(spec, selector))?.[1];
    const isExposed = exposes === undefined || exposes.includes(spec.name);
    return { spec: withoutCompiler(spec), role: 'package', isExposed, ...(suffix !== undefined && { suffix }) };
  };
  return knownTargets
    .filter((target) => targets.includes(target))
    .flatMap((target) => {
      const make = (
        level: Level,
        name: string,
        roots: readonly Root[],
        more: Partial<SpackEnvironment>,
      ): SpackEnvironment[] =>
        roots.length === 0
          ? []
          : [{ target, level, name, roots, prefix: prefixOf(stack, target, name), after: [], ...more }];
      const built = stack.allCompilers.map(({ spec }): Root => ({ spec, role: 'compiler', isExposed: true }));
      const ofCore = make('core', CORE, [...built, ...core.map(rootOf)], {});
      const above = ofCore.map(({ name }) => name);
      return [
        ...ofCore,
        ...compilers.flatMap((compiler) => {
          const mine = specs.filter((spec) => compilersOf(spec, compilers).includes(compiler));
          const serial = mine.filter((spec) => !mpiNeed(spec)).map(rootOf);
          const ofCompiler = make('compiler', compiler.id, serial, { compiler, after: above });
          return [
            ...ofCompiler,
            ...mpis.flatMap((mpi) => {
              const parallel = mine.filter((spec) => mpiNeed(spec) && mpisOf(spec, mpis).includes(mpi)).map(rootOf);
              const roots: Root[] = [{ spec: mpi.spec, role: 'mpi', isExposed: true }, ...parallel];
              const after = [...ofCompiler.map(({ name }) => name), ...above];
              return make('mpi', `${compiler.id}-${mpi.id}`, roots, { compiler, mpi, after });
            }),
          ];
        }),
      ];
    });
}

/** The exposed roots of a stack with their prefixes. */
export function installsOf(stack: SoftwareStack): Install[] {
  const found: Install[] = [];
  for (const environment of stack.environments()) {
    const roots = environment.roots.filter((root) => root.isExposed && root.spec.version !== undefined);
    const installs = roots.map((root) => installOf(stack, environment, root));
    const python = pythonFor(environment, [...installs, ...found]);
    const prefix = pythonView(environment);
    for (const install of installs) {
      if (!isPythonPackage(install.name) || !python) found.push(install);
      else found.push({ ...install, python, pythonPath: `${prefix}/lib/python${minor(python.version)}/site-packages` });
    }
  }
  return found;
}

/** Whether a recipe is of something that Python imports. */
export const isPythonPackage = (name: string): boolean => name.startsWith('py-');

/** Where the Python packages of an environment stand together with all that they import. */
export const pythonView = ({ prefix }: SpackEnvironment): string => `${prefix}-python`;

const minor = (version: string) => version.split('.').slice(0, 2).join('.');

/** The Python of an environment, of its compiler's level, or of core; nearest first, and the newest of several. */
function pythonFor({ target, compiler }: SpackEnvironment, installs: readonly Install[]): Install | undefined {
  const [nearest, ...others] = installs
    .filter((install) => install.name === 'python' && install.target === target)
    .filter((install) => install.compiler === undefined || install.compiler === compiler);
  const newer = (a: Install, b: Install) => (Version.parse(b.version).atLeast(a.version) ? b : a);
  return nearest && others.filter(({ level }) => level === nearest.level).reduce(newer, nearest);
}

function installOf(stack: SoftwareStack, environment: SpackEnvironment, { spec, suffix, role }: Root): Install {
  const { target, compiler, mpi } = environment;
  const own = role === 'compiler' ? stack.allCompilers.find((one) => one.spec.equals(spec)) : undefined;
  const version = spec.version ?? '';
  const install = {
    name: spec.name,
    version,
    spec,
    role,
    release: stack.values.release,
    target,
    ...(suffix !== undefined && { suffix }),
    ...(own ? { compiler: own } : compiler && { compiler }),
    ...(mpi && { mpi }),
  };
  const outside = own?.external ?? stack.values.externals.find((known) => known.spec.name === spec.name)?.prefix;
  const inside = isPythonPackage(spec.name)
    ? pythonView(environment)
    : `${environment.prefix}/${spec.name}/${moduleVersion({ version, suffix })}`;
  return {
    ...install,
    level: role === 'mpi' ? 'compiler' : environment.level,
    prefix: outside ?? inside,
    isExternal: outside !== undefined,
  };
}
