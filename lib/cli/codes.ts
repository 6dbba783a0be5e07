import type { Codes } from '../values/codes';

/** Codes of the command line and of loading a definition (HPC7xxx). */
export const cliCodes = {
  HPC7001: {
    title: 'a command line that cannot be read',
    why: 'The command, an option or an argument is not one that hpcdk has.',
    fix: 'See hpcdk help, or hpcdk help COMMAND.',
  },
  HPC7002: {
    title: 'no definition',
    why: 'A command works on the definition that cdktf.json of the project names, or on the file that is given to it.',
    fix: 'Run the command in a project, name the file (hpcdk synth stacks/campus.ts), or begin one with hpcdk init.',
  },
  HPC7003: {
    title: 'a cdktf.json that cannot be read',
    why: 'The project file is plain JSON: no comments, no trailing commas.',
    fix: 'Mend the line that the message names.',
  },
  HPC7004: {
    title: 'an entry of cdktf.json that hpcdk cannot use',
    why: 'hpcdk reads "output" and, in "hpcdk", the "definition". Other entries belong to the tools of cdktf.',
    fix: 'Write "hpcdk": { "definition": "stacks/campus.ts" }.',
  },
  HPC7005: {
    title: 'a definition file that does not exist',
    why: 'The path in cdktf.json is relative to that file, a path on the command line to the present folder.',
    fix: 'Correct the path.',
  },
  HPC7006: {
    title: 'a file of the definition that is no valid TypeScript or JavaScript',
    why: 'The file cannot be parsed, so nothing of the definition could be looked at.',
    fix: 'Mend the line that the message names.',
  },
  HPC7007: {
    title: 'an import that cannot be found',
    why: 'The definition, or a file that it imports, asks for a file or package that is not there.',
    fix: 'Correct the path, or install the package.',
  },
  HPC7008: {
    title: 'a definition that stopped while it was loaded',
    why: 'Code outside define() threw. Loading a module should declare nothing and look nothing up.',
    fix: 'Mend the cause that the message quotes; the line is the one that threw.',
  },
  HPC7009: {
    title: 'a default export that is no definition',
    why: 'A definition can be run twice, take parameters and be called by a test because it is a value that define() made.',
    fix: 'Write export default define((app) => { ... }), or module.exports = define((app) => { ... }).',
  },
  HPC7010: {
    title: 'a parameter that cannot be read',
    why: 'Parameters of the definition are given as name=value, each name once.',
    fix: 'Write --param nodes=4.',
  },
  HPC7011: {
    title: 'a code that does not exist',
    why: 'hpcdk explain takes the code of a diagnostic.',
    fix: 'See hpcdk explain for the list of codes.',
  },
  HPC7012: {
    title: 'a folder for eject that is not empty',
    why: 'Ejected files are yours from then on; eject never overwrites or mixes with what is there.',
    fix: 'Name a folder that is empty or does not exist yet.',
  },
  HPC7013: {
    title: 'a file that init would overwrite',
    why: 'init only adds files. Nothing was written.',
    fix: 'Move the files away, or run init in another folder.',
  },
  HPC7014: {
    title: 'a folder that cannot be written to',
    why: 'The disk is full or read-only, a permission is missing, or a file stands where a folder must be.',
    fix: 'Mend what the message names and run the command again.',
  },
  HPC7015: {
    title: 'a package.json that cannot be read',
    why: 'init adds its scripts and development dependencies to the package.json that is there.',
    fix: 'Mend the file, or run init in another folder.',
  },
  HPC7016: {
    title: 'npm install did not finish',
    why: 'init installs what the project needs to be checked and tested. The files are written all the same.',
    fix: 'Run npm install in the folder, and read what it says.',
  },
  HPC7017: {
    title: 'hpcdk stopped on a fault of its own',
    why: 'A mistake in a definition never ends here: this is a fault of hpcdk, or of a renderer or policy of another package.',
    fix: 'Report it with the trace that is printed below the message.',
  },
  HPC7018: {
    title: 'a side of a diff that is not there',
    why: 'hpcdk diff compares outputs, manifests, and the definition as it is now or at a revision of git.',
    fix: 'Name a folder that hpcdk synth wrote, a manifest, or a branch, tag or commit of the repository.',
  },
  HPC7019: {
    title: 'a revision that cannot be checked out',
    why: 'A revision is evaluated in a work tree of git of its own, in the folder for temporary files, which is removed afterwards.',
    fix: 'Mend what git says, or compare with an output: hpcdk diff --base DIR.',
  },
  HPC7020: {
    title: 'another hpcdk that is not there',
    why: 'To compare two versions of hpcdk, the other one must be installed somewhere; a version is installed by npm, which needs its registry.',
    fix: 'Write npm install --prefix ../other hpcdk@VERSION, and hpcdk diff --tool-version ../other.',
  },
  HPC7021: {
    title: 'a definition whose evaluation stopped',
    why: 'Another process evaluates the definition of a revision, or under another hpcdk; it ended without saying what is wrong.',
    fix: 'Run hpcdk check there, and mend what it says.',
  },
  HPC7022: {
    title: 'a file of the command line that cannot be read',
    why: 'An option of hpcdk diff names a file that is not there, or that holds something else.',
    fix: 'Correct the path, or export the file again.',
  },
  HPC7023: {
    title: 'a comment that was not posted',
    why: 'hpcdk ci diff keeps one comment of a merge request up to date when it has a token that may write there. The files are written all the same.',
    fix: 'Give the token the right to write comments, or show the file as an artifact.',
  },
  HPC7024: {
    title: 'no base to compare with',
    why: 'hpcdk ci diff compares with what a merge request would be merged into; the CI system names that for pipelines of merge requests only.',
    fix: 'Run it for merge requests, or name the base: hpcdk ci diff --base origin/main.',
  },
  HPC7025: {
    title: 'nothing to explain',
    why: 'hpcdk diff --explain tells of a line of the diff why it stands there; what is named is in none of them.',
    fix: 'Name a construct, a file of the output, or the id of an entry as hpcdk diff --json shows it.',
  },
  HPC7026: {
    title: 'a command that ended before it was done',
    why: 'A definition is a program: it, or a package that it imports, called process.exit, or waits for something that never comes. Nothing was checked or written.',
    fix: 'Let it throw an error where it cannot go on, and return where it is done.',
  },
} as const satisfies Codes;

/** A code of this folder. */
export type CliCode = keyof typeof cliCodes;
