import type { Construct } from 'constructs';
import { NO_EFFECT } from '../../app/effects';
import { defaulted, type Fields, optional, required } from '../../app/field';
import { type Contribution, HOST_FACTS } from '../../app/host-fact';
import { type FaultReport, Noun } from '../../app/noun';
import type { Effects } from '../../app/effect';
import { Document, FOLDER } from '../../documents/document';
import { slurmConf } from '../../documents/slurm-conf';
import { renderTemplate } from '../../documents/template';
import { text } from '../../documents/text';
import { hostlist, integer, line, matching, oneOf, secret } from '../../values/codecs';
import { list, map } from '../../values/collections';
import type { Hostlist } from '../../values/hostlist';
import type { Report } from '../../values/problem';
import type { SecretRef } from '../../values/secret-ref';
import { Version } from '../../values/version';
import { slurmKey } from '../partition';
import { reconfigure } from '../slurm/effects';
import { checkOwnOptions, checkSaidByFields } from '../slurm/check-own-options';
import { checkSlurmOptions } from '../slurm/options';
import type { SlurmCluster } from '../slurm-cluster';
import { type SlurmVersion, slurmVersions } from '../slurm-version';
import { Account, type AccountProps } from './account';
import { accountCommands, nameCommands, type AccountRecords } from './accounts-script';
import { type ISlurmDatabase, markAsDatabase } from './database';
import { databaseHostFacts } from './host-facts';
import { Qos, type QosProps } from './qos';

const PRIVATE = ['accounts', 'events', 'jobs', 'reservations', 'usage', 'users'] as const;

/** An accounting database: slurmdbd with its MariaDB. Clusters of a site may share one. */
export interface SlurmDatabaseProps {
  /** Host of slurmdbd. */
  readonly host: string | Hostlist;
  /** The Slurm release of slurmdbd; not older than that of any cluster. */
  readonly slurm: SlurmVersion;
  /** Host of MariaDB. @default localhost */
  readonly storageHost?: string;
  /** User of MariaDB. @default slurm */
  readonly storageUser?: string;
  /** Name of the database. @default slurm_acct_db */
  readonly storageName?: string;
  /**
   * A file on the host with the line `StoragePass=...`, owned by slurm with mode 0600. slurmdbd.conf includes it.
   * @default - no password: MariaDB knows the user by its socket
   */
  readonly password?: SecretRef;
  /** What is hidden from other users. @default [] */
  readonly privateData?: readonly (typeof PRIVATE)[number][];
  /** Months after which records of jobs are removed. @default - never */
  readonly keepJobsMonths?: number;
  /**
   * Name of a federation of its clusters: job ids that are unique over all of them, and jobs that any of them may start.
   * @default - none: each cluster is on its own, and `-M` of the commands chooses one
   */
  readonly federation?: string;
  /** Further keys of slurmdbd.conf, checked against the release. @default {} */
  readonly options?: Readonly<Record<string, string>>;
}

const restart = (reason: string): Effects => ({
  any: { class: 'daemon-restart', reason, steps: ['restart slurmdbd'] },
});
const moved: Effects = {
  any: {
    class: 'data-loss',
    reason: 'slurmdbd starts with an empty database when nothing is at the new place',
    steps: ['stop slurmdbd', 'dump the database and load it at the new place', 'place the files', 'start slurmdbd'],
  },
};

