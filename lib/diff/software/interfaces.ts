import { Version } from '../../values/version';

/** When a newer version of a library runs what was linked with an older one. */
interface Promised {
  /** So many leading parts of both versions have to be the same; 0 for always. */
  readonly parts: number;
  /** Versions from this one on. @default - all */
  readonly since?: string;
}

/** Libraries that users link their own programs with; of most of them nothing is promised. */
const LIBRARIES: ReadonlyMap<string, Promised | undefined> = new Map<string, Promised | undefined>([
  // docs.nvidia.com/deploy/cuda-compatibility, minor version compatibility
  ['cuda', { parts: 1, since: '11' }],
  // their symbols have versions, and the old ones stay: github.com/ofiwg/libfabric/wiki/ABI-Versions
  ['glibc', { parts: 0 }],
  ['libfabric', { parts: 0 }],
  ['ucx', undefined],
  ['cray-mpich', undefined],
  ['intel-oneapi-mpi', undefined],
  ['mpich', undefined],
  ['mvapich', undefined],
  ['mvapich2', undefined],
  ['openmpi', undefined],
]);

/** What becomes of a program that is linked with one version of a library when it finds another one. */
export type Linked = 'runs' | 'is not sure to run';

/** Nothing for what is no library of this kind, or the same version. */
export function linkedWith(library: string, from: string, to: string): Linked | undefined {
  const name = library.toLowerCase();
  if (!LIBRARIES.has(name) || from === to) return undefined;
  const promised = LIBRARIES.get(name);
  const [a, b] = [Version.parse(from), Version.parse(to)];
  if (!promised || a.problem || b.problem || !b.atLeast(a) || !a.atLeast(promised.since ?? '0'))
    return 'is not sure to run';
  const [old, now] = [from, to].map((text) => text.split(/[._-]/).slice(0, promised.parts).join('.'));
  return old === now ? 'runs' : 'is not sure to run';
}

/** Whatever two versions have in common, a program is sure to find only the libraries that it was linked with. */
export const ownPrograms = (old: string, isKept: boolean): string =>
  isKept
    ? `programs that users built with ${old} themselves are linked with it: they load it by name, or are built again`
    : `programs that users built with ${old} themselves are linked with it, and are to be built again`;

/** What another version of a library that the hosts have means for programs of users; nothing for what is no such library. */
export function ofHostsNote(library: string, from: string, to: string): string | undefined {
  const linked = linkedWith(library, from, to);
  if (linked === undefined) return undefined;
  return linked === 'runs'
    ? `programs that are built with ${library} ${to} may not run on hosts that still have ${from}; those built before run with both`
    : ownPrograms(`${library} ${from}`, false);
}
