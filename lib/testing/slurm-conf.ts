import { slurmOption, slurmOptions, type SlurmFile, type SlurmScope } from '../compute/slurm/options';
import { slurmConf, type SlurmConfEntry } from '../documents/slurm-conf';
import { closest } from '../values/closest';
import { Hostlist } from '../values/hostlist';
import { type Problem, quote } from '../values/problem';
import { type Candidate, expectMatch, expectNamed, expectOne, type Kind, missing } from './candidates';
import { ExpectationError } from './expectation-error';
import type { Wanted } from './match';
import { slurmMeaning } from './slurm-meaning';

/** One record of a Slurm file by its keys, spelt as the man page does: `{ PartitionName: 'batch', MaxTime: '2-00:00:00' }`. */
export type SlurmRecordView = Readonly<Record<string, string>>;

/** What a test wants of a record, by key; keys that it does not name may hold anything. */
export type WantedRecord = Readonly<Record<string, Wanted>>;

/** The keys that start a record, with the part of the option table that its keys stand in. */
const STARTS: Readonly<Partial<Record<SlurmFile, Readonly<Record<string, SlurmScope>>>>> = {
  'slurm.conf': {
    NodeName: 'node',
    PartitionName: 'partition',
    DownNodes: 'downnodes',
    NodeSet: 'nodeset',
    PowerAction: 'poweraction',
  },
  'gres.conf': { Name: 'gres', NodeName: 'gres' },
  'topology.conf': { SwitchName: 'switch', BlockName: 'block', RingName: 'ring' },
};

/** A file of the slurm.conf family as a test looks at it: what Slurm would take from it, not how it is written. */
export class SlurmConf {
  /**
   * Reads a file.
   *
   * @param where how messages call it
   */
  static parse(text: string, file: SlurmFile = 'slurm.conf', where: string = file): SlurmConf {
    const problems: Problem[] = [];
    const conf = slurmConf.parse(text, (problem) => problems.push(problem));
    if (problems[0]) throw new ExpectationError(`${where}: ${problems[0].message}`);
    const lines = conf.lines.flatMap((line) => ('entries' in line && line.entries.length > 0 ? [line.entries] : []));
    const includes = conf.lines.flatMap((line) => ('include' in line ? [line.include] : []));
    return new SlurmConf(file, where, lines, includes);
  }

  /** Keys on lines of their own. Of a key that is set twice the last counts, as in Slurm; those that add up have commas. */
  readonly options: SlurmRecordView;
  /** The records of each kind in their order; what `DEFAULT` lines set is filled in. */
  private readonly byScope: ReadonlyMap<SlurmScope, readonly SlurmRecordView[]>;

  private constructor(
    readonly file: SlurmFile,
    private readonly where: string,
    lines: readonly (readonly SlurmConfEntry[])[],
    /** The files that it includes. */
    readonly includes: readonly string[],
  ) {
    const options: Record<string, string> = {};
    const byScope = new Map<SlurmScope, SlurmRecordView[]>();
    const defaults = new Map<SlurmScope, SlurmRecordView>();
    for (const entries of lines) {
      const [key, name] = entries[0] as SlurmConfEntry;
      const scope = this.scopeOf(key);
      if (scope === undefined) {
        for (const [option, value] of entries) {
          const { key: spelt = option, repeat } = slurmOption(file, 'global', option) ?? {};
          options[spelt] = repeat && options[spelt] !== undefined ? `${options[spelt]},${value}` : value;
        }
        continue;
      }
      const record = {
        ...defaults.get(scope),
        ...Object.fromEntries(entries.map(([field, value]) => [this.spell(scope, field), value])),
      };
      if (/^default$/i.test(name)) defaults.set(scope, record);
      else byScope.set(scope, [...(byScope.get(scope) ?? []), record]);
    }
    this.options = options;
    this.byScope = byScope;
  }

  /** The value of a key that stands on a line of its own. */
  option(key: string): string | undefined {
    this.knows('global', key);
    return this.options[this.spell('global', key)];
  }

  /** Fails unless a key has a value: `hasOption('PrivateData', ['jobs'])` for one word of it, `absent` for none. */
  hasOption(key: string, wanted: Wanted): this {
    this.knows('global', key);
    const name = this.spell('global', key);
    const kind = slurmMeaning(this.file, 'global');
    expectMatch(this.options, { [name]: wanted }, this.where, kind);
    return this;
  }

  /** The records that a key starts, e.g. `records('SwitchName')` of topology.conf; in gres.conf `Name` starts all of them. */
  records(start: string): readonly SlurmRecordView[] {
    return this.byScope.get(this.recordScope(start)) ?? [];
  }

  /** Fails unless a record that the key starts is what is wanted. */
  hasRecord(start: string, wanted: WantedRecord): this {
    expectOne(this.kind(start, `${start} line`), this.candidates(start), this.spelt(start, wanted));
    return this;
  }

