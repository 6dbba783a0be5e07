import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { hasErrors } from '../../app/diagnostic';
import type { LocatedDiagnostic } from '../../app/diagnostics/located';
import type { Side } from '../../diff';
import {
  acknowledge,
  type Acknowledgement,
  ACKNOWLEDGEMENTS,
  parseAcknowledgements,
} from '../../diff/acknowledgements';
import { diffSides } from '../../diff/diff';
import { explainEntries } from '../../diff/explain';
import { type EntryFilter, filterEntries, parseSections } from '../../diff/filter';
import { type Gate, parseGates } from '../../diff/gate';
import type { Diff, EntrySection } from '../../diff/model';
import { type Problem, quote } from '../../values/problem';
import { SidesOpener, type SidesOptions } from '../diff/sides';
import { fail, isFailure, type Outcome } from '../outcome';
import { findUp, PROJECT_FILE } from '../project';

/** How `diff` is called. */
export interface DiffActionOptions extends SidesOptions {
  /** The day, e.g. `2026-11-21`: acknowledgements expire. */
  readonly today: string;
  /** Show what noise rules would hide. @default false */
  readonly strict?: boolean;
  /** Gates, e.g. `data-loss,cost>10%`. @default - none */
  readonly failOn?: string;
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

/** What is asked of a diff, read before anything is compared. */
interface Questions {
  readonly gates: readonly Gate[];
  readonly sections?: readonly EntrySection[];
  readonly acknowledgements: readonly Acknowledgement[];
}

/** Compares two sides: what changes, whom it hurts, in what order it is rolled out. */
export async function diff(options: DiffActionOptions): Promise<Outcome> {
  const diagnostics: LocatedDiagnostic[] = [];
  const projectDir = dirname(findUp(options.cwd, PROJECT_FILE) ?? join(options.cwd, PROJECT_FILE));
  const report = ({ origin, severity = 'error', ...problem }: Problem): void =>
    void diagnostics.push({ ...problem, severity, ...(origin && { source: origin }) });
  const questions = readQuestions(options, projectDir, report);
  if (hasErrors(diagnostics)) return { diagnostics, projectDir };
  const opener = new SidesOpener(options);
  try {
    const sides = await opener.open();
    if (isFailure(sides)) return sides;
    options.progress.step('comparing');
    const { before, after, notes } = sides;
    const compared = diffSides(before, after, { strict: options.strict ?? false });
    const marked = acknowledge(compared, questions.acknowledgements, options.today, report);
    const judged = judge({ ...marked, notes: [...notes, ...marked.notes] }, questions.gates);
    const outcome =
      options.explain === undefined ? shown(judged, questions, options) : explained(judged, before, after, options);
    return { diagnostics: [...outcome.diagnostics, ...diagnostics], projectDir, ...withoutDiagnostics(outcome) };
  } finally {
    opener.close();
  }
}

function withoutDiagnostics({ diagnostics: _diagnostics, ...rest }: Outcome): Omit<Outcome, 'diagnostics'> {
  return rest;
}

function readQuestions(options: DiffActionOptions, projectDir: string, report: (problem: Problem) => void): Questions {
  const gates = options.failOn === undefined ? [] : parseGates(options.failOn);
  const sections = options.section === undefined ? undefined : parseSections(options.section);
  for (const read of [gates, sections]) if (read && 'code' in read) report(read);
  return {
    gates: 'code' in gates ? [] : gates,
    ...(sections && !('code' in sections) && { sections }),
    acknowledgements: readAcknowledgements(projectDir, report),
  };
}

function readAcknowledgements(projectDir: string, report: (problem: Problem) => void): readonly Acknowledgement[] {
  const path = join(projectDir, ACKNOWLEDGEMENTS);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') report({ code: 'HPC7022', message: `${quote(ACKNOWLEDGEMENTS)} cannot be read (${code})` });
    return [];
  }
  return parseAcknowledgements(text, report, ACKNOWLEDGEMENTS);
}

const judge = (found: Diff, gates: readonly Gate[]): Diff =>
  gates.length === 0 ? found : { ...found, gates: gates.map((gate) => gate.judge(found)) };

function shown(found: Diff, { sections }: Questions, options: DiffActionOptions): Outcome {
  const { paths, expand = false, viewFile, cwd } = options;
  const filter: EntryFilter = { ...(sections && { sections }), ...(paths?.length && { paths }) };
  const changes = found.entries.length > 0 || found.summary.files > 0;
  const ending = found.gates?.some(({ failed }) => failed) ? 3 : changes && options.exitCode ? 2 : undefined;
  return {
    diagnostics: [],
    result: { code: changes ? 'diff.changes' : 'diff.none', diff: filterEntries(found, filter) },
    view: { expand, ...(viewFile !== undefined && { out: resolve(cwd, viewFile) }) },
    ...(ending && { ending }),
  };
}

function explained(found: Diff, before: Side, after: Side, { explain = '' }: DiffActionOptions): Outcome {
  const explanations = explainEntries(found, before, after, explain);
  if (explanations.length > 0)
    return { diagnostics: [], result: { code: 'diff.explained', path: explain, explanations } };
  const message = `nothing changes at ${quote(explain)}`;
  return fail({
    code: 'HPC7025',
    message,
    fix: 'name a construct, a file of the output, or the id of an entry of the diff',
  });
}
