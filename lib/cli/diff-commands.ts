import type { CommandSpec, OptionSpec, Request } from './command';
import { today } from './today';

const listOfGates = 'data-loss,security-broadened,fleet-stop,user-contract,cost>10%,power>10%';

const ofComparison: readonly OptionSpec[] = [
  { name: 'fail-on', value: 'LIST', summary: `gates: exit code 3 when one fails, e.g. ${listOfGates}` },
  {
    name: 'jobs',
    value: 'FILE',
    summary: 'count the jobs that it hurts, from what squeue --json printed',
    completes: 'file',
  },
  {
    name: 'history',
    value: 'FILE',
    summary: 'count the submissions that would be refused, from what sacct printed',
    completes: 'file',
  },
  {
    name: 'live',
    value: 'FILE',
    summary: 'tell what runs otherwise, from what scontrol or terraform show -json printed; may be given several times',
    repeats: true,
    completes: 'file',
  },
  { name: 'show-users', summary: 'name users of --jobs and --history, in place of hashes' },
  { name: 'prices', value: 'FILE', summary: 'a price table in place of the one of hpcdk', completes: 'file' },
  {
    name: 'packages',
    value: 'FILE',
    summary: 'tell licences that change and how long is built, from what scripts/spack-packages.py of hpcdk printed',
    completes: 'file',
  },
  {
    name: 'advisories',
    value: 'FILE',
    summary: 'tell known vulnerabilities that come and go, from documents of OSV; needed by the gate vulnerable',
    completes: 'file',
  },
  {
    name: 'lock-before',
    value: 'DIR',
    summary: 'where the old spack.lock of each environment is kept, laid out as the output',
    completes: 'folder',
  },
  {
    name: 'lock-after',
    value: 'DIR',
    summary: 'where the new spack.lock of each environment is kept',
    completes: 'folder',
  },
  { name: 'strict', summary: 'show what rules against noise hide' },
  {
    name: 'definition',
    value: 'FILE',
    summary: 'the definition; without it, the one that cdktf.json names',
    completes: 'file',
  },
  {
    name: 'param',
    value: 'NAME=VALUE',
    summary: 'a parameter of the definition; may be given several times',
    repeats: true,
  },
];

const text = (value: Request['options'][string]): string | undefined => (typeof value === 'string' ? value : undefined);

/** The options of a request that are there, by the names of an action. */
function given<K extends string>(
  options: Request['options'],
  names: Readonly<Record<K, string>>,
): { [N in K]?: string } {
  const found: { [N in K]?: string } = {};
  for (const [key, name] of Object.entries<string>(names) as [K, string][]) {
    const value = text(options[name]);
    if (value !== undefined) found[key] = value;
  }
  return found;
}

const comparison = ({ cwd, env, options, progress }: Request) => ({
  cwd,
  env,
  progress,
  params: (options.param ?? []) as readonly string[],
  strict: options.strict === true,
  showUsers: options['show-users'] === true,
  live: (options.live ?? []) as readonly string[],
  today: today(),
  ...given(options, {
    definition: 'definition',
    failOn: 'fail-on',
    jobs: 'jobs',
    history: 'history',
    prices: 'prices',
    packages: 'packages',
    advisories: 'advisories',
    lockBefore: 'lock-before',
    lockAfter: 'lock-after',
  }),
});

