import fc from '../fast-check';
import { expectMatch } from '../../lib/testing/candidates';
import { ExpectationError } from '../../lib/testing/expectation-error';
import { absent, anything, differences, exactly, matching, type Wanted } from '../../lib/testing/match';
import { Duration } from '../../lib/values/duration';
import { Hostlist } from '../../lib/values/hostlist';
import { Size } from '../../lib/values/size';

const texts = (actual: unknown, wanted: Wanted) =>
  differences(actual, wanted).map(({ path, text }) => `${path} ${text}`.trim());

describe('a partial match', () => {
  const queue = {
    name: 'batch',
    limits: { time: '2d', nodes: 4 },
    tags: ['cpu', 'long'],
    rules: [{ port: 22 }, { port: 443, from: 'all' }],
  };

  test.each<[string, Wanted]>([
    ['fewer keys', { name: 'batch' }],
    ['nested records', { limits: { nodes: 4 } }],
    ['items of a list in any order', { tags: ['long', 'cpu'] }],
    ['a record among others', { rules: [{ port: 443 }] }],
    ['a duration in another form', { limits: { time: Duration.hours(48) } }],
    ['an absent key', { comment: absent, limits: { time: anything } }],
    ['text that an expression finds', { name: matching(/^bat/), limits: { nodes: matching(/^\d$/) } }],
    ['an exact part', { limits: exactly({ time: '2d', nodes: 4 }) }],
  ])('takes %s', (_, wanted) => expect(texts(queue, wanted)).toEqual([]));

  test.each<[string, Wanted, string]>([
    ['another value', { name: 'gpu' }, "name is 'batch', wanted 'gpu'"],
    ['a key that is not there', { state: 'UP' }, "state is not set, wanted 'UP'"],
    ['a number where text is', { limits: { nodes: '4' } }, "limits.nodes is 4, wanted '4'"],
    ['an item that is not there', { tags: ['gpu'] }, "tags is ['cpu', 'long'], wanted 'gpu' among them"],
    [
      'a record that is not there, at the closest',
      { rules: [{ port: 443, from: 'vpn' }] },
      "rules[1].from is 'all', wanted 'vpn'",
    ],
    ['a duration', { limits: { time: Duration.days(3) } }, "limits.time is '2d', wanted '3d'"],
    ['what should be absent', { name: absent }, "name is 'batch', wanted nothing"],
    ['undefined where a value is', { name: undefined }, "name is 'batch', wanted nothing"],
    ['what should be there', { state: anything }, 'state is not set, wanted any value'],
    [
      'text that an expression does not find',
      { name: matching(/^x/) },
      "name is 'batch', wanted text that matches /^x/",
    ],
    ['more than exactly the keys', { limits: exactly({ nodes: 4 }) }, "limits.time is '2d', wanted nothing"],
    ['more than exactly the items', { tags: exactly(['cpu']) }, "tags[1] is 'long', wanted nothing"],
    ['another order than exactly this', { tags: exactly(['long', 'cpu']) }, "tags[0] is 'cpu', wanted 'long'"],
    ['a record where text is', { name: { a: 1 } }, "name is 'batch', wanted a record"],
    ['a list where text is', { name: ['a'] }, "name is 'batch', wanted a list"],
  ])('refuses %s', (_, wanted, text) => expect(texts(queue, wanted)[0]).toBe(text));

  test('compares values by what they mean', () => {
    expect(
      texts({ hosts: 'cn[1-2],cn3', memory: '1.5GiB' }, { hosts: Hostlist.parse('cn[1-3]'), memory: Size.mib(1536) }),
    ).toEqual([]);
    expect(texts('2 days', Duration.days(2))).toEqual(["is '2 days', wanted '2d'"]);
    expect(texts(Size.gib(1), Size.mib(1024))).toEqual([]);
  });

  test('a regular expression with a state gives the same answer twice', () => {
    const wanted = matching(/a/g);
    expect([texts('a', wanted), texts('a', wanted)]).toEqual([[], []]);
  });

  test('names of Object.prototype are no keys', () => {
    expect(texts({}, { constructor: anything } as unknown as Wanted)).toHaveLength(1);
  });

  test('what is wanted of a matcher inside of a message can be read', () => {
    expect(texts(undefined, { a: matching(/x/), b: [exactly({ c: 1 })] })).toEqual([
      'is not set, wanted { a: text that matches /x/, b: [exactly { c: 1 }] }',
    ]);
  });

  test('shows a record whose toString is no function', () => {
    expect(texts({ toString: null }, exactly({ a: 1 }))[0]).toBe('a is not set, wanted 1');
    expect(texts([{ toString: null }], ['a'])[0]).toBe("is [{ toString: null }], wanted 'a' among them");
  });

  test('law: any value is exactly itself, and no value of another key', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        expect(texts(value, exactly(value as Wanted))).toEqual([]);
        expect(texts({ value }, { value: value as Wanted })).toEqual([]);
        expect(texts({ value }, { other: value as Wanted })).toHaveLength(1);
        expect(texts({ value, more: 1 }, exactly({ value: value as Wanted }))).toHaveLength(1);
      }),
    );
  });
});

test('a value that is not as wanted fails with every place that differs', () => {
  expect(() => expectMatch({ a: 1, b: 2, c: 3 }, { a: 1, b: 3, c: 4 }, 'the pool')).toThrow(
    new ExpectationError('the pool does not match:\n  b is 2, wanted 3\n  c is 3, wanted 4'),
  );
  expect(() => expectMatch({ a: 1 }, { a: 1 })).not.toThrow();
});
