import { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget';
import type { Budget } from '../budget';
import { firstId, idsOf } from '../former-paths';
import { TAG } from '../tags';
import type { AwsStack } from './aws-stack';
import type { Network } from './network';

/** Adds a budget: a message when the cost of the month reaches a part of the limit, and when it is forecast to pass it. */
export function addBudget(stack: AwsStack, _network: Network, budget: Budget): void {
  const { cloud } = stack;
  const { limit, notify, at, of } = budget.values;
  const told = {
    comparisonOperator: 'GREATER_THAN',
    thresholdType: 'PERCENTAGE',
    subscriberEmailAddresses: [...notify],
  };
  new BudgetsBudget(stack.scopeFor('budget', idsOf(budget)), 'Resource', {
    name: `${cloud.stackName}-${firstId(budget)}`,
    accountId: stack.accountId,
    budgetType: 'COST',
    timeUnit: 'MONTHLY',
    limitAmount: limit.toString().split(' ')[0],
    limitUnit: limit.currency,
    ...(of === 'cloud' && { costFilter: [{ name: 'TagKeyValue', values: [`user:${TAG.cloud}$${firstId(cloud)}`] }] }),
    notification: [
      ...[...at].sort((a, b) => a - b).map((threshold) => ({ ...told, notificationType: 'ACTUAL', threshold })),
      { ...told, notificationType: 'FORECASTED', threshold: 100 },
    ],
  });
}
