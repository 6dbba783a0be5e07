import { type Problem, quote } from '../../values/problem';
import { closest } from '../../values/closest';
import { type Job, type JobExport, type JobGres, type ReadJobsOptions, userHash } from './job';

/** The columns that are read; the header line names those that the file has, in any order. */
export const HISTORY_COLUMNS = [
  'Cluster',
  'JobID',
  'User',
  'Account',
  'Partition',
  'QOS',
  'TimelimitRaw',
  'NNodes',
  'ReqCPUS',
  'ReqMem',
  'ReqTRES',
  'Constraints',
  'ReqNodes',
] as const;
type Column = (typeof HISTORY_COLUMNS)[number];

/** What a row without them says nothing of. */
const NEEDED = ['JobID', 'Account', 'Partition'] as const satisfies readonly Column[];

/** The command that exports a history; its first line names the columns. */
export const HISTORY_COMMAND = `sacct --allusers --allocations --parsable2 --starttime=now-30days --format=${HISTORY_COLUMNS.join(',')}`;

/**
 * Reads what `HISTORY_COMMAND` prints: a header line, then one line for each job, with `|` between columns. Columns that are
 * not needed are ignored. Of an array each task is a line; the tasks are one submission, as are the parts of a
 * heterogeneous job.
 */
export function readHistory(text: string, options: ReadJobsOptions): JobExport {
  const { file, showUsers = false } = options;
  const problems: Problem[] = [];
  const report = (code: string, message: string, line: number, more: Partial<Problem> = {}) =>
    problems.push({ code, message, origin: { file, line }, ...more });
  const done = (jobs: readonly Job[]): JobExport => ({ kind: 'history', jobs, showsUsers: showUsers, problems });
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const header = (lines[0] ?? '').split('|');
  const missing = NEEDED.filter((name) => columnIndex(header, name) === -1);
  if (missing.length > 0) {
    const near = closest(missing[0] as string, header);
    const message = `the first line of ${quote(file)} names no column ${missing.join(', ')}`;
    report('HPC2722', message, 1, {
      fix: near ? `did you mean ${quote(near)}?` : `export it with: ${HISTORY_COMMAND}`,
    });
    return done([]);
  }
  const at = Object.fromEntries(HISTORY_COLUMNS.map((name) => [name, columnIndex(header, name)])) as Record<
    Column,
    number
  >;
  const jobs: Job[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line === '') continue;
    // Text that users write, such as constraints, may hold the separator: then the row cannot be told apart.
    const cells = line.split('|');
    if (cells.length !== header.length) {
      const message = `the line is passed over: it has ${cells.length} columns, the first line names ${header.length}`;
      report('HPC2723', message, index + 1, { severity: 'warning' });
      continue;
    }
    const cell = (name: Column): string => (at[name] === -1 ? '' : (cells[at[name]] ?? ''));
    if (!/^\d+/.test(cell('JobID'))) {
      report('HPC2723', `the line is passed over: JobID is ${quote(cell('JobID'))}`, index + 1, {
        severity: 'warning',
      });
      continue;
    }
    if (/^\d+(_\S+|\+\d+)?\.\S+$/.test(cell('JobID'))) continue; // a step
    jobs.push(readRow(cell, showUsers));
  }
  return done(jobs);
}

const columnIndex = (header: readonly string[], name: string): number =>
  header.findIndex((one) => one.toLowerCase() === name.toLowerCase());

function readRow(cell: (name: Column) => string, showUsers: boolean): Job {
  const nodeCount = whole(cell('NNodes')) ?? 1;
  const tres = tresOf(cell('ReqTRES'));
  const memory = megabytes(tres.get('mem')?.text ?? cell('ReqMem'));
  const limit = whole(cell('TimelimitRaw'));
  const user = cell('User');
  return {
    id: cell('JobID'),
    cluster: cell('Cluster'),
    user: showUsers ? user : userHash(user),
    account: cell('Account'),
    partitions: words(cell('Partition')),
    qos: cell('QOS'),
    state: 'ended',
    tasks: 1,
    nodes: '',
    required: hosts(cell('ReqNodes')),
    features: cell('Constraints'),
    ...(limit !== undefined && { limit: limit * 60 }),
    nodeCount: Math.max(1, nodeCount),
    cpus: Math.max(1, whole(cell('ReqCPUS')) ?? 1),
    cpusPerNode: 1,
    ...(memory !== undefined && { memoryPerNode: Math.ceil(memory / Math.max(1, nodeCount)) }),
    gres: gresOf(tres, Math.max(1, nodeCount)),
  };
}

const words = (text: string): string[] => text.split(',').filter(Boolean);

/** ReqNodes is the number of nodes up to 22.05; names stand there in no release, and a hostlist is taken as one. */
const hosts = (text: string): string => (/^\d*$/.test(text) ? '' : text);

const whole = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined);

/** `billing=4,cpu=4,gres/gpu:a100=2,mem=4G,node=1` */
function tresOf(text: string): Map<string, { readonly text: string; readonly count: number }> {
  return new Map(
    words(text).map((word) => {
      const [name = '', value = ''] = word.split('=');
      return [name, { text: value, count: whole(value) ?? 0 }];
    }),
  );
}

function gresOf(tres: ReturnType<typeof tresOf>, nodes: number): JobGres[] {
  const typed = new Set([...tres.keys()].flatMap((key) => /^gres\/([^:]+):/.exec(key)?.[1] ?? []));
  return [...tres].flatMap(([key, { count }]) => {
    const [, name, type] = /^gres\/([^:]+)(?::(.+))?$/.exec(key) ?? [];
    if (!name || count === 0 || (!type && typed.has(name))) return [];
    return [{ name, ...(type && { type }), count: Math.ceil(count / nodes) }];
  });
}

const UNITS: Readonly<Record<string, number>> = { K: 1 / 1024, M: 1, G: 1024, T: 1024 ** 2, P: 1024 ** 3 };

/** `4000M`, `4G`, `1.50T`, in MiB; a letter `n` or `c` after it (per node, per CPU, before 21.08) is not understood. */
function megabytes(text: string): number | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([KMGTP])$/.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  const amount = Number(digits) * (UNITS[unit] as number);
  return amount > 0 ? amount : undefined;
}
