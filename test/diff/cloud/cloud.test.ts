import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { App } from '../../../lib/app/app';
import { AwsCloud } from '../../../lib/cloud/aws-cloud';
import { Bucket } from '../../../lib/cloud/bucket';
import { Efs } from '../../../lib/cloud/efs';
import type { Diff, Entry } from '../../../lib/diff';
import { diffSides } from '../../../lib/diff';
import { diffOf, sideOf } from '../support/sides';
import { declareCampus } from './campus';

const campus = (app: App) => void declareCampus(app);
const titles = ({ entries }: Diff, section?: Entry['section']) =>
  entries.filter((entry) => !section || entry.section === section).map(({ title }) => title);
const only = ({ entries }: Diff, section: Entry['section']): Entry => {
  const found = entries.filter((entry) => entry.section === section);
  expect(found.map(({ title }) => title)).toHaveLength(1);
  return found[0] as Entry;
};

describe('resources behind a change of a field', () => {
  test('are notes of its entry: a pool that grows is one change', async () => {
    const diff = await diffOf(campus, (app) => void declareCampus(app, { burst: { max: 64 } }));
    expect(titles(diff)).toEqual(['burst pool burst: max 32 → 64']);
    expect(diff.entries[0]?.notes).toContain(
      'terraform changes in place aws_launch_template pool-hpc-burst (description)',
    );
  });

  test('are destroyed and made anew where an argument cannot change', async () => {
    const diff = await diffOf(campus, (app) => void declareCampus(app, undefined, { network: '10.43.0.0/16' }));
    // not only the network and its subnets, also what stands in them
    expect(only(diff, 'disruption').notes).toEqual([
      'terraform changes in place 5 resources',
      'terraform destroys and makes anew 28 resources',
    ]);
  });

  test('that hold data and go are said at the entry that is data-loss already, once', async () => {
    const diff = await diffOf((app) => void new Efs(declareCampus(app).aws, 'home', { path: '/x' }), campus);
    expect(titles(diff, 'data')).toEqual(['EFS file system home removed']);
  });
});

describe('resources with no field behind them', () => {
  test('are entries of their own', async () => {
    const diff = await diffOf(campus, (app) =>
      declareCampus(app).aws.terraform((stack) => void new SqsQueue(stack, 'jobs', { name: 'jobs' })),
    );
    expect(diff.entries).toMatchObject([
      { title: 'aws_sqs_queue jobs added', kind: 'aws_sqs_queue', level: 'file', path: 'aws_sqs_queue.jobs' },
    ]);
  });

  test('that refer to what is made anew are told together, apart from that', async () => {
    const diff = await diffOf(campus, (app) =>
      declareCampus(app).aws.override('resource.aws_vpc.*.cidr_block', '10.43.0.0/16'),
    );
    expect(titles(diff)).toEqual([
      '27 resources replaced: what they refer to is made anew',
      'aws_vpc network-main replaced: cidr_block 10.42.0.0/16 → 10.43.0.0/16',
      '5 resources: what they refer to changes',
    ]);
    expect(diff.entries[0]?.effect.reason).toBe('terraform destroys them and makes them anew with what they refer to');
  });

  test('whose type the table does not know may be made anew, with their data', async () => {
    const queue = (name: string) => (app: App) =>
      declareCampus(app).aws.terraform((stack) => void new SqsQueue(stack, 'jobs', { name }));
    const diff = await diffOf(queue('jobs'), queue('work'));
    expect(only(diff, 'data')).toMatchObject({
      title: 'aws_sqs_queue jobs may be replaced: name jobs → work',
      effect: { class: 'data-loss' },
    });
  });

  test('of which only tags changed are hidden and counted', async () => {
    const queue = (owner: string) => (app: App) =>
      declareCampus(app).aws.terraform((stack) => void new SqsQueue(stack, 'jobs', { tags: { owner } }));
    const diff = await diffOf(queue('a'), queue('b'));
    expect(diff.entries).toEqual([]);
    expect(diff.hidden).toMatchObject([{ rule: 'tags', count: 1 }]);
  });

  test('do not show values that may be secrets', async () => {
    const override = (value: string) => (app: App) =>
      declareCampus(app).aws.override('resource.aws_vpc.*.master_password', value);
    const diff = await diffOf(override('one'), override('two'));
    expect(titles(diff)).toEqual(['aws_vpc network-main may be replaced: master_password (its value is not shown)']);
    expect(JSON.stringify(diff)).not.toMatch(/"one"|"two"|one →/);
  });
});

