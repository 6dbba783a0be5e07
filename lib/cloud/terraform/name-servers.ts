import { Route53ResolverEndpoint } from '@cdktf/provider-aws/lib/route53-resolver-endpoint';
import { Route53ResolverRule } from '@cdktf/provider-aws/lib/route53-resolver-rule';
import { Route53ResolverRuleAssociation } from '@cdktf/provider-aws/lib/route53-resolver-rule-association';
import type { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcDhcpOptions } from '@cdktf/provider-aws/lib/vpc-dhcp-options';
import { VpcDhcpOptionsAssociation } from '@cdktf/provider-aws/lib/vpc-dhcp-options-association';
import type { Construct } from 'constructs';
import { ruleOf, Group } from './security-groups';
import type { AwsStack } from './aws-stack';

const DNS = { from: 53, to: 53 };

/**
 * Names of the premises for nodes: slurm.conf names the controller by its short name, so the sites' domains are searched,
 * and the resolver of the network asks the site's name servers for them.
 */
export function addNameServers(stack: AwsStack, scope: Construct, vpc: Vpc, subnets: readonly Subnet[]): void {
  const { cloud } = stack;
  const { region, nameServers } = cloud.values;
  const internal = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  const domains = cloud.siteDomains;
  const options = new VpcDhcpOptions(scope, 'dhcp', {
    domainName: [internal, ...domains].join(' '),
    domainNameServers: ['AmazonProvidedDNS'],
    tags: { Name: cloud.stackName },
  });
  new VpcDhcpOptionsAssociation(scope, 'dhcp-network', { vpcId: vpc.id, dhcpOptionsId: options.id });
  if (nameServers.length === 0 || domains.length === 0) return;

  const group = new Group(
    scope,
    'resolver',
    `${cloud.stackName}-resolver`,
    'Questions to name servers on the premises',
    vpc,
  );
  for (const server of nameServers) {
    group.allowTo(`${ruleOf(server)}-udp`, { network: `${server}/32` }, 'Name server', DNS, 'udp');
    group.allowTo(`${ruleOf(server)}-tcp`, { network: `${server}/32` }, 'Name server', DNS);
  }
  const endpoint = new Route53ResolverEndpoint(scope, 'resolver-endpoint', {
    name: `${cloud.stackName}-premises`,
    direction: 'OUTBOUND',
    securityGroupIds: [group.resource.id],
    // At least two addresses (Route 53 developer guide, "Outbound endpoints"), in two zones where there are two.
    ipAddress: [0, 1].map((n) => ({ subnetId: subnets[n % subnets.length]!.id })),
    tags: { Name: `${cloud.stackName}-premises` },
  });
  for (const domain of domains) {
    const id = domain.replaceAll('.', '-');
    const rule = new Route53ResolverRule(scope, `resolver-${id}`, {
      name: `${cloud.stackName}-${id}`.slice(0, 64),
      domainName: domain,
      ruleType: 'FORWARD',
      resolverEndpointId: endpoint.id,
      targetIp: nameServers.map((ip) => ({ ip })),
      tags: { Name: domain },
    });
    new Route53ResolverRuleAssociation(scope, `resolver-${id}-network`, { vpcId: vpc.id, resolverRuleId: rule.id });
  }
}
