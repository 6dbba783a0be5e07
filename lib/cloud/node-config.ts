import { Document } from '../documents/document';
import { renderTemplate } from '../documents/template';
import type { BurstPool } from '../compute/burst-pool';
import { Mount } from '../storage/mount';
import type { Report } from '../values/problem';
import type { AwsCloud } from './aws-cloud';
import { type CloudConfig, cloudConfig } from './cloud-config';
import { TAG } from './tags';

const SCRIPT = '/usr/local/sbin/hpcdk-join';

/** Adds what the nodes of a pool do at their first boot, as a file of the pool. */
export function addNodeConfig(cloud: AwsCloud, pool: BurstPool): void {
  new Document<CloudConfig>(pool, 'cloud-init', {
    path: `cloud-init/${pool.node.id}.yaml`,
    format: cloudConfig,
    content: () => nodeConfig(cloud, pool, () => undefined),
    check: (_content, report) => void joinScript(cloud, pool, report),
  });
}

/** The text that instances get as their user data. */
export function userData(cloud: AwsCloud, pool: BurstPool): string {
  const ignore = () => undefined; // reported once, where the file is rendered
  return cloudConfig.print(nodeConfig(cloud, pool, ignore), ignore);
}

function nodeConfig(cloud: AwsCloud, pool: BurstPool, report: Report): CloudConfig {
  return {
    preserve_hostname: true,
    write_files: [{ path: SCRIPT, permissions: '0700', content: joinScript(cloud, pool, report) }],
    runcmd: [[SCRIPT]],
  };
}

/** The script that makes an instance a node. It holds the name of the key, never the key. */
export function joinScript(cloud: AwsCloud, pool: BurstPool, report: Report): string {
  const { key, multithreading } = pool.values;
  const munge = !pool.usesSlurmKey;
  const mounts = Mount.on(pool.cluster, pool).map(({ entry }) => ({
    type: entry.type,
    path: entry.path,
    source: entry.source ?? '',
    parameter: entry.parameter ?? false,
    options: entry.options.join(','),
  }));
  const context = {
    region: cloud.values.region,
    nodeTag: `tags/instance/${TAG.node}`,
    singleThread: !multithreading,
    keyInSecretsManager: key.store === 'aws-secrets-manager',
    keyName: key.name,
    keyFolder: munge ? '/etc/munge' : '/etc/slurm',
    keyFolderMode: munge ? '0700' : '0755',
    keyFile: munge ? '/etc/munge/munge.key' : '/etc/slurm/slurm.key',
    keyOwner: munge ? 'munge' : 'slurm',
    munge,
    mounts,
    servers: pool.controllers.map((host) => `${host}:6817`).join(','),
  };
  return renderTemplate('cloud/join.sh', context, report);
}
