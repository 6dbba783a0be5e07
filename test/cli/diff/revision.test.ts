import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diff } from '../../../lib/diff/model';
import { builtPackage, type JsonRun, projectFile, TestProject } from '../support/project';
import { campus, GitProject } from '../support/repository';

jest.setTimeout(120_000);

/** Folders for temporary files, one for each test: what a run leaves is seen. */
const temporary = mkdtempSync(join(tmpdir(), 'hpcdk-test-tmp-'));
afterAll(() => {
  TestProject.cleanUp();
  rmSync(temporary, { recursive: true, force: true });
});
let tests = 0;
const newTemporary = (): string => {
  const dir = join(temporary, String((tests += 1)));
  mkdirSync(dir);
  return dir;
};

function diffOf({ document, stderr }: JsonRun): Diff {
  const { diff } = (document.result ?? {}) as { readonly diff?: Diff };
  if (!diff) throw new Error(`there is no diff: ${JSON.stringify(document)}\n${stderr}`);
  return diff;
}
const titles = (run: JsonRun): string[] => diffOf(run).entries.map(({ title }) => title);
const SHORTER = 'partition batch: maxTime 7d → 2d';

/** What git knows of work trees, and what stands in the folder for temporary files. */
const left = (project: GitProject, dir: string) => ({
  trees: project.git('worktree', 'list', '--porcelain').match(/^worktree /gm)?.length,
  temporary: readdirSync(dir),
});
const NOTHING = { trees: 1, temporary: [] };

/** A definition that says in a file that it is there, and then waits. */
const waiting = (signal: string): string => `
import { writeFileSync } from 'node:fs';
import { define } from 'hpcdk';
export default define(async () => {
  writeFileSync(${JSON.stringify(signal)}, '');
  await new Promise((done) => setTimeout(done, 60_000));
});
`;

/** The same, and then it leaves no moment to anybody else: it makes again and again what should go. */
const computing = (signal: string, dir: string): string => `
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { define } from 'hpcdk';
export default define(() => {
  writeFileSync(${JSON.stringify(signal)}, '');
  const dir = ${JSON.stringify(dir)};
  for (;;) for (const name of readdirSync(dir)) mkdirSync(dir + '/' + name + '/again', { recursive: true });
});
`;

describe('hpcdk diff REVISION', () => {
  test('compares the definition as it stands on disk with that of a branch, tag or commit', async () => {
    const project = new GitProject();
    const TMPDIR = newTemporary();
    project.git('tag', 'v1');
    project.write('campus.ts', campus({ days: 5 }));
    const first = project.git('rev-parse', 'HEAD');
    project.commit('two');
    project.write('campus.ts', campus({ days: 2 })); // not committed
    const status = project.git('status', '--porcelain');

    const [branch, tag, before, id] = await Promise.all(
      ['main', 'v1', 'HEAD~1', first.slice(0, 10)].map((name) => project.json(['diff', name], { env: { TMPDIR } })),
    );

    expect(titles(branch as JsonRun)).toEqual(['partition batch: maxTime 5d → 2d']);
    for (const run of [tag, before, id]) expect(titles(run as JsonRun)).toEqual([SHORTER]);
    expect(diffOf(tag as JsonRun)).toMatchObject({
      before: { label: 'v1', level: 'output' },
      after: { label: 'working definition' },
    });
    expect(diffOf(tag as JsonRun).notes[0]).toMatch(
      new RegExp(`^v1 was evaluated at commit ${first.slice(0, 12)} with the present node_modules and hpcdk \\d`),
    );
    expect(left(project, TMPDIR)).toEqual(NOTHING);
    expect(project.git('status', '--porcelain')).toBe(status);
    expect(existsSync(join(project.dir, 'cdktf.out'))).toBe(false);
  });

  test('compares two revisions, and a revision with an output', async () => {
    const project = new GitProject();
    const TMPDIR = newTemporary();
    await project.hpcdk(['synth']);
    project.write('campus.ts', campus({ days: 2 }));
    project.commit('two');

    const two = await project.json(['diff', 'HEAD~1', 'HEAD'], { env: { TMPDIR } });
    const output = await project.json(['diff', './cdktf.out', 'HEAD'], { env: { TMPDIR } });

    expect(titles(two)).toEqual([SHORTER]);
    expect(titles(output)).toEqual([SHORTER]);
    expect(left(project, TMPDIR)).toEqual(NOTHING);
  });

  test('of a project that is a folder of the repository, from a folder below it, with its packages', async () => {
    const uses = campus({ extra: 'void site; void require("local");' });
    const project = new GitProject({ 'site/campus.ts': uses, 'site/docs/a.md': '' }, 'site/');
    const TMPDIR = newTemporary();
    project.write('site/node_modules/local/index.js', 'module.exports = 1;');
    project.write('site/campus.ts', uses.replace('days(7)', 'days(2)'));

    const run = await project.hpcdk(['diff', 'main', '--json'], { cwd: 'site/docs', env: { TMPDIR } });

    expect(run.stderr).toBe('');
    expect(titles({ ...run, document: JSON.parse(run.stdout) as JsonRun['document'] })).toEqual([SHORTER]);
    expect(existsSync(join(project.dir, 'site/node_modules/local/index.js'))).toBe(true);
    expect(left(project, TMPDIR)).toEqual(NOTHING);
  });

  test('takes the folder where a name is both, and says so', async () => {
    const project = new GitProject();
    await project.hpcdk(['synth', '--out', 'release']);
    project.git('branch', 'release');
    project.write('campus.ts', campus({ days: 2 }));

    const both = await project.json(['diff', 'release']);
    const folder = await project.json(['diff', 'release/']);
    const branch = await project.json(['diff', 'refs/heads/release']);

    const note =
      'release is a folder here and a revision of git too: the folder is compared (refs/heads/release names the branch)';
    expect(diffOf(both).notes).toEqual([note]);
    expect(diffOf(folder).notes).toEqual([]);
    expect(diffOf(branch).notes.join()).toContain('was evaluated at commit');
    for (const run of [both, folder, branch]) expect(titles(run)).toEqual([SHORTER]);
  });

  test('is not led astray by a hook of git that calls it, and runs none', async () => {
    const project = new GitProject({ 'hooks/post-checkout': '#!/bin/sh\ntouch "$HOME/hook-ran"\n' });
    chmodSync(join(project.dir, 'hooks/post-checkout'), 0o755);
    project.git('config', 'core.hooksPath', join(project.dir, 'hooks'));
    project.write('campus.ts', campus({ days: 2 }));
    const index = project.git('ls-files', '--stage');

    const env = {
      TMPDIR: newTemporary(),
      GIT_DIR: join(project.dir, '.git'),
      GIT_INDEX_FILE: join(project.dir, '.git/index'),
    };
    const run = await project.json(['diff', 'main'], { env });

    expect(titles(run)).toEqual([SHORTER]);
    expect(project.git('ls-files', '--stage')).toBe(index);
    expect(existsSync(join(project.dir, 'hook-ran'))).toBe(false);
  });
});

