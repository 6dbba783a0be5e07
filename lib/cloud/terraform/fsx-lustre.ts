import { FsxLustreFileSystem } from '@cdktf/provider-aws/lib/fsx-lustre-file-system';
import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter';
import { firstId, idsOf } from '../former-paths';
import type { FsxLustre } from '../fsx-lustre';
import type { AwsStack } from './aws-stack';
import type { Network } from './network';
import { allowFrom, Group, serveNodes } from './security-groups';

/** Adds a Lustre file system, and the parameter in which nodes look up how it is mounted. */
export function addFsxLustre(stack: AwsStack, network: Network, lustre: FsxLustre): void {
  const { cloud } = stack;
  const { capacity, durability, throughput } = lustre.values;
  const scope = stack.scopeFor('lustre', idsOf(lustre));
  const name = `${cloud.stackName}-${firstId(lustre)}`;
  const group = new Group(scope, 'group', `${name}-lustre`, `File system ${firstId(lustre)}`, network.vpc);
  // Ports of LNET, in both directions (FSx for Lustre user guide, "Amazon VPC security groups").
  const ranges = [
    { from: 988, to: 988 },
    { from: 1018, to: 1023 },
  ];
  for (const ports of ranges) {
    serveNodes(scope, group, network.nodeGroup, 'Lustre', ports);
    group.allowFrom(`servers-${ports.from}`, { group: group.resource }, 'Between its servers', ports);
    group.allowTo(`servers-${ports.from}`, { group: group.resource }, 'Between its servers', ports);
    group.allowTo(`nodes-${ports.from}`, { group: network.nodeGroup }, 'Lustre calls its clients back', ports);
    allowFrom(
      scope,
      `nodes-in-${ports.from}`,
      network.nodeGroup,
      { group: group.resource },
      'Lustre calls its clients back',
      ports,
    );
  }
  const fileSystem = new FsxLustreFileSystem(scope, 'Resource', {
    storageCapacity: capacity.mib / 1024,
    subnetIds: [network.nodeSubnets[lustre.zoneIndex]!.id],
    securityGroupIds: [group.resource.id],
    storageType: 'SSD',
    dataCompressionType: 'LZ4',
    fileSystemTypeVersion: '2.15',
    ...(durability === 'scratch'
      ? { deploymentType: 'SCRATCH_2' }
      : {
          deploymentType: 'PERSISTENT_2',
          perUnitStorageThroughput: Number(throughput),
          automaticBackupRetentionDays: 7,
          copyTagsToBackups: true,
        }),
    tags: { Name: name },
  });
  new SsmParameter(scope, 'source', {
    name: lustre.parameter,
    description: `What is mounted of ${firstId(lustre)}`,
    type: 'String',
    value: `${fileSystem.dnsName}@tcp:/${fileSystem.mountName}`,
  });
}
