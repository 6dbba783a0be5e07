import type { Codes } from '../values/codes';

/** Codes of software stacks, modules and images (HPC3xxx). */
export const softwareCodes = {
  // Software stacks: HPC3000-3099.
  HPC3001: {
    title: 'a root of the core level that needs MPI',
    why: 'The core level is built once, below every compiler and MPI; with an MPI in it, users would get a second one beside theirs.',
    fix: 'Write ~mpi, or move the spec from core to specs.',
  },
  HPC3002: {
    title: 'a compiler that the stack does not have',
    why: 'A spec with % is built by that compiler; Spack would take another one of the build host, or fail after minutes.',
    fix: 'Name a compiler of the stack after %, or add the compiler.',
  },
  HPC3003: {
    title: 'an MPI that the stack does not have',
    why: 'A spec with ^openmpi or ^mpich is built with that MPI; Spack would build another one that has no module.',
    fix: 'Name an MPI of the stack after ^, or add the MPI.',
  },
  HPC3005: {
    title: 'an exposed root without one version',
    why: 'The version is part of the prefix and of the name of the module: with a range, both would move whenever Spack picks another one.',
    fix: "Write the version, as in 'hdf5@1.14.6 +mpi'.",
  },
  HPC3006: {
    title: 'a target that a compiler cannot build for',
    why: 'archspec, by which Spack knows microarchitectures, has no flags for this pair; the solver would fail.',
    fix: 'Use an older target, such as x86_64_v3 or x86_64_v4, or a newer compiler.',
  },
  HPC3007: {
    title: 'an external without a version',
    why: 'Spack must know which version the hosts have: it decides what fits by it.',
    fix: "Write it, as in 'slurm@25-05-1-1'.",
  },
  HPC3008: {
    title: 'a combination that the recipe refuses',
    why: 'Known from the recipes; the solver would say so after minutes.',
    fix: 'See the message.',
  },
  HPC3009: {
    title: 'two roots at one prefix',
    why: 'Roots of one name and version have the same predictable prefix and the same module.',
    fix: "Tell them apart by a suffix: suffixes: { 'gromacs +cuda': 'cuda' }.",
  },
  HPC3010: {
    title: 'a signed build cache in an OCI registry',
    why: 'Spack pushes to OCI registries unsigned; with signed: true nothing would ever be taken from it.',
    fix: 'Leave signed out, and control who may push to the registry.',
  },
  HPC3011: {
    title: 'a root that needs MPI in a stack without one',
    why: 'Spack would build an MPI of its own choice, which has no module.',
    fix: 'Add an MPI to the stack, or write ~mpi.',
  },
  HPC3012: {
    title: 'a name that matches no root',
    why: 'It would silently do nothing.',
    fix: 'Write the name of a package among the roots of the stack.',
  },
  HPC3013: {
    title: 'a target inside a spec',
    why: 'Every spec is built for every target of the stack.',
    fix: 'Leave target= out and name the microarchitecture in targets.',
  },
  HPC3014: {
    title: 'recipes without one commit',
    why: 'Versions are deprecated as recipes go on; a release pins the recipes that it was built from by a tag or a commit.',
    fix: 'Give tag or commit, and not both.',
  },
  HPC3015: {
    title: 'a compiler or MPI among the roots',
    why: 'As a root of its own it would be a package like others: without the level below it, so its modules would lead nowhere.',
    fix: 'Declare it in compilers or mpis.',
  },
  HPC3016: {
    title: 'one release declared twice at one place',
    why: 'Two stacks of a site with the same root and release would build into the same prefixes.',
    fix: 'Give one of them another release or root.',
  },
  // Module trees: HPC3100-3199.
  HPC3101: {
    title: 'a module that does not exist',
    why: 'A default, an alias, a hidden or a deprecated module that no stack has would silently do nothing.',
    fix: 'Write the name/version that the message suggests.',
  },
  HPC3102: {
    title: 'two defaults of one module',
    why: 'Lmod would take one of them by its own order.',
    fix: 'Keep one of them.',
  },
  HPC3103: {
    title: 'a default that is hidden',
    why: 'Users would load a version that they cannot see.',
    fix: 'Make another version the default, or do not hide this one.',
  },
  HPC3104: {
    title: 'an alias with the name of a module',
    why: 'Lmod would load the alias, and the module could not be loaded any more.',
    fix: 'Give the alias another name.',
  },
  HPC3105: {
    title: 'two modules of one name',
    why: 'Of two modulefiles at one path one would be lost.',
    fix: 'Rename one of the packages with names, or tell them apart by a suffix.',
  },
  HPC3106: {
    title: 'a module that nobody can reach',
    why: 'No chain of modules from Core puts its folder on MODULEPATH.',
    fix: 'Do not exclude or hide the compiler or MPI that it stands behind.',
  },
  HPC3107: {
    title: 'a dependency in another branch of the tree',
    why: 'depends_on loads only what is on MODULEPATH when the module is loaded.',
    fix: 'Expose the dependency at the same level, at a lower one of the same compiler, or in Core.',
  },
  HPC3108: {
    title: 'stacks that one tree cannot hold',
    why: 'Releases are chosen by the name of their module.',
    fix: 'Give each stack a release of its own.',
  },
  // Images: HPC3200-3299.
  HPC3201: {
    title: 'a base image without a digest',
    why: 'A tag moves: the same definition would give another image tomorrow.',
    fix: 'Write the digest: docker.io/library/debian@sha256:...',
  },
  HPC3202: {
    title: 'an image for a machine that cannot run it',
    why: 'Code for a newer microarchitecture ends with an illegal instruction.',
    fix: 'Build the image for a target that every node runs.',
  },
  HPC3203: {
    title: 'something of an image that its stack does not have',
    why: 'The image is made from the same definition as the stack: roots, compiler, MPI and target are chosen from it.',
    fix: 'Choose one of the stack, or add it there.',
  },
} as const satisfies Codes;
