import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeSide, missingFiles, openSide, outputDigest, type Side } from '../../lib/diff/side';
import { manifestOf } from './support/manifests';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'hpcdk-side-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const file = { sha256: '1', mode: '0644', owner: 'site' };
const manifest = manifestOf({}, { 'slurm.conf': file });
const write = (path: string, value: unknown): string => {
  const full = join(dir, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, typeof value === 'string' ? value : JSON.stringify(value));
  return full;
};

test('an output folder has its files and its source lines', () => {
  write('hpcdk/manifest.json', manifest);
  write('hpcdk/sources.json', { site: { file: 'stacks/a.ts', line: 3 } });
  write('slurm.conf', 'ClusterName=hpc\n');
  const side = openSide(dir, 'main') as Side;
  expect(side.read?.('slurm.conf')).toBe('ClusterName=hpc\n');
  expect(side.sources).toEqual({ site: { file: 'stacks/a.ts', line: 3 } });
  expect(describeSide(side)).toMatchObject({ label: 'main', tool: '0.1.0', level: 'output' });
});

test('an output that was copied without its source lines is compared all the same', () => {
  write('hpcdk/manifest.json', manifest);
  expect(openSide(dir)).toMatchObject({ sources: {} });
});

test('a manifest alone has no files, and says so', () => {
  const side = openSide(write('deployed.json', manifest)) as Side;
  expect(side.read).toBeUndefined();
  expect(describeSide(side).level).toBe('manifest');
});

test.each([
  ['a folder without an output', '.', /is no output of hpcdk/],
  ['nothing', 'nowhere', /cannot be read \(ENOENT\)/],
])('%s is a problem that names it', (_, path, message) => {
  const problem = openSide(join(dir, path), 'the base');
  expect(problem).toMatchObject({ code: 'HPC2700', fix: expect.any(String) as string });
  expect((problem as { message: string }).message).toMatch(message);
  expect((problem as { message: string }).message).toContain("'the base'");
});

test('what is no manifest is a problem that names it', () => {
  expect(openSide(write('a.json', '{'), 'a.json')).toMatchObject({
    code: 'HPC2520',
    message: expect.stringContaining("'a.json'") as string,
  });
  expect(openSide(write('b.json', '{}'), 'b.json')).toMatchObject({ code: 'HPC2520' });
});

test('a file of an output that differs and is not there is a problem: what it says would be left out', () => {
  write('old/hpcdk/manifest.json', manifestOf({}, { 'slurm.conf': file, 'gres.conf': file }));
  write('old/slurm.conf', 'a');
  write('new/hpcdk/manifest.json', manifestOf({}, { 'slurm.conf': { ...file, sha256: '2' }, 'gres.conf': file }));
  const [before, after] = ['old', 'new'].map((name) => openSide(join(dir, name), name)) as [Side, Side];
  expect(missingFiles(before, after)).toMatchObject([
    { code: 'HPC2700', message: "'new' is not complete: it lacks 'slurm.conf' of its manifest" },
  ]);
  expect(missingFiles(before, before)).toEqual([]);
  expect(missingFiles(openSide(join(dir, 'old/hpcdk/manifest.json')) as Side, before)).toEqual([]);
});

test('the digest covers what reaches a host, whatever the order', () => {
  const of = (files: Parameters<typeof manifestOf>[1]) => outputDigest(manifestOf({}, files));
  const base = of({ a: file, b: file });
  expect(of({ b: file, a: { ...file, owner: 'other' } })).toBe(base);
  for (const other of [{ sha256: '2' }, { mode: '0600' }, { host: { path: '/etc/a' } }]) {
    expect(of({ a: { ...file, ...other }, b: file })).not.toBe(base);
  }
});
