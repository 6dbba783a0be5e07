import type { Construct } from 'constructs';
import { defaulted, type Fields, optional } from '../../app/field';
import { type FaultReport, Noun } from '../../app/noun';
import { duration, integer, matching, oneOf } from '../../values/codecs';
import { list } from '../../values/collections';
import type { Duration } from '../../values/duration';
import { isDatabase } from './database';
import { bySacctmgr, setBySacctmgr } from './set-by-sacctmgr';
import { limits, reconfigure, unnoticed } from '../slurm/effects';
import { limitFields, type LimitProps, orLift, type Setting, tresOrLift } from './limits';
import { type IQos, qosReference } from './references';
import { type Tres, tres, undeclaredGres } from './tres';

const FLAGS = [
  'DenyOnLimit',
  'EnforceUsageThreshold',
  'NoDecay',
  'NoReserve',
  'OverPartQOS',
  'PartitionMaxNodes',
  'PartitionMinNodes',
  'PartitionTimeLimit',
  'RequiresReservation',
  'UsageFactorSafe',
] as const;

/** What a QOS does beside its limits (sacctmgr(1), Flags). */
export type QosFlag = (typeof FLAGS)[number];

/** A quality of service: priority and limits that jobs ask for with `--qos` (sacctmgr(1)). Its id is its name. */
export interface QosProps extends LimitProps {
  /** What it is for, in a few words. @default - its name */
  readonly description?: string;
  /** Priority that its jobs get on top. @default 0 */
  readonly priority?: number;
  /** @default [] */
  readonly flags?: readonly QosFlag[];
  /** QOS whose jobs its jobs may preempt. @default [] */
  readonly preempt?: readonly IQos[];
  /** Time that a preempted job of it is given. @default - none */
  readonly graceTime?: Duration;
  /** What a job's usage is multiplied with, in per cent. @default 100 */
  readonly usagePercent?: number;
  /** Most resources of one user's running jobs. @default {} */
  readonly maxTresPerUser?: Tres;
  /** Most resources of one account's running jobs. @default {} */
  readonly maxTresPerAccount?: Tres;
}

/** Text that sacctmgr keeps unchanged: it turns both kinds of quotes into back quotes. */
export const description = matching({
  what: 'a description',
  pattern: /^[^'"`\u0000-\u001f\u007f]+$/,
  allowed: 'one line without quotes, which sacctmgr does not keep',
});

const flags = reconfigure('its flags decide which limits hold for its jobs, and what becomes of jobs beyond them', {
  pending: 'pending jobs that the flags no longer let pass wait',
});
const order = { any: reconfigure('the order of waiting jobs changes') };

const fields = setBySacctmgr({
  ...limitFields,
  description: optional(description, { section: 'other', effects: { any: unnoticed('a remark for people') } }),
  priority: defaulted(integer(0, 4294967280), 0, { section: 'other', effects: order }),
  flags: defaulted(list(oneOf(FLAGS)), [], { section: 'contract', effects: { any: flags } }),
  preempt: defaulted(list(qosReference), [], {
    section: 'contract',
    effects: {
      decreased: unnoticed('fewer QOS can be preempted by this one'),
      any: reconfigure('jobs of a QOS that is named here can be stopped for jobs of this one', {
        running: 'running jobs of a QOS that is newly named can be preempted',
      }),
    },
  }),
  graceTime: optional(duration, {
    section: 'contract',
    effects: {
      increased: unnoticed('jobs that are preempted get longer to end'),
      added: unnoticed('jobs that are preempted get time to end'),
      any: reconfigure('jobs that are preempted from now on get less time to end'),
    },
  }),
  usagePercent: defaulted(integer(0, 100000), 100, { section: 'other', effects: order }),
  maxTresPerUser: optional(tres, { section: 'contract', effects: limits('MaxTRESPerUser') }),
  maxTresPerAccount: optional(tres, { section: 'contract', effects: limits('MaxTRESPerAccount') }),
} as const satisfies Fields<QosProps>);

/** A quality of service of an accounting database. */
export class Qos extends Noun<typeof fields> {
  static readonly kind = 'Qos';
  static readonly docs = 'compute/qos';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'contract' as const,
    added: bySacctmgr({ any: unnoticed('a new QOS') }),
    removed: bySacctmgr({
      any: reconfigure('the QOS stays in the database until sacctmgr removes it', {
        pending:
          'once it is removed, pending jobs of it wait for ever (InvalidQOS) and scripts that name it are refused',
        steps: ['remove the QOS when no job needs it any more $ sacctmgr delete qos {name}'],
      }),
    }),
  };

  /** Says whether `x` is a QOS. */
  static isQos(x: unknown): x is Qos {
    return Noun.isNoun(x) && x.definition.kind === Qos.kind;
  }

  constructor(scope: Construct, id: string, props: QosProps = {}) {
    super(scope, id, Qos, props);
  }

  override check(report: FaultReport<typeof fields>): void {
    if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/.test(this.node.id)) {
      report({
        code: 'HPC4140',
        message: `'${this.node.id}' is not the name of a QOS: letters, digits, dots, "_" and "-", at most 40`,
      });
    }
    const tracked = this.node.scopes.find(isDatabase)?.trackedGres;
    for (const field of ['maxTresPerJob', 'grpTres', 'maxTresPerUser', 'maxTresPerAccount'] as const) {
      for (const problem of tracked ? undeclaredGres(this.values[field], tracked) : []) report(problem, field);
    }
  }

  /** What sacctmgr sets. */
  settings(tracked: readonly string[]): Setting[] {
    const v = this.values;
    return [
      ['Description', v.description ?? this.node.id],
      ['Priority', String(v.priority)],
      ['Flags', v.flags.join(',') || '-1'],
      ['GraceTime', v.graceTime?.slurm() ?? '-1'],
      ['UsageFactor', (v.usagePercent / 100).toFixed(6)],
      ['MaxWall', v.maxWall?.slurm() ?? '-1'],
      ['MaxJobsPerUser', orLift(v.maxJobs)],
      ['MaxSubmitJobsPerUser', orLift(v.maxSubmitJobs)],
      ['GrpJobs', orLift(v.grpJobs)],
      ['MaxTRESPerJob', tresOrLift(v.maxTresPerJob, tracked)],
      ['MaxTRESPerUser', tresOrLift(v.maxTresPerUser, tracked)],
      ['MaxTRESPerAccount', tresOrLift(v.maxTresPerAccount, tracked)],
      ['GrpTRES', tresOrLift(v.grpTres, tracked)],
    ];
  }
}
