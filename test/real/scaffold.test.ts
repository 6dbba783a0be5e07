import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith, runOk, toolsRequired } from './support/tools';

const root = join(__dirname, '../..');

// It installs packages, so it needs a registry: it runs only where these tests are required.
const needs = toolsRequired ? ['npm'] : ['npm', 'HPCDK_REQUIRE_TOOLS=1'];

describeWith(needs, 'the tarball, in an empty folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hpcdk-tarball-'));
  const npm = (cwd: string, ...args: string[]): Promise<string> => runOk('npm', args, { cwd, timeoutMs: 170_000 });
  const site = join(folder, 'site');

  beforeAll(async () => {
    await npm(root, 'pack', '--pack-destination', folder);
    const [tarball = ''] = readdirSync(folder);
    await runOk('mkdir', [site]);
    await npm(site, 'install', '--no-audit', '--no-fund', join(folder, tarball));
    await runOk('npx', ['--no-install', 'hpcdk', 'init'], { cwd: site, timeoutMs: 170_000 });
  }, 400_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test('brings no more than it needs', async () => {
    const sizes = await runOk('tar', [
      '-tzvf',
      join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''),
    ]);
    const bytes = sizes.split('\n').reduce((sum, line) => sum + Number(line.split(/\s+/)[2] ?? 0), 0);

    expect(bytes).toBeLessThan(6_000_000);
  });

  test('synthesises', async () => {
    expect(await npm(site, 'run', 'synth')).toContain('Output: cdktf.out');
  });

  test('has types that the compiler accepts', async () => {
    expect(await runOk('npx', ['--no-install', 'tsc', '--noEmit'], { cwd: site })).toBe('');
  });

  test('passes its own test', async () => {
    await npm(site, 'test');
  });
});
