import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { imageDefinition, minimalRoot, standIn } from './support/image';
import { describeWith, runOk } from './support/tools';

describeWith(['buildah', 'ldd', 'root'], 'a container image and buildah', () => {
  let dir: string;
  const buildah = (...args: string[]) =>
    runOk('buildah', ['--root', join(dir, 'root'), '--runroot', join(dir, 'run'), '--storage-driver', 'vfs', ...args]);

  /** An image with a few programs of this machine, by its digest. */
  async function localImage(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    const root = join(dir, name);
    await minimalRoot(root, files);
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
    const { files, diagnostics } = await imageDefinition(base, builder).synthesize({ projectDir: dir });
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
