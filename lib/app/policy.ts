import type { IConstruct } from 'constructs';
import type { Problem } from '../values/problem';
import type { App } from './app';
import type { RenderedFile } from './renderer';

/** Receives problems with the construct that they belong to. */
export type TreeReport = (problem: Problem, at: IConstruct, field?: string) => void;

/** Rules of a site: over the tree before rendering, over the files after it. */
export interface Policy {
  /** Name for messages. */
  readonly name: string;
  /** Checks the tree. */
  checkTree?(app: App, report: TreeReport): void;
  /** Checks the rendered files. */
  checkFiles?(files: ReadonlyMap<string, RenderedFile>, report: TreeReport): void;
}
