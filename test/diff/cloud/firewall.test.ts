import { compareFirewalls } from '../../../lib/diff/cloud/firewall';
import { readStack } from '../../../lib/diff/cloud/stack';
import type { Json } from '../../../lib/values/json';

const group = { aws_security_group: { nodes: { name: 'nodes' } } };
const stack = (resource: object) => readStack(JSON.stringify({ resource: { ...group, ...resource } }))!;
const rule = (more: object) => ({
  aws_vpc_security_group_ingress_rule: {
    one: {
      security_group_id: '${aws_security_group.nodes.id}',
      ip_protocol: 'tcp',
      from_port: 22,
      to_port: 22,
      ...more,
    },
  },
});
const lines = (before: object, after: object) =>
  compareFirewalls(stack(before), stack(after)).map(
    ({ traffic, way, before: was, after: is, breadth }) =>
      `${traffic} ${way}: ${was.join() || 'nobody'} to ${is.join() || 'nobody'}${breadth.wider ? ' broadened' : ''}${breadth.narrower ? ' narrowed' : ''}`,
  );

test.each<[string, object, object, string[]]>([
  ['the same', rule({ cidr_ipv4: '10.0.0.0/8' }), rule({ cidr_ipv4: '10.0.0.0/8' }), []],
  [
    'a larger network',
    rule({ cidr_ipv4: '10.1.0.0/16' }),
    rule({ cidr_ipv4: '10.0.0.0/8' }),
    ['SSH (TCP 22) in: 10.1.0.0/16 to 10.0.0.0/8 broadened'],
  ],
  [
    'another network',
    rule({ cidr_ipv4: '10.1.0.0/16' }),
    rule({ cidr_ipv4: '10.2.0.0/16' }),
    ['SSH (TCP 22) in: 10.1.0.0/16 to 10.2.0.0/16 broadened narrowed'],
  ],
  ['IPv6', {}, rule({ cidr_ipv6: '::/0' }), ['SSH (TCP 22) in: nobody to ::/0 broadened']],
  [
    'every port',
    rule({ cidr_ipv4: '10.0.0.0/8' }),
    rule({ cidr_ipv4: '10.0.0.0/8', ip_protocol: '-1' }),
    ['every protocol and port in: nobody to 10.0.0.0/8 broadened'],
  ],
  ['a rule that goes', rule({ cidr_ipv4: '10.0.0.0/8' }), {}, ['SSH (TCP 22) in: 10.0.0.0/8 to nobody narrowed']],
  [
    'the same rule, written in the group',
    rule({ cidr_ipv4: '10.0.0.0/8' }),
    {
      aws_security_group: {
        nodes: {
          name: 'nodes',
          ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['10.0.0.0/8'] }],
        },
      },
    },
    [],
  ],
  [
    'a rule of the older resource',
    {},
    {
      aws_security_group_rule: {
        one: {
          type: 'egress',
          security_group_id: 'sg-1',
          protocol: 'udp',
          from_port: 53,
          to_port: 53,
          cidr_blocks: ['10.0.0.53/32'],
        },
      },
    },
    ['DNS (UDP 53) out: nobody to 10.0.0.53/32 broadened'],
  ],
  [
    'a door for a group that is new: nothing that was there is reached by more',
    {},
    {
      aws_security_group: { nodes: { name: 'nodes' }, other: { name: 'other' } },
      ...rule({ referenced_security_group_id: '${aws_security_group.other.id}' }),
    },
    [],
  ],
])('%s', (_what, before, after, expected) => expect(lines(before, after)).toEqual(expected));

test.each<Json>([null, [], 'text', { resource: [] }, { resource: { a: { b: 'c' } } }])(
  'odd input %j is no fault',
  (odd) => {
    const read = readStack(JSON.stringify(odd));
    if (read) expect(compareFirewalls(read, read)).toEqual([]);
  },
);
