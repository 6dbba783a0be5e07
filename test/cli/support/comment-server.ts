import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One comment as both APIs keep it. */
export interface StoredComment {
  readonly id: number;
  body: string;
  /** Who wrote it, on GitHub. */
  readonly user?: { readonly id: number; readonly type: 'Bot' | 'User' };
  /** Who wrote it, on GitLab. */
  readonly author?: { readonly id: number };
}

/** The user of the token. */
export const OURS = { user: { id: 9, type: 'Bot' }, author: { id: 9 } } as const;
/** Another one. */
export const THEIRS = { user: { id: 7, type: 'User' }, author: { id: 7 } } as const;

/** One call that a server got. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
}

/** Comments of one merge request, as the REST APIs of GitHub (issue comments) and GitLab (notes) serve them, by pages. */
export class CommentServer {
  readonly comments: StoredComment[] = [];
  readonly calls: Call[] = [];
  /** A status that every call gets instead of an answer. */
  refuse: number | undefined;
  /** What every call gets with status 200, in place of JSON. */
  page: string | undefined;
  private readonly server: Server;

  constructor(private readonly token: string) {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, body }) => {
        response.writeHead(status, {
          'content-type': 'application/json',
          ...(status === 302 && { location: '/away' }),
        });
        response.end(this.page ?? JSON.stringify(body));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '', 'http://localhost');
    const token = headers.authorization?.replace('Bearer ', '') ?? (headers['private-token'] as string | undefined);
    this.calls.push({ method, path: url.pathname + url.search, token });
    const sent = await text(request);
    if (this.refuse !== undefined) return { status: this.refuse, body: { message: `no ${token}` } };
    if (token !== this.token) return { status: 401, body: { message: 'Bad credentials' } };
    // The token of a job may not ask GitHub who it is.
    if (url.pathname === '/user')
      return headers.authorization === undefined
        ? { status: 200, body: OURS.author }
        : { status: 403, body: { message: 'Resource not accessible by integration' } };
    const list = /^\/(repos\/ada\/site\/issues\/12\/comments|projects\/7\/merge_requests\/12\/notes)$/.test(
      url.pathname,
    );
    const [, github, gitlab] =
      /^\/(?:repos\/ada\/site\/issues\/comments\/(\d+)|projects\/7\/merge_requests\/12\/notes\/(\d+))$/.exec(
        url.pathname,
      ) ?? [];
    const one = this.comments.find(({ id }) => id === Number(github ?? gitlab));
    if (list && method === 'GET') return { status: 200, body: this.pageOf(url.searchParams) };
    const { body } = sent === '' ? { body: undefined } : (JSON.parse(sent) as { body?: string });
    if (typeof body !== 'string' || body.length > 65_536)
      return { status: 422, body: { message: 'Validation Failed' } };
    if (list && method === 'POST') {
      this.comments.push({ id: 1000 + this.comments.length, body, ...OURS });
      return { status: 201, body: this.comments.at(-1) };
    }
    if (one && method === (github === undefined ? 'PUT' : 'PATCH')) {
      one.body = body;
      return { status: 200, body: one };
    }
    return { status: 404, body: { message: 'Not Found' } };
  }

  /** Pages as both have them: 30 or 20 items when nothing is asked for, 100 at the most. */
  private pageOf(query: URLSearchParams): readonly StoredComment[] {
    const size = Math.min(100, Number(query.get('per_page') ?? 20));
    const page = Number(query.get('page') ?? 1);
    return this.comments.slice((page - 1) * size, page * size);
  }
}
