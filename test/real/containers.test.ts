import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Compiler, ContainerImage, define, Mpi, Site, SoftwareStack } from 'hpcdk';
import { describeWith, runOk, tool } from './support/tools';

/**
 * What stands in for Spack: it finds the roots in spack.yaml and leaves a program in a store and its view, as Spack does.
 * So everything around the installation is real; whether Spack itself builds the roots is not tested here.
 */
const standIn = `#!/bin/sh
set -e
[ "$1 $2 $3" = "-e /opt/environment install" ]
case "$(cat /opt/environment/spack.yaml)" in *'"gromacs@2025.3+mpi"'*) ;; *) exit 3 ;; esac
mkdir -p /opt/software/gromacs/bin /opt/views/._view/abc/bin
printf '#!/bin/sh\\necho gromacs with "$@" of "$CMAKE_PREFIX_PATH"\\n' >/opt/software/gromacs/bin/gmx
chmod 755 /opt/software/gromacs/bin/gmx
ln -s /opt/software/gromacs/bin/gmx /opt/views/._view/abc/bin/gmx
ln -s ._view/abc /opt/views/view
`;

describeWith(['buildah', 'ldd', 'root'], 'a container image and buildah', () => {
  let dir: string;
  const buildah = (...args: string[]) =>
    runOk('buildah', ['--root', join(dir, 'root'), '--runroot', join(dir, 'run'), '--storage-driver', 'vfs', ...args]);

  /** An image with a few programs of this machine, by its digest. */
  async function localImage(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    const root = join(dir, name);
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
    const container = (await buildah('from', 'scratch')).trim();
    await buildah('add', '-q', container, root, '/');
    await buildah('config', '--env', 'PATH=/usr/bin:/bin', container);
    await buildah('commit', '-q', container, `localhost/${name}:1`);
    const [found] = JSON.parse(await buildah('images', '--json', `localhost/${name}:1`)) as { digest: string }[];
    return `localhost/${name}@${found?.digest}`;
  }

  beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'hpcdk-image-'))));
  afterAll(() => rmSync(dir, { recursive: true }));

  test('is built from local images, and its environment and labels hold', async () => {
    // GIVEN an image of a stack, upon local images by digest
    const base = await localImage('base', {});
    const builder = await localImage('builder', { '/usr/bin/spack': standIn });
    const definition = define((app) => {
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
    const { files, diagnostics } = await definition.synthesize({ projectDir: dir });
    expect(diagnostics).toEqual([]);
    for (const [path, { content }] of files) {
      if (!path.includes('/containers/md/')) continue;
      mkdirSync(join(dir, 'context'), { recursive: true });
      writeFileSync(join(dir, 'context', basename(path)), content);
    }
    // WHEN buildah builds it
    await buildah('bud', '--isolation', 'chroot', '--pull-never', '-q', '-t', 'localhost/md:1', join(dir, 'context'));
    // THEN the program of the view runs with the environment of the image, without an entry point
    const container = (await buildah('from', '--pull-never', 'localhost/md:1')).trim();
    const said = await buildah('run', '--isolation', 'chroot', container, '--', 'gmx', 'two words');
    expect(said).toBe('gromacs with two words of /opt/views/view\n');
    const { OCIv1 } = JSON.parse(await buildah('inspect', '--type', 'image', 'localhost/md:1')) as {
      OCIv1: { config: { Labels: Record<string, string>; Cmd: string[] } };
    };
    expect(OCIv1.config.Labels).toMatchObject({
      'org.opencontainers.image.base.digest': base.split('@')[1],
      'org.supercontainers.mpi.implementation': 'openmpi',
      'org.hpcdk.spack.specs': 'gromacs@2025.3+mpi',
    });
    expect(OCIv1.config.Cmd).toEqual(['gmx', 'two words', '$HOME']);
    // AND the build tools did not come along
    await expect(buildah('run', '--isolation', 'chroot', container, '--', 'cat', '/usr/bin/spack')).rejects.toThrow(
      /No such file/,
    );
  });
});
