import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogues, codes } from '../../lib/codes';

const root = join(__dirname, '../..');
const read = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true, encoding: 'utf8' })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path, 'utf8')]),
  );
const occurrences = (texts: Iterable<string>): string[] =>
  [...new Set([...texts].flatMap((text) => text.match(/\bHPC\d{4}\b/g) ?? []))].sort();

const sources = read('lib');
const isCatalogue = (text: string): boolean => /export const \w+Codes = \{/.test(text);
const catalogueFiles = [...sources].filter(([, text]) => isCatalogue(text)).map(([path]) => path);
const used = occurrences([...sources.values()].filter((text) => !isCatalogue(text)));
const known = Object.keys(codes);

describe('the catalogue of codes', () => {
  test('holds every catalogue of lib', () => {
    const all = catalogueFiles
      .flatMap((path) => Object.values(require(path) as Record<string, object>))
      .flatMap(Object.keys);

    expect(all.filter((code) => !known.includes(code))).toEqual([]);
  });

  test('gives no code twice', () => {
    const all = catalogues.flatMap((catalogue) => Object.keys(catalogue));

    expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([]);
  });

  test('has a page for each code that lib reports', () => {
    expect(used.filter((code) => !known.includes(code))).toEqual([]);
  });

  test('has no page that lib never reports', () => {
    expect(known.filter((code) => !used.includes(code))).toEqual([]);
  });

  test('has a test for each code', () => {
    const tested = occurrences([...read('test')].filter(([path]) => path !== __filename).map(([, text]) => text));

    expect(known.filter((code) => !tested.includes(code))).toEqual([]);
  });

  test('says what, why and how to mend it, in sentences', () => {
    for (const [code, { title, why, fix }] of Object.entries(codes)) {
      expect([code, title]).toEqual([code, expect.stringMatching(/[^.\s]$/)]);
      expect([code, why]).toEqual([code, expect.stringMatching(/[.)]$/)]);
      expect([code, fix]).toEqual([code, expect.stringMatching(/[.)]$/)]);
    }
  });
});
