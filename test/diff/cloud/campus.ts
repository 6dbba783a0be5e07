import type { App } from '../../../lib/app/app';
import { Site } from '../../../lib/app/site';
import { AwsCloud, type AwsCloudProps } from '../../../lib/cloud/aws-cloud';
import type { BurstPoolProps } from '../../../lib/compute/burst-pool';
import { NodeType } from '../../../lib/compute/node-type';
import { SlurmCluster, type SlurmClusterProps } from '../../../lib/compute/slurm-cluster';
import { Size } from '../../../lib/values/size';
import { poolProps, powerSaving } from '../../cloud/campus';

/** A small site with a cloud and its pools, declared in an app. */
export function declareCampus(
  app: App,
  pools: Readonly<Record<string, Partial<BurstPoolProps>>> = { burst: {} },
  cloud: Partial<AwsCloudProps> = {},
  cluster: Partial<SlurmClusterProps> = {},
) {
  const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const hpc = new SlurmCluster(site, 'hpc', { slurm: '22.05', controller: 'ctl1', powerSaving, ...cluster });
  const cpu = hpc.addNodes('cpu', {
    hosts: 'cn[001-064]',
    type: NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) }),
  });
  hpc.addPartition('batch', { nodes: [cpu], default: true });
  const aws = new AwsCloud(app, 'aws', {
    region: 'eu-central-1',
    network: '10.42.0.0/16',
    onPremises: ['192.168.0.0/16'],
    ...cloud,
  });
  const nodes = Object.entries(pools).map(([id, props]) => {
    const pool = hpc.addBurstNodes(id, { ...poolProps, cloud: aws, ...props });
    hpc.addPartition(`cloud-${id}`, { nodes: [pool] });
    return pool;
  });
  return { site, hpc, aws, nodes };
}
