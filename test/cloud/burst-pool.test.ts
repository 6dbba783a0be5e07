import { SecretRef } from '../../lib/values/secret-ref';
import { campus } from './campus';
import { all, only, synth } from './support';

const statementsOf = (policy: unknown) =>
  (JSON.parse(String(policy)) as { Statement: Record<string, unknown>[] }).Statement;

describe('the nodes of a burst pool in AWS', () => {
  test('start from one launch template, whatever their number', async () => {
    // GIVEN two pools, one a thousand times as large
    const small = (await synth(campus({ burst: { max: 8 } }).app)).stack('aws');
    const large = (await synth(campus({ burst: { max: 8000 } }).app)).stack('aws');
    // WHEN their resources are counted THEN they are the same
    const count = (stack: typeof small) => Object.values(stack.resource).flatMap(Object.keys).length;
    expect(count(large)).toBe(count(small));
    expect(only(large, 'aws_launch_template').description).toBe('Nodes hpc-burst-[0-7999]');
  });

  test('keep their credentials: IMDSv2, encrypted disk, no secret in the user data', async () => {
    const template = only((await synth(campus().app)).stack('aws'), 'aws_launch_template');
    expect(template).toMatchObject({
      name: 'aws-hpc-burst',
      image_id: 'resolve:ssm:/hpc/images/compute',
      metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 1, instance_metadata_tags: 'enabled' },
      block_device_mappings: [{ ebs: { encrypted: 'true', volume_type: 'gp3', volume_size: 64 } }],
      instance_initiated_shutdown_behavior: 'terminate',
    });
    expect(template).not.toHaveProperty('network_interfaces');
  });

  test('get the file that stands beside the Slurm files as their user data', async () => {
    const result = await synth(campus().app);
    const file = result.files.get('sites/campus/slurm/hpc/cloud-init/burst.yaml');
    const data = String(only(result.stack('aws'), 'aws_launch_template').user_data);
    expect(Buffer.from(data, 'base64').toString()).toBe(file);
    expect(file).toContain('--secret-id hpc/munge-key ');
    expect(file).toContain(' ctl1.hpc.example.edu:6817 ');
  });

  test('carry the tags by which they are found and ended, and so do their disks and interfaces', async () => {
    const template = only((await synth(campus().app)).stack('aws'), 'aws_launch_template');
    const tags = { 'hpcdk:site': 'campus', 'hpcdk:cloud': 'aws', 'hpcdk:cluster': 'hpc', 'hpcdk:pool': 'burst' };
    expect(template.tags).toMatchObject(tags);
    expect(template.tag_specifications).toEqual([
      { resource_type: 'instance', tags: { Name: 'aws-hpc-burst', ...tags } },
      { resource_type: 'network-interface', tags },
      { resource_type: 'volume', tags },
    ]);
  });

  test('with EFA have an interface on each network card, next to one another in one zone', async () => {
    const { app } = campus({ gpu: { instanceTypes: ['p5.48xlarge'], max: 4, efa: true, placement: true } });
    const stack = (await synth(app)).stack('aws');
    const template = only(stack, 'aws_launch_template');
    const interfaces = template.network_interfaces as {
      interface_type: string;
      network_card_index: number;
      subnet_id: string;
    }[];
    expect(interfaces).toHaveLength(32);
    expect(interfaces.map((one) => one.interface_type)).toEqual(['efa', ...Array<string>(31).fill('efa-only')]);
    expect(interfaces.map((one) => one.network_card_index)).toEqual([...Array(32).keys()]);
    expect(new Set(interfaces.map((one) => one.subnet_id)).size).toBe(1);
    expect(only(stack, 'aws_placement_group')).toMatchObject({ name: 'aws-hpc-gpu', strategy: 'cluster' });
  });

  test('read their key and nothing else', async () => {
    const pools = { burst: {}, other: { key: SecretRef.ssmParameter('/hpc/munge-key') } };
    const stack = (await synth(campus(pools).app)).stack('aws');
    const account = '${data.aws_caller_identity.account.account_id}';
    expect(all(stack, 'aws_iam_role_policy').flatMap(({ policy }) => statementsOf(policy))).toEqual([
      {
        Effect: 'Allow',
        Sid: 'ReadKey',
        Action: 'secretsmanager:GetSecretValue',
        Resource: `arn:aws:secretsmanager:eu-central-1:${account}:secret:hpc/munge-key-??????`,
      },
      {
        Effect: 'Allow',
        Sid: 'ReadKey',
        Action: 'ssm:GetParameter',
        Resource: `arn:aws:ssm:eu-central-1:${account}:parameter/hpc/munge-key`,
      },
    ]);
  });

  test('are started and ended by the controller, which may do no more', async () => {
    const stack = (await synth(campus().app)).stack('aws');
    const statements = statementsOf(only(stack, 'aws_iam_policy').policy);
    const by = (sid: string) => statements.find((statement) => statement.Sid === sid) as never as Record<string, never>;
    // ended is what carries the tags of the pool
    expect(by('End')).toMatchObject({
      Action: 'ec2:TerminateInstances',
      Condition: {
        StringEquals: {
          'aws:ResourceTag/hpcdk:cloud': 'aws',
          'aws:ResourceTag/hpcdk:cluster': 'hpc',
          'aws:ResourceTag/hpcdk:pool': 'burst',
        },
      },
    });
    expect(by('Instances')).toMatchObject({
      Condition: { StringEquals: { 'ec2:InstanceType': ['c7i.24xlarge', 'c6i.24xlarge'] } },
    });
    // a star stands for calls that know no resources, and nothing is without a condition but the template itself
    expect(statements.filter(({ Resource }) => Resource === '*').map(({ Sid }) => Sid)).toEqual(['See']);
    const unconditional = statements.filter(({ Condition }) => !Condition).map(({ Sid }) => Sid);
    expect(unconditional).toEqual(['Template', 'Image']);
  });

  test('find the controller by its short name: the domain of the site is searched and asked for', async () => {
    const stack = (await synth(campus({ burst: {} }, { cloud: { nameServers: ['10.0.0.53'] } }).app)).stack('aws');
    expect(only(stack, 'aws_vpc_dhcp_options').domain_name).toBe('eu-central-1.compute.internal hpc.example.edu');
    expect(only(stack, 'aws_route53_resolver_rule')).toMatchObject({
      domain_name: 'hpc.example.edu',
      target_ip: [{ ip: '10.0.0.53' }],
    });
  });
});

