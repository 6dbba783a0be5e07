import type { Codec } from '../values/codec';
import { absolutePath, line, oneOf, version } from '../values/codecs';
import { record } from '../values/collections';
import type { Json } from '../values/json';
import { quote, type Report } from '../values/problem';
import { Spec } from '../values/spec';
import { spec } from '../values/spec-codec';
import { Version } from '../values/version';
import type { CompilerFamily } from '../values/target';
import { isWithin } from './version-range';

const MARK = Symbol.for('hpcdk/Compiler');

/** How a compiler is had. */
export interface CompilerOptions {
  /** The prefix where it is installed already, e.g. `/usr`. @default - the stack builds it, at its core level */
  readonly external?: string;
  /** The variants of its spec, e.g. `+nvptx`. @default - those that give C, C++ and Fortran */
  readonly variants?: string;
  /** The programs of an external compiler, where their names are not the usual ones, e.g. `/usr/bin/gcc-13`. @default {} */
  readonly programs?: Readonly<Partial<Record<Language, string>>>;
}

/** The languages of Spack's compilers. */
export const LANGUAGES = ['c', 'cxx', 'fortran'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The paths of the programs below the prefix of a compiler of this version. */
type Programs = (version: string) => Readonly<Record<Language, string>>;

interface Kind {
  /** The recipe of Spack. */
  readonly recipe: string;
  readonly family: CompilerFamily;
  readonly variants: string;
  readonly programs: Programs;
}

const kinds = {
  gcc: {
    recipe: 'gcc',
    family: 'gcc',
    variants: "languages='c,c++,fortran'",
    programs: () => ({ c: 'bin/gcc', cxx: 'bin/g++', fortran: 'bin/gfortran' }),
  },
  oneapi: {
    recipe: 'intel-oneapi-compilers',
    family: 'oneapi',
    variants: '',
    programs: (version) => {
      const bin = `compiler/${version.split('.').slice(0, 2).join('.')}/bin`;
      return { c: `${bin}/icx`, cxx: `${bin}/icpx`, fortran: `${bin}/ifx` };
    },
  },
  llvm: {
    recipe: 'llvm',
    family: 'clang',
    variants: '+clang+flang',
    programs: (version) => ({
      c: 'bin/clang',
      cxx: 'bin/clang++',
      fortran: Version.parse(version).atLeast('20') ? 'bin/flang' : 'bin/flang-new',
    }),
  },
} as const satisfies Readonly<Record<string, Kind>>;

/** The compilers that a stack can have. */
export type CompilerName = keyof typeof kinds;
export const compilerNames = Object.keys(kinds) as readonly CompilerName[];

interface CompilerRecord extends CompilerOptions {
  readonly name: CompilerName;
  readonly version: string;
}

const programsCodec = record({}, { c: absolutePath, cxx: absolutePath, fortran: absolutePath });
const given = record({ name: oneOf(compilerNames), version }, { external: absolutePath, programs: programsCodec });
/** What makes two compilers equal. */
const canonical = record({ id: line, spec }, { external: absolutePath, programs: programsCodec });

/** A compiler that software is built with. */
export class Compiler {
  /** Says whether `x` is a compiler, of this copy of the library or of another. */
  static isCompiler(x: unknown): x is Compiler {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /** GCC, with C, C++ and Fortran. */
  static gcc(version: string, options: CompilerOptions = {}): Compiler {
    return new Compiler({ ...options, name: 'gcc', version });
  }

  /** Intel's oneAPI compilers icx, icpx and ifx; `%oneapi` in specs. */
  static oneapi(version: string, options: CompilerOptions = {}): Compiler {
    return new Compiler({ ...options, name: 'oneapi', version });
  }

  /** LLVM with clang and flang; `%llvm` in specs. */
  static llvm(version: string, options: CompilerOptions = {}): Compiler {
    return new Compiler({ ...options, name: 'llvm', version });
  }

  #spec?: Spec;

  private constructor(private readonly props: CompilerRecord) {
    Object.defineProperty(this, MARK, { value: true });
  }

  get name(): CompilerName {
    return this.props.name;
  }

  get version(): string {
    return String(this.props.version);
  }

  /** `gcc-13.3.0`: its part in paths and in the names of environments. */
  get id(): string {
    return `${this.name}-${this.version}`;
  }

  /** The prefix of a compiler that the stack does not build. */
  get external(): string | undefined {
    return this.props.external;
  }

  get family(): CompilerFamily {
    return kinds[this.name].family;
  }

  /** The package and its exact version, e.g. `intel-oneapi-compilers@2025.3.1`. */
  get constraint(): string {
    return `${this.recipe}@${this.version}`;
  }

  /** The recipe of Spack that builds it, e.g. `intel-oneapi-compilers`. */
  get recipe(): string {
    return kinds[this.name].recipe;
  }

  /** The spec that it is built or declared by. */
  get spec(): Spec {
    return (this.#spec ??= Spec.parse(`${this.constraint} ${this.props.variants ?? kinds[this.name].variants}`.trim()));
  }

  /** Its programs, when it is installed at this prefix. */
  programs(prefix: string): Readonly<Record<Language, string>> {
    const usual = kinds[this.name].programs(this.version);
    const root = prefix.replace(/\/+$/, '');
    const path = (language: Language) => this.props.programs?.[language] ?? `${root}/${usual[language]}`;
    return { c: path('c'), cxx: path('cxx'), fortran: path('fortran') };
  }

  /** Whether a spec's `%` means this compiler. */
  isMeantBy(constraint: Spec): boolean {
    if (constraint.name !== this.recipe) return false;
    return constraint.versions === undefined || isWithin(this.version, constraint.versions);
  }

  /** Reports what is wrong with it. */
  check(report: Report): void {
    const { variants: _variants, ...options } = this.props;
    given.parse(options, report);
    spec.parse(this.spec, report);
  }

  /** What makes two compilers equal, as JSON. */
  canonical(): Json {
    const { external, programs } = this.props;
    return canonical.print({ id: this.id, spec: this.spec, external, programs });
  }
}

/** Compilers in field tables. */
export const compiler: Codec<Compiler> = {
  type: canonical.type,
  parse: (input, report) => {
    if (Compiler.isCompiler(input)) input.check(report);
    else {
      report({ code: 'HPC1001', message: `${quote(input)} is not a Compiler, such as Compiler.gcc('13.3.0')` });
      return Compiler.gcc('0');
    }
    return input;
  },
  print: (value) => value.canonical(),
};
