import type { Construct } from 'constructs';
import type { Effects } from '../app/effect';
import { NO_EFFECT } from '../app/effects';
import { defaulted, type Fields, optional, required } from '../app/field';
import { type Contribution, HOST_FACTS, type HostFact } from '../app/host-fact';
import { type FaultReport, Noun } from '../app/noun';
import { Site } from '../app/site';
import { Document, FOLDER, folderOf, type IDocument } from '../documents/document';
import { absolutePath, hostlist, line, matching, reference } from '../values/codecs';
import { list, map, record } from '../values/collections';
import type { Hostlist } from '../values/hostlist';
import { Version } from '../values/version';
import { markAsModuleTree, type IModuleTree } from './module-tree-interface';
import { checkTree } from './modules/check-tree';
import type { ModuleEntry } from './modules/entry';
import { planOf } from './modules/plan';
import { addTreeDocuments, cacheCommand, TREE } from './modules/tree-documents';
import { SoftwareStack } from './software-stack';
import { beside, userContract } from './stack/effects';
import type { Install } from './stack/installs';

/** A notice to users of a module that goes. */
export interface Deprecation {
  /** The day on which it goes, as `2026-12-31`. @default - not stated */
  readonly until?: string;
  /** What to load instead. */
  readonly message: string;
}

/** The modules of one or more releases. */
export interface ModuleTreeProps {
  /** The releases that users can choose from. */
  readonly stacks: readonly SoftwareStack[];
  /** Where the tree stands on the hosts. @default /apps/modules */
  readonly root?: string;
  /** The release that users get at login. @default - the newest */
  readonly defaultRelease?: string;
  /** What is loaded when only a name is given, as `gcc/13.3.0`. @default - the newest version without a suffix */
  readonly defaults?: readonly string[];
  /** Further names of modules, e.g. `{ intel: 'oneapi' }`. @default {} */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Modules, as `name` or `name/version`, that avail and spider do not show. @default [] */
  readonly hidden?: readonly string[];
  /** Modules, as `name/version`, that tell their users that they go. @default {} */
  readonly deprecated?: Readonly<Record<string, Deprecation>>;
  /** Packages of which only one is loaded at a time, by the name of their family. Compilers and MPIs have theirs. @default {} */
  readonly families?: Readonly<Record<string, readonly string[]>>;
  /** Packages without a module. @default [] */
  readonly exclude?: readonly string[];
  /** Names of modules that differ from those of their packages, e.g. `{ r: 'R' }`. @default {} */
  readonly names?: Readonly<Record<string, string>>;
  /** What `module spider` says of a package, in one line. @default - name and version */
  readonly descriptions?: Readonly<Record<string, string>>;
  /** Variables that modules of a package set; those that end in PATH are prepended to. `{prefix}` is its prefix. @default {} */
  readonly environment?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The host that writes the tree, when its root is on a shared file system. @default - every host has a copy of its own */
  readonly writer?: string | Hostlist;
  /** Folder of a cache of Lmod, which makes avail and spider fast on slow file systems; not below root. @default - none */
  readonly spiderCache?: string;
}

const word = (what: string) =>
  matching({
    what,
    pattern: /^[A-Za-z0-9][\w.+-]*$/,
    allowed: 'letters, digits and . _ + -, starting with a letter or digit',
    max: 100,
  });
const moduleOrName = matching({
  what: 'a module',
  pattern: /^[A-Za-z0-9][\w.+-]*(?:\/[A-Za-z0-9][\w.+-]*)?$/,
  allowed: 'name or name/version',
  max: 200,
});
const fullModule = matching({
  what: 'a module with its version',
  pattern: /^[A-Za-z0-9][\w.+-]*\/[A-Za-z0-9][\w.+-]*$/,
  allowed: "name/version, as in 'gcc/13.3.0'",
  max: 200,
});
const variable = matching({
  what: 'the name of a variable',
  pattern: /^[A-Za-z_]\w*$/,
  allowed: 'letters, digits and "_", not starting with a digit',
});
const day = matching({
  what: 'a day',
  pattern: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
  allowed: 'year, month and day, as in 2026-12-31 (ISO 8601)',
});
const stack = reference('a SoftwareStack', SoftwareStack.isSoftwareStack);

const RELOAD = 'users see it at their next login';
const contract = (reason: string, more: Effects = {}) =>
  ({ section: 'contract', effects: userContract(reason, more) }) as const;

