import type { Construct } from 'constructs';
import { NO_EFFECT } from '../app/effects';
import { defaulted, type Fields, optional, required } from '../app/field';
import { type FaultReport, Noun } from '../app/noun';
import { FOLDER } from '../documents/document';
import { absolutePath, matching, oneOf } from '../values/codecs';
import { list, map, record } from '../values/collections';
import { Spec } from '../values/spec';
import { spec } from '../values/spec-codec';
import type { BuildCache } from './build-cache';
import { buildCache } from './build-cache';
import type { IBuildCache } from './build-cache-interface';
import { type Compiler, compiler } from './compiler';
import { type External, external } from './external';
import { type Mpi, mpi } from './mpi';
import { constraint, selector } from './selector';
import { checkStack } from './stack/check-stack';
import { beside, ROOTS, rebuild, userContract } from './stack/effects';
import { environmentsOf, type Install, installsOf, type SpackEnvironment } from './stack/installs';
import { addStackDocuments } from './stack/stack-documents';
import { type Target, targets } from '../values/target';

/** Recipes of Spack at one commit. */
export interface Recipes {
  /** @default https://github.com/spack/spack-packages.git */
  readonly git?: string;
  /** A tag, e.g. `v2025.11.0`. */
  readonly tag?: string;
  /** A commit, in full. */
  readonly commit?: string;
}

/** A software stack. */
export interface SoftwareStackProps {
  /** The name of the release, e.g. `2026.1`; an older one stays available beside it as a stack of its own. */
  readonly release: string;
  /** The Spack that builds it. @default 1.1 */
  readonly spack?: '1.0' | '1.1' | '1.2';
  /** Every spec of `specs` is built with each of them. */
  readonly compilers: readonly Compiler[];
  /** The compiler of the core level, and of what other compilers cannot build. @default - the first external one of `compilers` */
  readonly coreCompiler?: Compiler;
  /** Every spec that needs MPI is built with each of them. @default [] */
  readonly mpis?: readonly Mpi[];
  /** The microarchitectures that everything is built for. */
  readonly targets: readonly Target[];
  /** Roots that are built once, below every compiler: programs that users need no compiler for. @default [] */
  readonly core?: readonly (string | Spec)[];
  /** Roots that are built with every compiler, and those that need MPI with every MPI. @default [] */
  readonly specs?: readonly (string | Spec)[];
  /** What the hosts have already. @default [] */
  readonly externals?: readonly External[];
  /** Where built packages are taken from and pushed to. @default - everything is built */
  readonly buildCache?: BuildCache | IBuildCache;
  /** Constraints that bind wherever a package is needed, e.g. `{ hwloc: '@2.12 ~gl' }`. @default {} */
  readonly require?: Readonly<Record<string, string | Spec>>;
  /** What tells two roots of one name and version apart, e.g. `{ 'gromacs +cuda': 'cuda' }`. @default {} */
  readonly suffixes?: Readonly<Record<string, string>>;
  /** The recipes that the release is built from. @default - those that Spack comes with */
  readonly recipes?: Recipes;
  /** Where it is installed on the hosts; the root of a shared file system. @default /apps */
  readonly root?: string;
  /** The packages that users get a prefix and a module for. @default - every root */
  readonly exposes?: readonly string[];
}

const packageName = matching({
  what: 'the name of a package',
  pattern: /^[a-z0-9][a-z0-9_.-]*$/,
  allowed: 'lower-case letters, digits and _ . -',
});

const releaseName = matching({
  what: 'the name of a release',
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
  allowed: 'letters, digits and . _ -, starting with a letter or digit',
  max: 32,
});

const recipes = record(
  {},
  {
    git: matching({
      what: 'the address of a git repository',
      pattern: /^(?:https?|ssh|git|file):\/\/[A-Za-z0-9@._:/~+-]+$|^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[A-Za-z0-9._/~+-]+$/,
      allowed: 'https://host/path.git or git@host:path.git',
      max: 1024,
    }),
    tag: matching({ what: 'a tag', pattern: /^[A-Za-z0-9][A-Za-z0-9._/-]*$/, allowed: 'letters, digits and . _ / -' }),
    commit: matching({ what: 'a commit', pattern: /^[0-9a-f]{40}$/, allowed: 'the 40 digits of its hash' }),
  },
);

