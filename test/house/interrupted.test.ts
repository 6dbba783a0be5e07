import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtPackage, projectFile, TestProject } from '../cli/support/project';

jest.setTimeout(300_000);
afterAll(() => TestProject.cleanUp());

/** Two states of a site: a file becomes a folder, files come, go, change and stay. */
const definition = `import { define, Document, Site } from 'hpcdk';

const text = { name: 'text', print: (content: string) => content, parse: (content: string) => content };

export default define((app, { state = 'old', broken = '' }) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu', ansible: false });
  const file = (path: string, content: string) =>
    new Document(campus, path, { path, format: text, content: () => content + '\\n' });
  for (let n = 0; n < 60; n++) file('files/' + n, n % 3 === 0 ? 'same' : state);
  for (let n = 0; n < 30; n++) file(state + '/only/' + n, 'x');
  file(state === 'old' ? 'thing' : 'thing/now', state);
  if (broken) new Site(app, 'no site', {} as never);
});
`;

/** Files that Terraform keeps in the output. */
const foreign = {
  'out/sites/campus/files/.terraform.lock.hcl': 'provider "aws" {}',
  'out/sites/campus/old/.terraform/providers/aws': 'binary',
  'out/terraform.tfstate': '{}',
};

const newProject = () =>
  new TestProject({ 'cdktf.json': projectFile('campus.ts'), 'campus.ts': definition, 'stacks/data/x': '' });

/** The output with what stands in it that is not ours; our lock of a killed process is left out. */
function output(project: TestProject): Record<string, string> {
  const files = Object.entries(project.files('out'));
  return Object.fromEntries(files.filter(([path]) => !path.startsWith('hpcdk/.lock')));
}

const synthOf = (state: string) => ['synth', '--out', 'out', '--param', `state=${state}`];

async function outputOf(state: string): Promise<Record<string, string>> {
  const project = newProject();
  for (const [path, content] of Object.entries(foreign)) project.write(path, content);
  const { code, stderr } = await project.hpcdk(synthOf(state));
  expect([code, stderr]).toEqual([0, '']);
  return output(project);
}

/** Which of two outputs stands; a mix fails the test. */
function which(project: TestProject, outputs: Readonly<Record<string, object>>): string {
  const found = output(project);
  const same = Object.entries(outputs).find(([, files]) => JSON.stringify(files) === JSON.stringify(found));
  if (!same) expect(found).toEqual(outputs.new);
  return same?.[0] ?? '';
}

describe('synth', () => {
  const outputs: Record<string, Record<string, string>> = {};

  beforeAll(async () => {
    for (const state of ['old', 'new']) outputs[state] = await outputOf(state);
  });

  test('two at once do not mix: each succeeds, and the output is exactly that of one', async () => {
    const project = newProject();
    for (const [path, content] of Object.entries(foreign)) project.write(path, content);
    for (let round = 0; round < 4; round++) {
      const runs = await Promise.all([project.hpcdk(synthOf('old')), project.hpcdk(synthOf('new'))]);

      expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual([
        [0, ''],
        [0, ''],
      ]);
      expect(['old', 'new']).toContain(which(project, outputs));
    }
  });

  test('killed with -9 at any moment: the output is the old one or, after the next command, the new one', async () => {
    const seen: Record<string, number> = {};
    // whatever is run next, of this definition or of a broken one
    const next = [
      ['check', '--param', 'state=new'],
      ['tree'],
      ['synth', '--param', 'broken=yes'],
      ['eject', 'ejected', '--param', 'broken=yes'],
    ];
    const project = newProject();
    for (const [path, content] of Object.entries(foreign)) project.write(path, content);
    const { wholeMs, writingMs } = await watched(project, synthOf('old'));
    // thirty times, and on until both were seen: how long a machine takes to write differs from run to run
    const isSeen = () => seen.old !== undefined && seen.new !== undefined;
    for (let round = 0; round < 30 || (round < 200 && !isSeen()); round++) {
      if (which(project, outputs) !== 'old') expect((await project.hpcdk(synthOf('old'))).code).toBe(0);
      const moment =
        round % 3 === 0
          ? { afterMs: Math.random() * wholeMs }
          : { afterStageMs: Math.random() * writingMs * (1 + round / 30) };
      await killed(project, synthOf('new'), moment);
      await project.hpcdk(next[round % next.length] as string[], { env: { CDKTF_OUTDIR: join(project.dir, 'out') } });
      const state = which(project, outputs);
      seen[state] = (seen[state] ?? 0) + 1;
    }
    expect(Object.keys(seen).sort()).toEqual(['new', 'old']);
  });
});

const start = (project: TestProject, args: readonly string[]) => {
  const child = spawn(process.execPath, [join(builtPackage(), 'bin/hpcdk.js'), ...args], {
    cwd: project.dir,
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  return { child, ended, isOver };
};

/** Waits until hpcdk begins to write, or has ended. */
async function staged(project: TestProject, isOver: () => boolean): Promise<void> {
  while (!isOver() && !existsSync(join(project.dir, 'out/hpcdk/.stage'))) await sleep(0);
}

/** Runs hpcdk to its end: how long that takes, and how long of it from the first write on. */
async function watched(project: TestProject, args: readonly string[]): Promise<{ wholeMs: number; writingMs: number }> {
  const begin = performance.now();
  const { ended, isOver } = start(project, args);
  await staged(project, isOver);
  const writes = performance.now();
  await ended;
  const end = performance.now();
  return { wholeMs: end - begin, writingMs: end - writes };
}

/** Runs hpcdk and kills it: after a time, or so long after it began to write. */
async function killed(
  project: TestProject,
  args: readonly string[],
  moment: { readonly afterMs: number } | { readonly afterStageMs: number },
): Promise<void> {
  const { child, ended, isOver } = start(project, args);
  if ('afterMs' in moment) await Promise.race([ended, sleep(moment.afterMs)]);
  else {
    await staged(project, isOver);
    const until = performance.now() + moment.afterStageMs;
    while (!isOver() && performance.now() < until) await sleep(0);
  }
  child.kill('SIGKILL');
  await ended;
}