describe('a revision that cannot be evaluated', () => {
  test('is told with what was likely meant', async () => {
    const project = new GitProject();
    project.git('update-ref', 'refs/remotes/origin/next', 'HEAD');

    const [near, remote, far, dash] = await Promise.all(
      ['mian', 'next', 'e83c5163316f89bfbde7d9ab23ca2e25604af290', 'main^{tree}'].map(
        async (name) => (await project.json(['diff', name])).document.diagnostics,
      ),
    );

    const message = (name: string) => `'${name}' is neither a folder here nor a revision of this git repository`;
    expect(near).toMatchObject([{ code: 'HPC7018', message: message('mian'), fix: 'did you mean main?' }]);
    expect(remote).toMatchObject([{ code: 'HPC7018', fix: 'did you mean origin/next?' }]);
    expect(far).toMatchObject([{ code: 'HPC7018', fix: expect.stringContaining('name a branch, a tag, a commit') }]);
    expect(dash).toMatchObject([{ code: 'HPC7018' }]);
  });

  test('in a shallow clone: fetch it', async () => {
    const origin = new GitProject();
    origin.commit('two');
    const clone = new GitProject();
    rmSync(join(clone.dir, '.git'), { recursive: true });
    clone.git('init', '-q');
    clone.git('fetch', '-q', '--depth', '1', `file://${origin.dir}`, 'main');
    clone.git('checkout', '-q', '-f', 'FETCH_HEAD');

    const { document } = await clone.json(['diff', 'HEAD~1']);

    expect(document.diagnostics).toMatchObject([{ code: 'HPC7018', fix: expect.stringContaining('git fetch') }]);
  });

  test('its faults have the side and the file as git calls it', async () => {
    const project = new GitProject({ 'campus.ts': campus({ hosts: 'cn[9-1]' }) });
    const TMPDIR = newTemporary();
    project.write('campus.ts', campus({ days: -1 }));

    const run = await project.json(['diff', 'main'], { env: { TMPDIR } });

    expect([run.code, run.document.result]).toEqual([1, undefined]);
    const told = run.document.diagnostics.map(({ message, source }) => [String(message).split(': ')[0], source]);
    expect(told).toContainEqual(['main', expect.objectContaining({ file: 'main:campus.ts', line: 8 })]);
    expect(told).toContainEqual(['working definition', expect.objectContaining({ file: 'campus.ts', line: 9 })]);
    expect(left(project, TMPDIR)).toEqual(NOTHING);
  });

  test('without the project in it', async () => {
    const project = new GitProject();
    project.git('rm', '-q', 'cdktf.json', 'campus.ts');
    const empty = project.commit('none');
    for (const [path, text] of [
      ['cdktf.json', projectFile('campus.ts')],
      ['campus.ts', campus()],
    ] as const)
      project.write(`site/${path}`, text);
    project.git('checkout', '-q', 'HEAD~1', '.');

    const here = await project.json(['diff', empty]);
    const below = await project.hpcdk(['diff', empty, '--json'], { cwd: 'site' });

    expect(here.document.diagnostics).toMatchObject([
      { code: 'HPC7019', message: `'${empty}' has no cdktf.json: the project began later` },
    ]);
    expect(below.stdout).toContain("has no folder 'site': the project began later");
    expect(below.stdout).toContain('HPC7019');
  });

  test.each([
    ['process.exit(7)', 'HPC7026', 'main: something in the definition ended the process (exit code 7)'],
    ["process.kill(process.pid, 'SIGKILL')", 'HPC7021', "'main': the evaluation stopped: SIGKILL"],
  ])('by a process that dies: %s', async (death, code, message) => {
    const project = new GitProject({ 'campus.ts': `${death};\n` });
    project.write('campus.ts', campus());

    const { document } = await project.json(['diff', 'main']);

    expect(document.diagnostics).toMatchObject([{ code, message }]);
  });

  test('because git is not installed', async () => {
    const project = new GitProject();

    const { document } = await project.json(['diff', 'main'], { env: { PATH: '/nowhere' } });

    expect(document.diagnostics).toMatchObject([
      { code: 'HPC7018', message: expect.stringContaining('the program git is not installed') },
    ]);
  });

  test('because the work tree cannot be made', async () => {
    const project = new GitProject();
    project.write('.git/worktrees', 'in the way');

    const { document } = await project.json(['diff', 'main']);

    expect(document.diagnostics).toMatchObject([
      { code: 'HPC7019', message: expect.stringMatching(/^'main' cannot be checked out: git: /) },
    ]);
  });
});