const fields = {
  release: required(releaseName, {
    section: 'software',
    effects: { any: rebuild('a new release is built beside the old one, which is no longer described') },
  }),
  spack: defaulted(oneOf(['1.0', '1.1', '1.2']), '1.1', {
    section: 'software',
    effects: { any: rebuild('another solver may choose other packages') },
  }),
  compilers: required(list(compiler, { identity: 'id', item: 'compiler', ordered: true, min: 1 }), {
    section: 'software',
    effects: ROOTS,
  }),
  coreCompiler: optional(compiler, { section: 'software', effects: { any: rebuild('the core level is built again') } }),
  mpis: defaulted(list(mpi, { identity: 'id', item: 'MPI', ordered: true }), [], {
    section: 'software',
    effects: ROOTS,
  }),
  targets: required(list(oneOf(targets), { item: 'target', min: 1 }), {
    section: 'software',
    effects: {
      ...ROOTS,
      decreased: {
        class: 'none',
        reason: 'machines of the target load what is built for an older one, and find no modules where there is none',
      },
    },
  }),
  core: defaulted(list(spec, { item: 'spec' }), [], { section: 'software', effects: ROOTS }),
  specs: defaulted(list(spec, { item: 'spec' }), [], { section: 'software', effects: ROOTS }),
  externals: defaulted(list(external, { item: 'external' }), [], {
    section: 'software',
    effects: { any: rebuild('what depends on the external is built again') },
  }),
  buildCache: optional(buildCache, {
    section: 'software',
    effects: NO_EFFECT('it decides where built packages come from'),
  }),
  require: defaulted(
    map(constraint, packageName),
    {},
    {
      section: 'software',
      effects: { any: rebuild('the package and what depends on it are built again') },
    },
  ),
  suffixes: defaulted(
    map(releaseName, selector),
    {},
    {
      section: 'contract',
      effects: userContract('prefixes and modules are renamed'),
    },
  ),
  recipes: optional(recipes, {
    section: 'software',
    effects: { any: rebuild('recipes that changed are built again') },
  }),
  root: defaulted(absolutePath, '/apps', {
    section: 'contract',
    effects: {
      any: rebuild('every prefix moves', { pending: 'pending jobs that name a prefix fail when they start' }),
    },
  }),
  exposes: optional(list(packageName, { item: 'package' }), {
    section: 'contract',
    effects: userContract('modules and prefixes come and go', {
      increased: beside('modules and prefixes come'),
    }),
  }),
} as const satisfies Fields<SoftwareStackProps>;

/** The software of one release: what is built with what, and where users find it. */
export class SoftwareStack extends Noun<typeof fields> {
  static readonly kind = 'SoftwareStack';
  static readonly docs = 'software/software-stack';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'software' as const,
    added: { any: rebuild('a new release is built; what users have stays', { harmless: true }) },
    removed: userContract('the release is no longer described; its packages stay until they are removed by hand'),
  };

  /** Says whether `x` is a software stack. */
  static isSoftwareStack(x: unknown): x is SoftwareStack {
    return Noun.isNoun(x) && x.definition.kind === SoftwareStack.kind;
  }

  // The values of a stack never change: what follows from them is made once.
  #environments?: readonly SpackEnvironment[];
  #installs?: readonly Install[];

  constructor(scope: Construct, id: string, props: SoftwareStackProps) {
    super(scope, id, SoftwareStack, props);
    if (this.faults.length === 0) addStackDocuments(this);
  }

  get [FOLDER](): string {
    return `spack/${this.node.id}`;
  }

  /** The compiler of the core level; none when Spack takes what the build host has. */
  get coreCompiler(): Compiler | undefined {
    return this.values.coreCompiler ?? this.values.compilers.find(({ external }) => external !== undefined);
  }

  /** The compilers of the stack, and that of the core level when it is another one. */
  get allCompilers(): readonly Compiler[] {
    const { compilers } = this.values;
    const core = this.coreCompiler;
    return core && !compilers.some(({ id }) => id === core.id) ? [...compilers, core] : compilers;
  }

  /** What tells roots apart, by the spec that selects them. */
  get suffixes(): readonly (readonly [selector: Spec, suffix: string])[] {
    return Object.entries(this.values.suffixes).map(([selector, suffix]) => [Spec.parse(selector), suffix]);
  }

  /** The environments of Spack, in the order in which they are built. */
  environments(): readonly SpackEnvironment[] {
    return (this.#environments ??= environmentsOf(this));
  }

  /** What users can load: every exposed root with its prefix, per target, compiler and MPI. */
  installs(): readonly Install[] {
    return (this.#installs ??= installsOf(this));
  }

  override check(report: FaultReport<typeof fields>, alike: readonly SoftwareStack[]): void {
    checkStack(this, alike, report);
  }
}
