import { lineNumber, type SlurmConf, type SlurmConfEntry } from '../../documents/slurm-conf';
import { closest } from '../../values/closest';
import { quote, type Problem, type Report } from '../../values/problem';
import type { Version } from '../../values/version';
import type { OptionTable, SlurmChange, SlurmFile, SlurmOption, SlurmScope } from './option';
import { atMicro, checkValue, lifeProblem } from './option-values';
import { cgroupConfKeys } from './options/cgroup-conf';
import { gresConfKeys, gresKeys } from './options/gres-conf';
import { slurmConfKeys } from './options/slurm-conf';
import { downNodesKeys, nodeKeys, nodeSetKeys, partitionKeys, powerActionKeys } from './options/slurm-conf-records';
import { slurmdbdConfKeys } from './options/slurmdbd-conf';
import { blockKeys, ringKeys, switchKeys, topologyConfKeys } from './options/topology-conf';

export type { SlurmChange, SlurmFile, SlurmOption, SlurmScope, SlurmWord } from './option';

/** The option table: what Slurm 22.05 to 26.05 know of each key of their files. docs/compute/slurm-options.md says how it is kept. */
const tables: Readonly<Record<SlurmFile, Readonly<Partial<Record<SlurmScope, OptionTable>>>>> = {
  'slurm.conf': {
    global: slurmConfKeys,
    node: nodeKeys,
    partition: partitionKeys,
    downnodes: downNodesKeys,
    nodeset: nodeSetKeys,
    poweraction: powerActionKeys,
  },
  'gres.conf': { global: gresConfKeys, gres: gresKeys },
  'cgroup.conf': { global: cgroupConfKeys },
  'topology.conf': { global: topologyConfKeys, switch: switchKeys, block: blockKeys, ring: ringKeys },
  'slurmdbd.conf': { global: slurmdbdConfKeys },
};

/** The keys that start a record, in lower case. */
const records: Readonly<Partial<Record<SlurmFile, Readonly<Record<string, SlurmScope>>>>> = {
  'slurm.conf': {
    nodename: 'node',
    partitionname: 'partition',
    downnodes: 'downnodes',
    nodeset: 'nodeset',
    poweraction: 'poweraction',
  },
  'gres.conf': { name: 'gres', nodename: 'gres' },
  'topology.conf': { switchname: 'switch', blockname: 'block', ringname: 'ring' },
};

const options = Object.entries(tables).flatMap(([file, scopes]) =>
  Object.entries(scopes).flatMap(([scope, table]) =>
    Object.entries(table).map(([key, row]): SlurmOption => ({
      change: file === 'slurmdbd.conf' ? 'restart slurmdbd' : 'reconfigure',
      source: `${file}(5) 22.05`,
      ...(row.type === 'list' ? { list: true } : {}),
      ...row,
      file: file as SlurmFile,
      scope: scope as SlurmScope,
      key,
    })),
  ),
);

const indexOf = (file: string, scope: string, key: string) => `${file} ${scope} ${key.toLowerCase()}`;
const byKey = new Map(options.map((option) => [indexOf(option.file, option.scope, option.key), option]));

/** What the table says of a key, in any case; nothing when no version from 22.05 to 26.05 knows it there. */
export function slurmOption(file: SlurmFile, scope: SlurmScope, key: string): SlurmOption | undefined {
  return byKey.get(indexOf(file, scope, key));
}

/** Every key of the table, in its order. */
export const slurmOptions = (): readonly SlurmOption[] => options;

/** What a change of an option needs at a version. */
export function slurmChange(option: SlurmOption, version: Version): SlurmChange {
  const { change, reconfigureSince } = option;
  return reconfigureSince !== undefined && version.atLeast(reconfigureSince) ? 'reconfigure' : change;
}

/** What else a check knows. */
export interface SlurmCheck {
  /** Words and values that the table does not list and the site needs, e.g. those of its own plugins. @default [] */
  readonly acknowledged?: Iterable<string>;
  /** The files that `Include` lines name, read where they stand, as Slurm does. @default - they are not looked into */
  readonly includes?: ReadonlyMap<string, SlurmConf>;
}

/**
 * Checks every key and value of a file against the option table for a version; a version of two numbers stands for its
 * newest micro release. Reported are unknown, newer and gone keys and words, keys set twice (across includes too, where
 * only the last line counts), values that Slurm cannot read, and several keys on a line that has room for one.
 */
