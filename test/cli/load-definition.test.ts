import { motd } from './support/definitions';
import { projectFile, runNode, TestProject, builtPackage } from './support/project';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

jest.setTimeout(60_000);
afterEach(() => TestProject.cleanUp());

const site = "new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu', ansible: false })";

describe('a definition may be', () => {
  test.each([
    ['TypeScript with import', 'campus.ts', motd],
    [
      'an ES module that waits',
      'campus.mjs',
      `import { define, Site } from 'hpcdk';\nawait null;\nexport default define((app) => { ${site}; });`,
    ],
    [
      'CommonJS',
      'campus.cjs',
      `const { define, Site } = require('hpcdk');\nmodule.exports = define((app) => { ${site}; });`,
    ],
    [
      'asynchronous',
      'campus.mts',
      `import { define, Site } from 'hpcdk';\nexport default define(async (app) => { await null; ${site}; });`,
    ],
    ['in several files', 'campus.ts', "export { default } from './other';"],
  ])('%s', async (_what, file, text) => {
    const campus = new TestProject({ 'cdktf.json': projectFile(file), [file]: text, 'other.ts': motd });

    const run = await campus.json(['tree']);

    expect(run.document).toMatchObject({ diagnostics: [], result: { constructs: [{ path: 'campus', kind: 'Site' }] } });
  });
});

describe('what cannot be loaded is one diagnostic at its line, without a stack trace', () => {
  const define = "import { define } from 'hpcdk';\n";

  test.each([
    ['a syntax error', `${define}export default define((app) => {\n  const x = { a: 1\n    b: 2 };\n});`, 'HPC7006', 4],
    ['a missing file', `${define}import { nodes } from './nodes';\nexport default define(() => nodes);`, 'HPC7007', 2],
    ['a missing package', `${define}\nimport x from '@acme/hpc';\nexport default define(() => x);`, 'HPC7007', 3],
    [
      'an exception',
      `${define}const none: any = undefined;\nnone.x();\nexport default define(() => {});`,
      'HPC7008',
      3,
    ],
    ['a default export that is a function', `${define}\nexport default (app: unknown) => define;`, 'HPC7009', 3],
    ['no default export', `${define}export const campus = define(() => {});`, 'HPC7009', 1],
    [
      'an exception in the definition',
      `${define}export default define(() => {\n  throw new Error('no luck');\n});`,
      'HPC2503',
      3,
    ],
    [
      'something thrown that is no error',
      `${define}export default define(() => {\n  throw 'no luck';\n});`,
      'HPC2503',
      undefined,
    ],
  ])('%s', async (_what, text, code, line) => {
    const campus = new TestProject({ 'cdktf.json': projectFile('campus.ts'), 'campus.ts': text });

    const run = await campus.json(['synth']);

    expect(run.code).toBe(1);
    expect(run.stderr).toBe('');
    expect(run.document.diagnostics).toHaveLength(1);
    expect(run.document.diagnostics[0]).toMatchObject({ code, ...(line && { source: { file: 'campus.ts', line } }) });
    expect(JSON.stringify(run.document)).not.toContain(campus.dir);
  });

  test('of a file that the definition imports, the line of that file is told', async () => {
    const campus = new TestProject({
      'cdktf.json': projectFile('campus.ts'),
      'campus.ts': "import './lib/nodes';",
      'lib/nodes.ts': 'const x = ;',
    });

    const run = await campus.hpcdk(['synth']);

    expect(run.stderr).toMatch(/^lib\/nodes.ts:1:11: error HPC7006: .*\n {2}1 \| const x = ;\n {4}\| {11}\^\n/);
  });
});

describe('cdktf.json', () => {
  test.each([
    ['is no JSON', '{\n  "language": "typescript",\n}', 'HPC7003', 3],
    ['is a list', '[]', 'HPC7004', 1],
    ['names no definition', '{ "app": "npx hpcdk synth" }', 'HPC7004', 1],
    ['has a definition that is no path', '{\n  "hpcdk": {\n    "definition": 3\n  }\n}', 'HPC7004', 3],
    ['has an entry that does not exist', '{\n  "hpcdk": { "defintion": "campus.ts" }\n}', 'HPC7004', 2],
    ['names a file that is not there', '{\n  "hpcdk": { "definition": "campos.ts" }\n}', 'HPC7005', 2],
  ])('%s', async (_what, text, code, line) => {
    const campus = new TestProject({ 'cdktf.json': text, 'campus.ts': motd });

    const run = await campus.json(['synth']);

    expect(run.code).toBe(1);
    expect(run.document.diagnostics).toMatchObject([{ code, source: { file: 'cdktf.json', line } }]);
  });

  test('may be missing when the file is named; without either there is no definition', async () => {
    const empty = new TestProject({});

    expect((await empty.json(['synth'])).document.diagnostics).toMatchObject([{ code: 'HPC7002' }]);
    expect((await empty.json(['synth', 'nowhere.ts'])).document.diagnostics).toMatchObject([{ code: 'HPC7005' }]);
  });
});

test.each([
  [['--param', 'nodes'], "'nodes' is not name=value"],
  [['--param', 'a=1', '--param', 'a=2'], "'a' is given twice"],
])('parameters %j are refused', async (args, message) => {
  const campus = new TestProject({ 'campus.ts': motd });

  const run = await campus.json(['synth', 'campus.ts', ...args]);

  expect(run.document.diagnostics).toMatchObject([{ code: 'HPC7010', message: expect.stringContaining(message) }]);
});

test('a copy installed elsewhere hands over to the copy of the project', async () => {
  const campus = new TestProject({ 'cdktf.json': projectFile('campus.ts'), 'campus.ts': motd }, { installed: false });
  campus.write(
    'node_modules/hpcdk/package.json',
    JSON.stringify({ name: 'hpcdk', version: '9.9.9', bin: { hpcdk: 'bin/own.js' } }),
  );
  campus.write('node_modules/hpcdk/bin/own.js', "console.log('copy of the project', process.argv.slice(2).join(' '))");
  mkdirSync(join(campus.dir, 'deep/er'), { recursive: true });

  expect((await campus.hpcdk(['synth', '--json'], { cwd: 'deep/er' })).stdout).toBe(
    'copy of the project synth --json\n',
  );
});

test('a package of a third party gets the copy that runs', async () => {
  const campus = new TestProject({
    'cdktf.json': projectFile('campus.ts'),
    'campus.ts':
      "import { define } from 'hpcdk';\nimport { acme } from 'acme';\nexport default define((app) => acme(app));",
    'node_modules/acme/index.js': `const { Site } = require('hpcdk');\nexports.acme = (app) => { ${site}; };`,
  });

  const run = await campus.json(['tree']);

  expect(run.document).toMatchObject({
    diagnostics: [],
    result: { constructs: [{ kind: 'Site', source: { file: 'node_modules/acme/index.js', line: 2 } }] },
  });
});

test('the repository without a build says to build', async () => {
  const campus = new TestProject({}, { installed: false });
  campus.write('package.json', '{"name":"hpcdk"}');
  mkdirSync(join(campus.dir, 'bin'));
  symlinkSync(join(builtPackage(), 'bin/hpcdk.js'), join(campus.dir, 'bin/hpcdk.js'));

  const run = await runNode(['--preserve-symlinks-main', 'bin/hpcdk.js'], { cwd: campus.dir, env: {} });

  expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('npm run build') });
});
