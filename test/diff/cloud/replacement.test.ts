import { fateOf, holdsData, replacementTable } from '../../../lib/diff/cloud/replacement';
import { compareStacks } from '../../../lib/diff/cloud/resource-changes';
import { readStack } from '../../../lib/diff/cloud/stack';
import { everything } from '../../cloud/everything';
import { campus } from '../../cloud/campus';
import { synth } from '../../cloud/support';

const fate = (type: string, before: object, after: object) => {
  const [a, b] = [before, after].map((one) => readStack(JSON.stringify({ resource: { [type]: { x: one } } }))!);
  return compareStacks(a!, b!).map(fateOf);
};

test('the table knows every argument of the types that hpcdk emits', async () => {
  const stacks = [
    (await synth(everything().app)).stack('aws'),
    (await synth(campus(undefined, { cloud: { egress: 'endpoints' } }).app)).stack('aws'),
  ];
  const { types } = replacementTable();
  const unknown = stacks.flatMap(({ resource }) =>
    Object.entries(resource).flatMap(([type, byId]) =>
      Object.values(byId).flatMap((one) =>
        Object.keys(one)
          .filter((name) => !['//', 'tags', 'depends_on', 'tag_specifications'].includes(name))
          .filter((name) => ![...(types[type]?.replaces ?? []), ...(types[type]?.inPlace ?? [])].includes(name))
          .map((name) => `${type}.${name}`),
      ),
    ),
  );
  expect([...new Set(unknown)]).toEqual([]);
});

test.each<[string, string, object, object, object[]]>([
  ['in place', 'aws_vpc', { enable_dns_support: true }, { enable_dns_support: false }, [{ fate: 'changed' }]],
  [
    'made anew, and what is the reason',
    'aws_subnet',
    { cidr_block: '10.0.0.0/24', map_public_ip_on_launch: false },
    { cidr_block: '10.0.1.0/24', map_public_ip_on_launch: true },
    [{ fate: 'replaced', because: ['cidr_block'] }],
  ],
  ['an argument that nobody tried', 'aws_subnet', {}, { odd: 1 }, [{ fate: 'perhaps replaced', because: ['odd'] }]],
  ['a type that nobody tried', 'aws_db_instance', {}, { a: 1 }, [{ fate: 'perhaps replaced', because: ['a'] }]],
  ['tags and order', 'aws_db_instance', {}, { tags: { a: 'b' }, depends_on: ['c'] }, [{ fate: 'changed' }]],
  ['an empty list that was written out', 'aws_vpc', {}, { ipv6: [] }, []],
  [
    'a policy that is written in another way',
    'aws_iam_policy',
    { policy: '{"Version":"2012-10-17","Statement":[]}' },
    { policy: '{ "Statement": [], "Version": "2012-10-17" }' },
    [],
  ],
])('%s', (_what, type, before, after, expected) => expect(fate(type, before, after)).toMatchObject(expected));

test('types that hold data', () => {
  expect(['aws_s3_bucket', 'aws_efs_file_system', 'aws_fsx_lustre_file_system'].map(holdsData)).toEqual([
    true,
    true,
    true,
  ]);
  expect(['aws_s3_bucket_policy', 'aws_subnet', 'aws_efs_mount_target'].map(holdsData)).toEqual([false, false, false]);
});
