import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { hasErrors } from '../../app/diagnostic';
import type { LocatedDiagnostic } from '../../app/diagnostics/located';
import type { Side } from '../../diff';
import {
  acknowledge,
  type Acknowledgement,
  ACKNOWLEDGEMENTS,
  parseAcknowledgements,
} from '../../diff/acknowledgements';
import { type DiffOptions, diffSides } from '../../diff/diff';
import { type Gate, parseGates } from '../../diff/gate';
import type { LiveExport } from '../../diff/live';
import type { Diff } from '../../diff/model';
import { missingFiles } from '../../diff/side';
import { type Problem, quote } from '../../values/problem';
import { type Failure, isFailure } from '../outcome';
import { findUp, PROJECT_FILE } from '../project';
import { SidesOpener, type SidesOptions } from './sides';

/** How a comparison is asked for. */
export interface CompareOptions extends SidesOptions {
  /** The day, e.g. `2026-11-21`: acknowledgements expire. */
  readonly today: string;
  /** Show what noise rules would hide. @default false */
  readonly strict?: boolean;
  /** Gates, e.g. `data-loss,cost>10%`. @default - none */
  readonly failOn?: string;
  /** What `squeue --json` printed, a file relative to `cwd`. @default - no jobs are counted */
  readonly jobs?: string;
  /** What sacct printed of the last month. @default - no submissions are counted */
  readonly history?: string;
  /** What scontrol and terraform printed of the running systems. @default - none is compared */
  readonly live?: readonly string[];
  /** Keep the names of users, in place of hashes. @default false */
  readonly showUsers?: boolean;
  /** A price table in place of the one that ships with hpcdk. */
  readonly prices?: string;
  /** What a Spack knows of packages. @default - nothing is said of licences and times of builds */
  readonly packages?: string;
  /** Documents of OSV. @default - nothing is said of vulnerabilities */
  readonly advisories?: string;
  /** Folders with the locks of Spack of each side, relative to `cwd`. @default - those beside each spack.yaml */
  readonly lockBefore?: string;
  readonly lockAfter?: string;
}

/** A comparison with what was asked of it: acknowledged, judged by its gates. */
export interface Compared {
  readonly diff: Diff;
  readonly before: Side;
  readonly after: Side;
  /** Warnings. */
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** What places in diagnostics are relative to. */
  readonly projectDir: string;
}

/** Opens two sides and compares them. What is wrong with the question is told before anything is evaluated. */
export async function compare(options: CompareOptions): Promise<Compared | Failure> {
  const diagnostics: LocatedDiagnostic[] = [];
  const projectDir = dirname(findUp(options.cwd, PROJECT_FILE) ?? join(options.cwd, PROJECT_FILE));
  const report = ({ origin, severity = 'error', ...problem }: Problem, confidential = false): void =>
    void diagnostics.push({
      ...problem,
      severity,
      ...(origin && { source: origin }),
      ...(confidential && { confidential }),
    });
  const gates = readGates(options, report);
  const acknowledgements = readAcknowledgements(projectDir, report);
  const evidence = readEvidence(options, projectDir, report);
  const [locksBefore, locksAfter] = [options.lockBefore, options.lockAfter].map((folder) =>
    locks(options, folder, report),
  );
  if (hasErrors(diagnostics)) return { kind: 'failed', diagnostics, projectDir };
  const opener = new SidesOpener(options);
  try {
    const sides = await opener.open();
    if (isFailure(sides)) return { projectDir, ...sides };
    missingFiles(sides.before, sides.after).forEach((problem) => report(problem));
    if (hasErrors(diagnostics)) return { kind: 'failed', diagnostics, projectDir };
    options.progress.step('comparing');
    const { notes } = sides;
    const [before, after] = [locksBefore?.(sides.before) ?? sides.before, locksAfter?.(sides.after) ?? sides.after];
    const compared = diffSides(before, after, { strict: options.strict ?? false, ...evidence });
    const marked = acknowledge(compared, acknowledgements, options.today, report);
    const noted = { ...marked, notes: [...notes, ...marked.notes] };
    const diff = gates.length === 0 ? noted : { ...noted, gates: gates.map((gate) => gate.judge(noted)) };
    return { diff, before, after, diagnostics, projectDir };
  } finally {
    opener.close();
  }
}

