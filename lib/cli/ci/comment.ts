import type { CommentThread } from './pipeline';

/** What became of the one comment. */
export type Posted = 'created' | 'updated' | { readonly refused: string };

const PER_PAGE = 100;
/** A thread of this many pages is none that somebody reads. */
const MOST_PAGES = 50;
const TIMEOUT_MS = 20_000;

interface Comment {
  readonly id: number;
  readonly body: string;
  /** Who wrote it, on GitHub. */
  readonly user?: User;
  /** Who wrote it, on GitLab. */
  readonly author?: User;
}

interface User {
  readonly id?: unknown;
  /** `Bot` for the token of a job, on GitHub. */
  readonly type?: unknown;
}

/**
 * Keeps one comment of a merge request up to date: the one of ours whose text begins with the marker is updated, else one is
 * added. What somebody else wrote is left alone, however it begins. What the server refuses is told without the token.
 */
export async function postComment(thread: CommentThread, marker: string, body: string): Promise<Posted> {
  try {
    const found = await findComment(thread, marker);
    if (found === undefined) {
      await call(thread, 'POST', thread.url, { body });
      return 'created';
    }
    if (found.body !== body) await call(thread, thread.update.method, thread.update.url(found.id), { body });
    return 'updated';
  } catch (error) {
    return { refused: reasonOf(error).replaceAll(thread.credentials?.token || '\0', '***') };
  }
}

async function findComment(thread: CommentThread, marker: string): Promise<Comment | undefined> {
  let isOurs: ((comment: Comment) => boolean) | undefined;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const listed = await call(thread, 'GET', `${thread.url}?per_page=${PER_PAGE}&page=${page}`);
    if (!Array.isArray(listed)) throw new Error('the server lists no comments');
    for (const comment of listed.filter((one: unknown) => isMarked(one, marker)) as Comment[]) {
      isOurs ??= await oursOf(thread);
      if (isOurs(comment)) return comment;
    }
    if (listed.length < PER_PAGE) return undefined;
  }
  return undefined;
}

function isMarked(one: unknown, marker: string): boolean {
  const { id, body } = (one ?? {}) as { readonly id?: unknown; readonly body?: unknown };
  return typeof id === 'number' && typeof body === 'string' && body.startsWith(marker);
}

/** Tells comments of the token's user. The token of a GitHub job may not ask who it is; it writes as a bot. */
async function oursOf(thread: CommentThread): Promise<(comment: Comment) => boolean> {
  let us: User | null | undefined;
  try {
    us = (await call(thread, 'GET', thread.user)) as User | null;
  } catch {
    // refused
  }
  const known = us?.id;
  if (known !== undefined) return ({ user, author }) => (user ?? author)?.id === known;
  return ({ user }) => user === undefined || user.type === 'Bot';
}

async function call({ credentials }: CommentThread, method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: {
      accept: 'application/json',
      'user-agent': 'hpcdk',
      ...(credentials && { [credentials.header]: credentials.value }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
    redirect: 'error', // the token belongs to this server
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} gave ${response.status}${said(text)}`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(`${method} gave ${response.status}, and no JSON: is it the address of the API?`);
  }
}

/** What a server said of a refusal, in short. */
function said(text: string): string {
  try {
    const { message, error } = JSON.parse(text) as { readonly message?: unknown; readonly error?: unknown };
    const reason = message ?? error;
    return reason === undefined
      ? ''
      : ` (${(typeof reason === 'string' ? reason : JSON.stringify(reason)).slice(0, 200)})`;
  } catch {
    return '';
  }
}

/** Node says "fetch failed", and the reason in its cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  const { code, message: why } = (cause ?? {}) as { readonly code?: string; readonly message?: string };
  return [message, code ?? why].filter(Boolean).join(': ');
}