  /** The partitions by name. */
  get partitions(): Readonly<Record<string, SlurmRecordView>> {
    return Object.fromEntries(this.records('PartitionName').map((record) => [record.PartitionName as string, record]));
  }

  /** The partition of a name. */
  partition(name: string): SlurmRecordView {
    const found = this.partitions[name];
    if (found) return found;
    const text = missing('partition', name, this.candidates('PartitionName'));
    throw new ExpectationError(`${this.where}: ${text}`);
  }

  /** Fails unless there is such a partition: by its name, by what it has, or both. */
  hasPartition(name: string, wanted?: WantedRecord): this;
  hasPartition(wanted: WantedRecord): this;
  hasPartition(nameOrWanted: string | WantedRecord, wanted: WantedRecord = {}): this {
    const kind = this.kind('PartitionName', 'partition');
    const candidates = this.candidates('PartitionName');
    if (typeof nameOrWanted !== 'string') expectOne(kind, candidates, this.spelt('PartitionName', nameOrWanted));
    else expectNamed(kind, candidates, nameOrWanted, this.spelt('PartitionName', wanted));
    return this;
  }

  /** All hosts that have a NodeName line. */
  get hosts(): Hostlist {
    return Hostlist.union(this.records('NodeName').map((record) => Hostlist.parse(record.NodeName ?? '')));
  }

  /** The NodeName line of a host. */
  node(host: string): SlurmRecordView {
    const found = this.records('NodeName').find((record) => Hostlist.parse(record.NodeName ?? '').contains(host));
    if (found) return found;
    throw this.noNode(host);
  }

  /** Fails unless every one of the hosts is a node, and each has what is wanted. */
  hasNode(hosts: string | Hostlist, wanted: WantedRecord = {}): this {
    const asked = typeof hosts === 'string' ? Hostlist.parse(hosts) : hosts;
    if (asked.problem) throw new ExpectationError(`${quote(String(hosts))}: ${asked.problem.message}`);
    const outside = asked.difference(this.hosts);
    if (!outside.isEmpty) throw this.noNode(String(outside));
    const facts = this.spelt('NodeName', wanted);
    for (const candidate of this.candidates('NodeName')) {
      if (!Hostlist.parse(candidate.name).overlaps(asked)) continue;
      expectNamed(this.kind('NodeName', 'node'), [candidate], candidate.name, facts);
    }
    return this;
  }

  /** Fails when one of the hosts is a node. */
  lacksNode(hosts: string | Hostlist): this {
    const found = this.hosts.intersection(typeof hosts === 'string' ? Hostlist.parse(hosts) : hosts);
    if (!found.isEmpty) throw new ExpectationError(`${this.where}: ${quote(found.toString())} is a node`);
    return this;
  }

  /** Fails when there is a partition of the name. */
  lacksPartition(name: string): this {
    if (this.partitions[name]) throw new ExpectationError(`${this.where}: there is a partition ${quote(name)}`);
    return this;
  }

  private noNode(hosts: string): ExpectationError {
    return new ExpectationError(
      `${this.where}: there is no node ${quote(hosts)}; there are ${quote(String(this.hosts))}`,
    );
  }

  private kind(start: string, what: string): Kind {
    return { where: this.where, what, meaning: slurmMeaning(this.file, this.recordScope(start)) };
  }

  private candidates(start: string): Candidate[] {
    const key = this.spell(this.recordScope(start), start);
    return this.records(start).map((record) => ({ name: record[key] ?? '', facts: record }));
  }

  private scopeOf(start: string): SlurmScope | undefined {
    const found = Object.entries(STARTS[this.file] ?? {}).find(([key]) => key.toLowerCase() === start.toLowerCase());
    return found?.[1];
  }

  private recordScope(start: string): SlurmScope {
    const scope = this.scopeOf(start);
    if (scope === undefined) throw new ExpectationError(`${quote(start)} starts no record of ${this.file}`);
    return scope;
  }

  /** Keys of a wish as the man page spells them; one that Slurm does not have could never be set, and is refused. */
  private spelt(start: string, wanted: WantedRecord): WantedRecord {
    const scope = this.recordScope(start);
    return Object.fromEntries(
      Object.entries(wanted).map(([key, value]) => {
        this.knows(scope, key);
        return [this.spell(scope, key), value];
      }),
    );
  }

  private spell(scope: SlurmScope, key: string): string {
    return slurmOption(this.file, scope, key)?.key ?? key;
  }

  private knows(scope: SlurmScope, key: string): void {
    if (slurmOption(this.file, scope, key)) return;
    const keys = slurmOptions().filter((option) => option.file === this.file && option.scope === scope);
    const near = closest(
      key,
      keys.map((option) => option.key),
    );
    const fix = near ? `; did you mean '${near}'?` : '';
    const line = scope === 'global' ? this.file : `a ${scope} line of ${this.file}`;
    throw new ExpectationError(`${quote(key)} is no key of ${line}${fix}`);
  }
}
