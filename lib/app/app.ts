import { type IConstruct, RootConstruct } from 'constructs';
import type { Problem } from '../values/problem';
import { captureCallSite } from './call-site';
import type { Memo } from './memo';
import type { Policy } from './policy';
import type { Renderer } from './renderer';

/** Visits every construct before the tree is validated, and may add to it. */
export interface Aspect {
  visit(construct: IConstruct): void;
}

/** A diagnostic that the site knows of and lives with. */
export interface Acknowledgement {
  readonly code: string;
  /** Path of the construct. @default - wherever the code arises */
  readonly construct?: string;
  /** Why it may stay. */
  readonly reason: string;
}

/** How an app is made; `define` and the command line give these. */
export interface AppProps {
  /** The folder that source lines and data files are relative to. */
  readonly projectDir: string;
  /** Parameters of the definition. @default {} */
  readonly params?: Readonly<Record<string, unknown>>;
  /** What turns the finished tree into files. */
  readonly renderers: readonly Renderer[];
  /** What keeps costly results from one run to the next. @default - nothing is kept */
  readonly memo?: Memo;
}

/** The root of a definition. */
export class App extends RootConstruct {
  /** The app that a construct belongs to. */
  static of(construct: IConstruct): App {
    return construct.node.root as App;
  }

  readonly projectDir: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly renderers: Renderer[];
  readonly memo: Memo | undefined;
  readonly aspects: Aspect[] = [];
  readonly policies: Policy[] = [];
  readonly acknowledgements: Acknowledgement[] = [];
  readonly renames: Record<string, string> = {};
  readonly problems: Problem[] = [];
  /** Where the app was made, for faults that belong to no other construct. */
  readonly callSite = captureCallSite();

  constructor(props: AppProps) {
    super();
    this.projectDir = props.projectDir;
    this.params = props.params ?? {};
    this.renderers = [...props.renderers];
    this.memo = props.memo;
  }

  /** Reports what is wrong with something that is no construct, such as a data file. */
  report(problem: Problem): void {
    this.problems.push(problem);
  }

  /** Adds a renderer: a new kind of output from a package of your own. */
  addRenderer(renderer: Renderer): void {
    this.renderers.push(renderer);
  }

  /** Adds an aspect, which visits every construct before validation. */
  addAspect(aspect: Aspect): void {
    this.aspects.push(aspect);
  }

  /** Adds a policy: rules of the site over the whole tree or over the rendered files. */
  addPolicy(policy: Policy): void {
    this.policies.push(policy);
  }

  /** Accepts a warning, with the reason for it. One that matches nothing is reported. */
  acknowledge(acknowledgement: Acknowledgement): void {
    this.acknowledgements.push(acknowledgement);
  }

  /** States that a construct moved: a diff shows it as a rename, and Terraform keeps its resources. */
  rename(from: string, to: string): void {
    this.renames[from] = to;
  }
}