describe('who reaches what', () => {
  const openSlurmd = (app: App) =>
    declareCampus(app, { burst: {}, gpu: {} }).aws.override(
      'resource.aws_vpc_security_group_ingress_rule.network-main_nodes-in-192-168-0-0-16_1D8DE980.cidr_ipv4',
      '0.0.0.0/0',
    );

  test('slurmd opened to the world: from what, and which pools', async () => {
    const diff = await diffOf((app) => void declareCampus(app, { burst: {}, gpu: {} }), openSlurmd);
    expect(only(diff, 'security')).toMatchObject({
      title: 'Security group aws-nodes: slurmd (TCP 6818) in from 192.168.0.0/16 → 0.0.0.0/0',
      marks: ['security-broadened'],
      direction: 'increased',
      notes: [
        'Behind it: burst pool burst, burst pool gpu',
        '0.0.0.0/0 and ::/0 are every address there is, the internet among them',
      ],
    });
    expect(diff.entries).toHaveLength(1);
  });

  test('is not lost behind a change of something else', async () => {
    const diff = await diffOf(campus, openSlurmd);
    expect(titles(diff, 'security')).toEqual([
      'burst pool gpu: 12 IAM statements',
      'Security group aws-nodes: slurmd (TCP 6818) in from 192.168.0.0/16 → 0.0.0.0/0',
    ]);
  });

  test('closed again it is narrowed', async () => {
    const diff = await diffOf(openSlurmd, (app) => void declareCampus(app, { burst: {}, gpu: {} }));
    expect(only(diff, 'security').marks).toEqual(['security-narrowed']);
  });

  test('a rule of the definition itself counts as those of hpcdk do', async () => {
    const diff = await diffOf(campus, (app) =>
      declareCampus(app).aws.terraform(
        (stack, { nodeSecurityGroupId: securityGroupId }) =>
          void new VpcSecurityGroupIngressRule(stack, 'ssh', {
            securityGroupId,
            cidrIpv4: '10.0.0.0/8',
            ipProtocol: 'tcp',
            fromPort: 22,
            toPort: 22,
          }),
      ),
    );
    expect(titles(diff)).toEqual(['Security group aws-nodes: + SSH (TCP 22) in from 10.0.0.0/8']);
  });

  test('the networks on the premises are one entry, with the doors that they open', async () => {
    const diff = await diffOf(
      campus,
      (app) => void declareCampus(app, undefined, { onPremises: ['192.168.0.0/16', '172.16.0.0/12'] }),
    );
    const entry = only(diff, 'security');
    expect(entry).toMatchObject({ field: 'onPremises', marks: ['security-broadened'] });
    expect(entry.notes).toContain(
      'security group aws-nodes: slurmd (TCP 6818) in from 192.168.0.0/16 → 172.16.0.0/12, 192.168.0.0/16',
    );
  });

  test('a network inside one that is there opens nothing', async () => {
    const diff = await diffOf(
      campus,
      (app) => void declareCampus(app, undefined, { onPremises: ['192.168.0.0/16', '192.168.7.0/24'] }),
    );
    expect(only(diff, 'security').marks).toEqual([]);
  });

  test('a way to the internet less is narrowed', async () => {
    const diff = await diffOf(campus, (app) => void declareCampus(app, undefined, { egress: 'endpoints' }));
    expect(only(diff, 'security')).toMatchObject({ field: 'egress', marks: ['security-narrowed'] });
  });

  test('other instance types are other rights of the controller', async () => {
    const diff = await diffOf(
      campus,
      (app) => void declareCampus(app, { burst: { instanceTypes: ['c7i.24xlarge', 'c6i.24xlarge', 'm7i.24xlarge'] } }),
    );
    expect(only(diff, 'security')).toMatchObject({
      title:
        'IAM of burst pool burst: Allow ec2:CreateFleet, ec2:RunInstances: if StringEquals ec2:InstanceType + m7i.24xlarge',
      marks: ['security-broadened'],
    });
  });

  test('a bucket that loses its guard against publication', async () => {
    const bucket = (more: (cloud: ReturnType<typeof declareCampus>['aws']) => void) => (app: App) => {
      const { aws } = declareCampus(app);
      new Bucket(aws, 'cache', { name: 'hpc-example-cache' });
      more(aws);
    };
    const diff = await diffOf(
      bucket(() => undefined),
      bucket((aws) => aws.override('resource.aws_s3_bucket_public_access_block.*.block_public_policy', false)),
    );
    expect(only(diff, 'security')).toMatchObject({
      title: 'aws_s3_bucket_public_access_block bucket-cache/public-access: block_public_policy true → false',
      marks: ['security-broadened'],
    });
  });
});

