import Ajv from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommentServer, OURS, THEIRS } from '../support/comment-server';
import { TestProject } from '../support/project';
import { campus, GitProject } from '../support/repository';

jest.setTimeout(120_000);
afterAll(() => TestProject.cleanUp());

const TOKEN = 'glpat-0123456789abcdef';
const SHORTER = 'partition batch: maxTime 7d → 2d';
const servers: CommentServer[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.stop()));

async function newServer(): Promise<{ readonly server: CommentServer; readonly url: string }> {
  const server = new CommentServer(TOKEN);
  servers.push(server);
  return { server, url: await server.start() };
}

/** A branch on which the limit is 2 days; main is one commit further by now. */
function branch(): GitProject {
  const project = new GitProject();
  project.git('checkout', '-q', '-b', 'shorter');
  project.write('campus.ts', campus({ days: 2 }));
  project.commit('shorter');
  project.git('checkout', '-q', 'main');
  project.write('campus.ts', campus({ hosts: 'cn[001-128]' }));
  project.commit('more nodes');
  project.git('update-ref', 'refs/remotes/origin/main', 'main');
  project.git('checkout', '-q', 'shorter');
  return project;
}

const github = (project: GitProject, url: string, more: Record<string, string> = {}): Record<string, string> => ({
  GITHUB_ACTIONS: 'true',
  GITHUB_API_URL: url,
  GITHUB_SERVER_URL: 'https://github.example.edu',
  GITHUB_REPOSITORY: 'ada/site',
  GITHUB_RUN_ID: '99',
  GITHUB_BASE_REF: 'main',
  GITHUB_REF: 'refs/pull/12/merge',
  GITHUB_SHA: 'e'.repeat(40),
  GITHUB_WORKSPACE: project.dir,
  GITHUB_OUTPUT: join(project.dir, 'output.txt'),
  GITHUB_STEP_SUMMARY: join(project.dir, 'summary.md'),
  GITHUB_TOKEN: TOKEN,
  ...more,
});

const gitlab = (project: GitProject, url: string, more: Record<string, string> = {}): Record<string, string> => ({
  GITLAB_CI: 'true',
  CI_API_V4_URL: url,
  CI_PROJECT_ID: '7',
  CI_PROJECT_DIR: project.dir,
  CI_JOB_URL: 'https://gitlab.example.edu/ada/site/-/jobs/5',
  CI_MERGE_REQUEST_IID: '12',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
  CI_MERGE_REQUEST_TARGET_BRANCH_SHA: '',
  CI_MERGE_REQUEST_DIFF_BASE_SHA: project.git('merge-base', 'main', 'shorter'),
  GITLAB_TOKEN: TOKEN,
  ...more,
});

