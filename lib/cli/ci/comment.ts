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
}

/**
 * Keeps one comment of a merge request up to date: the one whose text begins with the marker is updated, else one is added.
 * What the server refuses is told without the token.
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
  for (let page = 1; page <= MOST_PAGES; page++) {
    const listed = await call(thread, 'GET', `${thread.url}?per_page=${PER_PAGE}&page=${page}`);
    if (!Array.isArray(listed)) throw new Error('the server lists no comments');
    const found = (listed as readonly Partial<Comment>[]).find(({ body }) => body?.startsWith(marker));
    if (typeof found?.id === 'number') return found as Comment;
    if (listed.length < PER_PAGE) return undefined;
  }
  return undefined;
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
  return JSON.parse(text) as unknown;
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