const fields = {
  host: required(hostlist, {
    section: 'disruption',
    effects: restart('clusters keep their records until slurmdbd answers again'),
  }),
  slurm: required(oneOf(slurmVersions), {
    section: 'disruption',
    effects: {
      decreased: { class: 'data-loss', reason: 'an older slurmdbd cannot read the tables of a newer one' },
      any: { class: 'daemon-restart', reason: 'slurmdbd converts its tables once, before the clusters are upgraded' },
    },
  }),
  storageHost: defaulted(
    matching({
      what: 'a host name',
      pattern: /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
      allowed: 'lower-case letters, digits, dots and "-"',
    }),
    'localhost',
    { section: 'data', effects: moved },
  ),
  storageUser: defaulted(
    matching({ what: 'a user of MariaDB', pattern: /^[A-Za-z0-9_]+$/, allowed: 'letters, digits and "_"', max: 80 }),
    'slurm',
    { section: 'other', effects: restart('slurmdbd logs in at its start') },
  ),
  storageName: defaulted(
    matching({
      what: 'the name of a database',
      pattern: /^[A-Za-z0-9_]+$/,
      allowed: 'letters, digits and "_"',
      max: 64,
    }),
    'slurm_acct_db',
    { section: 'data', effects: moved },
  ),
  password: optional(secret, { section: 'security', effects: restart('slurmdbd logs in at its start') }),
  privateData: defaulted(list(oneOf(PRIVATE)), [], {
    section: 'security',
    effects: restart('it changes what users see of one another in sacct and sreport'),
  }),
  keepJobsMonths: optional(integer(1, 1200), {
    section: 'data',
    effects: {
      increased: NO_EFFECT('records are kept for longer').any as never,
      any: { class: 'data-loss', reason: 'older records of jobs are removed at the next purge' },
    },
  }),
  federation: optional(
    matching({
      what: 'the name of a federation',
      pattern: /^[a-z0-9][a-z0-9_-]*$/,
      allowed: 'lower-case letters, digits, "_" and "-"',
      max: 40,
    }),
    {
      section: 'contract',
      effects: {
        any: reconfigure('new jobs have ids of the federation, and squeue and sinfo show what --local left out', {
          pending: 'jobs that wait at several clusters stay with the one they were submitted to',
        }),
      },
    },
  ),
  options: defaulted(
    map(line, slurmKey),
    {},
    { section: 'other', effects: restart('slurmdbd reads its file at its start') },
  ),
} as const satisfies Fields<SlurmDatabaseProps>;

/** How many releases behind a cluster may be: two, and three from 24.11 on (upgrade guide of Slurm). */
const releasesServed = (slurm: SlurmVersion): number => (Version.parse(slurm).satisfies('>= 24.11') ? 3 : 2);

/** Keys that a field says. */
const SAID_BY_FIELDS: Readonly<Record<string, string>> = {
  dbdhost: 'host',
  storagehost: 'storageHost',
  storageuser: 'storageUser',
  storageloc: 'storageName',
  storagepass: 'password',
  privatedata: 'privateData',
  purgejobafter: 'keepJobsMonths',
};

