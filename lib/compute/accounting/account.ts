import type { Construct } from 'constructs';
import { defaulted, type Fields, optional } from '../../app/field';
import { type FaultReport, Noun } from '../../app/noun';
import { integer } from '../../values/codecs';
import { list } from '../../values/collections';
import { entity } from '../partition';
import { limitsOf, reconfigure, unnoticed } from '../slurm/effects';
import { limitFields, type LimitProps, orLift, type Setting, tresOrLift } from './limits';
import { description } from './qos';
import { accountReference, type IAccount, type IQos, qosReference } from './references';
import { isDatabase } from './database';
import { bySacctmgr, setBySacctmgr } from './set-by-sacctmgr';
import { undeclaredGres } from './tres';

/** An account: who is charged for jobs, with a share and limits (sacctmgr(1)). Its id is its name. */
export interface AccountProps extends LimitProps {
  /** What it is for, in a few words. @default - its name */
  readonly description?: string;
  /** The body that it belongs to. @default - that of its parent */
  readonly organization?: string;
  /** The account above. @default - root */
  readonly parent?: IAccount;
  /** Share of the machine, relative to accounts with the same parent. @default 1 */
  readonly fairshare?: number;
  /** QOS that its jobs may ask for. @default - those of its parent */
  readonly qos?: readonly IQos[];
  /** QOS of a job that asks for none. @default - that of its parent */
  readonly defaultQos?: IQos;
  /** Users that may charge it. @default [] */
  readonly users?: readonly string[];
  /** Users that may manage it. @default [] */
  readonly coordinators?: readonly string[];
}

const fields = setBySacctmgr({
  ...limitFields,
  description: optional(description, { section: 'other', effects: { any: unnoticed('a remark for people') } }),
  organization: optional(description, { section: 'other', effects: { any: unnoticed('a remark for people') } }),
  parent: optional(accountReference, {
    section: 'contract',
    effects: { any: reconfigure('its share and limits come from another parent') },
  }),
  fairshare: defaulted(integer(0, 2147483647), 1, {
    section: 'other',
    effects: { any: reconfigure('the order of waiting jobs changes') },
  }),
  qos: optional(list(qosReference), {
    section: 'contract',
    effects: {
      increased: unnoticed('QOS that could be used before still can'),
      any: reconfigure('QOS that the list does not name are refused; without a list, those that its parent has not', {
        running: 'running jobs continue',
        pending: 'pending jobs of another QOS wait for ever (InvalidQOS)',
      }),
    },
  }),
  defaultQos: optional(qosReference, {
    section: 'contract',
    effects: limitsOf('the default QOS'),
  }),
  users: defaulted(list(entity('a user')), [], {
    section: 'contract',
    effects: {
      increased: unnoticed('more users may charge the account'),
      any: reconfigure(
        'users who are no longer named may charge the account until sacctmgr removes them, which it refuses while they have jobs',
        { pending: 'pending jobs of theirs stay in the queue and start' },
      ),
    },
  }),
  coordinators: defaulted(list(entity('a user')), [], {
    section: 'security',
    effects: { any: reconfigure('coordinators may add users and change limits of the account') },
  }),
} as const satisfies Fields<AccountProps>);

/** An account of an accounting database, on every cluster that reports to it. */
export class Account extends Noun<typeof fields> implements IAccount {
  static readonly kind = 'Account';
  static readonly docs = 'compute/account';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'contract' as const,
    added: bySacctmgr({ any: unnoticed('a new account') }),
    removed: bySacctmgr({
      any: reconfigure(
        'the account stays in the database until sacctmgr removes it, which it refuses while the account has jobs',
        {
          pending: 'pending jobs of it stay and start; scripts that name it are refused once it is removed',
          steps: ['remove the account when it has no jobs any more $ sacctmgr delete account {name}'],
        },
      ),
    }),
  };

  /** Says whether `x` is an account. */
  static isAccount(x: unknown): x is Account {
    return Noun.isNoun(x) && x.definition.kind === Account.kind;
  }

  constructor(scope: Construct, id: string, props: AccountProps = {}) {
    super(scope, id, Account, props);
  }

  override check(report: FaultReport<typeof fields>): void {
    const { qos, defaultQos, coordinators, users } = this.values;
    if (!/^[a-z0-9][a-z0-9_.-]{0,39}$/.test(this.node.id) || this.node.id === 'root') {
      const message = `'${this.node.id}' is not the name of an account: lower-case letters, digits, dots, "_" and "-", at most 40, and not root`;
      report({ code: 'HPC4142', message });
    }
    const database = this.node.scopes.find(isDatabase);
    for (const field of ['parent', 'defaultQos'] as const) {
      const other = this.values[field];
      if (!other || other.node.scopes.find(isDatabase) === database) continue;
      report({ code: 'HPC4147', message: `'${other.node.path}' belongs to another database` }, field);
    }
    if (qos && defaultQos && !qos.includes(defaultQos)) {
      const message = `the default QOS '${defaultQos.node.id}' is none of the account's`;
      report({ code: 'HPC4144', message, fix: 'add it to qos' }, 'defaultQos');
    }
    for (const name of coordinators.filter((user) => !users.includes(user))) {
      report(
        { code: 'HPC4145', message: `coordinator '${name}' is no user of the account`, fix: 'add the name to users' },
        'coordinators',
      );
    }
    const tracked = database?.trackedGres;
    for (const field of ['maxTresPerJob', 'grpTres'] as const) {
      for (const problem of tracked ? undeclaredGres(this.values[field], tracked) : []) report(problem, field);
    }
  }

  get organization(): string | undefined {
    return this.values.organization;
  }

  /** The accounts above it, the nearest first. */
  get ancestors(): readonly IAccount[] {
    const { parent } = this.values;
    return parent ? [parent, ...parent.ancestors] : [];
  }

  /** What sacctmgr sets on the account itself, once for all clusters. */
  identity(): Setting[] {
    const above = this.ancestors.map((account) => account.organization).find((name) => name !== undefined);
    return [
      ['Description', this.values.description ?? this.node.id],
      ['Organization', this.organization ?? above ?? this.node.id],
    ];
  }

  /** What sacctmgr sets on its association with a cluster, beside its parent. */
  association(tracked: readonly string[]): Setting[] {
    const v = this.values;
    return [
      ['Fairshare', String(v.fairshare)],
      ['QosLevel', v.qos?.map((qos) => qos.node.id).join(',') ?? ''],
      ['DefaultQOS', v.defaultQos?.node.id ?? '-1'],
      ['MaxWall', v.maxWall?.slurm() ?? '-1'],
      ['MaxJobs', orLift(v.maxJobs)],
      ['MaxSubmitJobs', orLift(v.maxSubmitJobs)],
      ['GrpJobs', orLift(v.grpJobs)],
      ['MaxTRESPerJob', tresOrLift(v.maxTresPerJob, tracked)],
      ['GrpTRES', tresOrLift(v.grpTres, tracked)],
    ];
  }
}
