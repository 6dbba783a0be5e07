import { foldersOf } from '../folders';
import { nextSteps } from './next-steps';

/** What stands in the folders of an ejected output, by how their path ends. */
const CONTENTS: readonly (readonly [RegExp, string])[] = [
  [/^stacks\//, 'Terraform, as JSON: a root module of its own'],
  [/\/ansible$/, 'Ansible: inventory, roles and site.yml, which place the files of the site on its hosts'],
  [/\/slurm$/, 'configuration of Slurm'],
  [/\/spack$/, 'Spack environments'],
  [/\/modules$/, 'module files for Lmod'],
  [/\/containers$/, 'container recipes'],
];

/** The README of an ejected output. */
export function ejectReadme(paths: readonly string[]): string {
  const folders = foldersOf(paths).map(({ path, files }) => {
    const what = CONTENTS.find(([pattern]) => pattern.test(path))?.[1];
    return `- \`${path}\` (${files} file${files === 1 ? '' : 's'})${what ? `: ${what}` : ''}`;
  });
  const steps = nextSteps(paths, '.');
  return `# Configuration of the site

These files were written by \`hpcdk eject\` from one definition. They are plain input of the tools that read them: nothing of
hpcdk is needed to use or to change them, and nothing will overwrite them.

${folders.join('\n')}
${steps.length > 0 ? `\nTo begin, from this folder:\n\n${steps.map((step) => `    ${step}`).join('\n')}\n` : ''}`;
}
