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
  allowFrom(rule: string, peer: Peer, description: string, ports?: Ports): void {
    new VpcSecurityGroupIngressRule(this.scope, `${this.id}-in-${rule}`, this.rule(peer, description, ports));
  }

  /** Lets connections out. */
  allowTo(rule: string, peer: Peer, description: string, ports?: Ports, protocol = 'tcp'): void {
    new VpcSecurityGroupEgressRule(this.scope, `${this.id}-out-${rule}`, this.rule(peer, description, ports, protocol));
  }

  private rule(peer: Peer, description: string, ports?: Ports, protocol = 'tcp') {
    return {
      securityGroupId: this.resource.id,
      description,
      ...('network' in peer ? { cidrIpv4: peer.network } : { referencedSecurityGroupId: peer.group.id }),
      ...(ports ? { ipProtocol: protocol, fromPort: ports.from, toPort: ports.to } : { ipProtocol: '-1' }),
    };
  }
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
