import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../values/package-root';
import type { Spec } from '../values/spec';
import { mpiNames } from './mpi';

/** Which recipes of Spack need MPI whatever their variants are, and which have a variant `mpi` that is on by default. */
interface MpiPackages {
  readonly source: string;
  readonly tag: string;
  readonly always: readonly string[];
  readonly byDefault: readonly string[];
}

let loaded: { always: ReadonlySet<string>; byDefault: ReadonlySet<string> } | undefined;

function packages() {
  if (!loaded) {
    const text = readFileSync(join(packageRoot(), 'data', 'spack', 'mpi-packages.json'), 'utf8');
    const { always, byDefault } = JSON.parse(text) as MpiPackages;
    loaded = { always: new Set(always), byDefault: new Set(byDefault) };
  }
  return loaded;
}

/** Why a spec needs MPI: it says so, its recipe always does, or its recipe does unless told otherwise. */
export type MpiNeed = 'stated' | 'always' | 'by default';

/** Whether a spec needs MPI, as Spack would find. */
export function mpiNeed(spec: Spec): MpiNeed | undefined {
  const variant = spec.variants.get('mpi');
  const isMpi = (name: string) => name === 'mpi' || (mpiNames as readonly string[]).includes(name);
  if (variant === true || spec.dependencies.some((dependency) => isMpi(dependency.spec.name))) return 'stated';
  if (variant === false) return undefined;
  if (packages().always.has(spec.name)) return 'always';
  return packages().byDefault.has(spec.name) ? 'by default' : undefined;
}
