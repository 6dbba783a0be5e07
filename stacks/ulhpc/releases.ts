/*
 * The releases of the software of ULHPC, by what makes up their core.
 * Source: hpc-docs.uni.lu, repository ULHPC/ulhpc-docs at 5d0f9a2 (2026-08-06): environment/modules (2026-01-12), the table
 * of toolchains and the modulefile of foss/2023b. All of 2020b is in software.csv.
 * Left out: Clang, a compiler that nothing of a release is built with, and the toolchain of Intel's classic compilers.
 */
export const releases = {
  '2019b': { gcc: '8.3.0', openmpi: '3.1.4', specs: ['binutils@2.32', 'python@2.7.16', 'python@3.7.4'] },
  '2020b': { gcc: '10.2.0', openmpi: '4.0.5', specs: [] },
  '2023b': {
    gcc: '13.2.0',
    openmpi: '4.1.6',
    specs: ['binutils@2.40', 'python@3.11.5', 'flexiblas@3.3.1', 'fftw@3.3.10', 'netlib-scalapack@2.2.0'],
  },
};