/** Compares outputs and definitions. */
export const diffCommand: CommandSpec = {
  name: 'diff',
  summary: 'show what a change does: what it touches, whom it hurts, how to roll it out',
  details:
    'Without an argument the definition is compared with the present output, with one argument with that output or git revision, with two these two. A revision is evaluated in a work tree of its own, with the present node_modules. Nothing is written.',
  arguments: [
    { name: 'before', summary: 'an output folder, a manifest, or a git revision', completes: 'folder' },
    { name: 'after', summary: 'the same, in place of the definition', completes: 'folder' },
  ],
  options: [
    { name: 'base', value: 'DIR', summary: 'compare with this output, e.g. an artifact of CI', completes: 'folder' },
    {
      name: 'deployed',
      value: 'FILE',
      summary: 'compare with the manifest that a play left on a controller (/var/lib/hpcdk/manifest.json)',
      completes: 'file',
    },
    {
      name: 'tool-version',
      value: 'VERSION',
      summary: 'compare with the same definition under another hpcdk: a version, or a folder with that package',
    },
    ...ofComparison,
    { name: 'section', value: 'LIST', summary: 'show these sections only, e.g. data,security' },
    {
      name: 'path',
      value: 'PATH',
      summary: 'show this construct or file with what is below it only; may be given several times',
      repeats: true,
    },
    {
      name: 'explain',
      value: 'PATH',
      summary: 'tell of a construct, a file or an id why it stands in the diff, and why its class holds',
    },
    { name: 'expand', summary: 'show every item of what fans out' },
    { name: 'exit-code', summary: 'exit code 2 when something changes' },
    { name: 'out', value: 'FILE', summary: 'write the view to a file', completes: 'file' },
    {
      name: 'format',
      value: 'FORMAT',
      summary: 'terminal, brief, markdown, html, sarif, or json',
      completes: ['terminal', 'brief', 'markdown', 'html', 'sarif', 'json'],
    },
  ],
  examples: [
    'hpcdk diff',
    'hpcdk diff main --fail-on data-loss,fleet-stop',
    'hpcdk diff old/cdktf.out new/cdktf.out --format html --out diff.html',
  ],
  run: (request) => {
    const { diff } = require('./actions/diff') as typeof import('./actions/diff');
    const { options } = request;
    return diff({
      ...comparison(request),
      ...given(options, { base: 'base', deployed: 'deployed', otherTool: 'tool-version' }),
      ...given(options, { section: 'section', explain: 'explain', viewFile: 'out' }),
      named: request.arguments,
      paths: (options.path ?? []) as readonly string[],
      exitCode: options['exit-code'] === true,
      expand: options.expand === true,
    });
  },
};

/** What pipelines call. */
export const ciCommand: CommandSpec = {
  name: 'ci',
  summary: 'review a merge request in a pipeline of GitHub or GitLab',
  details:
    'hpcdk ci diff compares the definition with what the merge request would be merged into, writes the views into a folder, gives worst, entries, labels, digest and failed to later steps, and keeps one comment up to date when GITHUB_TOKEN or GITLAB_TOKEN is set.',
  arguments: [{ name: 'what', summary: 'diff', required: true, completes: ['diff'] }],
  options: [
    {
      name: 'base',
      value: 'BASE',
      summary: 'an output or a git revision to compare with (default: what the pipeline names)',
      completes: 'folder',
    },
    { name: 'out', value: 'DIR', summary: 'the folder for the files (default: hpcdk-diff)', completes: 'folder' },
    ...ofComparison,
  ],
  examples: ['hpcdk ci diff', 'hpcdk ci diff --base origin/main --fail-on data-loss,security-broadened'],
  run: (request) => {
    const { ciDiff } = require('./actions/ci-diff') as typeof import('./actions/ci-diff');
    return ciDiff({ ...comparison(request), ...given(request.options, { baseNamed: 'base', folder: 'out' }) });
  },
};

/** What is asked before a roll-out. */
export const verifyCommand: CommandSpec = {
  name: 'verify',
  summary: 'check that an output folder holds what was reviewed',
  details:
    'Reads every file of the output: exit code 1 when one is not as synth wrote it, or when all of them together are not what has the digest of the review. No definition is loaded, and nothing is written.',
  arguments: [{ name: 'output', summary: 'the output folder (default: that of the project)', completes: 'folder' }],
  options: [{ name: 'reviewed', value: 'DIGEST', summary: 'the digest that the review shows, sha256:...' }],
  examples: ['hpcdk verify', 'hpcdk verify cdktf.out --reviewed "$DIGEST" && cd cdktf.out/sites/campus/ansible'],
  run: ({ cwd, env, arguments: [folder], options }) => {
    const { verify } = require('./actions/verify') as typeof import('./actions/verify');
    return verify({ cwd, env, ...(folder !== undefined && { folder }), ...given(options, { reviewed: 'reviewed' }) });
  },
};
