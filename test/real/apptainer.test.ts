import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from '../fast-check';
import { apptainer } from '../../lib/documents/apptainer';
import type { ApptainerSection } from '../../lib/documents/apptainer-section';
import { collect, hostile } from '../documents/hostile';
import { imageDefinition, minimalRoot, standIn } from './support/image';
import { runOk, tool } from './support/tools';

const print = (...sections: ApptainerSection[]) => {
  const { report, problems } = collect();
  const text = apptainer.print(
    { comment: ['made by a test'], stages: [{ header: [['Bootstrap', 'scratch']], sections }] },
    report,
  );
  return { text, isCarried: problems.length === 0 };
};

const samples = [
  'plain',
  "it's",
  '"q"',
  '$HOME `id`',
  '\\',
  '# no',
  'a # b',
  '{{ two words }}',
  'é 😀',
  'a\nb\n',
  ...fc.sample(hostile, { numRuns: 200, seed: 5 }),
];

// Opt-in: Debian 12 has no apptainer.
(tool('apptainer') && process.getuid?.() === 0 ? describe : describe.skip)(
  'a definition and Apptainer [apptainer on PATH]',
  () => {
    test('every label, variable and script reaches the image', async () => {
      // GIVEN an image without a base, with hostile values
      const labels = samples.filter((value) => print({ section: 'labels', labels: [['x', value]] }).isCarried);
      const values = samples.filter((value) => print({ section: 'environment', variables: [['x', value]] }).isCarried);
      const { text } = print(
        { section: 'environment', variables: values.map((value, i) => [`E${i}`, value]) },
        { section: 'labels', labels: labels.map((value, i) => [`l${i}`, value]) },
        { section: 'help', script: 'Two\n\n  lines' },
      );
      const dir = mkdtempSync(join(tmpdir(), 'hpcdk-apptainer-'));
      try {
        writeFileSync(join(dir, 'x.def'), text);
        // WHEN Apptainer builds it
        await runOk('apptainer', ['build', '--sandbox', join(dir, 'image'), join(dir, 'x.def')]);
        // THEN its labels are these, and a shell that reads its environment has these values
        const image = join(dir, 'image/.singularity.d');
        const built = JSON.parse(readFileSync(join(image, 'labels.json'), 'utf8')) as Record<string, string>;
        expect(labels.map((_, i) => built[`l${i}`])).toEqual(labels);
        const words = values.map((_, i) => `"$E${i}"`).join(' ');
        const printed = await runOk('sh', ['-c', `. ${join(image, 'env/90-environment.sh')}; printf '%s\\0' ${words}`]);
        expect(printed.split('\0').slice(0, -1)).toEqual(values);
        expect(readFileSync(join(image, 'runscript.help'), 'utf8').trim()).toBe('Two\n\n  lines');
      } finally {
        rmSync(dir, { recursive: true });
      }
    });

    test('an emitted definition of two stages is built on local folders, and runs with its environment', async () => {
      const dir = mkdtempSync(join(tmpdir(), 'hpcdk-apptainer-'));
      try {
        // GIVEN an image of a stack; its bases, which are images in a registry, are folders here
        const digest = `sha256:${'d'.repeat(64)}`;
        const { files, diagnostics } = await imageDefinition(`example/base@${digest}`, `example/builder@${digest}`).synthesize({ projectDir: dir }); // prettier-ignore
        expect(diagnostics).toEqual([]);
        await minimalRoot(join(dir, 'base'), {});
        await minimalRoot(join(dir, 'builder'), { '/usr/bin/spack': standIn });
        for (const [path, { content }] of files) {
          if (!path.includes('/containers/md/')) continue;
          const text = content
            .replaceAll(/^Bootstrap: docker$/gm, 'Bootstrap: localimage')
            .replaceAll(/^From: \S*example\/(base|builder)@.*$/gm, `From: ${dir}/$1`);
          writeFileSync(join(dir, basename(path)), text);
        }
        // WHEN Apptainer builds it
        await runOk('apptainer', ['build', '--sandbox', 'image', 'md.def'], { cwd: dir });
        // THEN the program of the view runs with the environment of the image
        const said = await runOk('apptainer', ['run', 'image'], { cwd: dir });
        expect(said).toBe('gromacs with two words $HOME of /opt/views/view\n');
        const labels = await runOk('apptainer', ['inspect', '--labels', 'image'], { cwd: dir });
        expect(labels).toContain(`org.opencontainers.image.base.digest: ${digest}`);
        expect(labels).toContain('org.hpcdk.spack.specs: gromacs@2025.3+mpi');
        // AND the build tools did not come along
        expect(existsSync(join(dir, 'image/usr/bin/spack'))).toBe(false);
      } finally {
        rmSync(dir, { recursive: true });
      }
    });
  },
);
