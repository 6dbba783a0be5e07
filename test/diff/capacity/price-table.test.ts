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

test('prices of file systems are taken by the types that there are', () => {
  const storage = { FsxLustre: { scratch: 0.14, 'persistent-125': 0.145, 'persistent-1000': 0.6 } };
  const table = { ...good, regions: { 'eu-central-1': { instances: {}, storage } } };
  expect(read(table)).toEqual({ prices: table, problems: [] });
});

const storage = (value: unknown) => ({ ...good, regions: { a: { instances: {}, storage: value } } });

test('what is wrong with prices of file systems is told all at once, with what was meant', () => {
  const { problems } = read(storage({ FsxLuster: {}, FsxLustre: { 'persistent-25': 1, scratch: -1, hdd: 1 } }));
  expect(problems.map(({ message, fix, at }) => [message, fix?.split(':')[0], at])).toEqual([
    ["the price table: there is no 'FsxLuster'", "did you mean 'FsxLustre'?", 'regions.a.storage'],
    ["the price table: there is no 'persistent-25'", "did you mean 'persistent-125'?", 'regions.a.storage.FsxLustre'],
    [
      "the price table: there is no 'hdd'",
      'it has scratch, persistent-125, persistent-250, persistent-500, persistent-1000',
      'regions.a.storage.FsxLustre',
    ],
    [
      "the price table: '-1' is not a price of a GiB and month",
      'take data/aws/prices.json of hpcdk as the pattern, see docs/diff/cost.md',
      'regions.a.storage.FsxLustre.scratch',
    ],
  ]);
});

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
  ['prices of file systems as a list', storage([]), "'[]' is no record of FsxLustre"],
  ['a price for all types', storage({ FsxLustre: 0.1 }), "'0.1' is no record of scratch, persistent-125"],
  ['a kind that every object has', storage({ constructor: {} }), "there is no 'constructor'"],
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
