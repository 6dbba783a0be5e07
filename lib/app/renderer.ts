import type { IConstruct } from 'constructs';
import type { Placement, Reader } from '../documents/document';
import type { App } from './app';
import type { TreeReport } from './policy';
import type { HostsReport } from './manifest-site';

/** A file of the output before it is written. */
export interface RenderedFile {
  /** Path below the output folder. */
  readonly path: string;
  readonly content: string;
  readonly mode: number;
  /** The construct that it comes from. */
  readonly owner: IConstruct;
  /** The name of its format, when a parser exists for it. */
  readonly format?: string;
  /** Where it stands on hosts. */
  readonly host?: Placement;
  /** The daemons that read it. */
  readonly readers?: readonly Reader[];
  /** The groups of hosts that get it, sorted; told by the renderer that places files. */
  readonly groups?: readonly string[];
  /** The Ansible roles that place it, sorted. */
  readonly roles?: readonly string[];
  /** Made from the whole site, and not from the fields of its owner alone. @default false */
  readonly derived?: true;
}

/** Turns the finished tree into files. Documents, Ansible and Terraform are renderers; a package may bring its own. */
export interface Renderer {
  readonly name: string;
  render(app: App, report: TreeReport, hosts: HostsReport): Iterable<RenderedFile> | Promise<Iterable<RenderedFile>>;
  /**
   * The files without their content, for who only wants to know which there are.
   * @default - `render`, which must not cost much then
   */
  outline?(app: App): Iterable<RenderedFile>;
}
