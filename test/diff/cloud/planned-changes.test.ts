import { plannedChanges } from '../../../lib/diff/cloud/planned-changes';
import { fateOf } from '../../../lib/diff/cloud/replacement';
import { resourceOf } from '../../../lib/diff/cloud/resource-changes';
import { readStack } from '../../../lib/diff/cloud/stack';

type Content = Readonly<Record<string, object>>;

/** What terraform does, as `type: fate (arguments)`. */
const planned = (before: Content, after: Content) => {
  const [was, is] = [before, after].map((resource) => {
    const { data, ...rest } = resource;
    return readStack(JSON.stringify({ resource: rest, ...(data && { data }) }))!;
  });
  return plannedChanges(was!, is!).map(
    (change) => `${resourceOf(change).type}: ${fateOf(change).fate} (${change.attributes.join(', ')})`,
  );
};

const network = (cidr: string, more: Content = {}): Content => ({
  aws_vpc: { x: { cidr_block: cidr } },
  aws_subnet: { x: { cidr_block: '10.0.0.0/24', vpc_id: '${aws_vpc.x.id}' } },
  aws_efs_mount_target: { x: { subnet_id: '${aws_subnet.x.id}' } },
  ...more,
});
const widened = (more: Content = {}) => planned(network('10.0.0.0/16', more), network('10.0.0.0/15', more));
const NETWORK = [
  'aws_efs_mount_target: replaced (subnet_id)',
  'aws_subnet: replaced (vpc_id)',
  'aws_vpc: replaced (cidr_block)',
];

test('what refers to the id of what is made anew is made anew with it, over several steps', () => {
  expect(widened()).toEqual(NETWORK);
});

test.each<[string, Content, string[]]>([
  [
    'an argument that can change, changes in place',
    { aws_vpn_gateway: { x: { vpc_id: '${aws_vpc.x.id}' } } },
    ['aws_vpn_gateway: changed (vpc_id)'],
  ],
  [
    'a policy in JSON',
    { aws_iam_policy: { x: { policy: '{"Resource":"${aws_subnet.x.arn}"}' } } },
    ['aws_iam_policy: changed (policy)'],
  ],
  [
    'an expression with more in it',
    { aws_iam_policy: { x: { policy: '${join(",", [aws_subnet.x[0].arn])}' } } },
    ['aws_iam_policy: changed (policy)'],
  ],
  ['order is no value', { aws_eip: { x: { depends_on: ['aws_vpc.x'] } } }, []],
  [
    'an argument that is stated and stays the same is known',
    { aws_eip: { x: { domain: '${aws_subnet.x.cidr_block}' } } },
    [],
  ],
  [
    'one that is stated and differs',
    { aws_vpc_security_group_ingress_rule: { x: { cidr_ipv4: '${aws_vpc.x.cidr_block}' } } },
    ['aws_vpc_security_group_ingress_rule: changed (cidr_ipv4)'],
  ],
  [
    'what cannot change to a value that is not known yet',
    {
      aws_route53_resolver_endpoint: { x: { security_group_ids: ['${aws_security_group.x.id}'] } },
      aws_security_group: { x: { vpc_id: '${aws_vpc.x.id}' } },
      aws_route53_resolver_rule: { x: { resolver_endpoint_id: '${aws_route53_resolver_endpoint.x.id}' } },
    },
    [
      'aws_route53_resolver_endpoint: replaced (security_group_ids)',
      'aws_route53_resolver_rule: replaced (resolver_endpoint_id)',
      'aws_security_group: replaced (vpc_id)',
    ],
  ],
  [
    'a data source is read again and is no change',
    {
      data: { aws_iam_policy_document: { x: { statement: [{ resources: ['${aws_subnet.x.arn}'] }] } } },
      aws_iam_policy: { x: { policy: '${data.aws_iam_policy_document.x.json}' } },
    },
    ['aws_iam_policy: changed (policy)'],
  ],
  [
    'circles end',
    {
      aws_route: { x: { route_table_id: '${aws_route_table.x.id}' } },
      aws_route_table: { x: { vpc_id: '${aws_vpc.x.id}', tags: { route: '${aws_route.x.id}' } } },
    },
    ['aws_route: replaced (route_table_id)', 'aws_route_table: replaced (tags, vpc_id)'],
  ],
])('%s', (_title, more, expected) => {
  expect(widened(more)).toEqual([...NETWORK, ...expected].sort());
});

test('a change in place keeps the id, so that nothing follows', () => {
  const [before, after] = [false, true].map((enable_dns_support) =>
    network('10.0.0.0/16', { aws_vpc: { x: { enable_dns_support } } }),
  );
  expect(planned(before!, after!)).toEqual(['aws_vpc: changed (enable_dns_support)']);
});

test('a policy follows the document that it is read from', () => {
  const of = (action: string): Content => ({
    data: { aws_iam_policy_document: { x: { statement: [{ actions: [action] }] } } },
    aws_iam_policy: { x: { policy: '${data.aws_iam_policy_document.x.json}' } },
  });
  expect(planned(of('s3:GetObject'), of('s3:*'))).toEqual([
    'aws_iam_policy: changed (policy)',
    'data.aws_iam_policy_document: changed (statement)',
  ]);
});
