import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Compiler, ContainerImage, define, type Definition, Mpi, Site, SoftwareStack } from 'hpcdk';
import { runOk, tool } from './tools';

/**
 * What stands in for Spack: it finds the roots in spack.yaml and leaves a program in a store and its view, as Spack does.
 * So everything around the installation is real; whether Spack itself builds the roots is not tested here.
 */
export const standIn = `#!/bin/sh
set -e
[ "$1 $2 $3" = "-e /opt/environment install" ]
case "$(cat /opt/environment/spack.yaml)" in *'"gromacs@2025.3+mpi"'*) ;; *) exit 3 ;; esac
mkdir -p /opt/software/gromacs/bin /opt/views/._view/abc/bin
printf '#!/bin/sh\\necho gromacs with "$@" of "$CMAKE_PREFIX_PATH"\\n' >/opt/software/gromacs/bin/gmx
chmod 755 /opt/software/gromacs/bin/gmx
ln -s /opt/software/gromacs/bin/gmx /opt/views/._view/abc/bin/gmx
ln -s ._view/abc /opt/views/view
`;

/** A definition of the image `md`, on images that are named by their digest. */
export const imageDefinition = (base: string, builder: string): Definition =>
  define((app) => {
    const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
    const stack = new SoftwareStack(site, 'apps', {
      release: '2026.1',
      compilers: [Compiler.gcc('12.2.0', { external: '/usr' })],
      mpis: [Mpi.openmpi('5.0.8')],
      targets: ['x86_64_v3'],
      specs: ['gromacs@2025.3 +mpi'],
    });
    const run = ['gmx', 'two words', '$HOME'];
    new ContainerImage(site, 'md', { stack, roots: ['gromacs'], base, builder, target: 'x86_64_v3', run });
  });

/** Makes a root folder with a few programs of this machine and what they load, and some files that can be run. */
export async function minimalRoot(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const program of ['sh', 'cat', 'mkdir', 'chmod', 'ln']) {
    const path = tool(program) ?? '';
    const libraries = (await runOk('ldd', [path])).matchAll(/(?:=> |^\s*)(\/\S+) \(0x/gm);
    for (const [from, to] of [
      [path, `/bin/${program}`],
      ...[...libraries].map(([, library = '']) => [library, library]),
    ]) {
      mkdirSync(dirname(join(root, to ?? '')), { recursive: true });
      copyFileSync(from ?? '', join(root, to ?? ''));
    }
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), 0o755);
  }
}
