import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path/posix';
import { type Link, linksOf } from './page-links';

const root = join(__dirname, '../..');
const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((path) => `docs/${path}`);
const pages = [...readdirSync(root), ...docs].filter((path) => path.endsWith('.md')).sort();
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

/** What the headings of a page are called in links, as code hosts do it. */
const headingsOf = (text: string): string[] =>
  [...text.replace(/^```[^]*?^```$/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** What is wrong with a link. */
function faultOf({ path, heading }: Link): string | undefined {
  if (path.startsWith('..') || !existsSync(join(root, path))) return `${path} is not there`;
  if (heading === undefined) return undefined;
  if (statSync(join(root, path)).isDirectory()) return `${path} is a folder`;
  return headingsOf(textOf(path)).includes(heading) ? undefined : `${path} has no heading #${heading}`;
}

test('every relative link of a page leads somewhere', () => {
  const broken = pages.flatMap((page) =>
    linksOf(page, textOf(page)).flatMap((link) => (faultOf(link) ? [`${page}: ${faultOf(link)}`] : [])),
  );

  expect(broken).toEqual([]);
});

test('the index of the docs names every page of the docs', () => {
  const named = new Set(linksOf('docs/README.md', textOf('docs/README.md')).map(({ path }) => path));
  const missing = docs.filter((path) => path.endsWith('.md') && path !== 'docs/README.md' && !named.has(path));

  expect(missing).toEqual([]);
});

test('links and headings are found', () => {
  const text =
    '# A `b`, c\n\n[x](../values/size.md#what-it-is) [y](#a-b-c) `[no](no.md)` [z](https://example.org/a.md)\n';

  expect(linksOf('docs/app/a.md', text)).toEqual([
    { path: 'docs/values/size.md', heading: 'what-it-is' },
    { path: 'docs/app/a.md', heading: 'a-b-c' },
  ]);
  expect(headingsOf(text)).toEqual(['a-b-c']);
  expect(faultOf({ path: 'docs/values/size.md', heading: 'nothing' })).toContain('no heading');
  expect(faultOf({ path: 'docs/no.md' })).toContain('not there');
});