describe('safeguards', () => {
  test('that fall at several resources are one entry, and no entries of resources beside it', async () => {
    const diff = await diffOf(campus, (app) =>
      declareCampus(app).aws.override('resource.aws_subnet.*.map_public_ip_on_launch', true),
    );
    expect(diff.entries).toHaveLength(1);
    expect(only(diff, 'security')).toMatchObject({
      title: 'AWS cloud aws: 6 safeguards',
      marks: ['security-broadened'],
    });
  });

  test('say nothing of what else changes at their resource', async () => {
    const diff = await diffOf(campus, (app) => {
      const { aws } = declareCampus(app);
      aws.override('resource.aws_subnet.network-main_node-subnet-1_DC9CCB94.map_public_ip_on_launch', true);
      aws.override('resource.aws_subnet.network-main_node-subnet-1_DC9CCB94.cidr_block', '10.42.7.0/24');
    });
    expect(titles(diff)).toEqual([
      'aws_subnet network-main/node-subnet-1: map_public_ip_on_launch false → true',
      'aws_route_table_association network-main/node-subnet-1-routes replaced: subnet_id, because what it refers to is made anew',
      'aws_subnet network-main/node-subnet-1 replaced: cidr_block, map_public_ip_on_launch',
      'aws_iam_policy cluster-hpc/pool-burst: policy, because what it refers to is made anew',
    ]);
  });
});

describe('a construct at another path', () => {
  test('without a word in the definition: what terraform would do, and the line that keeps it from it', async () => {
    const bucket = (id: string) => (app: App) =>
      void new Bucket(declareCampus(app).aws, id, { name: 'hpc-example-cache' });
    const diff = await diffOf(bucket('one'), bucket('two'));
    expect(titles(diff)).toEqual(['bucket one renamed to two']);
    expect(diff.entries[0]).toMatchObject({
      section: 'data',
      effect: { class: 'data-loss' },
      notes: [
        "To keep them, write in the definition: app.rename('aws/one', 'aws/two')",
        'terraform makes 7 resources',
        'terraform destroys 7 resources',
      ],
    });
  });
});

