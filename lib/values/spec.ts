import { type Problem, quote } from './problem';
import { emptyNode, printSpec, specKey, type SpecNode } from './spec-node';
import { readSpec } from './spec-reader';

const MARK = Symbol.for('hpcdk/Spec');

/** A dependency of a spec. */
export interface SpecDependency {
  readonly spec: Spec;
  /** `%`: a dependency of the package itself; `^`: anywhere below it. */
  readonly direct: boolean;
  /** What it provides, e.g. `['mpi']` or `['c', 'cxx']`. */
  readonly virtuals: readonly string[];
  /** The kinds of dependency it is restricted to. Empty when it is not. */
  readonly deptypes: readonly string[];
  /** Holds only then. */
  readonly when?: Spec;
}

const compilers = [
  ...[
    'gcc',
    'llvm',
    'clang',
    'apple-clang',
    'intel-oneapi-compilers',
    'intel-oneapi-compilers-classic',
    'nvhpc',
    'aocc',
  ],
  ...['cce', 'acfl', 'llvm-amdgpu', 'fj', 'nag', 'xl', 'msvc'],
];
const languages = ['c', 'cxx', 'fortran'];

/**
 * An abstract Spack spec: a package, its constraints and its dependencies, as in `hdf5@1.14.5 +mpi %gcc@13 ^openmpi@5`.
 *
 * Reads the language of Spack 1.x and prints it in Spack's own order, with sorted variants: two ways to write one spec
 * give one text. Toolchains, files of concrete specs and several specs in one text are not read.
 */
export class Spec {
  // A spec never changes: what others ask for again and again is made once.
  #text?: string;
  #variants?: ReadonlyMap<string, boolean | readonly string[]>;
  #dependencies?: readonly SpecDependency[];

  /** Says whether `x` is a Spec, of this copy of the library or of another. */
  static isSpec(x: unknown): x is Spec {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /** Reads the spec of a package: it must have a name. */
  static parse(text: string): Spec {
    const { node, problem } = readSpec(text);
    if (problem || node.name) return new Spec(node, problem);
    return new Spec(emptyNode(), {
      code: 'HPC1101',
      message: `the spec ${quote(text)} has no package name`,
      fix: `write e.g. 'hdf5 ${text.trim()}'`,
    });
  }

  /** Reads a constraint, which may be without a name: `%gcc@13`, `+mpi`, `@1.14:`. */
  static constraint(text: string): Spec {
    const { node, problem } = readSpec(text);
    return new Spec(node, problem);
  }

  private constructor(
    private readonly node: SpecNode,
    /** What is wrong with the text that was read; the spec is then empty. */
    readonly problem?: Problem,
  ) {
    Object.defineProperty(this, MARK, { value: true });
  }

  /** The package; empty for a constraint without a name. */
  get name(): string {
    return this.node.name ?? '';
  }

  /** The repository, as in `builtin.hdf5`. */
  get namespace(): string | undefined {
    return this.node.namespace;
  }

  /** What stands after `@`: `1.14.5`, `=1.14.5`, `1.12:1.14,2:`, `git.main=2.0`. */
  get versions(): string | undefined {
    return this.node.versions?.toString();
  }

  /** The version when there is one, not a range or a list: `1.14.5` of `@1.14.5` and `@=1.14.5`. */
  get version(): string | undefined {
    return this.node.versions?.single;
  }

  /** Whether a version is one of those that stand after `@`; each is, when none do. */
  allows(version: string): boolean {
    return this.node.versions?.includes(version) ?? true;
  }

  /** Variants: true and false of `+mpi` and `~mpi`, values of `api=v110`; an empty list is `*`. */
  get variants(): ReadonlyMap<string, boolean | readonly string[]> {
    return (this.#variants ??= new Map([...this.node.variants].map(([name, { value }]) => [name, value])));
  }

  /** Compiler flags by their kind: `cflags` -> `-O2 -g`. */
  get flags(): ReadonlyMap<string, string> {
    return new Map([...this.node.flags].map(([type, flags]) => [type, flags.map(({ flag }) => flag).join(' ')]));
  }

  /** The microarchitecture, e.g. `x86_64_v3`. */
  get target(): string | undefined {
    return this.node.target;
  }

  get os(): string | undefined {
    return this.node.os;
  }

  get platform(): string | undefined {
    return this.node.platform;
  }

  /** The hash of an installed spec, without the slash. */
  get hash(): string | undefined {
    return this.node.hash;
  }

  /** Dependencies with `%` and `^`, in the order given. */
  get dependencies(): readonly SpecDependency[] {
    return (this.#dependencies ??= this.node.edges.map(({ node, direct, virtuals, deptypes, when }) => ({
      spec: new Spec(node),
      direct,
      virtuals,
      deptypes,
      ...(when ? { when: new Spec(when) } : {}),
    })));
  }

  /** What `%` names as the compiler: a provider of C, C++ or Fortran, or a package that is known as a compiler. */
  get compiler(): Spec | undefined {
    const direct = this.dependencies.filter((dependency) => dependency.direct);
    const provider = direct.find(({ virtuals }) => virtuals.some((virtual) => languages.includes(virtual)));
    return (provider ?? direct.find(({ spec }) => compilers.includes(spec.name)))?.spec;
  }

  /** Whether both mean the same, however they were written. */
  equals(other: Spec): boolean {
    return specKey(this.node) === specKey(other.node);
  }

  /** The canonical text, which Spack reads as this spec. */
  toString(): string {
    return (this.#text ??= printSpec(this.node));
  }
}
