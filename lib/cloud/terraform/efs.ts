import { EfsBackupPolicy } from '@cdktf/provider-aws/lib/efs-backup-policy';
import { EfsFileSystem } from '@cdktf/provider-aws/lib/efs-file-system';
import { EfsMountTarget } from '@cdktf/provider-aws/lib/efs-mount-target';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { MOUNT_GROUPS } from '../../storage/mount-target';
import type { Efs } from '../efs';
import { firstId, idsOf } from '../former-paths';
import type { AwsStack } from './aws-stack';
import type { Network } from './network';
import { Group, ruleOf, serveNodes } from './security-groups';

const NFS = { from: 2049, to: 2049 };

/** Adds an NFS file system with a door in each zone and a name of our choice. */
export function addEfs(stack: AwsStack, network: Network, efs: Efs): void {
  const { cloud } = stack;
  const scope = stack.scopeFor('efs', idsOf(efs));
  const name = `${cloud.stackName}-${firstId(efs)}`;
  const fileSystem = new EfsFileSystem(scope, 'Resource', {
    creationToken: name,
    encrypted: true,
    throughputMode: efs.values.throughput,
    tags: { Name: name },
  });
  new EfsBackupPolicy(scope, 'backup', {
    fileSystemId: fileSystem.id,
    backupPolicy: { status: efs.values.backup ? 'ENABLED' : 'DISABLED' },
  });
  const group = new Group(scope, 'group', `${name}-efs`, `File system ${firstId(efs)}`, network.vpc);
  serveNodes(scope, group, network.nodeGroup, 'NFS', NFS);
  if (isMountedOnPremises(efs)) {
    for (const range of cloud.values.onPremises.map(String))
      group.allowFrom(ruleOf(range), { network: range }, 'Hosts on the premises', NFS);
  }
  network.nodeSubnets.forEach((subnet, index) => {
    new EfsMountTarget(scope, `zone-${index + 1}`, {
      fileSystemId: fileSystem.id,
      subnetId: subnet.id,
      securityGroups: [group.resource.id],
    });
  });
  new Route53Record(scope, 'name', {
    zoneId: network.zone.zoneId,
    name: efs.hostName,
    type: 'CNAME',
    ttl: 300,
    records: [fileSystem.dnsName],
  });
}

/** Whether any host that Ansible sets up mounts it. */
const isMountedOnPremises = (efs: Efs): boolean =>
  efs.mounts.some((mount) => mount.values.on[MOUNT_GROUPS]().length > 0);
