import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Definition } from '../../lib/app/definition';
import { synthesize } from '../../lib/testing/synthesize';

const root = join(__dirname, '../..');
const folder = join(root, 'docs/examples');
const examples = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
const pages = [
  ...readdirSync(root).filter((file) => file.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
].sort();

interface Fence {
  readonly page: string;
  /** What stands behind the three back quotes. */
  readonly info: string;
  readonly lines: readonly string[];
}

/** The fenced blocks of a page. */
function fencesOf(page: string, text: string): Fence[] {
  return [...text.matchAll(/^```(.*)\n([^]*?)^```$/gm)].map(([, info = '', body = '']) => ({
    page,
    info,
    lines: body.split('\n').slice(0, -1),
  }));
}

const fences = pages.flatMap((page) => fencesOf(page, readFileSync(join(root, page), 'utf8')));
const named = fences.flatMap((fence) => {
  const [, file] = /^\/\/ (docs\/examples\/\S+)$/.exec(fence.lines[0] ?? '') ?? [];
  return file === undefined ? [] : [{ ...fence, file }];
});
const emitted = fences.flatMap((fence) => {
  const [, example, path] = /^\w+ (\S+\.ts) (\S+)$/.exec(fence.info) ?? [];
  return example === undefined || path === undefined ? [] : [{ ...fence, example, path }];
});

const definitionOf = (file: string): unknown => (require(join(folder, file)) as { default?: unknown }).default;
const outputOf = (file: string) => synthesize(definitionOf(file) as Definition, { projectDir: root });

describe('the examples of the docs', () => {
  test.each(examples)('%s is a definition that synthesises without a diagnostic', async (file) => {
    expect(Definition.isDefinition(definitionOf(file))).toBe(true);
    (await outputOf(file)).expectNoDiagnostics();
  });

  test.each(named.map(({ page, file, lines }) => [page, file, lines] as const))(
    '%s shows %s as it is',
    (_, file, lines) => {
      expect(`${lines.slice(1).join('\n')}\n`).toBe(readFileSync(join(root, file), 'utf8'));
    },
  );

  test('each stands on a page', () => {
    const shown = named.map(({ file }) => file);
    const all = readdirSync(folder).filter((file) => file.endsWith('.ts'));
    expect(all.filter((file) => !shown.includes(`docs/examples/${file}`))).toEqual([]);
  });

  // ```conf partition.ts sites/campus/slurm/hpc/slurm.conf
  // A line that ends with ` ...` shows the start of one; a line of `...` stands for any number of lines.
  test.each(emitted.map(({ page, example, path, lines }) => [page, path, example, lines] as const))(
    '%s shows lines of %s as %s emits them',
    async (_, path, example, lines) => {
      const text = (await outputOf(example)).at(path).split('\n');
      let from = 0;
      for (const line of lines.filter((shown) => shown !== '...')) {
        const start = line.endsWith(' ...') ? line.slice(0, -4) : undefined;
        const at = text.findIndex(
          (real, index) => index >= from && (start === undefined ? real === line : real.startsWith(start)),
        );
        if (at < 0)
          throw new Error(`'${line}' is not in what comes after line ${from} of ${path}:\n${text.join('\n')}`);
        from = at + 1;
      }
    },
  );
});

test('blocks of a page are found', () => {
  const text = '# a\n\n```ts\n// docs/examples/x.ts\na();\n```\n\n```conf x.ts y/z.conf\nA=1\n```\n';
  expect(fencesOf('p.md', text)).toEqual([
    { page: 'p.md', info: 'ts', lines: ['// docs/examples/x.ts', 'a();'] },
    { page: 'p.md', info: 'conf x.ts y/z.conf', lines: ['A=1'] },
  ]);
});
