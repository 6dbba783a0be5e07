import { Construct, type IConstruct } from 'constructs';
import type { Report } from '../values/problem';
import type { Format } from './format';

const DOCUMENT = Symbol.for('hpcdk/Document');

/** A construct with this property gives the documents below it a folder of the output. */
export const FOLDER = Symbol.for('hpcdk/folder');

/** What of a file on a host is ours: all of it, a marked block of it, or nothing: then it is compared, never written. */
export type FileOwnership = 'owned' | 'fragment' | 'observed';

/**
 * A construct with this property says whether hosts get what it and the constructs below it declare for them: `owned`, or
 * `observed`: files are compared and never written, and nothing else is done.
 */
export const OWNERSHIP = Symbol.for('hpcdk/ownership');

/** Whether hosts get what a construct declares for them; the nearest construct that says so counts. */
export function ownershipOf(scope: IConstruct): 'owned' | 'observed' {
  for (const construct of scope.node.scopes.reverse()) {
    const stated = (construct as { [OWNERSHIP]?: 'owned' | 'observed' })[OWNERSHIP];
    if (stated) return stated;
  }
  return 'owned';
}

/** How a daemon takes a change of a file that it reads. Handlers, roll-out plan and diff derive from it. */
export interface Reader {
  /** The service as systemd names it, e.g. `slurmctld`. */
  readonly service: string;
  /** What the service needs after a change. */
  readonly on: 'reconfigure' | 'reload' | 'restart' | 'nothing';
}

/** Where a file stands on the hosts that get it. */
export interface Placement {
  /** Absolute path on the host. */
  readonly path: string;
  /** @default root */
  readonly owner?: string;
  /** @default root */
  readonly group?: string;
  /** Permissions on the host. @default - those of the document */
  readonly mode?: number;
  /** @default - `owned`, or `observed` below a construct that says so */
  readonly ownership?: FileOwnership;
}

/** What a document is made of. */
export interface DocumentProps<T> {
  /** Path below the folder of its scope, `/` as separator. */
  readonly path: string;
  /** Its format. */
  readonly format: Format<T>;
  /** The content, asked for once the whole tree is known. */
  readonly content: (report: Report) => T;
  /** Permissions. @default 0o644 */
  readonly mode?: number;
  /** Where it stands on hosts. @default - it stays in the output */
  readonly host?: Placement;
  /** The daemons that read it. @default [] */
  readonly readers?: readonly Reader[];
  /** Whether the file is emitted, asked once the whole tree is known. @default - always */
  readonly when?: () => boolean;
  /** Checks the content by rules that its reader has beyond the format. @default - none */
  readonly check?: (content: T, report: Report) => void;
}

/** A document as others see it, whatever its content is. */
export interface IDocument extends IConstruct {
  /** Path below the output folder. */
  readonly path: string;
  /** Permissions of the file. */
  readonly mode: number;
  /** The name of its format. */
  readonly format: { readonly name: string };
  /** Where it stands on hosts, when it does. */
  readonly host: Placement | undefined;
  /** The daemons that read it. */
  readonly readers: readonly Reader[];
  /** Whether the file is emitted. */
  readonly exists: boolean;
  /** Prints the content; what the format or the reader refuses is reported. */
  render(report: Report): string;
}

/** A file of the output as a construct. It never writes to disk: rendering gives its text, the commit writes it. */
export class Document<T = unknown> extends Construct implements IDocument {
  /** Says whether `x` is a document, of this copy of the library or of another. */
  static isDocument(x: unknown): x is IDocument {
    return typeof x === 'object' && x !== null && DOCUMENT in x;
  }

  /** Path below the output folder. */
  readonly path: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DocumentProps<T>,
  ) {
    super(scope, id);
    Object.defineProperty(this, DOCUMENT, { value: true });
    this.path = folderOf(scope) + props.path;
  }

  /** Its format. */
  get format(): Format<T> {
    return this.props.format;
  }

  /** Where it stands on hosts, when it does. */
  get host(): Placement | undefined {
    const { host } = this.props;
    if (!host || host.ownership === 'fragment' || ownershipOf(this) === 'owned') return host;
    return { ...host, ownership: 'observed' };
  }

  /** The daemons that read it. */
  get readers(): readonly Reader[] {
    return this.props.readers ?? [];
  }

  /** Whether the file is emitted. */
  get exists(): boolean {
    return this.props.when?.() ?? true;
  }

  /** Permissions of the file. */
  get mode(): number {
    return this.props.mode ?? 0o644;
  }

  /** Prints the content; what the format or the reader refuses is reported. */
  render(report: Report): string {
    const content = this.props.content(report);
    this.props.check?.(content, report);
    return this.props.format.print(content, report);
  }
}

/** The folder of the output that a scope's documents stand in, with a slash at its end. */
export function folderOf(scope: IConstruct): string {
  return scope.node.scopes
    .map((construct) => (construct as { [FOLDER]?: string })[FOLDER])
    .filter((folder) => folder !== undefined)
    .map((folder) => `${folder}/`)
    .join('');
}
