import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { Construct } from 'constructs';
import type { AwsStack } from './aws-stack';

/** Whom a rule opens to: a network, or the machines of a group. */
export type Peer = { readonly network: string } | { readonly group: SecurityGroup };

/** What a rule lets through; nothing named is every protocol. */
export interface Ports {
  readonly from: number;
  readonly to: number;
}

/** The arguments of a rule. */
function rule(group: SecurityGroup, peer: Peer, description: string, ports?: Ports, protocol = 'tcp') {
  return {
    securityGroupId: group.id,
    description,
    ...('network' in peer ? { cidrIpv4: peer.network } : { referencedSecurityGroupId: peer.group.id }),
    ...(ports ? { ipProtocol: protocol, fromPort: ports.from, toPort: ports.to } : { ipProtocol: '-1' }),
  };
}

/** A group with rules: each rule is a resource of its own, so that a review shows the one that changes. */
export class Group {
  readonly resource: SecurityGroup;

  constructor(
    private readonly scope: Construct,
    private readonly id: string,
    name: string,
    description: string,
    vpc: Vpc,
  ) {
    this.resource = new SecurityGroup(scope, id, { name, description, vpcId: vpc.id, tags: { Name: name } });
  }

  /** Lets connections in. */
  allowFrom(name: string, peer: Peer, description: string, ports?: Ports): void {
    allowFrom(this.scope, `${this.id}-in-${name}`, this.resource, peer, description, ports);
  }

  /** Lets connections out. */
  allowTo(name: string, peer: Peer, description: string, ports?: Ports, protocol?: string): void {
    allowTo(this.scope, `${this.id}-out-${name}`, this.resource, peer, description, ports, protocol);
  }
}

type Rule = [
  scope: Construct,
  id: string,
  group: SecurityGroup,
  peer: Peer,
  description: string,
  ports?: Ports,
  protocol?: string,
];

/** Lets connections into a group that is declared elsewhere. */
export function allowFrom(...[scope, id, ...what]: Rule): void {
  new VpcSecurityGroupIngressRule(scope, id, rule(...what));
}

/** Lets connections out of a group that is declared elsewhere. */
export function allowTo(...[scope, id, ...what]: Rule): void {
  new VpcSecurityGroupEgressRule(scope, id, rule(...what));
}

/** Lets nodes connect to a service, on both sides. */
export function serveNodes(
  scope: Construct,
  service: Group,
  nodes: SecurityGroup,
  description: string,
  ports: Ports,
): void {
  service.allowFrom(`nodes-${ports.from}`, { group: nodes }, description, ports);
  allowTo(scope, `nodes-out-${ports.from}`, nodes, { group: service.resource }, description, ports);
}

/** A name for the rule of a network that stays the same when networks before it go. */
export const ruleOf = (network: string): string => network.replaceAll(/[./]/g, '-');

const SLURMD = { from: 6818, to: 6818 };
const HTTPS = { from: 443, to: 443 };

/** The group of nodes: among themselves they speak as they like, from the premises they hear slurmctld and srun. */
export function addNodeGroup(stack: AwsStack, scope: Construct, vpc: Vpc): SecurityGroup {
  const { cloud } = stack;
  const group = new Group(scope, 'nodes', `${cloud.stackName}-nodes`, 'Burst nodes', vpc);
  // EFA needs every protocol between the nodes, in both directions (EC2 user guide, "Get started with EFA and MPI").
  group.allowFrom('nodes', { group: group.resource }, 'Between nodes: MPI, EFA, srun');
  group.allowTo('nodes', { group: group.resource }, 'Between nodes: MPI, EFA, srun');
  for (const network of cloud.values.onPremises.map(String)) {
    group.allowFrom(ruleOf(network), { network }, 'slurmctld and srun to slurmd', SLURMD);
    // srun and sattach listen on ports that the kernel chooses; file systems and directories are on the premises, too.
    group.allowTo(ruleOf(network), { network }, 'Services on the premises');
  }
  if (cloud.values.egress === 'nat') group.allowTo('https', { network: '0.0.0.0/0' }, 'APIs of AWS, packages', HTTPS);
  return group.resource;
}
