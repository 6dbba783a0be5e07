import { Version } from '../../values/version';
import type { Compiler } from '../compiler';
import type { ModuleTree } from '../module-tree';
import type { SoftwareStack } from '../software-stack';
import { type Install, moduleVersion } from '../stack/installs';
import { bestFor, type Target, targets as knownTargets } from '../../values/target';
import { fullName, type ModuleEntry } from './entry';

/** The folder of the hierarchy that holds the modules of an install. */
export function folderOf({
  target,
  release,
  level,
  compiler,
  mpi,
}: Pick<Install, 'target' | 'release' | 'level' | 'compiler' | 'mpi'>): string {
  const base = `${target}/${release}`;
  if (level === 'core' || !compiler) return `${base}/Core`;
  const below = `${compiler.name}/${compiler.version}`;
  return level === 'mpi' && mpi ? `${base}/MPI/${below}/${mpi.name}/${mpi.version}` : `${base}/Compiler/${below}`;
}

/** The folder that a compiler or an MPI puts on MODULEPATH. */
function opensOf(install: Install): string | undefined {
  if (install.role === 'compiler') return folderOf({ ...install, level: 'compiler' });
  return install.role === 'mpi' ? folderOf({ ...install, level: 'mpi' }) : undefined;
}

/** The folder that MODULEPATH begins with on machines that run code for a target. */
export const releasesFolder = (target: Target): string => `${target}/releases`;

/** The targets of all stacks of a tree, ancestors first. */
export const targetsOf = (stacks: readonly SoftwareStack[]): Target[] =>
  knownTargets.filter((target) => stacks.some((stack) => stack.values.targets.includes(target)));

/** Every module of a tree, folder by folder. */
export function planOf(tree: ModuleTree): ModuleEntry[] {
  const { stacks } = tree.values;
  const entries = [...releases(tree), ...stacks.flatMap((stack) => ofStack(tree, stack))];
  return withDefaults(tree, entries);
}

type Draft = Omit<ModuleEntry, 'isDefault'>;

function* releases(tree: ModuleTree): Iterable<Draft> {
  for (const target of targetsOf(tree.values.stacks)) {
    for (const stack of tree.values.stacks) {
      const best = bestFor(target, stack.values.targets);
      if (!best) continue;
      const { release } = stack.values;
      yield {
        folder: releasesFolder(target),
        name: 'release',
        version: release,
        opens: `${best}/${release}/Core`,
        family: 'release',
        dependsOn: [],
        isHidden: false,
      };
    }
  }
}

function ofStack(tree: ModuleTree, stack: SoftwareStack): Draft[] {
  const { exclude, hidden, families } = tree.values;
  const installs = stack.installs();
  const compilers: readonly Compiler[] = stack.values.compilers;
  return installs
    .filter(({ name }) => !exclude.includes(name))
    .map((install): Draft => {
      const name = tree.nameOf(install);
      const version = moduleVersion(install);
      const isLevel = install.role !== 'package' && (!install.compiler || compilers.includes(install.compiler));
      const opens = isLevel ? opensOf(install) : undefined;
      const family = isLevel
        ? install.role
        : Object.keys(families).find((key) => families[key]?.includes(install.name));
      return {
        folder: folderOf(install),
        name,
        version,
        ...(opens !== undefined && { opens }),
        ...(family !== undefined && { family }),
        dependsOn: install.python ? [`${tree.nameOf(install.python)}/${moduleVersion(install.python)}`] : [],
        isHidden: hidden.includes(name) || hidden.includes(`${name}/${version}`),
        install,
      };
    });
}

/** One version of each name is the default of its folder: the declared one, or the newest of those without a suffix. */
function withDefaults(tree: ModuleTree, drafts: readonly Draft[]): ModuleEntry[] {
  const { defaultRelease } = tree;
  const isDeclared = (draft: Draft): boolean =>
    draft.install ? tree.values.defaults.includes(fullName(draft)) : defaultRelease === draft.version;
  const newest = new Map<string, Draft>();
  const declared = new Set<string>();
  for (const draft of drafts) {
    const key = `${draft.folder}/${draft.name}`;
    if (isDeclared(draft)) declared.add(key);
    const other = newest.get(key);
    if (!draft.isHidden && (!other || isNewer(draft, other))) newest.set(key, draft);
  }
  return drafts.map((draft) => {
    const key = `${draft.folder}/${draft.name}`;
    const isDefault = declared.has(key) ? isDeclared(draft) : newest.get(key) === draft;
    return { ...draft, isDefault };
  });
}

function isNewer(a: Draft, b: Draft): boolean {
  const order = Version.compare(
    Version.parse(a.install?.version ?? a.version),
    Version.parse(b.install?.version ?? b.version),
  );
  if (order !== 0) return order > 0;
  return a.install?.suffix === undefined && b.install?.suffix !== undefined;
}