const fields = {
  stacks: required(
    list(stack, { item: 'stack', min: 1 }),
    contract('scripts that load a release that goes, or modules of it, fail', {
      increased: beside('a release comes beside those that users have'),
    }),
  ),
  root: defaulted(absolutePath, '/apps/modules', contract('the path stands in scripts that set MODULEPATH themselves')),
  defaultRelease: optional(word('a release'), contract('users who name no release get other versions')),
  defaults: defaulted(
    list(fullModule, { item: 'module' }),
    [],
    contract('scripts that name no version load another one'),
  ),
  aliases: defaulted(
    map(moduleOrName, moduleOrName),
    {},
    contract('scripts that load an alias that goes fail', { increased: beside('a further name of a module') }),
  ),
  hidden: defaulted(
    list(moduleOrName, { item: 'module' }),
    [],
    contract('modules that are hidden load only by name and version', {
      decreased: beside('modules show again; they load as before'),
    }),
  ),
  deprecated: defaulted(
    map(record({ message: line }, { until: day }), fullModule),
    {},
    { section: 'contract', effects: { any: beside('users are told when they load it; it loads as before') } },
  ),
  families: defaulted(
    map(list(word('a package'), { item: 'package' }), word('a family')),
    {},
    contract('members swap one another out'),
  ),
  exclude: defaulted(
    list(word('a package'), { item: 'package' }),
    [],
    contract('scripts that load a module that goes fail', { decreased: beside('modules come') }),
  ),
  names: defaulted(
    map(word('the name of a module'), word('a package')),
    {},
    contract('scripts that load the old name fail'),
  ),
  descriptions: defaulted(map(line, word('a package')), {}, { section: 'other', effects: NO_EFFECT(RELOAD) }),
  environment: defaulted(map(map(line, variable), word('a package')), {}, contract('jobs get other variables')),
  writer: optional(hostlist, { section: 'other', effects: NO_EFFECT('another host writes the same files') }),
  spiderCache: optional(absolutePath, { section: 'other', effects: NO_EFFECT(RELOAD) }),
} as const satisfies Fields<ModuleTreeProps>;

/** The modules of one or more software stacks, as a hierarchy of Lmod: release, core, compiler, MPI. */
export class ModuleTree extends Noun<typeof fields> implements IModuleTree {
  static readonly kind = 'ModuleTree';
  static readonly docs = 'software/module-tree';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'contract' as const,
    added: NO_EFFECT('new modules'),
    removed: userContract('the tree is no longer described; hosts keep what they have'),
  };

  private planned?: readonly ModuleEntry[];

  constructor(scope: Construct, id: string, props: ModuleTreeProps) {
    super(scope, id, ModuleTree, props);
    markAsModuleTree(this);
    const { stacks } = this.values;
    if (this.faults.length === 0 && stacks.every(({ faults }) => faults.length === 0)) addTreeDocuments(this);
  }

  get [FOLDER](): string {
    return `modules/${this.node.id}`;
  }

  /** Whom users ask for help. */
  get contact(): string {
    return Site.of(this)?.values.contact ?? '';
  }

  /** The release that users get at login. */
  get defaultRelease(): string {
    const releases = this.values.stacks.map((stack) => stack.values.release);
    const newest = releases.reduce((a, b) => (Version.parse(b).atLeast(a) ? b : a), releases[0] ?? '');
    return this.values.defaultRelease ?? newest;
  }

  /** The name of the module of an install. */
  nameOf({ name, role, compiler }: Pick<Install, 'name' | 'role' | 'compiler'>): string {
    return this.values.names[name] ?? (role === 'compiler' && compiler ? compiler.name : name);
  }

  /** Every module, with its place in the hierarchy. */
  entries(): readonly ModuleEntry[] {
    return (this.planned ??= planOf(this));
  }

  /** What a host needs so that users of it find the modules. */
  hostFacts(): readonly HostFact[] {
    const { writer } = this.values;
    return [
      { fact: 'package', debian: 'lmod', redhat: 'Lmod' },
      ...this.documents()
        .filter(({ host }) => host)
        .map((document) => ({ fact: 'file', document }) as const),
      ...(writer ? [] : this.treeFacts()),
      ...cacheCommand(this),
    ];
  }

  *[HOST_FACTS](): Iterable<Contribution> {
    const { writer } = this.values;
    if (!writer) return;
    const name = `${this.node.id.replace(/[^A-Za-z0-9]/g, '_').toLowerCase()}_writer`;
    yield { group: { name, hosts: writer }, role: 'modules_tree', facts: this.treeFacts() };
  }

  override check(report: FaultReport<typeof fields>): void {
    checkTree(this, report);
  }

  private documents(): IDocument[] {
    return this.node.children.filter(Document.isDocument);
  }

  private treeFacts(): HostFact[] {
    const { root } = this.values;
    const documents = this.documents().filter(({ host }) => !host);
    return [{ fact: 'tree', path: root, from: `${folderOf(this)}${TREE}`, documents }];
  }
}
