import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

test('the pages of docs/ that are made from the sources are current', () => {
  const script = join(__dirname, '../../scripts/generate-docs.mjs');

  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
