import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { LaunchTemplate, type LaunchTemplateNetworkInterfaces } from '@cdktf/provider-aws/lib/launch-template';
import { PlacementGroup } from '@cdktf/provider-aws/lib/placement-group';
import type { Construct } from 'constructs';
import { Site } from '../../app/site';
import type { BurstPool } from '../../compute/burst-pool';
import { Mount } from '../../storage/mount';
import { minimumOf, nodeRoleName, poolName, templateName, zonesOfPool } from '../check-pool';
import { firstId } from '../former-paths';
import { userData } from '../node-config';
import { TAG } from '../tags';
import type { AwsStack } from './aws-stack';
import { allowBurst, poolNames } from './burst-role';
import type { Network } from './network';
import { policy, type Statement, trust } from './policy';

/** User data in bytes, before base64 (EC2 user guide, "Run commands at launch"). */
const MOST_USER_DATA = 16_384;

/** Adds what the nodes of a pool are started from: a launch template, whatever their number. */
export function addBurstPool(stack: AwsStack, network: Network, pool: BurstPool): void {
  const { cloud } = stack;
  const site = Site.of(pool);
  const scope = stack.scopeFor('pool', poolNames(pool), {
    ...(site && { [TAG.site]: firstId(site) }),
    [TAG.cluster]: firstId(pool.cluster),
    [TAG.pool]: firstId(pool),
  });
  const name = templateName(cloud, pool);
  const role = addNodeRole(stack, scope, pool);
  const profile = new IamInstanceProfile(scope, 'profile', { name: role.name, role: role.name });
  const { placement, image, disk, diskDevice, instanceTypes } = pool.values;
  const group = placement
    ? new PlacementGroup(scope, 'placement', { name, strategy: 'cluster', tags: { Name: name } })
    : undefined;

  const subnets = network.nodeSubnets.filter((_, index) =>
    zonesOfPool(cloud, pool).includes(cloud.zoneNames[index] ?? ''),
  );
  const interfaces = efaInterfaces(pool, network.nodeGroup.id, subnets[0]?.id);
  const template = new LaunchTemplate(scope, 'Resource', {
    name,
    description: `Nodes ${pool.hosts.toString()}`,
    updateDefaultVersion: true,
    imageId: image.startsWith('/') ? `resolve:ssm:${image}` : image,
    instanceType: instanceTypes[0],
    // A node that shuts itself down is ended, and costs nothing any more.
    instanceInitiatedShutdownBehavior: 'terminate',
    iamInstanceProfile: { arn: profile.arn },
    metadataOptions: {
      httpEndpoint: 'enabled',
      httpTokens: 'required',
      httpPutResponseHopLimit: 1,
      instanceMetadataTags: 'enabled',
    },
    blockDeviceMappings: [
      {
        deviceName: diskDevice,
        ebs: {
          volumeType: 'gp3',
          volumeSize: Math.ceil(disk.mib / 1024),
          encrypted: 'true',
          deleteOnTermination: 'true',
        },
      },
    ],
    ...(interfaces.length > 0 ? { networkInterfaces: interfaces } : { vpcSecurityGroupIds: [network.nodeGroup.id] }),
    ...(group && { placement: { groupName: group.name } }),
    userData: encoded(stack, pool),
    tags: { Name: name },
    tagSpecifications: [{ resourceType: 'instance', tags: { Name: name } }],
  });
  allowBurst(stack, pool, { template, role, subnets, nodeGroup: network.nodeGroup, group });
}

function encoded(stack: AwsStack, pool: BurstPool): string {
  const bytes = Buffer.from(userData(stack.cloud, pool));
  if (bytes.length > MOST_USER_DATA) {
    stack.report(
      { code: 'HPC5049', message: `the user data of the pool has ${bytes.length} bytes, EC2 takes ${MOST_USER_DATA}` },
      pool,
    );
  }
  return bytes.toString('base64');
}

/**
 * The interfaces of a pool with EFA: one on each card of the type that has the fewest. Only the first has an address; the
 * others carry nothing but the fabric's own protocol. All stand in one subnet, so it is named here.
 */
function efaInterfaces(pool: BurstPool, group: string, subnetId?: string): LaunchTemplateNetworkInterfaces[] {
  if (!pool.values.efa) return [];
  return Array.from({ length: minimumOf(pool)?.efaInterfaces ?? 0 }, (_, card) => ({
    deviceIndex: card === 0 ? 0 : 1,
    networkCardIndex: card,
    interfaceType: card === 0 ? 'efa' : 'efa-only',
    deleteOnTermination: 'true',
    securityGroups: [group],
    subnetId,
  }));
}

/** Nodes may read their key and the names of file systems, and nothing else. */
function addNodeRole(stack: AwsStack, scope: Construct, pool: BurstPool): IamRole {
  const { key } = pool.values;
  const role = new IamRole(scope, 'role', {
    name: nodeRoleName(stack.cloud, pool),
    description: `Nodes of ${poolName(pool)}`,
    assumeRolePolicy: trust({ Service: 'ec2.amazonaws.com' }),
  });
  const parameters = Mount.on(pool.cluster, pool).flatMap(({ entry }) => entry.parameter ?? []);
  const readKey: Statement =
    key.store === 'aws-secrets-manager'
      ? {
          Sid: 'ReadKey',
          Action: 'secretsmanager:GetSecretValue',
          // Secrets Manager adds six characters to each name.
          Resource: stack.arn('secretsmanager', `secret:${key.name}-??????`),
        }
      : { Sid: 'ReadKey', Action: 'ssm:GetParameter', Resource: stack.arn('ssm', `parameter${key.name}`) };
  const readNames = parameters.map((parameter) => stack.arn('ssm', `parameter${parameter}`));
  new IamRolePolicy(scope, 'role-policy', {
    name: 'node',
    role: role.id,
    policy: policy([
      readKey,
      ...(readNames.length > 0 ? [{ Sid: 'ReadFileSystems', Action: 'ssm:GetParameter', Resource: readNames }] : []),
    ]),
  });
  return role;
}
