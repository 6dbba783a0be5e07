import type { Construct } from 'constructs';
import { NO_EFFECT } from '../app/effects';
import { defaulted, type Fields, optional } from '../app/field';
import type { HostFact } from '../app/host-fact';
import { line } from '../values/codecs';
import { list } from '../values/collections';
import { SERVICE_ADDED, SERVICE_CHANGED, SERVICE_REMOVED } from './effects';
import { serviceName } from './names';
import { OnHosts } from './on-hosts';

/** What a service is known by, and how it takes a change. */
export interface ServiceProps {
  /** Its name as systemd knows it. @default - the id */
  readonly name?: string;
  /** Services that are restarted before it, on all hosts, when both are. Those that the site does not have are passed over. @default [] */
  readonly after?: readonly string[];
  /**
   * The command, one argument an item, that makes it read its files again without a restart. It is run once, on the first host.
   * @default - `systemctl reload` on each host
   */
  readonly reconfigure?: readonly string[];
}

const fields = {
  name: optional(serviceName, { section: 'other', effects: SERVICE_CHANGED }),
  after: defaulted(list(serviceName, { item: 'service' }), [], {
    section: 'other',
    effects: NO_EFFECT('it is asked for the next time that services are restarted'),
  }),
  reconfigure: optional(list(line, { item: 'argument', ordered: true, min: 1 }), {
    section: 'other',
    effects: NO_EFFECT('it is asked for the next time that the service reads its files'),
  }),
} as const satisfies Fields<ServiceProps>;

/** A service that is enabled and runs on hosts. Documents below it are placed there too. */
export class Service extends OnHosts<typeof fields> {
  static readonly kind = 'Service';
  static readonly docs = 'hosts/service';
  static readonly fields = fields;
  static readonly lifecycle = { section: 'disruption' as const, added: SERVICE_ADDED, removed: SERVICE_REMOVED };

  constructor(scope: Construct, id: string, props: ServiceProps = {}) {
    super(scope, id, Service, props);
  }

  protected facts(): readonly HostFact[] {
    const { name = this.node.id, after, reconfigure } = this.values;
    return [{ fact: 'service', name, after, ...(reconfigure && { reconfigure }) }];
  }
}
