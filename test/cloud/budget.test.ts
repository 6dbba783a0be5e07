import { Budget, type BudgetProps } from '../../lib/cloud/budget';
import { Money } from '../../lib/values/money';
import { campus } from './campus';
import { only, synth } from './support';

const budget = (props: Partial<BudgetProps> = {}) => {
  const { app, aws } = campus({});
  new Budget(aws, 'month', { limit: Money.of(1500.5, 'USD'), notify: ['hpc@example.edu'], ...props });
  return synth(app);
};

describe('a budget', () => {
  test('tells at parts of the limit, and when the month is forecast to pass it', async () => {
    const resource = only((await budget({ at: [100, 50] })).stack('aws'), 'aws_budgets_budget');
    expect(resource).toMatchObject({
      limit_amount: '1500.5',
      limit_unit: 'USD',
      time_unit: 'MONTHLY',
      name: 'aws-month',
    });
    const notifications = resource.notification as { notification_type: string; threshold: number }[];
    expect(notifications.map(({ notification_type, threshold }) => [notification_type, threshold])).toEqual([
      ['ACTUAL', 50],
      ['ACTUAL', 100],
      ['FORECASTED', 100],
    ]);
    expect(resource).not.toHaveProperty('cost_filter');
  });

  test('can count what carries the tag of the cloud only', async () => {
    const resource = only((await budget({ of: 'cloud' })).stack('aws'), 'aws_budgets_budget');
    expect(resource.cost_filter).toEqual([{ name: 'TagKeyValue', values: ['user:hpcdk:cloud$aws'] }]);
  });

  test.each<[string, Partial<BudgetProps>, string]>([
    ['another currency', { limit: Money.of(100, 'EUR') }, 'HPC5050 limit'],
    ['nothing', { limit: Money.of(0, 'USD') }, 'HPC5050 limit'],
    ['nobody to tell', { notify: [] }, 'HPC1007 notify'],
    ['a person without an address', { notify: ['the boss'] }, 'HPC1002 notify[0]'],
  ])('refuses %s', async (_what, props, code) => {
    expect((await budget(props)).codes).toEqual([code]);
  });
});
