import { byCodeUnit } from '../../values/json';
import type { Branch, Modules } from './modules';
import { KINDS, type ReleaseView, type Tools, toolsOf, viewOf } from './release-view';
import type { Stack } from './stack';
import { push } from '../../values/multimap';

/** Another version of a compiler or an MPI, which modules stand below. */
export interface ToolSwitch {
  readonly kind: 'compiler' | 'MPI';
  readonly release: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Whether the old one can still be loaded by its version. */
  readonly isKept: boolean;
  /** Whether its name without a version meant the old one, and means the new one. */
  readonly isDefault: boolean;
  /** Modules that stand below the new one as they did below the old one. */
  readonly moved: readonly string[];
  /** Modules that stand below the new one in another version: `hdf5/1.14.3` and `1.14.6`. */
  readonly other: readonly (readonly [module: string, version: string])[];
  /** Modules without a build for the new one. */
  readonly lost: readonly string[];
}

/** A module that came or went, in every branch where it did. */
export interface ModuleChange {
  readonly release: string;
  readonly module: string;
  readonly branches: readonly Branch[];
  /** The version that is there in its place. */
  readonly instead?: string;
}

/** A name that loads another version, where both are there. */
export interface DefaultChange {
  readonly release: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** A compiler or an MPI that came or went without another version of it, or a release, with the modules below it. */
export interface BranchChange {
  readonly release: string;
  /** `release/2025.1`, `llvm/20.1.8`. */
  readonly module: string;
  readonly below: readonly string[];
}

/** What users of a tree of modules notice. */
export interface ModuleChanges {
  readonly switches: readonly ToolSwitch[];
  readonly vanished: readonly ModuleChange[];
  readonly came: readonly ModuleChange[];
  readonly defaults: readonly DefaultChange[];
  readonly branchesGone: readonly BranchChange[];
  readonly branchesCome: readonly BranchChange[];
  readonly releasesGone: readonly BranchChange[];
  readonly releasesCome: readonly BranchChange[];
  /** The release at login. */
  readonly login?: { readonly from: string; readonly to: string; readonly isKept: boolean };
}

/** Compares what users load. Targets that only one side has are left out: they are a matter of machines. */
export function moduleChanges(
  before: Modules,
  after: Modules,
  stacks: readonly [before: readonly Stack[], after: readonly Stack[]],
): ModuleChanges {
  const common = before.releases.filter((release) => after.releases.includes(release));
  const ofReleases = common.map((release) => releaseChanges(release, before, after, stacks));
  const { defaultRelease: from } = before;
  const { defaultRelease: to } = after;
  const only = (here: Modules, there: Modules): BranchChange[] =>
    here.releases
      .filter((release) => !there.releases.includes(release))
      .map((release) => ({ release, module: `release/${release}`, below: viewOf(here, release).labels() }));
  return {
    switches: ofReleases.flatMap(({ switches }) => switches),
    vanished: ofReleases.flatMap(({ vanished }) => vanished),
    came: ofReleases.flatMap(({ came }) => came),
    defaults: ofReleases.flatMap(({ defaults }) => defaults),
    branchesGone: ofReleases.flatMap(({ branchesGone }) => branchesGone),
    branchesCome: ofReleases.flatMap(({ branchesCome }) => branchesCome),
    releasesGone: only(before, after),
    releasesCome: only(after, before),
    ...(from !== undefined &&
      to !== undefined &&
      from !== to && { login: { from, to, isKept: after.releases.includes(from) } }),
  };
}

const targetsOf = ({ folders }: Modules, release: string): string[] =>
  [...folders.values()].filter((one) => one.release === release).map(({ target }) => target);

type ReleaseChanges = Pick<
  ModuleChanges,
  'switches' | 'vanished' | 'came' | 'defaults' | 'branchesGone' | 'branchesCome'
>;

function releaseChanges(
  release: string,
  before: Modules,
  after: Modules,
  stacks: readonly [readonly Stack[], readonly Stack[]],
): ReleaseChanges {
  const there = new Set(targetsOf(after, release));
  const targets = new Set(targetsOf(before, release).filter((target) => there.has(target)));
  const [was, is] = [viewOf(before, release, targets), viewOf(after, release, targets)];
  const [a, b] = stacks.map((side) => side.find((stack) => stack.release === release)) as [Stack?, Stack?];
  return new Comparer(release, was, is, toolsOf(was, a), toolsOf(is, b)).changes();
}

const nameOf = (module: string): string => module.slice(0, module.indexOf('/'));
const versionOf = (module: string): string => module.slice(module.indexOf('/') + 1);

/** Compares one release. */
class Comparer {
  /** What stands in for each compiler and MPI that went, or that is no longer the default of its name. */
  private readonly gone = new Map<string, string>();
  private readonly switches: { kind: ToolSwitch['kind']; from: string; to: string; isDefault: boolean }[] = [];

