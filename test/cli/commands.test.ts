import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../lib/cli/commands';
import { faulty, motd } from './support/definitions';
import { projectFile, TestProject } from './support/project';

jest.setTimeout(60_000);
afterAll(() => TestProject.cleanUp());

const root = join(__dirname, '../..');
const campus = (): TestProject => new TestProject({ 'cdktf.json': projectFile('campus.ts'), 'campus.ts': motd });

describe('the command line', () => {
  test('lists its commands, and documents the exit codes', async () => {
    const run = await campus().hpcdk(['--help']);

    expect(run.code).toBe(0);
    const words = run.stdout.replace(/\s+/g, ' ');
    for (const { name, summary } of commands) expect(words).toMatch(new RegExp(` ${name} [^.]*${summary}`));
    expect(run.stdout).toContain('Exit codes:\n  0  no errors\n  1  any error');
  });

  test.each(commands.map((command) => [command.name, command] as const))(
    'the help of %s ends with an example',
    async (name, command) => {
      const project = campus();

      const run = await project.hpcdk([name, '--help']);

      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(run.stdout.endsWith(`${command.examples.map((line) => `  ${line}`).join('\n')}\n`)).toBe(true);
      expect(await project.hpcdk(['help', name])).toEqual(run);
    },
  );

  test('the help of what ends with other exit codes tells them', async () => {
    const [diff, synth] = await Promise.all(['diff', 'synth'].map((name) => campus().hpcdk([name, '--help'])));

    expect(diff?.stdout).toContain('  2  something changes (--exit-code)\n  3  a gate failed (--fail-on)\n\nExamples:');
    expect(synth?.stdout).not.toContain('Exit codes');
  });

  test('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

    expect(await campus().hpcdk(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.each([
    [['snth'], "unknown command 'snth'", 'did you mean synth?'],
    [['synth', '--forse'], "unknown option '--forse'", 'did you mean --force?'],
    [['synth', 'a.ts', 'b.ts'], 'too many arguments', 'see hpcdk help'],
    [['eject'], "missing required argument 'dir'", 'see hpcdk help'],
    [['completion', 'csh'], "'csh' is invalid", 'see hpcdk help'],
    [['check', '--format', 'xml'], "'xml' is invalid", 'see hpcdk help'],
  ])('%j is refused with a hint', async (args, message, fix) => {
    const project = campus();

    const [forPeople, run] = [await project.hpcdk(args), await project.json(args)];

    expect(forPeople).toMatchObject({ code: 1, stdout: '' });
    expect(forPeople.stderr).toMatch(/^error HPC7001: [^]*\n1 error\n$/);
    expect(run.document).toMatchObject({
      exitCode: 1,
      diagnostics: [{ code: 'HPC7001', message: expect.stringContaining(message), fix }],
    });
  });

  test('colours only where they are wanted', async () => {
    const project = new TestProject({ 'campus.ts': faulty });
    const stderr = async (env: Record<string, string>) => (await project.hpcdk(['synth', 'campus.ts'], { env })).stderr;

    expect(await stderr({})).not.toContain('\u001b');
    expect(await stderr({ FORCE_COLOR: '1' })).toContain('\u001b[31m');
    expect(await stderr({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain('\u001b');
  });

  test('a fault of a renderer is told with its trace, which a report needs', async () => {
    const project = new TestProject({
      'campus.ts': `import { define } from 'hpcdk';
export default define((app) => app.addRenderer({ name: 'broken', render: () => { throw new Error('not today'); } }));`,
    });

    const run = await project.hpcdk(['synth', 'campus.ts']);

    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/^error HPC7017: not today\n[^]*\n1 error\nError: not today\n {4}at /);
  });

  test('a definition that leaves a timer behind does not keep the command from ending', async () => {
    const project = new TestProject({
      'campus.ts':
        "import { define } from 'hpcdk';\nexport default define(() => { setInterval(() => undefined, 1e6); });",
    });

    expect((await project.hpcdk(['check', 'campus.ts'])).code).toBe(0);
  });

  test('work of more than a second is told on stderr, but not with --json', async () => {
    const slow =
      "import { define } from 'hpcdk';\nexport default define(() => new Promise((done) => { setTimeout(done, 1300); }));";
    const project = new TestProject({ 'campus.ts': slow });

    const [forPeople, json] = await Promise.all([
      project.hpcdk(['check', 'campus.ts'], { progress: true }),
      project.json(['check', 'campus.ts']),
    ]);

    expect(forPeople.stderr).toContain('synthesising ...\n');
    expect(json.stderr).toBe('');
  });
});

describe('--json', () => {
  const validate = new Ajv().compile(
    JSON.parse(readFileSync(join(root, 'schemas/command-result.schema.json'), 'utf8')),
  );

  test.each([
    ['synth', ['synth'], 0],
    ['check', ['check'], 0],
    ['tree', ['tree'], 0],
    ['explain', ['explain'], 0],
    ['a code', ['explain', 'HPC7001'], 0],
    ['an unknown code', ['explain', 'HPC9'], 1],
    ['eject', ['eject', 'plain'], 0],
    ['init', ['init', 'new', '--no-install'], 0],
    ['completion', ['completion', 'zsh'], 0],
    ['faults', ['synth', 'faulty.ts'], 1],
    ['a wrong command line', ['nothing'], 1],
  ])('of %s is one document of its schema', async (_what, args, code) => {
    const project = campus();
    project.write('faulty.ts', faulty);

    const run = await project.json(args);

    expect(run.code).toBe(code);
    expect(run.document.exitCode).toBe(code);
    expect(validate(run.document) ? [] : validate.errors).toEqual([]);
  });

  test('of a file that was edited by hand is of the schema too, with the diff', async () => {
    const project = campus();
    await project.hpcdk(['synth']);
    project.write('cdktf.out/sites/campus/motd/motd', 'mine\n');

    const { document } = await project.json(['synth']);

    expect(validate(document)).toBe(true);
    expect(document.diagnostics[0]?.diff).toContain('-mine');
  });

  test('the schema refuses a key that it does not know', () => {
    expect(validate({ format: 'hpcdk-result', version: 1, tool: '1', exitCode: 0, diagnostics: [], more: 1 })).toBe(
      false,
    );
  });
});

test('--format sarif puts a log of all faults on stdout', async () => {
  const project = new TestProject({ 'campus.ts': faulty });

  const run = await project.hpcdk(['check', 'campus.ts', '--format', 'sarif']);

  const log = JSON.parse(run.stdout) as { runs: [{ results: { locations: [{ physicalLocation: object }] }[] }] };
  expect(run).toMatchObject({ code: 1, stderr: '' });
  expect(log.runs[0].results).toHaveLength(6);
  expect(log.runs[0].results[0]?.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'campus.ts' },
    region: { startLine: 6, startColumn: 5 },
  });
});

describe('hpcdk explain', () => {
  test('prints the page of a code, in any spelling', async () => {
    const run = await campus().hpcdk(['explain', 'hpc7003']);

    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^HPC7003: a cdktf.json that cannot be read\n\n[^]*\nfix: Mend the line/);
    expect((await campus().hpcdk(['explain', '7003'])).stdout).toBe(run.stdout);
  });

  test('of a code that does not exist suggests one', async () => {
    const { document } = await campus().json(['explain', 'HPC70033']);

    expect(document.diagnostics).toMatchObject([{ code: 'HPC7011', fix: 'did you mean HPC7003?' }]);
  });
});

describe('hpcdk eject', () => {
  test('writes the files without what is ours, with a README', async () => {
    const project = campus();

    const run = await project.hpcdk(['eject', 'plain/files']);

    expect(run.code).toBe(0);
    expect(Object.keys(project.files('plain'))).toEqual([
      'files/README.md',
      'files/sites/campus/motd/issue',
      'files/sites/campus/motd/motd',
    ]);
    expect(project.read('plain/files/README.md')).toContain('- `sites/campus/motd` (2 files)');
  });

  test('takes an empty folder, and refuses one that is not', async () => {
    const project = campus();
    await project.hpcdk(['eject', 'plain']);
    const before = project.files('plain');

    const run = await project.json(['eject', 'plain']);

    expect(run.document.diagnostics).toMatchObject([{ code: 'HPC7012' }]);
    expect(project.files('plain')).toEqual(before);
  });

  test('of a faulty definition writes nothing', async () => {
    const project = new TestProject({ 'campus.ts': faulty });

    expect((await project.hpcdk(['eject', 'plain', '--definition', 'campus.ts'])).code).toBe(1);
    expect(Object.keys(project.files())).toEqual(expect.not.arrayContaining([expect.stringContaining('plain')]));
  });

  test('a folder that cannot be written to is a fault', async () => {
    const project = campus();
    project.write('file', '');

    expect((await project.json(['eject', 'file/plain'])).document.diagnostics).toMatchObject([{ code: 'HPC7014' }]);
  });
});
