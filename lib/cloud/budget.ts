import { NO_EFFECT } from '../app/effects';
import { defaulted, type Fields, required } from '../app/field';
import { type FaultReport, Noun } from '../app/noun';
import { integer, matching, money, oneOf } from '../values/codecs';
import { list } from '../values/collections';
import type { Money } from '../values/money';
import type { AwsCloud } from './aws-cloud';
import { checkId } from './check-id';

/** An amount of money for a month, and who is told when it is nearly spent. It stops nothing. */
export interface BudgetProps {
  /** The amount for a month, in US dollars. */
  readonly limit: Money;
  /** Who is told, by e-mail. */
  readonly notify: readonly string[];
  /** At which part of the limit, in percent. @default [80, 100] */
  readonly at?: readonly number[];
  /**
   * Whose cost counts: of the whole account, or of what carries the tag of the cloud. For the tag to count, `hpcdk:cloud`
   * must be activated as a cost allocation tag of the paying account.
   * @default account
   */
  readonly of?: 'account' | 'cloud';
}

const only = (reason: string) => NO_EFFECT(reason);

const fields = {
  limit: required(money, { section: 'capacity', effects: only('a budget tells, it stops nothing') }),
  notify: required(
    list(
      matching({
        what: 'an e-mail address',
        pattern: /^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/,
        allowed: 'name@domain',
        max: 50,
      }),
      { min: 1, item: 'address' },
    ),
    { section: 'other', effects: only('others are told') },
  ),
  at: defaulted(list(integer(1, 1000), { min: 1, item: 'percentage' }), [80, 100], {
    section: 'other',
    effects: only('they are told at another time'),
  }),
  of: defaulted(oneOf(['account', 'cloud']), 'account', { section: 'capacity', effects: only('other cost counts') }),
} as const satisfies Fields<BudgetProps>;

/** A monthly budget of a cloud. */
export class Budget extends Noun<typeof fields> {
  static readonly kind = 'Budget';
  static readonly docs = 'cloud/budget';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'capacity' as const,
    added: NO_EFFECT('it stops nothing'),
    removed: NO_EFFECT('nobody is told of the cost any more'),
  };

  constructor(
    readonly cloud: AwsCloud,
    id: string,
    props: BudgetProps,
  ) {
    super(cloud, id, Budget, props);
  }

  override check(report: FaultReport<typeof fields>): void {
    checkId(this, report);
    const { limit } = this.values;
    if (limit.currency !== 'USD') {
      report({ code: 'HPC5050', message: `the budget is in ${limit.currency}, AWS counts in USD` }, 'limit');
    }
    if (limit.micros <= 0) report({ code: 'HPC5050', message: `${limit} is not more than nothing` }, 'limit');
  }
}
