import { Construct, type IConstruct } from 'constructs';
import type { Report } from '../values/problem';
import type { Format } from './format';

const DOCUMENT = Symbol.for('hpcdk/Document');

/** A construct with this property gives the documents below it a folder of the output. */
export const FOLDER = Symbol.for('hpcdk/folder');

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
  /**
   * `owned`: we write all of it; `fragment`: a marked block of a file that is not ours; `observed`: compared, never written.
   * @default owned
   */
  readonly ownership?: 'owned' | 'fragment' | 'observed';
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
    return this.props.host;
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
