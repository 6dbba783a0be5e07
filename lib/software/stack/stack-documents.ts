import { Document } from '../../documents/document';
import type { Format } from '../../documents/format';
import { renderTemplate } from '../../documents/template';
import { quotedYaml } from '../../documents/yaml';
import type { SoftwareStack } from '../software-stack';
import { spackYaml } from './spack-yaml';

interface InstallScript {
  readonly environments: readonly { readonly target: string; readonly name: string }[];
  readonly cache: string;
}

/** The script that concretizes and installs the environments in their order. */
const installScript: Format<InstallScript> = {
  name: 'sh',
  print: (content, report) => renderTemplate('spack/install.sh', content, report),
  parse: (text) => ({
    environments: [...text.matchAll(/^install '?(\S+?)'? '?(\S+?)'? "\$@"$/gm)].map(([, target = '', name = '']) => ({
      target,
      name,
    })),
    cache: /^cache='?([^'\n]*)'?$/m.exec(text)?.[1] ?? '',
  }),
};

/** Declares one spack.yaml for each environment of a stack, and the script that installs them. */
export function addStackDocuments(stack: SoftwareStack): void {
  const environments = stack.environments();
  for (const environment of environments) {
    const path = `${environment.target}/${environment.name}/spack.yaml`;
    new Document(stack, path.replaceAll('/', ':'), {
      path,
      format: quotedYaml,
      content: () => spackYaml(stack, environment),
    });
  }
  new Document(stack, 'install.sh', {
    path: 'install.sh',
    mode: 0o755,
    format: installScript,
    content: () => ({
      environments: environments.map(({ target, name }) => ({ target, name })),
      cache: stack.values.buildCache ? `${stack.node.id}-cache` : '',
    }),
  });
}
