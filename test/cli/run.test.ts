import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { motd } from './support/definitions';
import { builtPackage, projectFile, TestProject } from './support/project';

jest.setTimeout(60_000);
afterEach(() => TestProject.cleanUp());

const project = (before: string): TestProject =>
  new TestProject({ 'cdktf.json': projectFile('stacks/campus.ts'), 'stacks/campus.ts': `${before}\n${motd}` });

describe('a definition that ends the process', () => {
  test.each([0, 3, 7])('process.exit(%d) is an error, for nothing was checked or written', async (code) => {
    const campus = project(`process.exit(${code});`);

    const run = await campus.hpcdk(['synth']);

    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain(`HPC7026: something in the definition ended the process (exit code ${code})`);
    expect(Object.keys(campus.files()).some((path) => path.startsWith('cdktf.out'))).toBe(false);
  });

  test('one that waits for what never comes is an error, as JSON too', async () => {
    const run = await project('await new Promise(() => undefined);').json(['check']);

    expect(run.code).toBe(1);
    expect(run.document.diagnostics).toMatchObject([{ code: 'HPC7026', message: expect.stringContaining('never') }]);
  });

  test('one that throws later ends with its trace', async () => {
    const run = await project(
      "setTimeout(() => { throw new Error('late') }); await new Promise((done) => setTimeout(done, 5000));",
    ).hpcdk(['check']);

    expect(run.code).toBe(1);
    expect(run.stderr).toContain('Error: late');
    expect(run.stderr).not.toContain('HPC7026');
  });
});

describe('stdout', () => {
  test('holds the result alone: what a definition prints is for people', async () => {
    const run = await project("console.log('{'); process.stdout.write('}');").json(['check']);

    expect(run.code).toBe(0);
    expect(run.stderr).toBe('{\n}');
  });

  test('that cannot be written to is an error', () => {
    const { dir } = project('');
    const script = `exec ${process.execPath} ${join(builtPackage(), 'bin/hpcdk.js')} explain > /dev/full`;

    const run = spawnSync('sh', ['-c', script], { encoding: 'utf8', cwd: dir });

    expect(run).toMatchObject({ status: 1, stderr: 'hpcdk: stdout cannot be written to\n' });
  });

  test('whose reader goes away leaves the exit code as it is', async () => {
    const campus = project('');
    const bin = join(builtPackage(), 'bin/hpcdk.js');
    const script = `(${process.execPath} ${bin} explain; echo $? >&2) | true; (${process.execPath} ${bin} explain HPC0; echo $? >&2) 2>&1 | head -c 0`;

    const run = spawnSync('sh', ['-c', script], { encoding: 'utf8', cwd: campus.dir });

    expect(run.stderr).toBe('0\n');
  });
});
