import type { Codec } from '../values/codec';
import { line, version } from '../values/codecs';
import { record } from '../values/collections';
import { quote } from '../values/problem';
import { Spec } from '../values/spec';
import { spec } from '../values/spec-codec';
import { isWithin } from './version-range';

const MARK = Symbol.for('hpcdk/Mpi');

/** How OpenMPI is built. */
export interface OpenMpiOptions {
  /** Networks, as its recipe names them. @default - what the recipe takes by itself */
  readonly fabrics?: readonly ('ucx' | 'ofi' | 'cma' | 'xpmem' | 'psm2' | 'verbs')[];
  /** Batch systems that it starts processes under. @default - none */
  readonly schedulers?: readonly ('slurm' | 'alps' | 'lsf' | 'sge' | 'tm')[];
  /** Further variants of its spec, e.g. `+cuda`. @default - none */
  readonly variants?: string;
}

/** How MPICH is built. */
export interface MpichOptions {
  /** The network library of its ch4 device. @default - the recipe's */
  readonly netmod?: 'ucx' | 'ofi' | 'tcp';
  /** How processes are started: `pmix` by Slurm's PMIx plugin, which needs a build without hydra. @default - by hydra */
  readonly pmi?: 'pmi2' | 'pmix';
  /** Further variants of its spec. @default - none */
  readonly variants?: string;
}

/** The MPI implementations that a stack can have. */
export type MpiName = 'openmpi' | 'mpich';
export const mpiNames = ['openmpi', 'mpich'] as const satisfies readonly MpiName[];

/** What makes two MPIs equal. */
const canonical = record({ id: line, spec });

/** An MPI that software of the MPI level is built with. */
export class Mpi {
  /** Says whether `x` is an MPI, of this copy of the library or of another. */
  static isMpi(x: unknown): x is Mpi {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /** Open MPI. */
  static openmpi(version: string, { fabrics = [], schedulers = [], variants = '' }: OpenMpiOptions = {}): Mpi {
    const lists = { fabrics, schedulers };
    const values = Object.entries(lists).flatMap(([key, list]) =>
      list.length > 0 ? [`${key}=${list.join(',')}`] : [],
    );
    return new Mpi('openmpi', version, [variants, ...values]);
  }

  /** MPICH. */
  static mpich(version: string, { netmod, pmi, variants = '' }: MpichOptions = {}): Mpi {
    const network = netmod ? ['device=ch4', `netmod=${netmod}`] : [];
    return new Mpi('mpich', version, [variants, ...(pmi ? ['~hydra', '+slurm', `pmi=${pmi}`] : []), ...network]);
  }

  #spec?: Spec;

  private constructor(
    readonly name: MpiName,
    readonly version: string,
    private readonly variants: readonly string[],
  ) {
    Object.defineProperty(this, MARK, { value: true });
  }

  /** `openmpi-5.0.8`: its part in paths and in the names of environments. */
  get id(): string {
    return `${this.name}-${this.version}`;
  }

  /** The spec that it is built by. */
  get spec(): Spec {
    const variants = this.variants.filter((part) => part !== '');
    return (this.#spec ??= Spec.parse([`${this.name}@${this.version}`, ...variants].join(' ')));
  }

  /** Whether a spec's `^` or `%` means this MPI. */
  isMeantBy(constraint: Spec): boolean {
    if (constraint.name !== this.name) return false;
    return constraint.versions === undefined || isWithin(this.version, constraint.versions);
  }
}

/** MPIs in field tables. */
export const mpi: Codec<Mpi> = {
  type: canonical.type,
  parse: (input, report) => {
    if (!Mpi.isMpi(input)) {
      report({ code: 'HPC1001', message: `${quote(input)} is not an Mpi, such as Mpi.openmpi('5.0.8')` });
      return Mpi.openmpi('0');
    }
    version.parse(input.version, report);
    spec.parse(input.spec, report);
    return input;
  },
  print: ({ id, spec: built }) => canonical.print({ id, spec: built }),
};
