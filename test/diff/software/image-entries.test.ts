import type { Site } from '../../../lib/app/site';
import { BuildCache } from '../../../lib/software/build-cache';
import { ContainerImage, type ContainerImageProps } from '../../../lib/software/container-image';
import type { SoftwareStack } from '../../../lib/software/software-stack';
import { compared, head, lines, manifestOnly, software } from './support';

const digest = (name: string, digit: string) => `docker.io/library/${name}@sha256:${digit.repeat(64)}`;
const images =
  (more: Partial<ContainerImageProps> = {}, roots = ['gromacs', 'hdf5']) =>
  (site: Site, stack: SoftwareStack) => {
    for (const root of roots) {
      const props = { stack, base: digest('debian', 'd'), builder: digest('spack', 'b'), target: 'x86_64_v3' } as const;
      new ContainerImage(site, `${root}-image`, { ...props, roots: [root], ...more });
    }
  };
const PULL = 'users pull the image again once it is built and pushed; until then they run the old one';

test('another base is said by the first digits of its digest, once for all images', async () => {
  const { entries } = await compared(
    software({ more: images() }),
    software({ more: images({ base: digest('debian', 'e') }) }),
  );
  expect(entries.map(head)).toEqual([
    'software | 2 container images (gromacs-image, hdf5-image): base docker.io/library/debian dddddddddddd → eeeeeeeeeeee',
  ]);
  expect(entries[0]?.notes).toEqual([PULL]);
});

test('another base by its name', async () => {
  const { entries } = await compared(
    software({ more: images({}, ['hdf5']) }),
    software({ more: images({ base: digest('ubuntu', 'd') }, ['hdf5']) }),
  );
  expect(entries[0]?.title).toBe(
    'container image hdf5-image: base docker.io/library/debian@dddddddddddd → docker.io/library/ubuntu@dddddddddddd',
  );
});

test('an image is built again when the stack that it holds changed; the others are not', async () => {
  const specs = ['hdf5@1.14.6 +mpi', 'gromacs@2024.4 +mpi ~cuda', 'openblas@0.3.30'];
  const [before, after] = [software({ more: images() }), software({ more: images(), stack: { specs } })];
  const { entries } = await compared(before, after);
  const ofImages = entries.filter(({ kind }) => kind === 'ContainerImage');
  expect(ofImages.map(head)).toEqual([
    'software | container image gromacs-image: built again from apps, gromacs 2024.3 → 2024.4',
  ]);
  expect(ofImages[0]?.notes).toEqual([PULL]);
  expect(ofImages[0] && lines(ofImages[0])).toEqual(['gromacs 2024.3 → 2024.4']);
  // AND of manifests alone, that it is built again is all that can be known
  const alone = await compared(before, after, manifestOnly, manifestOnly);
  expect(alone.entries.map(({ title }) => title)).toContain('container image gromacs-image: built again from apps');
});

test('a build cache elsewhere changes nothing in an image', async () => {
  const { entries } = await compared(
    software({ more: images(), stack: { buildCache: BuildCache.at('s3://one/spack') } }),
    software({ more: images(), stack: { buildCache: BuildCache.at('s3://two/spack') } }),
  );
  expect(entries.map(head)).toEqual(['software | software stack apps: buildCache url s3://one/spack → s3://two/spack']);
});

test('an image with further programs is harmless, one with other programs is not', async () => {
  const roots = (list: string[]) => software({ more: images({ roots: list }, ['gromacs']) });
  const more = await compared(roots(['gromacs']), roots(['gromacs', 'hdf5']));
  expect(more.entries.map(head)).toEqual(['contract | container image gromacs-image: roots + hdf5']);
  const less = await compared(roots(['gromacs', 'hdf5']), roots(['gromacs']));
  expect(less.entries.map(head)).toEqual(['contract | user-contract | container image gromacs-image: roots - hdf5']);
});
