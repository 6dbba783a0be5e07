import { resolve } from 'node:path';
import { explainEntries, explicableIds } from '../../diff/explain';
import { type EntryFilter, filterEntries, parseSections } from '../../diff/filter';
import { unknownPath } from '../../diff/unknown-path';
import { quote } from '../../values/problem';
import { compare, type Compared, type CompareOptions } from '../diff/compare';
import { fail, isFailure, type Outcome } from '../outcome';

/** How `diff` is called. */
export interface DiffActionOptions extends CompareOptions {
  /** Sections to show, e.g. `data,security`. @default - all */
  readonly section?: string;
  /** Constructs, or files and folders of the output, to show. @default - all */
  readonly paths?: readonly string[];
  /** A construct, a file or the id of an entry to explain. @default - the diff itself */
  readonly explain?: string;
  /** End with exit code 2 when something changes. @default false */
  readonly exitCode?: boolean;
  /** Show every item of what fans out. @default false */
  readonly expand?: boolean;
  /** A file for the view, relative to `cwd`. @default - stdout */
  readonly viewFile?: string;
}

/** Compares two sides: what changes, whom it hurts, in what order it is rolled out. */
export async function diff(options: DiffActionOptions): Promise<Outcome> {
  const { section, paths, explain } = options;
  const sections = section === undefined ? undefined : parseSections(section);
  if (sections && 'code' in sections) return { diagnostics: [{ severity: 'error', ...sections }] };
  const compared = await compare(options);
  if (isFailure(compared)) return compared;
  const { diff: all, before, after, projectDir } = compared;
  const unknown = [
    ...[...new Set(paths)].map((path) => unknownPath(path, all, before, after)),
    ...(explain === undefined ? [] : [unknownPath(explain, all, before, after, explicableIds(all))]),
  ].filter((problem) => problem !== undefined);
  if (unknown.length > 0)
    return { projectDir, diagnostics: unknown.map((problem) => ({ severity: 'error', ...problem })) };
  if (explain !== undefined) return explained(compared, explain);
  return shown(compared, { ...(sections && { sections }), ...(paths?.length && { paths }) }, options);
}

function shown(
  { diff: all, diagnostics, projectDir }: Compared,
  filter: EntryFilter,
  options: DiffActionOptions,
): Outcome {
  const { expand = false, exitCode = false, viewFile, cwd } = options;
  const changes = all.entries.length > 0 || all.summary.files > 0;
  const ending = all.gates?.some(({ failed }) => failed) ? 3 : changes && exitCode ? 2 : undefined;
  return {
    diagnostics,
    projectDir,
    result: { code: changes ? 'diff.changes' : 'diff.none', diff: filterEntries(all, filter) },
    view: { expand, ...(viewFile !== undefined && { out: resolve(cwd, viewFile) }) },
    ...(ending && { ending }),
  };
}

function explained({ diff: all, before, after, diagnostics, projectDir }: Compared, path: string): Outcome {
  const explanations = explainEntries(all, before, after, path);
  if (explanations.length > 0)
    return { diagnostics, projectDir, result: { code: 'diff.explained', path, explanations } };
  const fix = 'name a construct, a file of the output, or the id of an entry of the diff';
  return fail({ code: 'HPC7025', message: `nothing changes at ${quote(path)}`, fix }, projectDir);
}
