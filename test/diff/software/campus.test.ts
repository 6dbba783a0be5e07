import { define } from '../../../lib/define';
import { type Diff, diffSides, type Entry } from '../../../lib/diff';
import type { Side } from '../../../lib/diff/side';
import { packageRoot } from '../../../lib/values/package-root';
import { type Edit, edited } from '../support/edited';
import { head, lines } from './support';

async function side(label: string, ...edits: readonly Edit[]): Promise<Side> {
  const { files, manifest } = await define(edited('campus', ...edits)).synthesize({ projectDir: packageRoot() });
  if (!manifest) throw new Error('the campus has faults');
  return { label, manifest, sources: {}, read: (path) => files.get(path)?.content ?? '' };
}

const KINDS = ['SoftwareStack', 'ModuleTree', 'ContainerImage'];
const ofSoftware = ({ entries }: Diff): readonly Entry[] => entries.filter(({ kind }) => KINDS.includes(kind));

describe('the reference campus', () => {
  let before: Side;
  beforeAll(async () => (before = await side('before')));
  const changed = async (...edits: readonly Edit[]) => ofSoftware(diffSides(before, await side('after', ...edits)));

  test('another compiler moves 200 files: three entries, and last year stays as it is', async () => {
    const entries = await changed([
      "compilers: [Compiler.gcc('13.3.0', { external: '/opt/gcc/13.3.0' }), ",
      "compilers: [Compiler.gcc('14.2.0', { external: '/opt/gcc/14.2.0' }), ",
    ]);
    expect(entries.map(head)).toEqual([
      'contract | user-contract | module tree modules: module load gcc gives 14.2.0 instead of 13.3.0 in release 2026.1, and gcc/13.3.0 vanishes',
      'software | software stack apps-2026.1: compilers gcc 13.3.0 → 14.2.0, external /opt/gcc/13.3.0 → /opt/gcc/14.2.0',
      'software | 3 container images (gromacs, lammps, python): built again from apps-2026.1',
    ]);
    expect(entries[0]?.notes).toEqual(['32 modules of its branch now stand below gcc/14.2.0']);
    expect(entries[1]?.notes).toEqual([
      '39 roots built again',
      'rebuild count unknown: no spack.lock in the output',
      'release 2025.1 untouched',
    ]);
  });

  test('an older MPI beside the new one is harmless on hosts, and gets into images: it is the first of the list', async () => {
    const entries = await changed(["mpis: [Mpi.openmpi('5.0.8'", "mpis: [Mpi.openmpi('4.1.8'), Mpi.openmpi('5.0.8'"]);
    expect(entries.map(head)).toEqual([
      'software | software stack apps-2026.1: mpis + openmpi@4.1.8',
      'software | 2 container images (gromacs, lammps): built again from apps-2026.1, openmpi 5.0.8 → 4.1.8, fabrics=ucx removed, schedulers=slurm removed',
    ]);
    expect(entries[0]?.effect.harmless).toBe(true);
  });

  test('a target that goes is a matter of machines', async () => {
    const entries = await changed(['targets: [Target.X86_64_V3, Target.X86_64_V4]', 'targets: [Target.X86_64_V3]']);
    // the image of cloud nodes has the script for logins as it was
    expect(entries.map(head)).toEqual(['software | one-sided | software stack apps-2026.1: targets - x86_64_v4']);
  });

  test('an application in another version', async () => {
    const entries = await changed(['gromacs@2025.3 +mpi ~cuda', 'gromacs@2025.4 ~cuda +mpi']);
    expect(entries.map(head)).toEqual([
      'contract | user-contract | module tree modules: gromacs/2025.3 vanishes in release 2026.1, 2025.4 takes its place',
      'software | software stack apps-2026.1: specs gromacs 2025.3 → 2025.4',
      'software | container image gromacs: built again from apps-2026.1, gromacs 2025.3 → 2025.4',
    ]);
    expect(entries[0] && lines(entries[0])).toEqual([
      '- gromacs/2025.3, now 2025.4 (below gcc/13.3.0 and mpich/4.2.3, gcc/13.3.0 and openmpi/5.0.8, llvm/20.1.8 and mpich/4.2.3, llvm/20.1.8 and openmpi/5.0.8)',
    ]);
  });

  test('specs and compilers in another spelling are no change', async () => {
    const entries = await changed(['hdf5@1.14.6 +mpi +fortran +hl', 'hdf5 @1.14.6 +hl+fortran +mpi']);
    expect(entries).toEqual([]);
  });
});
