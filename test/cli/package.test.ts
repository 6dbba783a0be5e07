import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as library from '../../lib/index';
import { builtPackage, runNode, TestProject } from './support/project';
import { linksOf } from '../house/page-links';
import { motd } from './support/definitions';

jest.setTimeout(60_000);
afterEach(() => TestProject.cleanUp());

describe('the package', () => {
  test('gives its exports by name to native ES modules and to CommonJS', async () => {
    const project = new TestProject({
      'esm.mjs':
        "import * as all from 'hpcdk';\nimport { define } from 'hpcdk';\nconsole.log(typeof define, Object.keys(all).join());",
      'cjs.cjs': "console.log(typeof require('hpcdk').define, Object.keys(require('hpcdk')).join());",
    });

    const [esm, cjs] = [
      await runNode(['esm.mjs'], { cwd: project.dir, env: {} }),
      await runNode(['cjs.cjs'], { cwd: project.dir, env: {} }),
    ];

    const names = ['function', ...Object.keys(library)];
    expect(cjs.stdout.trim().split(/[ ,]/).sort()).toEqual(names.sort());
    expect(esm.stdout.trim().split(/[ ,]/)).toEqual(expect.arrayContaining(names));
  });

  test('has one copy of the library behind all its doors', () => {
    const dist = join(builtPackage(), 'dist');
    const text = readFileSync(join(dist, 'hpcdk.js'), 'utf8');

    expect(text.match(/^var Noun = class|^(var|let) \w+ = class _?Noun\b|class _?Noun extends/gm)).toHaveLength(1);
    for (const door of ['index', 'cli'])
      expect(readFileSync(join(dist, `${door}.js`), 'utf8').length).toBeLessThan(10_000);
  });

  test('names the licences of what is in the bundle', () => {
    const notices = readFileSync(join(builtPackage(), 'THIRD-PARTY-NOTICES'), 'utf8');

    for (const name of ['commander', 'yaml', 'picocolors'])
      expect(notices).toMatch(new RegExp(`^${name} \\d.*\\((MIT|ISC)\\)$`, 'm'));
    expect(notices).toContain('Permission is hereby granted, free of charge');
  });
});

describe('the packed package', () => {
  const root = join(__dirname, '../..');
  const [{ files, size }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [{ readonly files: readonly { readonly path: string }[]; readonly size: number }];
  const paths = files.map(({ path }) => path);

  test('has what each relative link of its pages leads to', () => {
    const pages = paths.filter((path) => path.endsWith('.md'));
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/README.md', 'docs/guide/getting-started.md']));
    const broken = pages.flatMap((page) =>
      linksOf(page, readFileSync(join(root, page), 'utf8'))
        .filter(({ path }) => !paths.some((one) => one === path || one.startsWith(`${path.replace(/\/$/, '')}/`)))
        .map(({ path }) => `${page}: ${path}`),
    );
    expect(broken).toEqual([]);
  });

  test('is small, and has no test, script or source that its users have no use for', () => {
    expect(size).toBeLessThan(1_200_000);
    expect(paths.filter((path) => /^(test|scripts|bench|lib|node_modules|\.)/.test(path))).toEqual([
      'scripts/spack-packages.py',
    ]);
  });
});

describe('a command loads what it needs, and no more', () => {
  /** The files that a run loads, relative to where they are installed. */
  async function loaded(...args: string[]): Promise<string[]> {
    const project = new TestProject({
      'campus.ts': motd,
      'hook.cjs': "process.on('exit', () => process.stderr.write('\\n' + Object.keys(require.cache).join('\\n')));",
    });
    const { stderr } = await project.hpcdk(args, {
      env: { NODE_OPTIONS: `--require ${join(project.dir, 'hook.cjs')}` },
    });
    const files = stderr.split('\n').filter((path) => path.startsWith('/') && !path.startsWith(project.dir));
    return files.map((path) => path.replace(`${builtPackage()}/`, '').replace(/^.*\/node_modules\//, ''));
  }

  test.each([[['--version']], [['explain', 'HPC7001']], [['completion', 'bash']], [['synth', '--help']]])(
    '%j',
    async (args) => {
      const needed = [
        'bin/hpcdk.js',
        'bin/code-cache.js',
        'dist/cli.js',
        'dist/hpcdk.js',
        'dist/vendor/commander.js',
        'dist/vendor/picocolors.js',
      ];
      expect((await loaded(...args)).filter((path) => !needed.includes(path))).toEqual([]);
    },
  );

  test.each([
    ['diff', 'old', 'new'],
    ['diff', 'old/hpcdk/manifest.json', 'new/hpcdk/manifest.json'],
    ['verify', 'new'],
  ])(
    '%s of outputs that exist loads no definition, nothing that evaluates one, and no cdktf: %s %s',
    async (...args) => {
      const outputs = new TestProject({ 'campus.ts': motd });
      for (const [out, greeting] of [
        ['old', 'Welcome'],
        ['new', 'Back at 12'],
      ])
        await outputs.hpcdk(['synth', 'campus.ts', '--out', String(out), '--param', `greeting=${greeting}`]);
      const paths = args.slice(1).map((path) => join(outputs.dir, path));

      const files = await loaded(String(args[0]), ...paths);

      expect(files).toEqual(expect.arrayContaining(['dist/cli.js', 'dist/hpcdk.js']));
      expect(files.filter((path) => /cdktf|constructs|jiti|typescript|handlebars|campus/.test(path))).toEqual([]);
    },
  );

  test('synth of a definition without a cloud loads no cdktf', async () => {
    const files = await loaded('synth', 'campus.ts');

    expect(files).toEqual(expect.arrayContaining(['dist/hpcdk.js', 'jiti/lib/jiti.cjs', 'constructs/lib/index.js']));
    expect(files.filter((path) => /cdktf|yaml|diff|handlebars|typescript/.test(path))).toEqual([]);
  });
});
