import type { Spec } from '../values/spec';
import { isWithin } from './version-range';

/** Something that a recipe refuses, known without asking Spack. */
interface Coupling {
  readonly name: string;
  /** Versions that it holds for. @default - all */
  readonly versions?: string;
  /** The spec is refused when these variants stand in it; `true` for `+x`, a word for `x=word`. */
  readonly given?: Readonly<Record<string, true | string>>;
  /** And this variant is not switched off with `~`. */
  readonly unlessOff?: string;
  /** The spec is refused with this compiler. */
  readonly compiler?: string;
  readonly why: string;
  readonly fix: string;
}

/**
 * Couplings that sites run into, read in the recipes of spack-packages v2025.11.0 (2025-11-14). The table is small on
 * purpose: everything else is found by `spack concretize`.
 */
const couplings: readonly Coupling[] = [
  {
    name: 'openmpi',
    versions: '5:',
    given: { legacylaunchers: true },
    why: 'the variant legacylaunchers exists up to version 4 only',
    fix: 'leave +legacylaunchers out; mpirun of 5 starts processes by PRRTE',
  },
  {
    name: 'mpich',
    given: { pmi: 'pmix' },
    unlessOff: 'hydra',
    why: 'pmi=pmix conflicts with +hydra, which is on by default',
    fix: 'write ~hydra beside pmi=pmix',
  },
  {
    name: 'py-numpy',
    versions: '2:',
    compiler: 'intel-oneapi-compilers',
    why: 'its recipe conflicts with %oneapi from version 2 on',
    fix: 'add %gcc to the spec, so that it is built with GCC only',
  },
  {
    name: 'cp2k',
    compiler: 'llvm',
    why: 'its recipe conflicts with %clang',
    fix: 'add %gcc to the spec, so that it is built with GCC only',
  },
];

/** What is known to be refused about a spec, when it is built with this compiler. */
export function coupling(spec: Spec, compiler?: string): Coupling | undefined {
  return couplings.find(
    (known) =>
      known.name === spec.name &&
      (known.compiler === undefined || known.compiler === compiler) &&
      (known.versions === undefined || (spec.version !== undefined && isWithin(spec.version, known.versions))) &&
      Object.entries(known.given ?? {}).every(([variant, value]) => has(spec, variant, value)) &&
      (known.unlessOff === undefined || spec.variants.get(known.unlessOff) !== false),
  );
}

function has(spec: Spec, variant: string, value: true | string): boolean {
  const given = spec.variants.get(variant);
  return value === true ? given === true : Array.isArray(given) && given.includes(value);
}
