import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { TestProject } from './support/project';

jest.setTimeout(60_000);
afterEach(() => TestProject.cleanUp());

const init = (project: TestProject, ...args: string[]) => project.json(['init', ...args, '--no-install']);

describe('hpcdk init', () => {
  test('in an empty folder makes a project that synthesises', async () => {
    const campus = new TestProject({});

    const run = await init(campus);

    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.document.result).toMatchObject({
      directory: '.',
      kept: [],
      next: ['npm install', 'npm run synth', 'npm test'],
    });
    const files = Object.keys(campus.files()).filter((path) => !path.startsWith('node_modules'));
    expect(files).toEqual(
      [
        '.github/workflows/hpcdk.yml',
        '.gitignore',
        '.gitlab-ci.yml',
        'cdktf.json',
        'jest.config.js',
        'package.json',
        'stacks/campus.ts',
        'test/campus.test.ts',
        'tsconfig.json',
      ].sort(),
    );
    expect((await campus.json(['synth'])).document).toMatchObject({ exitCode: 0, diagnostics: [] });
  });

  test('makes a package.json with the scripts and the tools of the project', async () => {
    const campus = new TestProject({});

    await init(campus, 'My Campus');

    expect(JSON.parse(campus.read('My Campus/package.json'))).toMatchObject({
      name: 'my-campus',
      private: true,
      scripts: { synth: 'hpcdk synth', check: 'hpcdk check', test: 'jest', typecheck: 'tsc --noEmit' },
      dependencies: { hpcdk: expect.stringMatching(/^\^\d/) },
      devDependencies: { jest: expect.any(String), '@swc/jest': expect.any(String), typescript: expect.any(String) },
    });
  });

  test('adds to a package.json, keeps what is there, and replaces the placeholder of npm', async () => {
    const before = {
      name: 'site',
      type: 'commonjs',
      scripts: { test: 'echo "Error: no test specified" && exit 1', check: 'make check' },
      dependencies: { hpcdk: 'file:../hpcdk.tgz' },
      devDependencies: { jest: '1.0.0' },
    };
    const campus = new TestProject({ 'package.json': JSON.stringify(before) });

    const run = await init(campus);

    expect(run.document.result).toMatchObject({ kept: ['the script "check" of package.json'] });
    expect(JSON.parse(campus.read('package.json'))).toMatchObject({
      ...before,
      scripts: { test: 'jest', check: 'make check', synth: 'hpcdk synth' },
    });
  });

  test('never overwrites a file, and then writes none', async () => {
    const campus = new TestProject({ 'tsconfig.json': '{}', 'stacks/campus.ts': 'mine' });

    const run = await init(campus);

    expect(run.code).toBe(1);
    expect(run.document.diagnostics).toMatchObject([
      { code: 'HPC7013', message: 'init would overwrite stacks/campus.ts, tsconfig.json' },
    ]);
    expect(Object.keys(campus.files()).filter((path) => !path.startsWith('node_modules'))).toEqual([
      'stacks/campus.ts',
      'tsconfig.json',
    ]);
  });

  test('a package.json that is broken is told with its line', async () => {
    const campus = new TestProject({ 'package.json': '{\n  "name": "x",\n}' });

    const run = await init(campus);

    expect(run.document.diagnostics).toMatchObject([{ code: 'HPC7015', source: { file: 'package.json', line: 3 } }]);
  });

  test('when npm fails, the files are written, and a warning says so', async () => {
    const campus = new TestProject({ 'bin/npm': '#!/bin/sh\necho "no network" >&2\nexit 1\n' });
    chmodSync(join(campus.dir, 'bin/npm'), 0o755);

    const run = await campus.json(['init', 'new'], { env: { PATH: `${campus.dir}/bin:${process.env.PATH}` } });

    expect(run.code).toBe(0);
    expect(run.document.diagnostics).toMatchObject([
      { code: 'HPC7016', severity: 'warning', message: 'npm install did not finish: no network' },
    ]);
    expect(run.document.result).toMatchObject({ next: ['cd new', 'npm install', 'npm run synth', 'npm test'] });
  });
});
