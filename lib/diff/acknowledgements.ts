import { readYaml } from '../app/table-readers';
import { closest } from '../values/closest';
import type { Origin } from '../values/origin';
import { type Problem, quote } from '../values/problem';
import { byCodeUnit } from '../values/json';
import { isDay } from './day';
import { idsOf, sumIds } from './gate';
import type { Acknowledged, Diff } from './model';

/** The file of a repository that says which changes were looked at. */
export const ACKNOWLEDGEMENTS = 'hpcdk.acknowledged.yaml';

/** One change that somebody answers for. */
export interface Acknowledgement extends Required<Acknowledged> {
  /** The id of the entry. */
  readonly id: string;
  readonly origin: Origin;
}

const COLUMNS = ['id', 'reason', 'until'] as const;

/**
 * Reads the file of acknowledgements: a YAML sequence of mappings with `id`, `reason` and `until`, the last day on which it
 * counts. An item with a fault is reported and left out.
 *
 * @param file what problems call the file
 */
export function parseAcknowledgements(text: string, report: (problem: Problem) => void, file: string) {
  if (/^(\s*(#.*)?\n?)*$/.test(text)) return [];
  const tell = (message: string, line: number, fix?: string) =>
    report({ code: 'HPC2711', message, ...(fix && { fix }), origin: { file, line } });
  const found = new Map<string, Acknowledgement>();
  for (const { line, cells } of readYaml(text, ({ message }, at) => tell(message.replace('table', 'file'), at))) {
    const fault = faultOf(cells);
    if (fault) {
      tell(fault.message, line, fault.fix);
      continue;
    }
    const { id, reason, until } = cells as Record<(typeof COLUMNS)[number], string>;
    const first = found.get(id);
    if (first)
      tell(`${quote(id)} is acknowledged twice, first in line ${first.origin.line}`, line, 'remove one of them');
    else found.set(id, { id, reason, until, origin: { file, line } });
  }
  return [...found.values()];
}

function faultOf(cells: Readonly<Record<string, unknown>>): Pick<Problem, 'message' | 'fix'> | undefined {
  const unknown = Object.keys(cells).find((key) => !(COLUMNS as readonly string[]).includes(key));
  if (unknown !== undefined) {
    const near = closest(unknown, COLUMNS);
    const fix = near ? `did you mean ${near}?` : `an acknowledgement has ${COLUMNS.join(', ')}`;
    return { message: `an acknowledgement has no ${quote(unknown)}`, fix };
  }
  for (const key of COLUMNS) {
    const value = cells[key];
    if (typeof value !== 'string' || value.trim() === '') {
      return { message: `the acknowledgement has no ${key}`, fix: FIXES[key] };
    }
  }
  const until = cells.until as string;
  if (isDay(until)) return undefined;
  return { message: `${quote(until)} is no day of the calendar`, fix: FIXES.until };
}

const FIXES = {
  id: 'write the id of an entry, as hpcdk diff --json or a failed gate shows it',
  reason: 'write why the change is right, e.g. the number of the ticket',
  until: 'write the last day on which it counts, e.g. until: 2026-12-31',
} as const;

/**
 * Marks what is acknowledged; an entry that stands for several changes, when each of them is. An acknowledgement that has expired does not count; that one, and one that matches nothing, is
 * reported as a warning.
 *
 * @param today the day, e.g. `2026-11-21`
 */
export function acknowledge(
  diff: Diff,
  acknowledgements: readonly Acknowledgement[],
  today: string,
  report: (problem: Problem) => void,
): Diff {
  const valid = new Map<string, Acknowledged>();
  const ids = new Set([...diff.entries.flatMap(idsOf), ...sumIds(diff)]);
  for (const { id, reason, until, origin } of acknowledgements) {
    if (until < today) {
      const message = `the acknowledgement of ${quote(id)} expired after ${until} and does not count`;
      report({ code: 'HPC2712', severity: 'warning', message, fix: 'remove it, or look again and extend it', origin });
    } else if (ids.has(id)) valid.set(id, { reason, until });
    else {
      const near = closest(id, ids);
      const fix = near === undefined ? 'remove it once the change is rolled out' : `did you mean ${near}?`;
      const message = `the acknowledgement of ${quote(id)} matches no change`;
      report({ code: 'HPC2713', severity: 'warning', message, fix, origin });
    }
  }
  if (valid.size === 0) return diff;
  const [cost, power] = ['cost', 'power'].map((sum) => valid.get(sum));
  return {
    ...diff,
    entries: diff.entries.map((entry) => {
      const found = idsOf(entry).map((id) => valid.get(id));
      const [first] = found;
      if (!first || found.includes(undefined)) return entry;
      // of a group that is acknowledged one by one, what expires first
      const until = (found as Acknowledged[]).map((one) => one.until).sort(byCodeUnit)[0] as string;
      return { ...entry, acknowledged: { reason: first.reason, until } };
    }),
    ...(diff.capacity && {
      capacity: {
        ...diff.capacity,
        ...(cost && { acknowledged: cost }),
        ...(power && diff.capacity.power && { power: { ...diff.capacity.power, acknowledged: power } }),
      },
    }),
  };
}