describe.each([
  ['GitHub', github, '/repos/ada/site/issues/12/comments'],
  ['GitLab', gitlab, '/projects/7/merge_requests/12/notes'],
] as const)('hpcdk ci diff on %s', (system, envOf, path) => {
  test('compares with the commit that the branch began at, and posts one comment', async () => {
    const project = branch();
    const { server, url } = await newServer();

    const run = await project.json(['ci', 'diff'], { env: envOf(project, url) });

    expect([run.code, run.document.diagnostics]).toEqual([0, []]);
    expect(run.document.result).toMatchObject({
      code: 'ci.diff',
      comment: 'created',
      diff: { before: { label: 'main' }, entries: [{ title: SHORTER }] },
      files: [
        'hpcdk-diff/diff.md',
        'hpcdk-diff/diff.html',
        'hpcdk-diff/diff.json',
        'hpcdk-diff/diff.sarif',
        'hpcdk-diff/diff.env',
      ],
    });
    expect(server.comments).toEqual([{ id: 1000, body: project.read('hpcdk-diff/diff.md'), ...OURS }]);
    expect(server.comments[0]?.body).toMatch(/^<!-- hpcdk-diff: site -->\n/);
    expect(server.comments[0]?.body).toContain('maxTime 7d → 2d');
    expect(server.calls.map((call) => [call.method, call.path])).toEqual([
      ['GET', `${path}?per_page=100&page=1`],
      ['POST', path],
    ]);
    expect(run.stdout + run.stderr).not.toContain(TOKEN);
    expect(project.git('worktree', 'list').split('\n')).toHaveLength(1);
  });

  test('updates its comment on the page where it is, and none of others', async () => {
    const project = branch();
    const { server, url } = await newServer();
    for (let id = 0; id < 230; id++) server.comments.push({ id, body: `I think <!-- hpcdk-diff: site --> ${id}` });
    server.comments.splice(205, 0, { id: 777, body: '<!-- hpcdk-diff: site -->\nof the last push', ...OURS });
    server.comments.splice(9, 0, { id: 779, body: '<!-- hpcdk-diff: site -->\nquoted by a person', ...THEIRS });
    server.comments.splice(3, 0, { id: 778, body: '<!-- hpcdk-diff: other/site -->\nof another project' });

    const run = await project.json(['ci', 'diff'], { env: envOf(project, url) });

    expect(run.document.result).toMatchObject({ comment: 'updated' });
    expect(server.comments).toHaveLength(233);
    expect(server.comments.filter(({ body }) => body.includes('maxTime'))).toEqual([
      { id: 777, body: project.read('hpcdk-diff/diff.md'), ...OURS },
    ]);
    expect(server.calls.map(({ method }) => method)).toEqual([
      'GET',
      'GET', // whose the token is
      'GET',
      'GET',
      system === 'GitHub' ? 'PATCH' : 'PUT',
    ]);
  });

  test('leaves a comment alone that says the same', async () => {
    const project = branch();
    const { server, url } = await newServer();
    await project.json(['ci', 'diff'], { env: envOf(project, url) });

    const again = await project.json(['ci', 'diff'], { env: envOf(project, url) });

    expect(again.document.result).toMatchObject({ comment: 'updated' });
    expect(server.calls.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'GET']);
  });

  test('what stands in a comment of somebody else is left there, and ours is added', async () => {
    const project = branch();
    const { server, url } = await newServer();
    const theirs = { id: 5, body: '<!-- hpcdk-diff: site -->\nall is well', ...THEIRS };
    server.comments.push(theirs, { id: 6, body: null as never });

    const run = await project.json(['ci', 'diff'], { env: envOf(project, url) });

    expect(run.document.result).toMatchObject({ comment: 'created' });
    expect(server.comments[0]?.body).toBe('<!-- hpcdk-diff: site -->\nall is well');
  });

  test('of an address that is no API it warns', async () => {
    const project = branch();
    const { server, url } = await newServer();
    server.page = '<html>Sign in</html>';

    const run = await project.hpcdk(['ci', 'diff'], { env: envOf(project, url) });

    expect(run.stderr).toContain('GET gave 200, and no JSON: is it the address of the API?');
  });

  test.each([[403], [404], [302], [500]])(
    'refused with %d it warns without the token; the files are there',
    async (status) => {
      const project = branch();
      const { server, url } = await newServer();
      server.refuse = status;

      const run = await project.hpcdk(['ci', 'diff'], { env: envOf(project, url) });

      expect(run.code).toBe(0);
      expect(run.stderr).toContain('warning HPC7023: the comment of ');
      expect(run.stderr).toContain(status === 302 ? 'redirect' : `GET gave ${status} (no ***)`);
      expect(run.stderr + run.stdout).not.toContain(TOKEN);
      expect(project.read('hpcdk-diff/diff.md')).toContain('maxTime');
      expect(server.calls).toHaveLength(1);
    },
  );

  test('with a server that is not there it warns', async () => {
    const project = branch();

    const run = await project.json(['ci', 'diff'], { env: envOf(project, 'http://127.0.0.1:9') });

    expect(run.code).toBe(0);
    expect(run.document.diagnostics).toMatchObject([{ code: 'HPC7023', severity: 'warning' }]);
  });

  test('without a token it writes the files and asks nobody', async () => {
    const project = branch();
    const { server, url } = await newServer();
    const env = envOf(project, url, { GITHUB_TOKEN: '', GITLAB_TOKEN: '' });

    const run = await project.hpcdk(['ci', 'diff', '--out', 'review/out'], { env });

    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('No comment was posted.');
    expect(project.read('review/out/diff.html')).toContain('<!DOCTYPE html>');
    expect(server.calls).toEqual([]);
  });

  test('a definition that cannot be evaluated is told in the comment too', async () => {
    const project = branch();
    const { server, url } = await newServer();
    await project.json(['ci', 'diff'], { env: envOf(project, url) });
    project.write('campus.ts', campus({ hosts: 'cn[9-1]' }));

    const run = await project.json(['ci', 'diff'], { env: envOf(project, url) });

    expect(run.code).toBe(1);
    expect(Object.keys(project.files('hpcdk-diff'))).toEqual(['diff.md']); // nothing of the last push
    expect(server.comments[0]?.body).toMatch(
      /^<!-- hpcdk-diff: site -->\n### hpcdk diff: the change cannot be judged\n\n- .*campus\.ts:8/,
    );
    expect(project.read('hpcdk-diff/diff.md')).toBe(server.comments[0]?.body);
  });

  test('a gate that fails: exit code 3, after the comment was posted with it', async () => {
    const project = branch();
    const { server, url } = await newServer();

    const run = await project.hpcdk(['ci', 'diff', '--fail-on', 'user-contract'], { env: envOf(project, url) });

    expect(run.code).toBe(3);
    expect(run.stderr).toContain(`gate user-contract failed\n  ${SHORTER}\n`);
    expect(server.comments[0]?.body).toMatch(/gate user-contract failed: partition batch/);
    expect(server.comments[0]?.body).toMatch(
      /```yaml\n- id: campus\/hpc\/partitions\/batch#maxTime decreased \w+\n {2}reason: \.\.\.\n {2}until: YYYY-MM-DD\n```\n\n<\/details>\n$/,
    );
    expect(project.read('hpcdk-diff/diff.env')).toContain('HPCDK_DIFF_FAILED=user-contract\n');
  });

  test('outside a merge request there is no base, unless it is named', async () => {
    const project = branch();
    const { url } = await newServer();
    const env = envOf(project, url, { GITHUB_BASE_REF: '', CI_MERGE_REQUEST_DIFF_BASE_SHA: '' });

    const none = await project.json(['ci', 'diff'], { env });
    const named = await project.json(['ci', 'diff', '--base', 'HEAD~1'], { env });

    expect(none.document).toMatchObject({ exitCode: 1, diagnostics: [{ code: 'HPC7024' }] });
    expect(named.document.result).toMatchObject({
      diff: { before: { label: 'HEAD~1' }, entries: [{ title: SHORTER }] },
    });
  });

  test('a base that was not cloned', async () => {
    const project = branch();
    const { url } = await newServer();
    const env = envOf(project, url, { GITHUB_BASE_REF: 'next', CI_MERGE_REQUEST_DIFF_BASE_SHA: 'f'.repeat(40) });

    const { document } = await project.json(['ci', 'diff'], { env });

    expect(document.diagnostics).toMatchObject([
      { code: 'HPC7024', fix: expect.stringContaining(system === 'GitHub' ? 'fetch-depth: 0' : 'GIT_DEPTH: 0') },
    ]);
  });
});

