import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import type { Construct } from 'constructs';
import type { AwsStack } from './aws-stack';
import { Group, serveNodes } from './security-groups';

/** What a node asks at its start: its key and the names of file systems. */
const SERVICES = ['secretsmanager', 'ssm'];
const HTTPS = { from: 443, to: 443 };

/** Private endpoints of the APIs that nodes ask, for a network without a way to the internet. */
export function addEndpoints(
  stack: AwsStack,
  scope: Construct,
  vpc: Vpc,
  subnets: readonly Subnet[],
  nodes: SecurityGroup,
): void {
  const { cloud } = stack;
  const group = new Group(scope, 'endpoints', `${cloud.stackName}-endpoints`, 'Endpoints of the APIs of AWS', vpc);
  serveNodes(scope, group, nodes, 'APIs of AWS', HTTPS);
  for (const service of SERVICES) {
    new VpcEndpoint(scope, service, {
      vpcId: vpc.id,
      serviceName: `com.amazonaws.${cloud.values.region}.${service}`,
      vpcEndpointType: 'Interface',
      privateDnsEnabled: true,
      subnetIds: subnets.map((subnet) => subnet.id),
      securityGroupIds: [group.resource.id],
      tags: { Name: `${cloud.stackName}-${service}` },
    });
  }
}
