import fc from '../../fast-check';
import { flipped } from '../../../lib/diff/cloud/breadth';
import { compareStatements } from '../../../lib/diff/cloud/iam';
import { statementsOf } from '../../../lib/diff/cloud/iam-statement';
import type { Json } from '../../../lib/values/json';

const statements = (...list: object[]) =>
  statementsOf({
    address: 'aws_iam_policy.p',
    type: 'aws_iam_policy',
    path: '',
    values: { policy: JSON.stringify({ Statement: list.map((one) => ({ Effect: 'Allow', Resource: '*', ...one })) }) },
  });
const breadth = (before: object[], after: object[]): string => {
  const { breadth: found } = compareStatements(statements(...before), statements(...after));
  return [found.wider ? 'broadened' : '', found.narrower ? 'narrowed' : ''].filter(Boolean).join(' and ') || 'same';
};
const get = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' };
const home = { IpAddress: { 'aws:SourceIp': '192.168.0.0/16' } };

describe('a change of a policy', () => {
  test.each<[string, object[], object[], string]>([
    ['nothing', [get], [get], 'same'],
    ['another name for the same', [get], [{ ...get, Sid: 'Read' }], 'same'],
    ['the order of actions', [{ Action: ['a:B', 'a:C'] }], [{ Action: ['a:C', 'a:B'] }], 'same'],
    ['an action more', [get], [{ ...get, Action: ['s3:GetObject', 's3:PutObject'] }], 'broadened'],
    ['an action less', [{ ...get, Action: ['s3:GetObject', 's3:PutObject'] }], [get], 'narrowed'],
    ['a wildcard for an action', [get], [{ ...get, Action: 's3:*' }], 'broadened'],
    [
      'another action',
      [{ ...get, Sid: 'x' }],
      [{ ...get, Sid: 'x', Action: 's3:PutObject' }],
      'broadened and narrowed',
    ],
    ['every resource', [get], [{ ...get, Resource: '*' }], 'broadened'],
    ['a part of the resources', [get], [{ ...get, Resource: 'arn:aws:s3:::data/public/*' }], 'narrowed'],
    ['a condition more', [get], [{ ...get, Condition: home }], 'narrowed'],
    ['a condition less', [{ ...get, Condition: home }], [get], 'broadened'],
    [
      'a larger network in a condition',
      [{ ...get, Condition: home }],
      [{ ...get, Condition: { IpAddress: { 'aws:SourceIp': '192.0.0.0/8' } } }],
      'broadened',
    ],
    [
      'a value more in a condition that excludes',
      [{ ...get, Condition: { StringNotEquals: { 'aws:RequestedRegion': ['a'] } } }],
      [{ ...get, Condition: { StringNotEquals: { 'aws:RequestedRegion': ['a', 'b'] } } }],
      'narrowed',
    ],
    ['a denial more', [get], [get, { ...get, Effect: 'Deny' }], 'narrowed'],
    ['a denial less', [get, { ...get, Effect: 'Deny' }], [get], 'broadened'],
    ['a denial of less', [{ Effect: 'Deny', Action: 's3:*' }], [{ Effect: 'Deny', Action: 's3:Get*' }], 'broadened'],
    ['a statement that another one covers', [{ Action: 's3:*' }], [{ Action: 's3:*' }, get], 'same'],
    ['a statement goes that another one covers', [{ Action: 's3:*' }, get], [{ Action: 's3:*' }], 'same'],
    ['more that is excepted', [{ NotAction: ['a:B'] }], [{ NotAction: ['a:B', 'a:C'] }], 'narrowed'],
    ['everybody', [{ ...get, Principal: { AWS: 'x' } }], [{ ...get, Principal: '*' }], 'broadened'],
    ['another policy', [], [get], 'broadened'],
  ])('%s', (_what, before, after, expected) => expect(breadth(before, after)).toBe(expected));

  test('is said in one line', () => {
    const { items } = compareStatements(
      statements(get),
      statements({ ...get, Action: ['s3:GetObject', 's3:DeleteObject'], Condition: home }),
    );
    expect(items).toEqual([
      {
        direction: 'changed',
        text: 'Allow s3:GetObject: actions + s3:DeleteObject; + if IpAddress aws:SourceIp 192.168.0.0/16',
      },
    ]);
  });

  test('and its reverse say the opposite', () => {
    const words = fc.subarray(['s3:*', 's3:Get*', 's3:GetObject', 'ec2:RunInstances'], { minLength: 1 });
    const statement = fc.record({
      Effect: fc.constantFrom('Allow', 'Deny'),
      Action: words,
      Resource: fc.subarray(['*', 'arn:a', 'arn:a/*'], { minLength: 1 }),
      Condition: fc.constantFrom<Json>({}, { StringEquals: { k: 'v' } }, { StringEquals: { k: ['v', 'w'] } }),
    });
    const policy = fc.array(statement, { maxLength: 1 });
    fc.assert(
      fc.property(policy, policy, (a, b) => {
        const there = compareStatements(statements(...a), statements(...b)).breadth;
        const back = compareStatements(statements(...b), statements(...a)).breadth;
        expect(flipped(back)).toEqual(there);
      }),
    );
  });
});

test('a policy that a data source writes reads as the same one in JSON', () => {
  const block = { sid: 'Read', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::data/*'] };
  const condition = [{ test: 'IpAddress', variable: 'aws:SourceIp', values: ['192.168.0.0/16'] }];
  expect(
    statementsOf({
      address: 'data.aws_iam_policy_document.p',
      type: 'data.aws_iam_policy_document',
      path: '',
      values: { statement: [{ ...block, condition, principals: [{ type: 'AWS', identifiers: ['x'] }] }] },
    }),
  ).toEqual(statements({ ...get, Sid: 'Read', Condition: home, Principal: { AWS: 'x' } }));
});
