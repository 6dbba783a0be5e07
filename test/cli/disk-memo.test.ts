import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildId, DiskMemo } from '../../lib/cli/disk-memo';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpcdk-memo-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const only = (): string => join(folder, readdirSync(folder)[0] as string);

test('what was kept comes back, to the build that kept it', () => {
  new DiskMemo(folder, 'one').set('intent', 'Süd\n');
  expect(new DiskMemo(folder, 'one').get('intent')).toBe('Süd\n');
  expect(new DiskMemo(folder, 'one').get('other')).toBeUndefined();
  expect(new DiskMemo(folder, 'two').get('intent')).toBeUndefined();
  expect(statSync(only()).mode & 0o777).toBe(0o600);
});

test.each<[string, (text: string) => string]>([
  ['cut off', (text) => text.slice(0, -1)],
  ['changed', (text) => text.replace('secret', 'broken')],
  ['empty', () => ''],
])('a file that is %s counts as none', (_, broken) => {
  const memo = new DiskMemo(folder, 'one');
  memo.set('intent', 'a secret of nobody');
  writeFileSync(only(), broken(readFileSync(only(), 'utf8')));
  expect(memo.get('intent')).toBeUndefined();
  memo.set('intent', 'again');
  expect(memo.get('intent')).toBe('again');
});

test('a folder that cannot be written to is no fault', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const memo = new DiskMemo(join(file, 'below'), 'one');
  expect(() => memo.set('intent', 'text')).not.toThrow();
  expect(memo.get('intent')).toBeUndefined();
});

test('the oldest are forgotten, and what is not ours stays', () => {
  const other = join(folder, 'kept-campus.0d0b3cff.mjs');
  writeFileSync(other, '');
  const memo = new DiskMemo(folder, 'one');
  for (let n = 0; n < 12; n += 1) {
    const before = new Set(readdirSync(folder));
    memo.set(`intent ${n}`, String(n));
    const [fresh] = readdirSync(folder).filter((name) => !before.has(name));
    utimesSync(join(folder, fresh as string), n, n);
  }
  expect(memo.get('intent 0')).toBeUndefined();
  expect(memo.get('intent 11')).toBe('11');
  expect(readdirSync(folder).length).toBeLessThanOrEqual(10);
  expect(existsSync(other)).toBe(true);
});

test('sources that are not built have no build: nothing of theirs is kept', () => expect(buildId()).toBeUndefined());
