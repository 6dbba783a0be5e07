import { countTasks } from '../../../lib/diff/jobs/tasks';

test.each([
  ['1-100%2', 100],
  ['[3,5,7-9]', 5],
  ['0-14:2', 8],
  ['4', 1],
  ['1-10,12,...', 11],
  ['nonsense', 1],
])('the tasks of %s', (expression, tasks) => {
  expect(countTasks(expression)).toBe(tasks);
});
