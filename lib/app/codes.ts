import type { Codes } from '../values/codes';

/** Codes of the tree and the pipeline (HPC2500 to HPC2599). */
export const appCodes = {
  HPC2501: {
    title: 'an id that cannot be used',
    why: 'Ids become parts of paths, file names and Terraform addresses.',
    fix: 'Use letters, digits, dots, "_" and "-", starting with a letter or digit.',
  },
  HPC2502: {
    title: 'the same id twice',
    why: 'A construct is known by its path; two of one scope need two ids.',
    fix: 'Give each one a name of its own.',
  },
  HPC2503: {
    title: 'the definition stopped with an exception',
    why: 'The definition, or a library that it calls, threw. What had been declared before was still checked.',
    fix: 'Mend the cause that the message quotes; the line is the one that threw.',
  },
  HPC2504: {
    title: 'two constructs emit the same file',
    why: 'One of them would be lost.',
    fix: 'Give one of them another path or folder.',
  },
  HPC2505: {
    title: 'an acknowledgement that matches nothing',
    why: 'It was meant for a warning that is gone; kept, it would hide the next one of its kind.',
    fix: 'Remove the acknowledgement, or correct its code and construct.',
  },
  HPC2506: {
    title: 'a rename that leads nowhere',
    why: 'A rename says that a construct moved: the new path must exist and the old one must not.',
    fix: 'Correct the paths, or remove the rename.',
  },
  HPC2507: {
    title: "a fault that a construct's own validation reports",
    why: 'Constructs of other packages may bring their own validation, which has no codes.',
    fix: 'See the message.',
  },
  HPC2510: {
    title: 'a table that cannot be read',
    why: 'Nodes, accounts and other lists may come from a CSV or YAML file of the project.',
    fix: 'Correct the path; it is relative to the folder of cdktf.json.',
  },
  HPC2511: {
    title: 'an unknown column',
    why: 'A misspelt column would silently do nothing.',
    fix: 'Use the name that the message suggests, or remove the column.',
  },
  HPC2512: {
    title: 'an empty cell in a column that needs values',
    why: 'The construct that is made of the row cannot be rendered without it.',
    fix: 'Fill the cell.',
  },
  HPC2513: {
    title: 'a cell of the wrong type',
    why: 'The column says what its cells hold.',
    fix: 'Write what the message asks for.',
  },
  HPC2514: {
    title: 'a table that is no CSV or YAML',
    why: 'CSV has a header line and as many cells in each row (RFC 4180); YAML is a sequence of mappings.',
    fix: 'Correct the line that the message names.',
  },
  HPC2520: {
    title: 'a file that is no manifest',
    why: 'hpcdk/manifest.json of an output is the record that diff and docs read.',
    fix: 'Name an output of hpcdk, or run hpcdk synth again.',
  },
  HPC2521: {
    title: 'a manifest of another age',
    why: 'A reader takes the version that it writes and the one before.',
    fix: 'Upgrade hpcdk, or synthesise the definition of the old output again.',
  },
} as const satisfies Codes;
