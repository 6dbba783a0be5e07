import { readFileSync } from 'node:fs';

/** A place for comments: that of one merge request. */
export interface CommentThread {
  /** What people call it, e.g. `pull request 12`. */
  readonly name: string;
  /** The address of its comments: GET lists them by pages, POST adds one. */
  readonly url: string;
  /** How one comment is changed. */
  readonly update: { readonly method: 'PATCH' | 'PUT'; readonly url: (id: number) => string };
  /** The address that tells whose a token is. */
  readonly user: string;
  /** Who we are; absent without a token. */
  readonly credentials?: { readonly header: string; readonly value: string; readonly token: string };
  /** The variable that holds the token. */
  readonly tokenName: string;
}

/** A commit to compare with. */
export interface BaseCandidate {
  /** A revision of git. */
  readonly revision: string;
  /** What views call it. */
  readonly label: string;
  /** Counts only while HEAD is this commit. */
  readonly whenHeadIs?: string;
  /** The commit where the branch left it is meant. */
  readonly fork?: true;
}

/** What a CI system tells of the pipeline that runs. */
export interface Pipeline {
  readonly system: 'GitHub' | 'GitLab' | 'none';
  /** What the merge request would be merged into, best first. */
  readonly bases: readonly BaseCandidate[];
  /** How a clone gets the base. */
  readonly fetchFix: string;
  readonly thread?: CommentThread;
  /** The folder of the clone. */
  readonly workspace?: string;
  /** Where somebody finds a file of the output folder. */
  readonly artifact: (path: string) => string | undefined;
}

type Env = NodeJS.ProcessEnv;

/** Reads the variables of GitHub Actions and of GitLab CI. */
export function readPipeline(env: Env): Pipeline {
  if (env.GITHUB_ACTIONS === 'true') return github(env);
  if (env.GITLAB_CI === 'true') return gitlab(env);
  return {
    system: 'none',
    bases: [],
    fetchFix: 'name the base: hpcdk ci diff --base origin/main',
    artifact: () => undefined,
  };
}

function github(env: Env): Pipeline {
  const { GITHUB_BASE_REF: base, GITHUB_SHA, GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = env;
  const run = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  const thread = githubThread(env);
  return {
    system: 'GitHub',
    bases: base
      ? [
          // The runner checks out a merge of the pull request into its base.
          ...(GITHUB_SHA ? [{ revision: 'HEAD^1', label: base, whenHeadIs: GITHUB_SHA }] : []),
          { revision: `origin/${base}`, label: base, fork: true },
        ]
      : [],
    fetchFix: 'give actions/checkout the whole history (fetch-depth: 0), or name the base (--base)',
    ...(thread && { thread }),
    ...(env.GITHUB_WORKSPACE && { workspace: env.GITHUB_WORKSPACE }),
    artifact: () => (GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_RUN_ID ? run : undefined),
  };
}

function githubThread(env: Env): CommentThread | undefined {
  const { GITHUB_API_URL = 'https://api.github.com', GITHUB_REPOSITORY } = env;
  const number = pullRequest(env);
  if (!GITHUB_REPOSITORY || number === undefined) return undefined;
  const repository = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}`;
  const token = env.GITHUB_TOKEN || env.GH_TOKEN;
  return {
    name: `pull request ${number}`,
    url: `${repository}/issues/${number}/comments`,
    update: { method: 'PATCH', url: (id) => `${repository}/issues/comments/${id}` },
    user: `${GITHUB_API_URL}/user`,
    tokenName: 'GITHUB_TOKEN',
    ...(token && { credentials: { header: 'authorization', value: `Bearer ${token}`, token } }),
  };
}

/** The number of the pull request: from the event, which every event on one has, or from the ref. */
function pullRequest({ GITHUB_EVENT_PATH, GITHUB_REF = '' }: Env): number | undefined {
  const [, inRef] = /^refs\/pull\/(\d+)\//.exec(GITHUB_REF) ?? [];
  if (inRef !== undefined) return Number(inRef);
  if (!GITHUB_EVENT_PATH) return undefined;
  try {
    const event = JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8')) as { pull_request?: { number?: unknown } };
    const number = event.pull_request?.number;
    return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
  } catch {
    return undefined;
  }
}

function gitlab(env: Env): Pipeline {
  const target = env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME || 'base';
  // Of a merged-results pipeline the first is the target as it was merged with; otherwise it is empty.
  const bases = [env.CI_MERGE_REQUEST_TARGET_BRANCH_SHA, env.CI_MERGE_REQUEST_DIFF_BASE_SHA].filter(
    Boolean,
  ) as string[];
  const { CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID, CI_JOB_URL, GITLAB_TOKEN } = env;
  const url = `${CI_API_V4_URL}/projects/${encodeURIComponent(CI_PROJECT_ID ?? '')}/merge_requests/${CI_MERGE_REQUEST_IID}/notes`;
  const thread: CommentThread = {
    name: `merge request ${CI_MERGE_REQUEST_IID}`,
    url,
    update: { method: 'PUT', url: (id) => `${url}/${id}` },
    user: `${CI_API_V4_URL}/user`,
    tokenName: 'GITLAB_TOKEN',
    ...(GITLAB_TOKEN && { credentials: { header: 'private-token', value: GITLAB_TOKEN, token: GITLAB_TOKEN } }),
  };
  return {
    system: 'GitLab',
    bases: bases.map((revision) => ({ revision, label: target })),
    fetchFix: 'let the job clone the whole history (variables: GIT_DEPTH: 0), or name the base (--base)',
    ...(CI_API_V4_URL && CI_PROJECT_ID && CI_MERGE_REQUEST_IID && { thread }),
    ...(env.CI_PROJECT_DIR && { workspace: env.CI_PROJECT_DIR }),
    artifact: (path) => (CI_JOB_URL ? `${CI_JOB_URL}/artifacts/file/${path}` : undefined),
  };
}