describe('a rename that the definition states', () => {
  test('changes records only: of the file system and of what mounts it', async () => {
    const home = (id: string, rename: (app: App) => void) => (app: App) => {
      const { aws, hpc } = declareCampus(app);
      new Efs(aws, id, { path: '/x' }).mountOn(hpc);
      rename(app);
    };
    const diff = await diffOf(
      home('home', () => undefined),
      home('users', (app) => app.rename('aws/home', 'aws/users')),
    );
    expect(titles(diff, 'state')).toEqual([
      'EFS file system home renamed to users',
      'mount aws.home renamed to aws.users',
    ]);
    expect(diff.entries).toHaveLength(2);
    expect(diff.entries[0]?.notes).toEqual(['terraform destroys nothing, and notes the new address of 10 resources']);
    expect(diff.capacity).toBeUndefined();
  });

  test('of a pool changes records only when its nodes keep their names', async () => {
    const pool = (id: string, more: object, rename: (app: App) => void) => (app: App) => {
      declareCampus(app, { [id]: more });
      rename(app);
    };
    const moved = (app: App) => app.rename('campus/hpc/nodes/burst', 'campus/hpc/nodes/spot');
    const named = { prefix: 'hpc-burst' };
    const kept = await diffOf(
      pool('burst', named, () => undefined),
      pool('spot', named, moved),
    );
    expect(titles(kept, 'state')).toEqual(['burst pool burst renamed to spot']);
    const other = await diffOf(
      pool('burst', {}, () => undefined),
      pool('spot', {}, moved),
    );
    expect(only(other, 'capacity').notes).toContain(
      'Its nodes are called hpc-spot and a number now, they were hpc-burst; the field prefix would keep the names',
    );
  });

  test('that is forgotten later: names in AWS would become those of today, and the data go', async () => {
    const home = (rename: (app: App) => void) => (app: App) => {
      new Efs(declareCampus(app).aws, 'users', { path: '/x' });
      rename(app);
    };
    const diff = await diffOf(
      home((app) => app.rename('aws/home', 'aws/users')),
      home(() => undefined),
    );
    expect(only(diff, 'data')).toMatchObject({
      title: 'aws_efs_file_system efs-users replaced: creation_token, tags',
      effect: { class: 'data-loss' },
      notes: [
        "The definition no longer states app.rename('aws/home', 'aws/users'), so that its names in AWS become those of today",
      ],
    });
  });

  test('of a cloud keeps its stack; without a word its stack is made a second time', async () => {
    const cloud = (id: string, rename: (app: App) => void) => (app: App) => {
      new AwsCloud(app, id, { region: 'eu-central-1', network: '10.42.0.0/16' });
      rename(app);
    };
    const stated = await diffOf(
      cloud('aws', () => undefined),
      cloud('cloud', (app) => app.rename('aws', 'cloud')),
    );
    expect(stated.entries).toMatchObject([{ section: 'state', title: 'AWS cloud aws renamed to cloud' }]);
    const silent = await diffOf(
      cloud('aws', () => undefined),
      cloud('cloud', () => undefined),
    );
    expect(silent.entries).toMatchObject([
      {
        section: 'data',
        notes: [
          "To keep them, write in the definition: app.rename('aws', 'cloud')",
          '26 resources stay in the cloud until terraform destroy',
          'terraform makes 26 resources',
        ],
      },
    ]);
  });
});

describe('what cannot be read', () => {
  test('manifests alone: the fields are marked all the same', async () => {
    const [before, after] = await Promise.all([
      sideOf('before', campus),
      sideOf('after', (app) => void declareCampus(app, undefined, { onPremises: ['192.0.0.0/8'] })),
    ]);
    const { read: _a, ...a } = before;
    const { read: _b, ...b } = after;
    expect(diffSides(a, b).entries.map(({ marks }) => marks)).toEqual([['security-broadened']]);
  });

  test('an output that lacks the stack', async () => {
    const side = await sideOf('a', campus);
    const other = await sideOf('b', (app) => void declareCampus(app, { burst: { max: 64 } }));
    const read = (path: string) => {
      if (path.endsWith('.tf.json')) throw new Error('ENOENT');
      return other.read!(path);
    };
    expect(titles(diffSides(side, { ...other, read }))).toEqual(['burst pool burst: max 32 → 64']);
  });

  test('a stack that is no JSON', async () => {
    const side = await sideOf('a', campus);
    const other = await sideOf('b', (app) => void declareCampus(app, { burst: { max: 64 } }));
    const broken = { ...other, read: (path: string) => (path.endsWith('.tf.json') ? '{' : other.read!(path)) };
    expect(titles(diffSides(side, broken))).toEqual(['burst pool burst: max 32 → 64']);
  });
});
