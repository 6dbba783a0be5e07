import fc from '../../fast-check';
import { readAdvisories } from '../../../lib/diff/software/advisories';
import type { Problem } from '../../../lib/values/problem';
import { Version } from '../../../lib/values/version';

const read = (content: unknown) => {
  const problems: Problem[] = [];
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return { advisories: readAdvisories(text, (problem) => problems.push(problem)), problems };
};
/** A document of the form in which osv.dev hands them out. */
const document = {
  schema_version: '1.6.0',
  id: 'OSV-2022-1',
  modified: '2026-10-30T12:00:00Z',
  aliases: ['GHSA-xxxx', 'CVE-2022-37434'],
  summary: 'Heap buffer overflow in inflate',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [
    {
      package: { ecosystem: 'OSS-Fuzz', name: 'ZLIB' },
      versions: ['v1.2.11', 'v1.2.12'],
      ranges: [
        { type: 'GIT', repo: 'https://example.org/zlib.git', events: [{ introduced: '0' }] },
        { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.13' }] },
      ],
    },
    { package: { ecosystem: 'Debian:12', name: 'zlib' }, ranges: [] },
    { ranges: [{ type: 'GIT', repo: 'https://example.org/other.git', events: [{ introduced: '0' }] }] },
  ],
};

test('a document of OSV is taken: by its CVE and its package, with what is not compared counted', () => {
  const { advisories, problems } = read(document);
  expect(problems).toEqual([]);
  expect(advisories).toMatchObject({
    count: 1,
    newest: '2026-10-30',
    left: { commits: 2, unreadable: 0, foreign: 1 },
  });
  const [found, ...more] = advisories?.packages.get('zlib') ?? [];
  expect(more).toEqual([]);
  expect(found?.advisory).toEqual({
    name: 'CVE-2022-37434',
    summary: 'Heap buffer overflow in inflate',
    severity: 'critical',
  });
  expect(found?.ranges.map((range) => range.has(Version.parse('1.2.12')))).toEqual([true]);
});

test.each([
  ['a list', [document, document], 2],
  ['what the API answers', { vulns: [document] }, 1],
  ['an answer without any', {}, 0],
  ['an empty list', [], 0],
  ['one that was withdrawn', [{ ...document, withdrawn: '2026-01-01T00:00:00Z' }], 0],
])('%s is taken', (_, content, count) => {
  expect(read(content)).toMatchObject({ advisories: { count }, problems: [] });
});

const severityOf = (more: object) =>
  read({ ...document, severity: undefined, ...more }).advisories?.packages.get('zlib')?.[0]?.advisory.severity;
test('the severity is the worst that is stated, by word or by score', () => {
  expect(severityOf({})).toBeUndefined();
  expect(severityOf({ database_specific: { severity: 'MODERATE' } })).toBe('medium');
  expect(severityOf({ severity: [{ type: 'CVSS_V4', score: 'CVSS:4.0/AV:N' }] })).toBeUndefined();
  expect(severityOf({ database_specific: { severity: 'LOW' }, severity: [{ type: 'CVSS_V3', score: '7.5' }] })).toBe(
    'high',
  );
});

const range = (value: unknown) => ({ id: 'X', affected: [{ package: { name: 'zlib' }, ranges: [value] }] });
test('a project that speaks of itself alone names its package once', () => {
  const events = [{ introduced: '7.84.0' }, { fixed: '8.5.0' }];
  const curl = {
    id: 'CURL-1',
    database_specific: { package: 'curl', severity: 'Low' },
    affected: [{ ranges: [{ type: 'SEMVER', events }] }],
  };
  const { advisories, problems } = read([curl]);
  expect([problems, advisories?.left.unreadable]).toEqual([[], 0]);
  expect(advisories?.packages.get('curl')?.[0]?.advisory).toEqual({ name: 'CURL-1', severity: 'low' });
});

test('a package without versions, and versions without a package, are counted', () => {
  const affected = [{ package: { name: 'node' } }, { ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] }];
  expect(read({ id: 'X', affected }).advisories?.left.unreadable).toBe(2);
});

test('a range whose version is none is counted', () => {
  expect(read(range({ type: 'ECOSYSTEM', events: [{ introduced: '1:2~3' }] })).advisories?.left.unreadable).toBe(1);
});

test.each<[string, unknown, string]>([
  ['no JSON', '{', 'they are not JSON'],
  ['a number', 1, "'1' is no document of OSV"],
  ['a record of something else', { regions: {} }, 'is no document of OSV, no list of them'],
  ['no id', [{ affected: [] }], '[0]: '],
  ['affected that is none', [{ id: 'X', affected: 1 }], "[0].affected: '1' is not a list of records"],
  ['a package without a name', { id: 'X', affected: [{ package: {} }] }, "affected[0]: '{}' is no package"],
  [
    'versions that are none',
    { id: 'X', affected: [{ package: { name: 'a' }, versions: [1] }] },
    'affected[0].versions: ',
  ],
  ['a type that is none', range({ type: 'DATE', events: [] }), "affected[0].ranges[0]: 'DATE' is no type of a range"],
  ['an event that is none', range({ type: 'SEMVER', events: [{ began: '1' }] }), 'ranges[0].events[0]: '],
  ['two events in one', range({ type: 'SEMVER', events: [{ introduced: '1', fixed: '2' }] }), 'is no event'],
])('%s is refused', (_what, content, message) => {
  const { advisories, problems } = read(content);
  expect(advisories).toBeUndefined();
  expect(problems).toMatchObject([{ code: 'HPC2761', message: expect.stringContaining(message) as string }]);
});

test('anything is read', () => {
  const anything = fc.oneof(
    fc.json(),
    fc.string(),
    fc.jsonValue().map((affected) => JSON.stringify([{ ...document, affected }])),
    fc.jsonValue().map((value) => JSON.stringify(range({ type: 'SEMVER', events: value }))),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const { advisories, problems } = read(text);
      expect(advisories === undefined).toBe(problems.length > 0);
    }),
  );
});
