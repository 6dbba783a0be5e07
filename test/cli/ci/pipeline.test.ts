import { type Pipeline, readPipeline } from '../../../lib/cli/ci/pipeline';

const github = {
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'ada/site',
  GITHUB_SERVER_URL: 'https://github.example.edu',
  GITHUB_RUN_ID: '99',
  GITHUB_REF: 'refs/pull/12/merge',
  GITHUB_BASE_REF: 'main',
};
const gitlab = {
  GITLAB_CI: 'true',
  CI_API_V4_URL: 'https://gitlab.example.edu/api/v4',
  CI_PROJECT_ID: '7',
  CI_MERGE_REQUEST_IID: '12',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
  CI_MERGE_REQUEST_DIFF_BASE_SHA: 'a'.repeat(40),
  CI_JOB_URL: 'https://gitlab.example.edu/ada/site/-/jobs/5',
};
const revisions = ({ bases }: Pipeline) => bases.map(({ revision }) => revision);

describe('a pipeline of GitHub', () => {
  test('has the thread of its pull request, on the server that it names or github.com', () => {
    expect(readPipeline(github).thread).toMatchObject({
      name: 'pull request 12',
      url: 'https://api.github.com/repos/ada/site/issues/12/comments',
    });
    expect(readPipeline({ ...github, GITHUB_API_URL: 'https://ghe/api/v3' }).thread?.update.url(5)).toBe(
      'https://ghe/api/v3/repos/ada/site/issues/comments/5',
    );
    expect(readPipeline({ ...github, GH_TOKEN: 'x' }).thread?.credentials?.value).toBe('Bearer x');
    expect(readPipeline(github).thread).not.toHaveProperty('credentials');
  });

  test('shows its files on the page of the run', () => {
    expect(readPipeline(github).artifact('hpcdk-diff/diff.html')).toBe(
      'https://github.example.edu/ada/site/actions/runs/99',
    );
  });

  test('of a push has neither base nor thread', () => {
    const pipeline = readPipeline({ ...github, GITHUB_BASE_REF: '', GITHUB_REF: 'refs/heads/main' });

    expect(pipeline).toMatchObject({ system: 'GitHub', bases: [] });
    expect(pipeline).not.toHaveProperty('thread');
  });

  test.each(['/nowhere', __filename])('with an event that cannot be read (%s) has no thread', (path) => {
    expect(readPipeline({ ...github, GITHUB_REF: '', GITHUB_EVENT_PATH: path })).not.toHaveProperty('thread');
  });
});

describe('a pipeline of GitLab', () => {
  test('has the thread of its merge request, and the commit where it began', () => {
    const pipeline = readPipeline({ ...gitlab, GITLAB_TOKEN: 'x' });

    expect(revisions(pipeline)).toEqual(['a'.repeat(40)]);
    expect(pipeline.thread).toMatchObject({
      url: 'https://gitlab.example.edu/api/v4/projects/7/merge_requests/12/notes',
      credentials: { header: 'private-token', value: 'x' },
    });
    expect(pipeline.artifact('hpcdk-diff/diff.html')).toBe(
      'https://gitlab.example.edu/ada/site/-/jobs/5/artifacts/file/hpcdk-diff/diff.html',
    );
  });

  test('of merged results compares with the target that was merged', () => {
    const target = 'b'.repeat(40);

    expect(revisions(readPipeline({ ...gitlab, CI_MERGE_REQUEST_TARGET_BRANCH_SHA: target }))[0]).toBe(target);
  });

  test('of a branch has neither', () => {
    expect(readPipeline({ GITLAB_CI: 'true', CI_PROJECT_ID: '7' })).not.toHaveProperty('thread');
    expect(readPipeline({ GITLAB_CI: 'true' }).bases).toEqual([]);
  });
});

test('elsewhere nothing is known', () => {
  const pipeline = readPipeline({ CI: 'true' });

  expect(pipeline).toMatchObject({ system: 'none', bases: [] });
  expect(pipeline.artifact('x')).toBeUndefined();
});
