import type { Construct } from 'constructs';
import { NO_EFFECT } from '../../app/effects';
import { defaulted, type Fields, optional, required } from '../../app/field';
import { type Contribution, HOST_FACTS } from '../../app/host-fact';
import { type FaultReport, Noun } from '../../app/noun';
import type { Effect, Effects } from '../../app/effect';
import { FOLDER, OWNERSHIP } from '../../documents/document';
import { hostlist, integer, line, matching, oneOf, secret } from '../../values/codecs';
import { list, map } from '../../values/collections';
import type { Hostlist } from '../../values/hostlist';
import type { SecretRef } from '../../values/secret-ref';
import { Version } from '../../values/version';
import { slurmKey } from '../partition';
import { reconfigure } from '../slurm/effects';
import { checkOwnOptions, checkSaidByFields } from '../slurm/check-own-options';
import { slurmKeys } from '../slurm/key-effects';
import { ownership, packages } from '../slurm/host-fields';
import type { SlurmCluster } from '../slurm-cluster';
import { type SlurmVersion, slurmVersion, slurmVersions } from '../slurm-version';
import { Account, type AccountProps } from './account';
import type { AccountRecords } from './accounts-script';
import { type ISlurmDatabase, markAsDatabase } from './database';
import { addDatabaseDocuments } from './database-documents';
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
  /**
   * `owned`: its host gets what is declared, and QOS, accounts and users are brought to it. `observed`: slurmdbd.conf is
   * compared with what stands on the host, and nothing else is done.
   * @default owned
   */
  readonly ownership?: 'owned' | 'observed';
  /**
   * `distribution`: the play installs the packages of the distribution, slurmdbd and munge, and makes the user slurm. `none`:
   * hosts have them already, such as a build of the site below /opt.
   * @default distribution
   */
  readonly packages?: 'distribution' | 'none';
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

const KEPT: Effect = { class: 'none', reason: 'records of jobs are kept for longer', harmless: true };

const fields = {
  host: required(hostlist, {
    section: 'disruption',
    effects: restart('clusters keep their records until slurmdbd answers again'),
  }),
  slurm: required(slurmVersion, {
    section: 'disruption',
    effects: {
      decreased: {
        class: 'data-loss',
        reason: 'an older slurmdbd cannot read the tables of a newer one',
        steps: [
          'stop slurmdbd',
          'install Slurm {after} where slurmdbd runs',
          'put back the accounting database as it was before the upgrade',
          'place the files',
          'start slurmdbd',
        ],
      },
      any: {
        class: 'daemon-restart',
        reason: 'slurmdbd is upgraded before the clusters: it converts its tables when it starts, which can take hours',
        steps: [
          'back up StateSaveLocation, and the accounting database if there is one',
          'stop slurmdbd',
          'install Slurm {after} where slurmdbd runs',
          'place the files',
          'start slurmdbd',
        ],
      },
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
    effects: restart('slurmdbd reads at its start what users see of one another in sacct and sreport'),
  }),
  keepJobsMonths: optional(integer(1, 1200), {
    section: 'data',
    effects: {
      increased: KEPT,
      removed: KEPT,
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
          pending: 'pending jobs at several clusters stay with the one they were submitted to',
        }),
      },
    },
  ),
  options: defaulted(
    map(line, slurmKey),
    {},
    {
      section: 'other',
      effects: restart('slurmdbd reads its file at its start'),
      keys: slurmKeys('slurmdbd.conf'),
    },
  ),
  ownership,
  packages,
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
    addDatabaseDocuments(this);
  }

  get [FOLDER](): string {
    return `slurm/${this.node.id}`;
  }

  get [OWNERSHIP](): 'owned' | 'observed' {
    return this.values.ownership;
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

  /** The QOS and accounts below it. */
  below(): Pick<AccountRecords, 'qos' | 'accounts'> {
    const below = this.node.findAll();
    return { qos: below.filter(Qos.isQos), accounts: below.filter(Account.isAccount) };
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
