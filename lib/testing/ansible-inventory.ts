import { Hostlist } from '../values/hostlist';
import { quote } from '../values/problem';
import { missing } from './candidates';
import { ExpectationError } from './expectation-error';
import { recordOf } from './read-document';

/** The groups of an Ansible inventory with their hosts; ranges such as `cn[001:064]` are never written out. */
export class AnsibleInventory {
  private readonly groups = new Map<string, { hosts: Hostlist; readonly children: Set<string> }>();

  /**
   * @param files the parsed YAML files
   * @param where how messages call it
   */
  constructor(
    files: readonly unknown[],
    private readonly where: string,
  ) {
    for (const file of files) this.add(file);
  }

  /** The names of the groups, sorted. */
  get names(): readonly string[] {
    return [...this.groups.keys()].sort();
  }

  /** The hosts of a group and of those below it. */
  hosts(group: string): Hostlist {
    const seen = new Set<string>();
    const collect = (name: string): Hostlist => {
      const found = this.groups.get(name);
      if (!found || seen.has(name)) return Hostlist.EMPTY;
      seen.add(name);
      return Hostlist.union([found.hosts, ...[...found.children].map(collect)]);
    };
    if (!this.groups.has(group)) {
      const names = this.names.map((name) => ({ name }));
      throw new ExpectationError(`${this.where}: ${missing('group', group, names)}`);
    }
    return collect(group);
  }

  /** Fails unless a group has all of these hosts. */
  hasHosts(group: string, hosts: string | Hostlist): this {
    const [have, want] = [this.hosts(group), typeof hosts === 'string' ? Hostlist.parse(hosts) : hosts];
    if (want.problem) throw new ExpectationError(want.problem.message);
    const outside = want.difference(have);
    if (outside.isEmpty) return this;
    const text = `group ${quote(group)} has ${quote(have.toString())}, wanted ${quote(outside.toString())} too`;
    throw new ExpectationError(`${this.where}: ${text}`);
  }

  private add(groups: unknown): void {
    for (const [name, value] of Object.entries(recordOf(groups))) {
      const { hosts, children } = recordOf(value);
      const group = this.groups.get(name) ?? { hosts: Hostlist.EMPTY, children: new Set<string>() };
      const named = Object.keys(recordOf(hosts)).map((pattern) => Hostlist.parse(pattern.replace(/:(?=\d+\])/g, '-')));
      group.hosts = Hostlist.union([group.hosts, ...named]);
      for (const child of Object.keys(recordOf(children))) group.children.add(child);
      this.groups.set(name, group);
      this.add(children);
    }
  }
}
