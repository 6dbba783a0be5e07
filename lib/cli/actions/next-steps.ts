import { basename, dirname } from 'node:path/posix';

/** What to run on an output that has a certain file. */
const STEPS: readonly {
  readonly file: RegExp;
  readonly command: (path: string) => string[];
}[] = [
  {
    file: /(^|\/)stacks\/[^/]+\/cdk\.tf\.json$/,
    command: (path) => [`terraform -chdir=${dirname(path)} init`, `terraform -chdir=${dirname(path)} plan`],
  },
  { file: /(^|\/)spack\/[^/]+\/install\.sh$/, command: (path) => [`${path} concretize`] },
  {
    file: /(^|\/)containers\/[^/]+\/Containerfile$/,
    command: (path) => [`buildah build -t ${basename(dirname(path))} ${dirname(path)}`],
  },
  {
    // there ansible.cfg is read, which names the inventory and shows differences as lines
    file: /(^|\/)ansible\/site\.yml$/,
    command: (path) => [`cd ${dirname(path)} && ansible-playbook site.yml --check --diff`],
  },
];

/** The commands that a person would run next on an output, harmless ones first to look at. */
export function nextSteps(paths: readonly string[], output: string): string[] {
  const shown = paths.map((path) => `${output}/${path}`);
  return STEPS.flatMap(({ file, command }) => shown.filter((path) => file.test(path)).flatMap(command));
}
