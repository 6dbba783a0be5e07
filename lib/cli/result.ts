import type { Explanation } from '../diff/explain';
import type { Diff } from '../diff/model';
import type { CodeEntry } from '../values/codes';
import type { Origin } from '../values/origin';

/** What a command has to say, as data; `code` tells the kinds apart and is as stable as the keys. */
export type CommandResult =
  | SynthResult
  | CheckResult
  | TreeResult
  | ExplainResult
  | ExplainListResult
  | EjectResult
  | InitResult
  | CompletionResult
  | DiffResult
  | ExplanationResult
  | VerifyResult
  | CiDiffResult;

/** How many constructs of a kind a definition declares. */
export interface DeclaredKind {
  readonly kind: string;
  readonly count: number;
}

/** How many files of the output stand below a folder. */
export interface OutputFolder {
  readonly path: string;
  readonly files: number;
}

/** The output stands on disk. */
export interface SynthResult {
  readonly code: 'synth.written' | 'synth.unchanged';
  /** The output folder, as seen from the present folder. */
  readonly output: string;
  readonly declared: readonly DeclaredKind[];
  readonly folders: readonly OutputFolder[];
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  /** Whether an earlier commit that was killed was finished first. */
  readonly recovered: boolean;
  /** Commands to run next. */
  readonly next: readonly string[];
}

/** What synth would do. */
export interface CheckResult {
  readonly code: 'check.current' | 'check.outdated';
  readonly output: string;
  readonly declared: readonly DeclaredKind[];
  readonly write: readonly string[];
  readonly remove: readonly string[];
  readonly unchanged: number;
}

/** A construct with its files and the constructs below it. */
export interface TreeNode {
  readonly path: string;
  readonly id: string;
  readonly kind: string;
  readonly source?: Origin;
  readonly files: readonly string[];
  readonly children: readonly TreeNode[];
}

/** The constructs of a definition. */
export interface TreeResult {
  readonly code: 'tree';
  readonly constructs: readonly TreeNode[];
}

/** The page of one code. */
export interface ExplainResult {
  readonly code: 'explain.code';
  readonly entry: CodeEntry & { readonly id: string };
}

/** Every code. */
export interface ExplainListResult {
  readonly code: 'explain.list';
  readonly entries: readonly (CodeEntry & { readonly id: string })[];
}

/** The output as files that need none of our code. */
export interface EjectResult {
  readonly code: 'eject.written';
  readonly directory: string;
  readonly files: readonly string[];
}

/** A new project. */
export interface InitResult {
  readonly code: 'init.written';
  readonly directory: string;
  readonly files: readonly string[];
  /** Entries of a package.json that were there and stay as they are. */
  readonly kept: readonly string[];
  readonly next: readonly string[];
}

/** A script for a shell. */
export interface CompletionResult {
  readonly code: 'completion.script';
  readonly shell: string;
  readonly script: string;
}

/** Two sides compared. */
export interface DiffResult {
  readonly code: 'diff.none' | 'diff.changes';
  readonly diff: Diff;
}

/** What stands in an output folder, against its manifest. */
export interface VerifyResult {
  readonly code: 'verify.output';
  readonly output: string;
  /** `sha256:` and the digest over all that reaches a host or a cloud. */
  readonly digest: string;
  /** Whether every file is there as synth wrote it, and the digest is the one that was asked for. */
  readonly reviewed: boolean;
  readonly files: number;
  /** Files with other bytes than synth wrote, files that are gone, and files that hpcdk did not write. */
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  readonly foreign: readonly string[];
}

/** Why entries stand in a diff. */
export interface ExplanationResult {
  readonly code: 'diff.explained';
  /** What was asked for. */
  readonly path: string;
  readonly explanations: readonly Explanation[];
}

/** What a pipeline was given to show. */
export interface CiDiffResult {
  readonly code: 'ci.diff';
  readonly diff: Diff;
  /** Files that were written, as seen from the present folder. */
  readonly files: readonly string[];
  /** What later steps of the pipeline read, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly comment: 'created' | 'updated' | 'none';
}
