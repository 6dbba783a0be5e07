import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloudConfig } from '../../lib/cloud/cloud-config';
import { everything } from '../cloud/everything';
import { synth } from '../cloud/support';
import { describeWith, failure, run } from './support/tools';

/** The cloud-init files of all pools. */
async function configs(): Promise<[string, string][]> {
  const { files } = await synth(everything().app);
  return [...files].filter(([path]) => path.includes('/cloud-init/'));
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hpcdk-cloud-init-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describeWith(['cloud-init'], 'user data of burst nodes, read by cloud-init', () => {
  test('fits its schema', () =>
    inFolder(async (folder) => {
      const found = await configs();
      expect(found).toHaveLength(3);
      for (const [, text] of found) {
        await writeFile(join(folder, 'user-data'), text);
        const result = await run('cloud-init', ['schema', '--config-file', join(folder, 'user-data')]);
        expect(failure('schema', result)).toMatch(/exit code 0[^]*Valid/);
      }
    }));
});

describeWith(['shellcheck'], 'the script of burst nodes, read by shellcheck', () => {
  test('has no finding', () =>
    inFolder(async (folder) => {
      for (const [, text] of await configs()) {
        const [script] = cloudConfig.parse(text, () => undefined).write_files;
        await writeFile(join(folder, 'join'), script!.content);
        const result = await run('shellcheck', ['-o', 'all', '-e', 'SC2310,SC2312,SC2250', join(folder, 'join')]);
        expect(failure('shellcheck', result)).toMatch(/exit code 0/);
      }
    }));
});
