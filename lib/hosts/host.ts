import type { Construct } from 'constructs';
import { NO_EFFECT } from '../app/effects';
import { defaulted, type Fields, optional, required } from '../app/field';
import { type Contribution, HOST_FACTS, HOST_GROUP, type HostGroup } from '../app/host-fact';
import { type FaultReport, Noun } from '../app/noun';
import { boolean, hostlist } from '../values/codecs';
import type { Hostlist } from '../values/hostlist';
import { HOSTS_CHANGED } from './effects';
import { groupName } from './names';
import { placedDocuments } from './placed-documents';

/** What a group of hosts is known by. */
export interface HostProps {
  /** Their names, e.g. `login[1-2]`. */
  readonly hosts: string | Hostlist;
  /** Name of their group in the inventory, and of the role with what is declared for them. @default - the id, with `_` for `-` and `.` */
  readonly group?: string;
  /** Whether they control the others: the first of them keeps the manifest of what was deployed. @default false */
  readonly controller?: boolean;
}

const fields = {
  hosts: required(hostlist, { section: 'capacity', effects: HOSTS_CHANGED }),
  group: optional(groupName, { section: 'other', effects: NO_EFFECT('the name stands in the inventory only') }),
  controller: defaulted(boolean, false, { section: 'other', effects: NO_EFFECT('it says who keeps the manifest') }),
} as const satisfies Fields<HostProps>;

/** Hosts that get the same: packages, services, users and files that are declared below it. */
export class Host extends Noun<typeof fields> {
  static readonly kind = 'Host';
  static readonly docs = 'hosts/host';
  static readonly fields = fields;
  static readonly lifecycle = { section: 'other' as const, added: HOSTS_CHANGED, removed: HOSTS_CHANGED };

  constructor(scope: Construct, id: string, props: HostProps) {
    super(scope, id, Host, props);
  }

  /** The hosts as a group of the inventory. */
  get [HOST_GROUP](): HostGroup {
    const { hosts, controller, group } = this.values;
    return { name: group ?? this.node.id.toLowerCase().replace(/[.-]/g, '_'), hosts, controller };
  }

  override check(report: FaultReport<typeof fields>): void {
    const { name } = this[HOST_GROUP];
    if (!/^[a-z]/.test(name)) {
      const message = `the id '${this.node.id}' gives no name of a group: it must start with a letter`;
      report({ code: 'HPC6002', message, fix: 'state the name as `group`' });
    }
  }

  /** The group itself, and the documents below it that have a place on hosts. */
  [HOST_FACTS](): readonly Contribution[] {
    const group = this[HOST_GROUP];
    return [{ group, role: group.name, facts: placedDocuments(this) }];
  }
}
