import type { IConstruct } from 'constructs';
import type { AwsCloud } from '../aws-cloud';
import type { AwsRefs } from '../terraform-hatch';
import { contributesToTerraform, TERRAFORM } from '../terraform-hatch';
import type { AwsStack } from './aws-stack';
import { addBurstPool } from './burst-pool';
import { addService } from './kinds';
import { addNetwork, type Network } from './network';

/** Fills the stack of a cloud. Says whether everything could be added. */
export function fillStack(stack: AwsStack): boolean {
  const { cloud } = stack;
  const network = addNetwork(stack);
  for (const construct of cloud.node.findAll()) addService(stack, network, construct);
  for (const pool of cloud.pools) addBurstPool(stack, network, pool);
  return addOwn(stack, refsOf(stack, network), cloud);
}

function refsOf(stack: AwsStack, network: Network): AwsRefs {
  return {
    vpcId: network.vpc.id,
    subnetIds: network.nodeSubnets.map((subnet) => subnet.id),
    routeTableIds: [network.nodeRoutes.id],
    nodeSecurityGroupId: network.nodeGroup.id,
    zoneId: network.zone.zoneId,
    accountId: stack.accountId,
  };
}

/** What the definition and packages of others add, after everything that is ours. */
function addOwn(stack: AwsStack, refs: AwsRefs, cloud: AwsCloud): boolean {
  const attempt = (construct: IConstruct, add: () => void): boolean => {
    try {
      add();
      return true;
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      stack.report(
        {
          code: 'HPC5041',
          message: `resources of '${construct.node.path}' could not be added: ${what
            .trim()
            .split(/\s*\n\s*/)
            .join('; ')}`,
        },
        construct,
      );
      return false;
    }
  };
  const contributors = cloud.node.findAll().filter(contributesToTerraform);
  return [
    ...contributors.map((construct) => attempt(construct, () => construct[TERRAFORM](stack, refs))),
    ...cloud.additions.map((add) => attempt(cloud, () => add(stack, refs))),
  ].every((sound) => sound);
}

const LEVELS: Readonly<Record<string, 'error' | 'warning'>> = { '@cdktf/error': 'error', '@cdktf/warn': 'warning' };

/** Hands on what resources of the stack report through cdktf. Says whether none of it is an error. */
export function reportAnnotations(stack: AwsStack): boolean {
  let sound = true;
  for (const construct of stack.node.findAll()) {
    for (const { type, data } of construct.node.metadata) {
      const severity = LEVELS[type];
      if (!severity) continue;
      if (severity === 'error') sound = false;
      const message = `'${construct.node.path}' of the stack: ${String(data)
        .trim()
        .split(/\s*\n\s*/)
        .join('; ')}`;
      stack.report({ code: severity === 'error' ? 'HPC5042' : 'HPC5043', severity, message }, stack.cloud);
    }
  }
  return sound;
}