export function checkSlurmOptions(
  file: SlurmFile,
  conf: SlurmConf,
  version: Version,
  report: Report,
  { acknowledged = [], includes = new Map() }: SlurmCheck = {},
): void {
  if (version.problem) return report(version.problem);
  const at = atMicro(version);
  const words = new Set([...acknowledged].map((word) => word.toLowerCase()));
  const seen = new Map<string, string>();
  const included = new Set<string>();

  const walk = (part: SlurmConf, name: string) => {
    for (const [index, line] of part.lines.entries()) {
      const place = `${name}line ${lineNumber(part, index)}`;
      if ('include' in line) {
        const inner = included.has(line.include) ? undefined : includes.get(line.include);
        included.add(line.include);
        if (inner) walk(inner, `${line.include} `);
      } else if ('entries' in line) checkLine(line.entries, place);
    }
  };
  const checkLine = (entries: readonly SlurmConfEntry[], place: string) => {
    const [first] = entries;
    if (first === undefined) return;
    const scope = records[file]?.[first[0].toLowerCase()] ?? 'global';
    const tell = (problem: Problem) => report(problem, place);
    const onLine = scope === 'global' ? seen : new Map<string, string>();
    if (scope === 'global' && entries.length > 1) tell(crowded(entries));
    for (const [key, value] of entries) {
      const option = slurmOption(file, scope, key);
      if (option === undefined) {
        tell(unknownKey(file, scope, key, at));
        continue;
      }
      const before = onLine.get(option.key);
      if (before !== undefined && !(option.repeat && at.atLeast(option.repeat))) tell(twice(option, before, place));
      onLine.set(option.key, place);
      const life = lifeProblem(option, option.key, at, (replacement) => isThere(file, scope, replacement, at));
      if (life) tell(life);
      if (!life || life.severity === 'warning') {
        checkValue(option, value, at, words, (replacement) => isThere(file, scope, replacement, at), tell);
      }
    }
  };
  walk(conf, '');
}

/** Whether a replacement can be used; what is no key of the table, such as another file, always can. */
function isThere(file: SlurmFile, scope: SlurmScope, replacement: string, at: Version): boolean {
  const key = replacement.split('=')[0] ?? '';
  const since = (slurmOption(file, scope, key) ?? slurmOption(file, 'global', key))?.since;
  return since === undefined || at.atLeast(since);
}

function unknownKey(file: SlurmFile, scope: SlurmScope, key: string, at: Version): Problem {
  const inFile = options.filter((option) => option.file === file);
  const here = inFile.filter((option) => option.scope === scope && !lifeProblem(option, option.key, at, () => false));
  const near = closest(
    key,
    here.map((option) => option.key),
  );
  const elsewhere = inFile.find((option) => option.key.toLowerCase() === key.toLowerCase());
  const line = scope === 'global' ? `a line of ${file}` : `a ${recordKey(file, scope)} line of ${file}`;
  const fix = elsewhere
    ? `${elsewhere.key} stands on ${elsewhere.scope === 'global' ? 'a line of its own' : `a ${recordKey(file, elsewhere.scope)} line`}`
    : near && `did you mean ${near}?`;
  return { code: 'HPC4000', message: `${quote(key)} is no key for ${line}`, ...(fix ? { fix } : {}) };
}

function recordKey(file: SlurmFile, scope: SlurmScope): string {
  const [lower = ''] = Object.entries(records[file] ?? {}).find(([, name]) => name === scope) ?? [];
  return slurmOption(file, scope, lower)?.key ?? lower;
}

const twice = (option: SlurmOption, before: string, place: string): Problem => ({
  code: 'HPC4003',
  message:
    before === place
      ? `${option.key} is set twice on one line, and only the last counts`
      : `${option.key} is set here and at ${before}, and only the last line counts`,
  fix: option.list ? `write one ${option.key} line with all of its words` : 'leave out one of them',
});

const crowded = (entries: readonly SlurmConfEntry[]): Problem => ({
  code: 'HPC4007',
  message: `${entries[0]?.[0]} stands on a line of its own, but ${entries[1]?.[0]} follows it`,
  fix: 'write each key on a line of its own, and put a value with blanks in double quotes',
});
