import type { Construct } from 'constructs';
import {
  codecs,
  type Contribution,
  define,
  Document,
  type Fields,
  HOST_FACTS,
  type HostFact,
  Hostlist,
  NO_EFFECT,
  Noun,
  renderText,
  required,
  Site,
  text,
} from 'hpcdk';

/** Hosts that take their time from servers of the site. */
export interface TimeSyncProps {
  /** The hosts. */
  readonly hosts: string | Hostlist;
  /** The servers, in the order in which they are asked. */
  readonly servers: readonly string[];
}

const server = codecs.matching({
  what: 'a host name',
  pattern: /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
  allowed: 'lower-case letters, digits, dots and "-"',
});

const fields = {
  hosts: required(codecs.hostlist, { section: 'other', effects: NO_EFFECT('jobs do not notice') }),
  servers: required(codecs.list(server, { ordered: true, min: 1, item: 'server' }), {
    section: 'other',
    effects: { any: { class: 'daemon-restart', reason: 'chronyd reads its servers at its start' } },
  }),
} as const satisfies Fields<TimeSyncProps>;

/** Time from servers of the site, by chrony. */
export class TimeSync extends Noun<typeof fields> {
  static readonly kind = 'TimeSync';
  static readonly fields = fields;
  static readonly lifecycle = { added: NO_EFFECT('clocks are corrected'), removed: NO_EFFECT('chrony stays') };

  private readonly conf: Document<string>;

  constructor(scope: Construct, id: string, props: TimeSyncProps) {
    super(scope, id, TimeSync, props);
    this.conf = new Document(this, 'chrony.conf', {
      path: 'chrony/chrony.conf',
      format: text('chrony.conf'),
      content: (report) => renderText(TEMPLATE, this.values, report),
      host: { path: '/etc/chrony/chrony.conf' },
      readers: [{ service: 'chrony', on: 'restart' }],
    });
  }

  [HOST_FACTS](): Iterable<Contribution> {
    const facts: HostFact[] = [
      { fact: 'package', debian: 'chrony', redhat: 'chrony' },
      { fact: 'file', document: this.conf },
      { fact: 'service', name: 'chrony' },
    ];
    return [{ group: { name: 'time_sync', hosts: this.values.hosts }, role: 'time_sync', facts }];
  }
}

// 2. the template; in this repository it stands in templates/chrony/chrony.conf.hbs
const TEMPLATE = `{{#each servers}}
server {{comment this}} iburst
{{/each}}
driftfile /var/lib/chrony/drift
makestep 1 3
`;

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  new TimeSync(campus, 'time', { hosts: 'ctl1,login1', servers: ['ntp1.example.edu', 'ntp2.example.edu'] });
});