type Tell = (problem: Problem, confidential?: boolean) => void;

function readGates({ failOn, advisories }: CompareOptions, report: Tell): readonly Gate[] {
  if (failOn === undefined) return [];
  const gates = parseGates(failOn);
  if ('code' in gates) {
    report(gates);
    return [];
  }
  if (advisories === undefined && gates.some(({ name }) => name === 'vulnerable'))
    report({
      code: 'HPC2762',
      message: 'the gate vulnerable has no advisories to judge by',
      fix: 'name them: --advisories FILE',
    });
  return gates;
}

function readAcknowledgements(projectDir: string, report: Tell): readonly Acknowledgement[] {
  let text: string;
  try {
    text = readFileSync(join(projectDir, ACKNOWLEDGEMENTS), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') report(unreadable(ACKNOWLEDGEMENTS, code));
    return [];
  }
  return parseAcknowledgements(text, report, ACKNOWLEDGEMENTS);
}

/** What a site exported: its queue, its history, what runs, its prices. Each reader is loaded when its file is named. */
function readEvidence(options: CompareOptions, projectDir: string, report: Tell): DiffOptions {
  const { jobs, history, prices, packages, advisories, live = [], showUsers = false, cwd } = options;
  const read = <T>(named: string | undefined, parse: (text: string, file: string) => T): T | undefined => {
    if (named === undefined) return undefined;
    const path = resolve(cwd, named);
    try {
      return parse(readFileSync(path, 'utf8'), relative(projectDir, path).split(sep).join('/'));
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException;
      if (syscall === undefined) throw error;
      report(unreadable(named, code));
      return undefined;
    }
  };
  const readers = () => require('../../diff/jobs') as typeof import('../../diff/jobs');
  const queue = read(jobs, (text, file) => readers().readQueue(text, { file, showUsers }));
  const past = read(history, (text, file) => readers().readHistory(text, { file, showUsers }));
  for (const { problems } of [queue, past].filter((found) => found !== undefined))
    for (const problem of problems) report(problem, true); // the lines name users
  const table = read(prices, (text, file) => {
    const { readPrices } =
      require('../../diff/capacity/price-table') as typeof import('../../diff/capacity/price-table');
    return readPrices(text, (problem) => report({ origin: { file, line: 1 }, ...problem }));
  });
  const known = read(packages, (text, file) => {
    const { readPackages } =
      require('../../diff/software/package-table') as typeof import('../../diff/software/package-table');
    return readPackages(text, (problem) => report({ origin: { file, line: 1 }, ...problem }));
  });
  const warned = read(advisories, (text, file) => {
    const { readAdvisories } =
      require('../../diff/software/advisories') as typeof import('../../diff/software/advisories');
    return readAdvisories(text, (problem) => report({ origin: { file, line: 1 }, ...problem }));
  });
  const running = live.flatMap((named) => read(named, liveReader) ?? []);
  for (const problem of running.flatMap(({ problems }) => problems)) report(problem, true); // a plan holds secrets
  return {
    ...(queue && { jobs: queue }),
    ...(past && { history: past }),
    ...(running.length > 0 && { live: running }),
    ...(table && { prices: table }),
    ...(known && { packages: known }),
    ...(warned && { advisories: warned }),
  };
}

function liveReader(text: string, file: string): LiveExport {
  const { readLive } = require('../../diff/live') as typeof import('../../diff/live');
  return readLive(text, { file });
}

/** What brings the locks of a folder to a side. */
function locks({ cwd }: CompareOptions, named: string | undefined, report: Tell): ((side: Side) => Side) | undefined {
  if (named === undefined) return undefined;
  const folder = resolve(cwd, named);
  try {
    readdirSync(folder);
  } catch (error) {
    report(unreadable(named, (error as NodeJS.ErrnoException).code));
    return undefined;
  }
  const { withLocks } = require('../../diff/software') as typeof import('../../diff/software');
  return (side) => withLocks(side, folder);
}

const unreadable = (name: string, code = 'unknown error'): Problem => ({
  code: 'HPC7022',
  message: `${quote(name)} cannot be read (${code})`,
});
