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
    const begin = performance.now();
    const first = newProject();
    for (const [path, content] of Object.entries(foreign)) first.write(path, content);
    await first.hpcdk(synthOf('old'));
    const whole = performance.now() - begin;
    for (let round = 0; round < 30; round++) {
      if (which(first, outputs) !== 'old') expect((await first.hpcdk(synthOf('old'))).code).toBe(0);
      const moment = round % 3 === 0 ? { afterMs: Math.random() * whole } : { afterStageMs: Math.random() * 12 };
      await killed(first, synthOf('new'), moment);
      await first.hpcdk([...(next[round % next.length] as string[]), ...(round % 4 === 3 ? [] : [])], {
        env: { CDKTF_OUTDIR: join(first.dir, 'out') },
      });
      const state = which(first, outputs);
      seen[state] = (seen[state] ?? 0) + 1;
    }
    expect(Object.keys(seen).sort()).toEqual(['new', 'old']);
  });
});

/** Runs hpcdk and kills it: after a time, or so long after it began to write. */
async function killed(
  project: TestProject,
  args: readonly string[],
  moment: { readonly afterMs: number } | { readonly afterStageMs: number },
): Promise<void> {
  const child = spawn(process.execPath, [join(builtPackage(), 'bin/hpcdk.js'), ...args], {
    cwd: project.dir,
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  if ('afterMs' in moment) await Promise.race([ended, sleep(moment.afterMs)]);
  else {
    while (!isOver() && !existsSync(join(project.dir, 'out/hpcdk/.stage'))) await sleep(0);
    const until = performance.now() + moment.afterStageMs;
    while (!isOver() && performance.now() < until) await sleep(0);
  }
  child.kill('SIGKILL');
  await ended;
}