/** An accounting database with its QOS, accounts and users. */
export class SlurmDatabase extends Noun<typeof fields> implements ISlurmDatabase {
  static readonly kind = 'SlurmDatabase';
  static readonly docs = 'compute/slurm-database';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'disruption' as const,
    added: NO_EFFECT('a new database'),
    removed: { any: { class: 'data-loss', reason: 'accounts, limits and usage are no longer enforced or recorded' } },
  } as const;

  readonly port = 6819;
  /** The clusters that report to it. */
  readonly clusters: SlurmCluster[] = [];

  constructor(scope: Construct, id: string, props: SlurmDatabaseProps) {
    super(scope, id, SlurmDatabase, props);
    markAsDatabase(this);
    new Document(this, 'slurmdbd.conf', {
      path: 'slurmdbd.conf',
      format: slurmConf,
      content: () => ({ lines: this.lines() }),
      check: (conf, report) => {
        const errors: Report = (problem, at) => problem.severity !== 'warning' && report(problem, at);
        checkSlurmOptions('slurmdbd.conf', conf, Version.parse(this.values.slurm), errors);
      },
      host: { path: '/etc/slurm/slurmdbd.conf', owner: 'slurm', group: 'slurm', mode: 0o600 },
      readers: [{ service: 'slurmdbd', on: 'restart' }],
    });
    new Document(this, 'accounts.sh', {
      path: 'accounts.sh',
      format: text('shell'),
      mode: 0o755,
      when: () => this.clusters.length > 0,
      content: (report) => {
        const records = this.records();
        const [names, commands] = [nameCommands(records), accountCommands(records)];
        return renderTemplate('slurm/accounts.sh', { owner: this.node.path, names, commands }, report);
      },
      host: { path: '/etc/slurm/accounts.sh', mode: 0o750 },
    });
  }

  get [FOLDER](): string {
    return `slurm/${this.node.id}`;
  }

  get host(): string {
    return this.values.host.toString();
  }

  /** Adds a quality of service; its id is its name. */
  addQos(id: string, props?: QosProps): Qos {
    return new Qos(this.collection('qos'), id, props);
  }

  /** Adds an account on every cluster that reports here; its id is its name. */
  addAccount(id: string, props?: AccountProps): Account {
    return new Account(this.collection('accounts'), id, props);
  }

  attach(cluster: SlurmCluster): void {
    this.clusters.push(cluster);
  }

  names() {
    const { accounts, qos } = this.below();
    return { accounts: accounts.map(({ node }) => node.id), qos: ['normal', ...qos.map(({ node }) => node.id)] };
  }

  get trackedGres(): readonly string[] {
    return [...new Set(this.clusters.flatMap((cluster) => cluster.trackedGres))].sort();
  }

  qosNeeds() {
    const { qos } = this.below();
    const having = (what: (values: Qos['values']) => boolean) =>
      qos.filter(({ values }) => what(values)).map(({ node }) => node.id);
    return {
      priority: having(({ priority }) => priority > 0),
      preemption: having(({ preempt }) => preempt.length > 0),
    };
  }

  private below(): Pick<AccountRecords, 'qos' | 'accounts'> {
    const below = this.node.findAll();
    return { qos: below.filter(Qos.isQos), accounts: below.filter(Account.isAccount) };
  }

  private records(): AccountRecords {
    const { federation } = this.values;
    return {
      ...(federation !== undefined && { federation }),
      clusters: this.clusters.map((cluster) => cluster.node.id),
      ...this.below(),
      tracked: this.trackedGres,
    };
  }

  private lines() {
    const v = this.values;
    const stated = {
      AuthType: 'auth/munge',
      DbdHost: this.host,
      SlurmUser: 'slurm',
      LogFile: '/var/log/slurm/slurmdbd.log',
      PidFile: '/run/slurmdbd.pid',
      StorageType: 'accounting_storage/mysql',
      StorageHost: v.storageHost,
      StorageUser: v.storageUser,
      StorageLoc: v.storageName,
      ...(v.privateData.length > 0 && { PrivateData: [...v.privateData].sort().join(',') }),
      ...(v.keepJobsMonths && { PurgeJobAfter: `${v.keepJobsMonths}months` }),
      ...v.options,
    };
    return [
      { comment: `Emitted by hpcdk from '${this.node.path}'` },
      ...Object.entries(stated).map((entry) => ({ entries: [entry] })),
      ...(v.password ? [{ include: v.password.name }] : []),
    ];
  }

  override check(report: FaultReport<typeof fields>): void {
    const { host, slurm, password, options } = this.values;
    checkSaidByFields(options, SAID_BY_FIELDS, report);
    checkOwnOptions('slurmdbd.conf', options, { slurm }, report);
    if (host.count !== 1)
      report({ code: 'HPC4150', message: `'${host}' is ${host.count} hosts, slurmdbd runs on one` }, 'host');
    if (password && password.store !== 'file') {
      const message = `the password is in ${password.store}; slurmdbd.conf can only include a file of the host`;
      report({ code: 'HPC4151', message, fix: "SecretRef.file('/etc/slurm/slurmdbd.password.conf')" }, 'password');
    }
    for (const cluster of this.clusters) {
      const between = slurmVersions.indexOf(slurm) - slurmVersions.indexOf(cluster.values.slurm);
      if (between < 0) {
        const message = `slurmdbd ${slurm} is older than the ${cluster.values.slurm} of '${cluster.node.id}'`;
        report({ code: 'HPC4152', message, fix: 'upgrade slurmdbd first' }, 'slurm');
      } else if (between > releasesServed(slurm)) {
        const message = `slurmdbd ${slurm} no longer serves the ${cluster.values.slurm} of '${cluster.node.id}'`;
        report({ code: 'HPC4153', message, fix: 'upgrade the cluster first' }, 'slurm');
      }
    }
  }

  [HOST_FACTS](): Iterable<Contribution> {
    return databaseHostFacts(this);
  }
}
