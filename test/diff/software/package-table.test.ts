import fc from '../../fast-check';
import { readPackages } from '../../../lib/diff/software/package-table';
import type { Problem } from '../../../lib/values/problem';

const read = (table: unknown) => {
  const problems: Problem[] = [];
  const text = typeof table === 'string' ? table : JSON.stringify(table);
  return { table: readPackages(text, (problem) => problems.push(problem)), problems };
};
const good = {
  format: 'hpcdk-packages',
  version: 1,
  date: '2026-11-01',
  source: 'Spack 1.2.0',
  packages: {
    libpng: { licences: [{ licence: 'libpng-2.0' }] },
    'berkeley-db': {
      licences: [
        { when: '@6.0.20:', licence: 'AGPL-3.0-only' },
        { when: '@:6.0.19', licence: 'Sleepycat' },
      ],
      builds: [{ version: '18.1.40', seconds: 92.5 }, { seconds: 60 }],
    },
  },
};

test('a table of a site is taken', () => {
  const { table, problems } = read(good);
  expect(problems).toEqual([]);
  expect(table).toMatchObject({ date: '2026-11-01', source: 'Spack 1.2.0' });
  expect([...(table?.packages.keys() ?? [])]).toEqual(['libpng', 'berkeley-db']);
  const { licences = [], builds } = table?.packages.get('berkeley-db') ?? {};
  expect(licences.map(({ when, licence }) => `${when?.versions} ${licence}`)).toEqual([
    '6.0.20: AGPL-3.0-only',
    ':6.0.19 Sleepycat',
  ]);
  expect(builds).toEqual([{ version: '18.1.40', seconds: 92.5 }, { seconds: 60 }]);
});

const of = (facts: unknown) => ({ ...good, packages: { zlib: facts } });
test.each<[string, unknown, string]>([
  ['no JSON', '{', 'it is not JSON'],
  ['a list', [], "'[]' is not a table"],
  ['another format', { ...good, format: 'hpcdk-prices' }, "format 'hpcdk-prices', version '1'"],
  ['no day', { ...good, date: '2026-02-30' }, "date: '2026-02-30' is not a day"],
  ['no source', { ...good, source: '' }, 'source: it does not say where it comes from'],
  ['no packages', { ...good, packages: [] }, "packages: '[]' is not a record of packages"],
  ['a package that is none', of(1), "packages.zlib: '1' is not a record"],
  ['another spelling', of({ licenses: [] }), "packages.zlib: there is no 'licenses', did you mean licences?"],
  ['licences that are none', of({ licences: 'Zlib' }), "packages.zlib.licences: 'Zlib' is not a list"],
  ['a licence without a name', of({ licences: [{ when: '@1:' }] }), 'is not a licence, such as'],
  ['a condition that is none', of({ licences: [{ when: '@2:1', licence: 'Zlib' }] }), 'packages.zlib.licences[0]: '],
  ['a condition as a number', of({ licences: [{ when: 2, licence: 'Zlib' }] }), "'2' is not a condition"],
  ['a version as a number', of({ builds: [{ version: 1.3, seconds: 2 }] }), "'1.3' is not a version"],
  ['no time', of({ builds: [{ version: '1.3' }] }), 'is not a number of seconds'],
  ['a time below nothing', of({ builds: [{ seconds: -1 }] }), "'-1' is not a number of seconds"],
])('%s is refused', (_what, table, message) => {
  const { table: taken, problems } = read(table);
  expect(taken).toBeUndefined();
  expect(problems).toMatchObject([{ code: 'HPC2760', message: expect.stringContaining(message) as string }]);
});

test('every fault is told at once', () => {
  const { problems } = read({ ...of({ licences: [{ licence: '' }], builds: [{ seconds: 'long' }] }), date: 'today' });
  expect(problems.map(({ message }) => message.replace(/ is .*/, ''))).toEqual([
    "the table of packages: date: 'today'",
    "the table of packages: packages.zlib.licences[0]: ''",
    "the table of packages: packages.zlib.builds[0]: 'long'",
  ]);
});

test('anything is read', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.jsonValue().map((packages) => JSON.stringify({ ...good, packages })),
      ),
      (text) => {
        const { table, problems } = read(text);
        expect(table === undefined).toBe(problems.length > 0);
      },
    ),
  );
});
