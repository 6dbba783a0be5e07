import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { withLocks } from '../../../lib/diff/software';
import { compared, manifestOnly, software } from './support';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'hpcdk-locks-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Keeps a lock as a site would. */
function keep(side: string, path: string): string {
  const file = join(folder, side, path, 'spack.lock');
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(join(__dirname, `locks/${side}.lock`), file);
  return join(folder, side);
}

test('locks that a site keeps elsewhere, laid out as the output or from the stack on, with or without files', async () => {
  const before = keep('before', 'sites/campus/spack/apps/x86_64_v3/gcc-13.3.0');
  const after = keep('after', 'apps/x86_64_v3/gcc-13.3.0');
  const stack = { specs: ['bwa@0.7.19', 'samtools@1.21', 'zlib-ng@2.2.4'], mpis: [] };
  for (const files of [(side: Parameters<typeof manifestOnly>[0]) => side, manifestOnly]) {
    const { entries } = await compared(
      software({ stack }),
      software({ stack }),
      (side) => withLocks(files(side), before),
      (side) => withLocks(files(side), after),
    );
    expect(entries.map(({ title }) => title)).toEqual([
      'software stack apps: 6 of 14 packages to build, by spack.lock',
    ]);
  }
});

test('a folder without locks is as none', async () => {
  const { entries } = await compared(software(), software(), (side) => withLocks(side, join(folder, 'nowhere')));
  expect(entries).toEqual([]);
});