describe('a run that is stopped', () => {
  const started = async (project: GitProject, TMPDIR: string, signal: string) => {
    const { PATH } = process.env;
    const child = spawn(process.execPath, [join(builtPackage(), 'bin/hpcdk.js'), 'diff', 'main'], {
      cwd: project.dir,
      env: { PATH, HOME: project.dir, TMPDIR },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    while (!existsSync(signal)) await new Promise((done) => setTimeout(done, 20));
    return { child, ended };
  };
  const stopped = (): { project: GitProject; TMPDIR: string; signal: string } => {
    const TMPDIR = newTemporary();
    const signal = join(temporary, `signal-${tests}`);
    const project = new GitProject({ 'campus.ts': waiting(signal) });
    project.write('campus.ts', campus());
    return { project, TMPDIR, signal };
  };

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s leaves nothing', async (name, code) => {
    const { project, TMPDIR, signal } = stopped();
    const { child, ended } = await started(project, TMPDIR, signal);
    expect(left(project, TMPDIR)).toMatchObject({ trees: 2 });

    child.kill(name);

    expect(await ended).toEqual([code, null]);
    expect(left(project, TMPDIR)).toEqual(NOTHING);
  });

  test('while the working definition computes for ever', async () => {
    const { project, TMPDIR, signal } = stopped();
    project.commit('the campus');
    project.write('campus.ts', computing(signal, TMPDIR));
    const { child, ended } = await started(project, TMPDIR, signal);

    child.kill('SIGINT');

    expect(await ended).toEqual([130, null]);
    expect(left(project, TMPDIR)).toEqual(NOTHING);
  });

  test('by SIGKILL is tidied up by the next one, while another one that runs is left alone', async () => {
    const { project, TMPDIR, signal } = stopped();
    const killed = await started(project, TMPDIR, signal);
    killed.child.kill('SIGKILL');
    await killed.ended;
    rmSync(signal);
    expect(left(project, TMPDIR)).toMatchObject({ trees: 2, temporary: [expect.stringMatching(/^hpcdk-diff-/)] });

    const running = await started(project, TMPDIR, signal);
    const [folder] = left(project, TMPDIR).temporary;
    expect(left(project, TMPDIR)).toEqual({ trees: 2, temporary: [folder] });

    const fine = new GitProject();
    expect((await fine.json(['diff', 'main'], { env: { TMPDIR } })).code).toBe(0);
    expect(left(project, TMPDIR).temporary).toEqual([folder]);
    running.child.kill('SIGINT');
    await running.ended;
    expect(left(project, TMPDIR)).toEqual(NOTHING);
  });

  test('and whose folder somebody else removed is taken from the list', async () => {
    const { project, TMPDIR, signal } = stopped();
    project.write('campus.ts', waiting(signal)); // or it would go on, and make its folder again
    const killed = await started(project, TMPDIR, signal);
    killed.child.kill('SIGKILL');
    await killed.ended;
    for (const name of readdirSync(TMPDIR)) rmSync(join(TMPDIR, name), { recursive: true });
    project.write('elsewhere', '');
    project.git('worktree', 'add', '-q', '--detach', join(TMPDIR, 'mine'));
    rmSync(join(TMPDIR, 'mine'), { recursive: true });
    project.write('campus.ts', campus());
    project.commit('good');

    expect((await project.json(['diff', 'main'], { env: { TMPDIR } })).code).toBe(0);

    // that of the user stays in the list, though its folder is gone
    expect(left(project, TMPDIR)).toEqual({ trees: 2, temporary: [] });
  });
});