  constructor(
    private readonly release: string,
    private readonly was: ReleaseView,
    private readonly is: ReleaseView,
    private readonly oldTools: Tools,
    private readonly newTools: Tools,
  ) {
    for (const kind of KINDS) this.findSwitches(kind);
  }

  changes(): ReleaseChanges {
    return {
      switches: this.switches.map((one) => this.switchOf(one)),
      ...this.modules(),
      defaults: this.defaults(),
    };
  }

  private findSwitches(kind: ToolSwitch['kind']): void {
    const [old, now] = [this.oldTools[kind], this.newTools[kind]];
    for (const name of new Set([...old].map(nameOf))) {
      const ofName = (tools: ReadonlySet<string>) => [...tools].filter((tool) => nameOf(tool) === name);
      const went = ofName(old).filter((tool) => !now.has(tool));
      const came = ofName(now).filter((tool) => !old.has(tool));
      const [from, to] = [this.defaultTool(kind, this.was, name), this.defaultTool(kind, this.is, name)];
      for (const tool of went) {
        const next = went.length === 1 && came.length === 1 ? came[0] : to;
        if (next === undefined) continue;
        this.gone.set(tool, next);
        this.switches.push({ kind, from: tool, to: next, isDefault: tool === from && next === to });
      }
      if (from !== undefined && to !== undefined && from !== to && now.has(from))
        this.switches.push({ kind, from, to, isDefault: true });
    }
  }

  /** What the name of a compiler or MPI loads; the same in every branch, or the first. */
  private defaultTool(kind: ToolSwitch['kind'], view: ReleaseView, name: string): string | undefined {
    const branches = [...view.branches.keys()]
      .filter((branch) => (kind === 'compiler') === (branch === ''))
      .sort(byCodeUnit);
    const versions = branches.map((branch) => view.default(branch, name)).filter((version) => version !== undefined);
    return versions.length > 0 ? `${name}/${versions[0]}` : undefined;
  }

  /** A branch with other tools in it. */
  private branch(branch: Branch, tools: ReadonlyMap<string, string>): Branch {
    return branch
      .split(' ')
      .map((tool) => tools.get(tool) ?? tool)
      .join(' ');
  }

  private switchOf({ kind, from, to, isDefault }: (typeof this.switches)[number]): ToolSwitch {
    const index = KINDS.indexOf(kind);
    const tools = new Map([...this.gone, [from, to]]);
    const moved = new Map<string, Branch[]>();
    const other = new Map<string, string>();
    const lost = new Map<string, Branch[]>();
    for (const [branch, name, version] of this.was.modules()) {
      const parts = branch.split(' ');
      // What stands below a compiler and an MPI that both change is said of the MPI.
      if (parts[index] !== from || (index === 0 && this.gone.has(parts[1] ?? ''))) continue;
      // What stands below a tool that stays is looked for below the other one as long as it stays itself.
      const isGone = !this.gone.has(from) && !this.is.has(branch, name, version);
      if (isGone || this.gone.has(`${name}/${version}`)) continue;
      const next = this.branch(branch, tools);
      const module = `${name}/${version}`;
      const instead = this.is.version(next, name);
      if (this.is.has(next, name, version)) push(moved, module, branch);
      else if (instead !== undefined) other.set(module, instead);
      else push(lost, module, branch);
    }
    return {
      kind,
      release: this.release,
      name: nameOf(from),
      from: versionOf(from),
      to: versionOf(to),
      isKept: this.newTools[kind].has(from),
      isDefault,
      moved: [...moved.keys()].sort(byCodeUnit),
      other: [...other].sort(([a], [b]) => byCodeUnit(a, b)),
      lost: [...lost]
        .map(([module, branches]) => (moved.has(module) ? `${module} (${branches.join(', ')})` : module))
        .sort(byCodeUnit),
    };
  }

