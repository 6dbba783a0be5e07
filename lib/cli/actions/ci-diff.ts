import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Diff } from '../../diff/model';
import { labelsOf } from '../../diff/views/labels';
import { diffMarker, markdownDiff } from '../../diff/views/markdown';
import { findBase } from '../ci/base';
import { postComment } from '../ci/comment';
import { faultPage } from '../ci/fault-page';
import { type Pipeline, readPipeline } from '../ci/pipeline';
import { compare, type CompareOptions } from '../diff/compare';
import { acknowledgementBlock, diffView, plainStyle, verdicts } from '../diff/view';
import { diskFault } from '../disk-fault';
import { cliDiagnostic, type Failure, isFailure, type Outcome } from '../outcome';
import { findUp, PROJECT_FILE, shown } from '../project';
import type { CiDiffResult } from '../result';

/** How `ci diff` is called. */
export interface CiDiffOptions extends Omit<CompareOptions, 'named' | 'base' | 'deployed' | 'otherTool' | 'revision'> {
  /** An output or a revision to compare with. @default - what the CI system names */
  readonly baseNamed?: string;
  /** A folder for the files, relative to `cwd`. @default hpcdk-diff */
  readonly folder?: string;
}

/** GitHub takes comments of up to 65,536 characters. */
const MOST_CHARACTERS = 60_000;

/**
 * Compares the definition of a merge request with what it would be merged into, writes every view and what later steps
 * read, and keeps one comment of the merge request up to date.
 */
export async function ciDiff(options: CiDiffOptions): Promise<Outcome> {
  const { cwd, env } = options;
  const pipeline = readPipeline(env);
  const named = options.baseNamed === undefined ? {} : { named: options.baseNamed };
  const base = await findBase(pipeline, { cwd, env, ...named });
  const compared = isFailure(base) ? base : await compare({ ...options, ...base });
  const marker = markerOf(options, pipeline);
  const folder = resolve(cwd, options.folder ?? 'hpcdk-diff');
  if (isFailure(compared)) return failed(compared, marker, folder, pipeline, options);
  const { diff, diagnostics, projectDir } = compared;
  const full = pipeline.artifact(placeOf(folder, pipeline, cwd) + '/diff.html') ?? `${shown(folder, cwd)}/diff.html`;
  const below = acknowledgementBlock(diff);
  const limit = MOST_CHARACTERS - below.length;
  const page = markdownDiff(diff, { marker, full, limit, diagnostics, verdicts: verdicts(diff) }) + below;
  const outputs = outputsOf(diff);
  const written = write(folder, pagesOf(diff, page, outputs), env, page, outputs);
  if (isFailure(written)) return written;
  options.progress.step('posting');
  const { comment, warnings } = await post(pipeline, marker, page);
  const result: CiDiffResult = {
    code: 'ci.diff',
    diff,
    files: written.map((path) => shown(path, cwd)),
    outputs,
    comment,
  };
  const ending = diff.gates?.some((gate) => gate.failed) ? { ending: 3 as const } : {};
  return { diagnostics: [...diagnostics, ...warnings], projectDir, result, ...ending };
}

/** A comment that stood for what was pushed before says now that this cannot be compared. */
async function failed(
  failure: Failure,
  marker: string,
  folder: string,
  pipeline: Pipeline,
  { env, progress }: CiDiffOptions,
): Promise<Outcome> {
  const page = `${diffMarker(marker)}\n${faultPage(failure.diagnostics)}`;
  const written = write(folder, { 'diff.md': page }, env, page, {});
  if (isFailure(written)) return written;
  progress.step('posting');
  const { warnings } = await post(pipeline, marker, page);
  return { ...failure, diagnostics: [...failure.diagnostics, ...warnings] };
}

/** Tells the comments of several projects of one repository apart. */
function markerOf({ cwd, definition }: CiDiffOptions, { workspace }: Pipeline): string {
  const project = dirname(findUp(cwd, PROJECT_FILE) ?? join(cwd, PROJECT_FILE));
  return [workspace ? relative(workspace, project) : '', definition ?? ''].filter(Boolean).join('/') || 'site';
}

const placeOf = (folder: string, { workspace }: Pipeline, cwd: string): string =>
  relative(workspace ?? cwd, folder)
    .split(sep)
    .join('/');

/** What later steps of a pipeline decide by. */
const outputsOf = (diff: Diff): Record<string, string> => ({
  worst: diff.summary.worst,
  entries: String(diff.summary.entries),
  labels: labelsOf(diff).join(','),
  digest: diff.after.digest,
  failed: (diff.gates ?? [])
    .filter((gate) => gate.failed)
    .map(({ gate }) => gate)
    .join(','),
});

const FILES = ['diff.md', 'diff.html', 'diff.json', 'diff.sarif', 'diff.env'] as const;

const pagesOf = (
  diff: Diff,
  page: string,
  outputs: Readonly<Record<string, string>>,
): Record<(typeof FILES)[number], string> => ({
  'diff.md': page,
  'diff.html': diffView(diff, 'html', { style: plainStyle }),
  'diff.json': `${JSON.stringify(diff, null, 2)}\n`,
  'diff.sarif': diffView(diff, 'sarif', { style: plainStyle }),
  // what GitLab reads as a report of variables
  'diff.env': lines(Object.entries(outputs).map(([name, value]) => `HPCDK_DIFF_${name.toUpperCase()}=${value}`)),
});

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

/** Writes the files, and hands page and outputs to GitHub. */
function write(
  folder: string,
  pages: Readonly<Record<string, string>>,
  { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY }: NodeJS.ProcessEnv,
  page: string,
  outputs: Readonly<Record<string, string>>,
): string[] | Failure {
  let place = folder;
  try {
    mkdirSync(folder, { recursive: true });
    // what stood there speaks of another change
    for (const name of FILES) rmSync((place = join(folder, name)), { force: true });
    for (const [name, text] of Object.entries(pages)) writeFileSync((place = join(folder, name)), text);
    if (GITHUB_STEP_SUMMARY) appendFileSync((place = GITHUB_STEP_SUMMARY), page);
    if (GITHUB_OUTPUT)
      appendFileSync(
        (place = GITHUB_OUTPUT),
        lines(Object.entries(outputs).map(([name, value]) => `${name}=${value}`)),
      );
  } catch (error) {
    return diskFault(error, place);
  }
  return Object.keys(pages).map((name) => join(folder, name));
}

/** Posts the page where there is a merge request and a token. What is refused is a warning: the files are there. */
async function post({ thread }: Pipeline, marker: string, page: string) {
  if (!thread?.credentials) return { comment: 'none' as const, warnings: [] };
  const posted = await postComment(thread, diffMarker(marker), page);
  if (typeof posted === 'string') return { comment: posted, warnings: [] };
  const warning = cliDiagnostic({
    code: 'HPC7023',
    severity: 'warning',
    message: `the comment of ${thread.name} was not posted: ${posted.refused}`,
    fix: `let ${thread.tokenName} write comments, or show the written file`,
  });
  return { comment: 'none' as const, warnings: [warning] };
}
