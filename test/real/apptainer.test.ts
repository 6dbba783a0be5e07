import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { apptainer } from '../../lib/documents/apptainer';
import type { ApptainerSection } from '../../lib/documents/apptainer-section';
import { collect, hostile } from '../documents/hostile';
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
  },
);
