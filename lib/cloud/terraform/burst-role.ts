import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import type { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import type { PlacementGroup } from '@cdktf/provider-aws/lib/placement-group';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { BurstPool } from '../../compute/burst-pool';
import { Site } from '../../app/site';
import { burstRoleName, poolName, templateName } from '../check-pool';
import { firstId, idsOf } from '../former-paths';
import { TAG } from '../tags';
import type { AwsStack } from './aws-stack';
import { policy, type Statement, trust } from './policy';

/** What the controller may start nodes of a pool from. */
export interface Parts {
  readonly template: LaunchTemplate;
  readonly role: IamRole;
  readonly subnets: readonly Subnet[];
  readonly nodeGroup: SecurityGroup;
  readonly group?: PlacementGroup;
}

/**
 * Lets the controller of a cluster start and end the nodes of a pool, and nothing else: from the pool's launch template, of
 * its types, in its subnets, with its tags; ended is what carries those tags.
 */
export function allowBurst(stack: AwsStack, pool: BurstPool, parts: Parts): void {
  const { cloud } = stack;
  const cluster = firstId(pool.cluster);
  const ids = idsOf(pool.cluster);
  const site = Site.of(pool);
  const tags = { ...(site && { [TAG.site]: firstId(site) }), [TAG.cluster]: cluster };
  const scope = stack.node.tryFindChild(`cluster-${pool.cluster.node.id}`) ?? stack.scopeFor('cluster', ids, tags);
  const role =
    (scope.node.tryFindChild('Resource') as IamRole | undefined) ??
    new IamRole(scope as never, 'Resource', {
      name: burstRoleName(cloud, cluster),
      description: `Starts and ends nodes of ${cluster}`,
      // Whoever may take the role is said by policies of the account: IAM Roles Anywhere for a host on the premises.
      assumeRolePolicy: trust({ AWS: stack.arn('iam', 'root', { region: '' }) }),
      maxSessionDuration: 3600,
    });
  const paths = aligned(ids, idsOf(pool)).map(([of, name]) => `cluster-${of}/pool-${name}`);
  stack.noteMove(paths);
  stack.noteMove(paths.map((path) => `${path}-role`));
  const rights = new IamPolicy(scope as never, `pool-${pool.node.id}`, {
    name: `${templateName(cloud, pool)}-start`,
    description: `Start and end nodes of ${poolName(pool)}`,
    policy: policy(statements(stack, pool, parts)),
  });
  new IamRolePolicyAttachment(scope as never, `pool-${pool.node.id}-role`, { role: role.name, policyArn: rights.arn });
}

/** The names of a pool with its cluster, from the first ones to those of today. */
export const poolNames = (pool: BurstPool): string[] =>
  aligned(idsOf(pool.cluster), idsOf(pool)).map((names) => names.join('-'));

/** Two histories side by side; the shorter one stays at its first name. */
function aligned(a: readonly string[], b: readonly string[]): [string, string][] {
  const length = Math.max(a.length, b.length);
  const at = (names: readonly string[], index: number) => names[Math.max(0, index - length + names.length)] as string;
  return Array.from({ length }, (_, index) => [at(a, index), at(b, index)]);
}

/** Sources: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EC2". */
function statements(
  stack: AwsStack,
  pool: BurstPool,
  { template, role, subnets, nodeGroup, group }: Parts,
): Statement[] {
  const ec2 = (resource: string) => stack.arn('ec2', resource);
  const mine = { [TAG.cloud]: firstId(stack.cloud), [TAG.cluster]: firstId(pool.cluster), [TAG.pool]: firstId(pool) };
  const asked = Object.fromEntries(Object.entries(mine).map(([key, value]) => [`aws:RequestTag/${key}`, value]));
  const carried = Object.fromEntries(Object.entries(mine).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
  const fromTemplate = { ArnEquals: { 'ec2:LaunchTemplate': template.arn } };
  const { image, purchase, instanceTypes } = pool.values;
  const services = ['ec2fleet', ...(purchase.usesSpot ? ['spot'] : [])].map((name) => `${name}.amazonaws.com`);
  return [
    { Sid: 'Template', Action: ['ec2:RunInstances', 'ec2:CreateFleet'], Resource: template.arn },
    {
      Sid: 'Instances',
      Action: ['ec2:RunInstances', 'ec2:CreateFleet'],
      Resource: ec2('instance/*'),
      Condition: { ...fromTemplate, StringEquals: { ...asked, 'ec2:InstanceType': [...instanceTypes] } },
    },
    {
      Sid: 'Places',
      Action: ['ec2:RunInstances', 'ec2:CreateFleet'],
      Resource: [
        ...subnets.map(({ arn }) => arn),
        nodeGroup.arn,
        ...(group ? [group.arn] : []),
        ec2('volume/*'),
        ec2('network-interface/*'),
        stack.arn('ec2', 'image/*', { account: '' }),
        stack.arn('ec2', 'snapshot/*', { account: '' }),
      ],
      Condition: fromTemplate,
    },
    { Sid: 'Fleet', Action: 'ec2:CreateFleet', Resource: ec2('fleet/*'), Condition: { StringEquals: asked } },
    {
      Sid: 'TagAtLaunch',
      Action: 'ec2:CreateTags',
      Resource: ['instance', 'volume', 'network-interface', 'fleet'].map((type) => ec2(`${type}/*`)),
      Condition: { StringEquals: { ...asked, 'ec2:CreateAction': ['RunInstances', 'CreateFleet'] } },
    },
    { Sid: 'End', Action: 'ec2:TerminateInstances', Resource: ec2('instance/*'), Condition: { StringEquals: carried } },
    {
      Sid: 'See',
      // These calls know no resources; they change nothing.
      Action: [
        'ec2:DescribeInstances',
        'ec2:DescribeInstanceStatus',
        'ec2:DescribeFleets',
        'ec2:DescribeLaunchTemplates',
        'ec2:DescribeSubnets',
      ],
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': stack.cloud.values.region } },
    },
    {
      Sid: 'NodeRole',
      Action: 'iam:PassRole',
      Resource: role.arn,
      Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    },
    ...(image.startsWith('/')
      ? [
          {
            Sid: 'Image',
            Action: 'ssm:GetParameters',
            Resource: stack.arn('ssm', `parameter${image}`, image.startsWith('/aws/') ? { account: '' } : {}),
          },
        ]
      : []),
    {
      Sid: 'FirstUse',
      Action: 'iam:CreateServiceLinkedRole',
      Resource: stack.arn('iam', 'role/aws-service-role/*', { region: '' }),
      Condition: { StringEquals: { 'iam:AWSServiceName': services } },
    },
  ];
}
