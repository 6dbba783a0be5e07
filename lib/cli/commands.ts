import type { ArgumentSpec, CommandSpec, OptionSpec, Request } from './command';
import { ciCommand, diffCommand, verifyCommand } from './diff-commands';

/** Options of every command. */
export const commonOptions: readonly OptionSpec[] = [
  { name: 'json', summary: 'print the result as one JSON document' },
  {
    name: 'format',
    value: 'FORMAT',
    summary: 'terminal, json, or sarif (diagnostics only)',
    completes: ['terminal', 'json', 'sarif'],
  },
];

const definition: ArgumentSpec = {
  name: 'definition',
  summary: 'the definition, a TypeScript or JavaScript file; without it, the one that cdktf.json names',
  completes: 'file',
};

const ofDefinition: readonly OptionSpec[] = [
  {
    name: 'out',
    value: 'DIR',
    summary: 'the output folder (default: CDKTF_OUTDIR, "output" of cdktf.json, cdktf.out)',
    completes: 'folder',
  },
  {
    name: 'param',
    value: 'NAME=VALUE',
    summary: 'a parameter of the definition; may be given several times',
    repeats: true,
  },
];

const definitionOptions = ({ cwd, env, arguments: [file], options, progress }: Request) => ({
  cwd,
  env,
  progress,
  ...(file !== undefined && { definition: file }),
  ...(typeof options.out === 'string' && { out: options.out }),
  params: (options.param ?? []) as readonly string[],
});

/** The commands. Each loads its action when it is called: starting hpcdk costs what the command needs. */
export const commands: readonly CommandSpec[] = [
  {
    name: 'synth',
    summary: 'write the output of a definition: all of it, or nothing',
    details:
      'Faults are listed all at once, and then nothing is written. Unchanged files are left alone, files that hpcdk never wrote too. A file of the output that was edited by hand stops synth with its diff.',
    arguments: [definition],
    options: [...ofDefinition, { name: 'force', summary: 'overwrite files of the output that were edited by hand' }],
    examples: ['hpcdk synth', 'hpcdk synth stacks/hello.ts --out /tmp/hello --param nodes=4'],
    run: (request) => {
      const { synth } = require('./actions/synth') as typeof import('./actions/synth');
      return synth({ ...definitionOptions(request), force: request.options.force === true });
    },
  },
  {
    name: 'check',
    summary: 'do everything that synth does but the writing',
    details:
      'Exit code 1 for any error, and for output that was edited by hand. Output that is merely out of date is listed.',
    arguments: [definition],
    options: ofDefinition,
    examples: ['hpcdk check', 'hpcdk check --format sarif > hpcdk.sarif'],
    run: (request) => {
      const { check } = require('./actions/check') as typeof import('./actions/check');
      return check(definitionOptions(request));
    },
  },
  diffCommand,
  ciCommand,
  verifyCommand,
  {
    name: 'tree',
    summary: 'list the constructs of a definition with their files',
    arguments: [definition],
    options: ofDefinition.filter(({ name }) => name !== 'out'),
    examples: ['hpcdk tree', 'hpcdk tree stacks/hello.ts --json'],
    run: (request) => {
      const { tree } = require('./actions/tree') as typeof import('./actions/tree');
      return tree(definitionOptions(request));
    },
  },
  {
    name: 'explain',
    summary: 'explain the code of a diagnostic, or list all codes',
    arguments: [{ name: 'code', summary: 'a code such as HPC1004', completes: 'code' }],
    options: [],
    examples: ['hpcdk explain HPC1004'],
    run: ({ arguments: [code] }) => {
      const { explain } = require('./actions/explain') as typeof import('./actions/explain');
      return explain(code);
    },
  },
  {
    name: 'eject',
    summary: 'write the output as files that need nothing of hpcdk',
    details: 'Plain Terraform, Ansible, Slurm, Spack and module files with a README, without the manifest.',
    arguments: [
      { name: 'dir', summary: 'a folder that is empty or does not exist yet', required: true, completes: 'folder' },
    ],
    options: [
      { name: 'definition', value: 'FILE', summary: definition.summary, completes: 'file' },
      ...ofDefinition.filter(({ name }) => name === 'param'),
    ],
    examples: ['hpcdk eject ../plain', 'hpcdk eject /tmp/plain --definition stacks/hello.ts'],
    run: (request) => {
      const { eject } = require('./actions/eject') as typeof import('./actions/eject');
      const { definition: file } = request.options;
      const named = { ...request, arguments: typeof file === 'string' ? [file] : [] };
      return eject({ ...definitionOptions(named), directory: request.arguments[0] as string });
    },
  },
  {
    name: 'init',
    summary: 'begin a project: definition, test, project files, CI',
    details: 'Adds files and never overwrites one. A package.json that is there is added to.',
    arguments: [{ name: 'dir', summary: 'the folder of the project (default: this one)', completes: 'folder' }],
    options: [{ name: 'no-install', summary: 'do not run npm install' }],
    examples: ['hpcdk init', 'hpcdk init campus --no-install'],
    run: ({ cwd, arguments: [directory], options, progress }) => {
      const { init } = require('./actions/init') as typeof import('./actions/init');
      return init({ cwd, directory: directory ?? '.', install: options['no-install'] !== true, progress });
    },
  },
  {
    name: 'completion',
    summary: 'print the completion script of a shell',
    arguments: [{ name: 'shell', summary: 'bash, zsh or fish', required: true, completes: ['bash', 'zsh', 'fish'] }],
    options: [],
    examples: [
      'hpcdk completion bash > ~/.local/share/bash-completion/completions/hpcdk',
      'hpcdk completion fish > ~/.config/fish/completions/hpcdk.fish',
    ],
    run: ({ arguments: [shell] }) => {
      const { completion } = require('./actions/completion') as typeof import('./actions/completion');
      return completion(shell as string, { commands, commonOptions });
    },
  },
];
