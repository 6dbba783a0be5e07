import { byCodeUnit } from '../../values/json';
import type { Branch, ModuleFolder, Modules } from './modules';
import type { Stack, Tool } from './stack';

/** The modules of a release, whatever the machine: the targets of a stack have the same ones. */
export class ReleaseView {
  /** The versions of each name by branch. */
  readonly branches = new Map<Branch, Map<string, Set<string>>>();
  private readonly defaults = new Map<string, string>();

  constructor(folders: readonly ModuleFolder[]) {
    for (const { branch, versions, defaults } of folders) {
      const names = this.branches.get(branch) ?? new Map<string, Set<string>>();
      this.branches.set(branch, names);
      for (const [name, found] of versions) names.set(name, new Set([...(names.get(name) ?? []), ...found]));
      for (const [name, version] of defaults) this.defaults.set(`${branch}|${name}`, version);
    }
  }

  has(branch: Branch, name: string, version: string): boolean {
    return this.branches.get(branch)?.get(name)?.has(version) ?? false;
  }

  default(branch: Branch, name: string): string | undefined {
    return this.defaults.get(`${branch}|${name}`);
  }

  /** The version of a name in a branch: the default, or the last one. */
  version(branch: Branch, name: string): string | undefined {
    return this.default(branch, name) ?? [...(this.branches.get(branch)?.get(name) ?? [])].sort(byCodeUnit).at(-1);
  }

  *modules(): Iterable<readonly [branch: Branch, name: string, version: string]> {
    for (const [branch, names] of this.branches)
      for (const [name, versions] of names) for (const version of versions) yield [branch, name, version];
  }

  /** Every module as `name/version`, once. */
  labels(): string[] {
    return [...new Set([...this.modules()].map(([, name, version]) => `${name}/${version}`))].sort(byCodeUnit);
  }

  /** What a name without a version loads, wherever it is found. */
  loads(name: string): string {
    const versions = [...this.branches.keys()].map((branch) => this.default(branch, name));
    return [...new Set(versions.filter((version) => version !== undefined))].sort(byCodeUnit).join(' or ');
  }
}

/** The modules of a release. */
export const viewOf = ({ folders }: Modules, release: string, targets?: ReadonlySet<string>): ReleaseView =>
  new ReleaseView([...folders.values()].filter((one) => one.release === release && (targets?.has(one.target) ?? true)));

/** The compilers and MPIs of a release, as `name/version`. */
export interface Tools {
  readonly compiler: ReadonlySet<string>;
  readonly MPI: ReadonlySet<string>;
}

/** The kinds of tools, in the order in which a branch names them. */
export const KINDS = ['compiler', 'MPI'] as const;

/** The compilers and MPIs of a release as modules: those of its stack, and those that a branch is named after. */
export function toolsOf(view: ReleaseView, stack: Stack | undefined): Tools {
  const labels = new Set(view.labels());
  const declared = (tools: readonly Tool[] = []) => tools.map(({ name, version }) => `${name}/${version}`);
  const parts = (index: number) => [...view.branches.keys()].flatMap((branch) => branch.split(' ')[index] || []);
  const known = (names: string[]) => names.filter((name) => labels.has(name));
  return {
    compiler: new Set([...known(declared(stack?.compilers)), ...parts(0)]),
    MPI: new Set([...known(declared(stack?.mpis)), ...parts(1)]),
  };
}
