import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

type Handler = (message: Message) => void;

/** A Chromium without a window or a network, spoken to over pipes by its DevTools protocol. */
export class Browser {
  private readonly profile = mkdtempSync(join(tmpdir(), 'hpcdk-browser-'));
  private readonly process: ChildProcess;
  private readonly answers = new Map<number, Handler>();
  private session: string | undefined;
  private unread = '';
  private sent = 0;
  private onLoad: () => void = () => undefined;

  /** What the browser complains of, such as a breach of the policy of a page. */
  readonly complaints: string[] = [];

  /** Addresses that pages asked for, beside those that were opened. */
  readonly requests: string[] = [];

  constructor() {
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
    this.process = spawn(
      'chromium',
      [...flags, '--remote-debugging-pipe', `--user-data-dir=${this.profile}`, 'about:blank'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: this.profile } },
    );
    const output = this.process.stdio[4] as Readable;
    output.setEncoding('utf8').on('data', (text: string) => this.read(text));
  }

  /** Opens a page and waits until it has loaded. */
  async open(url: string, width = 1000): Promise<void> {
    if (this.session === undefined) {
      const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
      this.session = String(sessionId);
      for (const domain of ['Page', 'Log', 'Runtime', 'Network']) await this.send(`${domain}.enable`);
    }
    const size = { width, height: 800, deviceScaleFactor: 1, mobile: false };
    await this.send('Emulation.setDeviceMetricsOverride', size);
    const loaded = new Promise<void>((resolve) => (this.onLoad = resolve));
    await this.send('Page.navigate', { url });
    await loaded;
    this.requests.splice(0, this.requests.length, ...this.requests.filter((one) => one !== url));
  }

  /** The value of an expression in the page. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, returnByValue: true });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { readonly value: T }).value;
  }

  async close(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.process.once('exit', () => resolve()));
    this.process.kill('SIGKILL');
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  private send(method: string, params: Record<string, unknown> = {}): Promise<Readonly<Record<string, unknown>>> {
    const id = (this.sent += 1);
    const session = this.session === undefined ? {} : { sessionId: this.session };
    (this.process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    return new Promise((resolve, reject) => {
      this.answers.set(id, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result ?? {})));
    });
  }

  private read(text: string): void {
    const messages = `${this.unread}${text}`.split('\0');
    this.unread = messages.pop() ?? '';
    for (const message of messages.map((one) => JSON.parse(one) as Message)) {
      if (message.id !== undefined) this.answers.get(message.id)?.(message);
      else this.hear(message);
    }
  }

  private hear({ method, params = {} }: Message): void {
    if (method === 'Page.loadEventFired') this.onLoad();
    if (method === 'Log.entryAdded') this.complaints.push((params.entry as { text: string }).text);
    if (method === 'Runtime.exceptionThrown') this.complaints.push(JSON.stringify(params));
    if (method === 'Page.javascriptDialogOpening') this.complaints.push(`dialog: ${String(params.message)}`);
    if (method === 'Network.requestWillBeSent') this.requests.push((params.request as { url: string }).url);
  }
}