describe('AWS refuses a burst pool', () => {
  test.each<[string, Parameters<typeof campus>[0] & object, string[]]>([
    ['of a misspelt type', { burst: { instanceTypes: ['c7i.24xlage'] } }, ['HPC5001 instanceTypes[0]']],
    [
      'with EFA on a type that has none',
      { burst: { efa: true, instanceTypes: ['c7i.large'] } },
      ['HPC5035 instanceTypes[0]'],
    ],
    [
      'next to one another in two zones',
      { burst: { placement: true, zones: ['eu-central-1a', 'eu-central-1b'] } },
      ['HPC5036 zones'],
    ],
    [
      'next to one another of a type that cannot',
      { burst: { placement: true, instanceTypes: ['t3.large'] } },
      ['HPC5036 instanceTypes[0]'],
    ],
    ['in a zone that the cloud does not have', { burst: { zones: ['eu-central-1d'] } }, ['HPC5037 zones[0]']],
    ['of more nodes than addresses', { burst: { max: 30_000 } }, ['HPC5047 max']],
    [
      'bought as spot where there is none',
      { burst: { instanceTypes: ['hpc7a.48xlarge'] } },
      ['HPC5048 instanceTypes[0]'],
    ],
    ['with an image that is none', { burst: { image: 'ubuntu' } }, ['HPC1002 image']],
    ['with too long a name', { ['b'.repeat(59)]: {} }, ['HPC5038', 'HPC5053', 'HPC4201 prefix']],
    ['with a key that it cannot reach', { burst: { key: SecretRef.file('/etc/munge/munge.key') } }, ['HPC4204 key']],
  ])('%s', async (_what, pools, codes) => {
    const { diagnostics } = await synth(campus(pools).app);
    const own = diagnostics.filter(({ construct }) => construct?.includes('/nodes/'));
    expect(own.map(({ code, field }) => [code, field].filter(Boolean).join(' '))).toEqual(codes);
  });
});
