import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { VpnGateway } from '@cdktf/provider-aws/lib/vpn-gateway';
import { VpnGatewayRoutePropagation } from '@cdktf/provider-aws/lib/vpn-gateway-route-propagation';
import type { Construct } from 'constructs';
import { firstId } from '../former-paths';
import { TAG } from '../tags';
import type { AwsStack } from './aws-stack';
import { addEndpoints } from './endpoints';
import { addNameServers } from './name-servers';
import { addNodeGroup } from './security-groups';

/** What the other parts of a stack stand in. */
export interface Network {
  readonly vpc: Vpc;
  /** Subnets of nodes and file systems, by the order of the zones. */
  readonly nodeSubnets: readonly Subnet[];
  readonly nodeRoutes: RouteTable;
  readonly nodeGroup: SecurityGroup;
  /** The private DNS zone. */
  readonly zone: Route53Zone;
}

/** Adds the network of a cloud: subnets in each zone, a way out, a way to the premises, names. */
export function addNetwork(stack: AwsStack): Network {
  const { cloud } = stack;
  const scope = stack.scopeFor('network', ['main']);
  const name = (what: string) => `${cloud.stackName}-${what}`;
  const vpc = new Vpc(scope, 'Resource', {
    cidrBlock: cloud.values.network.toString(),
    enableDnsSupport: true,
    enableDnsHostnames: true,
    tags: { Name: cloud.stackName },
  });
  // A group without rules: what forgets to name a group is reached by nobody.
  new DefaultSecurityGroup(scope, 'default-group', { vpcId: vpc.id, tags: { Name: name('default') } });

  const nodeRoutes = new RouteTable(scope, 'node-routes', { vpcId: vpc.id, tags: { Name: name('nodes') } });
  const nodeSubnets = cloud.subnets.nodes.map((subnet, index) =>
    addSubnet(scope, `node-subnet-${index + 1}`, vpc, nodeRoutes, {
      cidrBlock: subnet.toString(),
      availabilityZone: cloud.zoneNames[index],
      tags: { Name: name(`nodes-${index + 1}`), [TAG.subnet]: 'nodes' },
    }),
  );
  new VpcEndpoint(scope, 's3', {
    vpcId: vpc.id,
    serviceName: `com.amazonaws.${cloud.values.region}.s3`,
    vpcEndpointType: 'Gateway',
    routeTableIds: [nodeRoutes.id],
    tags: { Name: name('s3') },
  });
  const nodeGroup = addNodeGroup(stack, scope, vpc);
  if (cloud.values.egress === 'nat') addGateways(stack, scope, vpc, nodeRoutes);
  else addEndpoints(stack, scope, vpc, nodeSubnets, nodeGroup);
  if (cloud.values.onPremises.length > 0) addWayToPremises(scope, vpc, nodeRoutes, name('premises'));
  addNameServers(stack, scope, vpc, nodeSubnets);
  const zone = new Route53Zone(scope, 'zone', {
    name: cloud.domain,
    comment: `Names of ${firstId(cloud)}`,
    vpc: [{ vpcId: vpc.id }],
    tags: { Name: cloud.domain },
  });
  return { vpc, nodeSubnets, nodeRoutes, nodeGroup, zone };
}

function addSubnet(
  scope: Construct,
  id: string,
  vpc: Vpc,
  routes: RouteTable,
  more: { cidrBlock: string; availabilityZone?: string; tags: Record<string, string> },
): Subnet {
  const subnet = new Subnet(scope, id, { vpcId: vpc.id, mapPublicIpOnLaunch: false, ...more });
  new RouteTableAssociation(scope, `${id}-routes`, { subnetId: subnet.id, routeTableId: routes.id });
  return subnet;
}

/** One NAT gateway: a second would cost as much again, and nodes need it at their start only. */
function addGateways(stack: AwsStack, scope: Construct, vpc: Vpc, nodeRoutes: RouteTable): void {
  const { cloud } = stack;
  const tags = { Name: `${cloud.stackName}-internet` };
  const internet = new InternetGateway(scope, 'internet', { vpcId: vpc.id, tags });
  const routes = new RouteTable(scope, 'gateway-routes', {
    vpcId: vpc.id,
    tags: { Name: `${cloud.stackName}-gateways` },
  });
  new Route(scope, 'gateway-route', {
    routeTableId: routes.id,
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: internet.id,
  });
  const [first] = cloud.subnets.gateways.map((subnet, index) =>
    addSubnet(scope, `gateway-subnet-${index + 1}`, vpc, routes, {
      cidrBlock: subnet.toString(),
      availabilityZone: cloud.zoneNames[index],
      tags: { Name: `${cloud.stackName}-gateways-${index + 1}`, [TAG.subnet]: 'gateways' },
    }),
  );
  const address = new Eip(scope, 'nat-address', {
    domain: 'vpc',
    tags: { Name: `${cloud.stackName}-nat` },
    dependsOn: [internet],
  });
  const nat = new NatGateway(scope, 'nat', {
    subnetId: first!.id,
    allocationId: address.id,
    tags: { Name: `${cloud.stackName}-nat` },
    dependsOn: [internet],
  });
  new Route(scope, 'nat-route', {
    routeTableId: nodeRoutes.id,
    destinationCidrBlock: '0.0.0.0/0',
    natGatewayId: nat.id,
  });
}

/** The gateway that a VPN or Direct Connect is attached to; it tells the routes that it learns to the nodes. */
function addWayToPremises(scope: Construct, vpc: Vpc, routes: RouteTable, name: string): void {
  const gateway = new VpnGateway(scope, 'premises', { vpcId: vpc.id, tags: { Name: name } });
  new VpnGatewayRoutePropagation(scope, 'premises-routes', { vpnGatewayId: gateway.id, routeTableId: routes.id });
}