  private modules(): Pick<ReleaseChanges, 'vanished' | 'came' | 'branchesGone' | 'branchesCome'> {
    const [oldTools, newTools] = [this.oldTools, this.newTools].map(
      ({ compiler, MPI }) => new Set([...compiler, ...MPI]),
    ) as [Set<string>, Set<string>];
    const gone = [...oldTools].filter((tool) => !newTools.has(tool) && !this.gone.has(tool));
    const come = [...newTools].filter((tool) => !oldTools.has(tool) && ![...this.gone.values()].includes(tool));
    const vanished = new Map<string, { branches: Branch[]; instead?: string }>();
    const came = new Map<string, Branch[]>();
    const stood = new Set<string>();
    for (const [branch, name, version] of this.was.modules()) {
      const module = `${name}/${version}`;
      const next = this.branch(branch, this.gone);
      stood.add(`${next}|${module}`);
      const isOfTool =
        next !== branch || this.gone.has(module) || [module, ...branch.split(' ')].some((tool) => gone.includes(tool));
      if (isOfTool || this.is.has(branch, name, version)) continue;
      const entry = vanished.get(module) ?? { branches: [] };
      const instead = this.is.version(branch, name);
      entry.branches.push(branch);
      vanished.set(module, { ...entry, ...(instead !== undefined && { instead }) });
    }
    const replaced = new Set(
      [...vanished].flatMap(([module, { instead }]) => (instead === undefined ? [] : `${nameOf(module)}/${instead}`)),
    );
    for (const [branch, name, version] of this.is.modules()) {
      const module = `${name}/${version}`;
      const isOfTool = [module, ...branch.split(' ')].some(
        (tool) => come.includes(tool) || (!oldTools.has(tool) && newTools.has(tool)),
      );
      if (isOfTool || replaced.has(module) || stood.has(`${branch}|${module}`) || this.was.has(branch, name, version))
        continue;
      push(came, module, branch);
    }
    const below = (view: ReleaseView, tools: readonly string[]): BranchChange[] =>
      tools.map((tool) => ({
        release: this.release,
        module: tool,
        below: [
          ...new Set(
            [...view.modules()]
              .filter(([branch]) => branch.split(' ').includes(tool))
              .map(([, name, version]) => `${name}/${version}`),
          ),
        ].sort(byCodeUnit),
      }));
    return {
      vanished: [...vanished].map(([module, one]) => ({ release: this.release, module, ...one })).sort(byModule),
      came: [...came].map(([module, branches]) => ({ release: this.release, module, branches })).sort(byModule),
      branchesGone: below(this.was, gone),
      branchesCome: below(this.is, come),
    };
  }

  /** Names that load another version, where the old one is still there. */
  private defaults(): DefaultChange[] {
    const found = new Map<string, DefaultChange>();
    for (const [branch, names] of this.was.branches) {
      for (const name of names.keys()) {
        const now = this.branch(branch, this.gone);
        const [from, to] = [this.was.default(branch, name), this.is.default(now, name)];
        if (from === undefined || to === undefined || from === to || !this.is.has(now, name, from)) continue;
        if (this.switches.some((one) => one.from === `${name}/${from}`)) continue;
        found.set(`${name} ${from} ${to}`, { release: this.release, name, from, to });
      }
    }
    return [...found.values()].sort((a, b) => byCodeUnit(a.name, b.name) || byCodeUnit(a.from, b.from));
  }
}

const byModule = (a: { readonly module: string }, b: { readonly module: string }) => byCodeUnit(a.module, b.module);