describe('hpcdk ci diff', () => {
  test('on GitHub gives step outputs and a summary, each added to what is there', async () => {
    const project = branch();
    const { url } = await newServer();
    project.write('output.txt', 'before=1\n');

    const { document } = await project.json(['ci', 'diff'], { env: github(project, url) });

    const { outputs } = document.result as { readonly outputs: Record<string, string> };
    expect(outputs).toEqual({
      worst: 'reconfigure',
      entries: '1',
      labels: 'disruptive',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      failed: '',
    });
    expect(project.read('output.txt')).toBe(
      `before=1\nworst=reconfigure\nentries=1\nlabels=disruptive\ndigest=${outputs.digest}\nfailed=\n`,
    );
    expect(project.read('summary.md')).toBe(project.read('hpcdk-diff/diff.md'));
  });

  test('on GitHub compares the merge that is checked out with its first parent', async () => {
    const project = branch();
    project.git('checkout', '-q', 'main');
    project.git('checkout', '-q', '--detach');
    project.git('merge', '-q', '-X', 'ours', '--no-ff', '-m', 'merge', 'shorter');
    project.write('campus.ts', campus({ days: 2, hosts: 'cn[001-128]' }));
    const { url } = await newServer();
    const env = github(project, url, { GITHUB_SHA: project.git('rev-parse', 'HEAD') });

    const { document } = await project.json(['ci', 'diff'], { env });

    expect(document.result).toMatchObject({ diff: { entries: [{ title: SHORTER }] } });
  });

  test('finds the number of a pull request in the event', async () => {
    const project = branch();
    const { server, url } = await newServer();
    project.write('event.json', JSON.stringify({ pull_request: { number: 12 } }));
    const event = { GITHUB_REF: 'refs/heads/shorter', GITHUB_EVENT_PATH: join(project.dir, 'event.json') };

    await project.json(['ci', 'diff'], { env: github(project, url, event) });

    expect(server.comments).toHaveLength(1);
  });

  test('on another system needs the base, takes an output for it, and writes the files', async () => {
    const project = branch();
    await project.hpcdk(['synth', '--out', 'base']);
    project.write('campus.ts', campus({ days: 1 }));

    const none = await project.json(['ci', 'diff']);
    const named = await project.json(['ci', 'diff', '--base', 'base']);

    expect(none.document.diagnostics).toMatchObject([{ code: 'HPC7024', fix: 'name it: --base origin/main' }]);
    expect(named.document.result).toMatchObject({
      comment: 'none',
      diff: { entries: [{ title: expect.stringContaining('2d → 1d') }] },
    });
    expect(existsSync(join(project.dir, 'hpcdk-diff/diff.json'))).toBe(true);
  });

  test('has a comment for each project of a repository', async () => {
    const project = new GitProject({}, 'sites/campus/');
    const { server, url } = await newServer();
    project.git('update-ref', 'refs/remotes/origin/main', 'HEAD');

    await project.hpcdk(['ci', 'diff'], { cwd: 'sites/campus', env: github(project, url) });

    expect(server.comments[0]?.body).toMatch(/^<!-- hpcdk-diff: sites\/campus -->/);
  });

  test('prints results of the schema', async () => {
    const schema = join(__dirname, '../../../schemas/command-result.schema.json');
    const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
    const project = branch();

    const { document } = await project.json(['ci', 'diff', '--base', 'main']);

    expect(validate(document) ? [] : validate.errors).toEqual([]);
  });

  test('refuses a folder that cannot be written, and anything but diff', async () => {
    const project = branch();

    const file = await project.json(['ci', 'diff', '--base', 'main', '--out', 'campus.ts']);
    const other = await project.json(['ci', 'dif']);

    expect(file.document).toMatchObject({ exitCode: 1, diagnostics: [{ code: 'HPC7014' }] });
    expect(other.document).toMatchObject({ exitCode: 1, diagnostics: [{ code: 'HPC7001' }] });
  });
});
