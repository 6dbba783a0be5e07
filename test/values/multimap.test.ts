import { push } from '../../lib/values/multimap';

test('values of one key come in the order in which they were added', () => {
  const map = new Map<string, number[]>();
  push(map, 'a', 1);
  push(map, 'b', 2);
  push(map, 'a', 3);
  expect([...map]).toEqual([
    ['a', [1, 3]],
    ['b', [2]],
  ]);
});
