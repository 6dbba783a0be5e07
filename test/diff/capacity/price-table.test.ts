import { readPrices, shippedPrices } from '../../../lib/diff/capacity/price-table';
import type { Problem } from '../../../lib/values/problem';
import { instanceType } from '../../../lib/values/instance-type';

const read = (table: unknown) => {
  const problems: (Problem & { at?: string })[] = [];
  const text = typeof table === 'string' ? table : JSON.stringify(table);
  const prices = readPrices(text, (problem, at) => problems.push({ ...problem, ...(at && { at }) }));
  return { prices, problems };
};
const good = {
  format: 'hpcdk-prices',
  version: 1,
  date: '2026-11-01',
  currency: 'EUR',
  source: 'our contract',
  regions: { 'eu-central-1': { instances: { 'c7i.24xlarge': 4.5 }, spot: { 'c7i.24xlarge': [1, 2] } } },
};

test('the table that ships reads as one of a site would, and prices types of the catalogue', () => {
  const { prices, problems } = read(shippedPrices());
  expect(problems).toEqual([]);
  const { instances } = prices!.regions['us-east-1']!;
  expect(Object.keys(instances).length).toBeGreaterThan(900);
  expect(Object.keys(instances).filter((type) => !instanceType(type))).toEqual([]);
});

test('a table of a site is taken', () => expect(read(good)).toEqual({ prices: good, problems: [] }));

test.each<[string, unknown, string]>([
  ['no JSON', '{', 'it is not JSON'],
  ['a list', [], "'[]' is not a table"],
  ['another format', { ...good, version: 2 }, "format 'hpcdk-prices', version '2'"],
  ['no day', { ...good, date: '2026-02-30' }, "'2026-02-30' is not a day"],
  ['no source', { ...good, source: '' }, 'it does not say where its prices come from'],
  ['no currency', { ...good, currency: 'EURO' }, "'EURO' is not a currency"],
  ['no regions', { ...good, regions: 1 }, "'1' is not a record of regions"],
  ['a region without prices', { ...good, regions: { a: {} } }, "'{}' has no prices of instances"],
  ['a price below nothing', { ...good, regions: { a: { instances: { b: -1 } } } }, "'-1' is not a price of an hour"],
  ['a price as text', { ...good, regions: { a: { instances: { b: '1' } } } }, "'1' is not a price of an hour"],
  [
    'a range the wrong way round',
    { ...good, regions: { a: { instances: {}, spot: { b: [2, 1] } } } },
    "'[2,1]' is not the least and the most price of an hour",
  ],
])('%s is refused', (_what, table, message) => {
  const { prices, problems } = read(table);
  expect(prices).toBeUndefined();
  expect(problems).toMatchObject([{ code: 'HPC2730', message: expect.stringContaining(message) as string }]);
});
