import { AwsCloud, type AwsCloudProps } from '../../lib/cloud/aws-cloud';
import { Efs } from '../../lib/cloud/efs';
import { TerraformState } from '../../lib/cloud/terraform-state';
import { Site } from '../../lib/app/site';
import { all, newApp, only, synth } from './support';

const props: AwsCloudProps = { region: 'eu-central-1', network: '10.42.0.0/16' };
const cloudWith = (more: Partial<AwsCloudProps> = {}) => {
  const app = newApp();
  return { app, aws: new AwsCloud(app, 'aws', { ...props, ...more }) };
};

describe('a cloud', () => {
  test('becomes one stack: backend, exact provider, subnets in three zones', async () => {
    // GIVEN a cloud without any choice
    const { app } = cloudWith();
    // WHEN it is synthesised
    const result = await synth(app);
    // THEN the stack says where its state is, and has a subnet for nodes in each of three zones
    expect(result.codes).toEqual([]);
    const stack = result.stack('aws');
    expect(stack.terraform).toMatchObject({
      backend: { local: { path: 'terraform.tfstate' } },
      required_providers: { aws: { source: 'aws', version: '5.100.0' } },
    });
    const nodes = all(stack, 'aws_subnet').filter(({ tags }) => tags?.['hpcdk:subnet'] === 'nodes');
    expect(nodes.map(({ cidr_block, availability_zone }) => [cidr_block, availability_zone])).toEqual([
      ['10.42.0.0/19', 'eu-central-1a'],
      ['10.42.32.0/19', 'eu-central-1b'],
      ['10.42.64.0/19', 'eu-central-1c'],
    ]);
    expect([...result.files.keys()].sort()).toEqual(['manifest.json', 'stacks/aws/cdk.tf.json']);
  });

  test('moves no subnet when a zone is added', async () => {
    const stackOf = async (zones: number) =>
      (await synth(cloudWith({ region: 'us-east-1', zones }).app)).stack('aws').resource.aws_subnet ?? {};
    const [two, six] = [await stackOf(2), await stackOf(6)];
    expect(Object.keys(two)).toHaveLength(4);
    expect(six).toMatchObject(two);
  });

  test('opens to the networks on the premises and to no other', async () => {
    const { app } = cloudWith({ onPremises: ['10.0.0.0/12', '172.16.4.0/22'] });
    const stack = (await synth(app)).stack('aws');
    const sources = all(stack, 'aws_vpc_security_group_ingress_rule').map((rule) => rule.cidr_ipv4 ?? 'group');
    expect(sources).toEqual(['10.0.0.0/12', '172.16.4.0/22', 'group']);
    expect(only(stack, 'aws_default_security_group')).not.toHaveProperty('ingress');
    expect(all(stack, 'aws_vpn_gateway')).toHaveLength(1);
  });

  test('without a way to the internet has no gateway but private endpoints', async () => {
    const { app } = cloudWith({ egress: 'endpoints' });
    const stack = (await synth(app)).stack('aws');
    expect(Object.keys(stack.resource)).not.toContain('aws_nat_gateway');
    expect(Object.keys(stack.resource)).not.toContain('aws_internet_gateway');
    expect(all(stack, 'aws_vpc_security_group_egress_rule').map((rule) => rule.cidr_ipv4)).toEqual([
      undefined,
      undefined,
    ]);
    expect(all(stack, 'aws_vpc_endpoint').map((endpoint) => endpoint.service_name)).toEqual([
      'com.amazonaws.eu-central-1.s3',
      'com.amazonaws.eu-central-1.secretsmanager',
      'com.amazonaws.eu-central-1.ssm',
    ]);
  });

  test('keeps its state where it is told', async () => {
    const state = TerraformState.s3({
      bucket: 'hpc-state',
      key: 'aws.tfstate',
      region: 'eu-west-1',
      lockTable: 'locks',
    });
    const { terraform } = (await synth(cloudWith({ state }).app)).stack('aws');
    const s3 = { bucket: 'hpc-state', key: 'aws.tfstate', region: 'eu-west-1', dynamodb_table: 'locks', encrypt: true };
    expect(terraform.backend).toEqual({ s3 });
  });

  test('of a site has its name in the stack and in the tags', async () => {
    const app = newApp();
    const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
    new AwsCloud(site, 'aws', { ...props, tags: { 'cost-centre': 'HPC 4711' } });
    const stack = (await synth(app)).stack('campus-aws');
    expect(only(stack, 'aws_vpc').tags).toEqual({
      Name: 'campus-aws',
      'cost-centre': 'HPC 4711',
      'hpcdk:cloud': 'aws',
      'hpcdk:site': 'campus',
    });
  });
});

describe('a cloud refuses', () => {
  test.each<[string, Partial<AwsCloudProps>, string[]]>([
    ['a misspelt region', { region: 'eu-central-11' }, ['HPC5030 region']],
    ['text that is no region', { region: 'Frankfurt' }, ['HPC1002 region']],
    ['a network that is too small for subnets', { network: '10.42.0.0/23' }, ['HPC5031 network']],
    ['a network that is too large for a VPC', { network: '10.0.0.0/8' }, ['HPC5031 network']],
    ['an IPv6 network', { network: 'fd00::/20' }, ['HPC5031 network']],
    [
      'a network that overlaps with the premises',
      { onPremises: ['192.168.0.0/16', '10.0.0.0/8'] },
      ['HPC5032 onPremises[1]'],
    ],
    ['more zones than the region has', { region: 'us-west-1', zones: 3 }, ['HPC5033 zones']],
    ['a name server that is no address', { nameServers: ['10.0.0.256'] }, ['HPC1002 nameServers[0]']],
    ['tags of hpcdk or AWS', { tags: { 'hpcdk:pool': 'x' } }, ['HPC1002 tags.hpcdk:pool']],
    ['tags that IAM refuses', { tags: { note: '${x}' } }, ['HPC1002 tags.note']],
    ['keys of tags that instances cannot see', { tags: { 'cost centre': 'x' } }, ['HPC1002 tags.cost centre']],
    ['a state that is no state', { state: 'here' as never }, ['HPC1001 state']],
    ['a state outside of what backends take', { state: TerraformState.local('/etc/${x}') }, ['HPC1002 state.path']],
  ])('%s', async (_what, more, codes) => {
    expect((await synth(cloudWith(more).app)).codes).toEqual(codes);
  });

  test('the network of another cloud', async () => {
    const { app } = cloudWith();
    new AwsCloud(app, 'other', { region: 'eu-west-1', network: '10.42.128.0/18' });
    expect((await synth(app)).codes).toEqual(['HPC5032 network']);
  });

  test('ids that names in it could not be made from', async () => {
    const app = newApp();
    const aws = new AwsCloud(app, 'AWS', props);
    new Efs(aws, 'my_home', { path: '/home' });
    expect((await synth(app)).codes).toEqual(['HPC5053', 'HPC5053']);
  });

  test('a region that is newer than the table with a warning only', async () => {
    const { diagnostics } = await synth(cloudWith({ region: 'xx-newland-7' }).app);
    expect(diagnostics).toMatchObject([{ code: 'HPC5030', severity: 'warning' }]);
  });
});
