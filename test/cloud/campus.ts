import { Site } from '../../lib/app/site';
import { AwsCloud, type AwsCloudProps } from '../../lib/cloud/aws-cloud';
import { type BurstPoolProps } from '../../lib/compute/burst-pool';
import { NodeType } from '../../lib/compute/node-type';
import { Purchase } from '../../lib/compute/purchase';
import { SlurmCluster, type SlurmClusterProps } from '../../lib/compute/slurm-cluster';
import { SecretRef } from '../../lib/values/secret-ref';
import { Size } from '../../lib/values/size';
import { newApp } from './support';

/** A pool that nothing is wrong with. */
export const poolProps = {
  instanceTypes: ['c7i.24xlarge', 'c6i.24xlarge'],
  max: 32,
  purchase: Purchase.spotThenOnDemand(),
  image: '/hpc/images/compute',
  key: SecretRef.secretsManager('hpc/munge-key'),
} satisfies Omit<BurstPoolProps, 'cloud'>;

export const powerSaving = {
  resumeProgram: '/usr/local/sbin/burst-resume',
  suspendProgram: '/usr/local/sbin/burst-suspend',
};

/** A site with nodes on the floor, a cloud, and pools in it, each with a partition of its own. */
export function campus(
  pools: Readonly<Record<string, Partial<BurstPoolProps>>> = { burst: {} },
  more: { cluster?: Partial<SlurmClusterProps>; cloud?: Partial<AwsCloudProps> } = {},
) {
  const app = newApp();
  const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const hpc = new SlurmCluster(site, 'hpc', { slurm: '22.05', controller: 'ctl1', powerSaving, ...more.cluster });
  const cpu = hpc.addNodes('cpu', {
    hosts: 'cn[001-064]',
    type: NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) }),
  });
  hpc.addPartition('batch', { nodes: [cpu], default: true });
  const aws = new AwsCloud(app, 'aws', {
    region: 'eu-central-1',
    network: '10.42.0.0/16',
    onPremises: ['10.0.0.0/12'],
    ...more.cloud,
  });
  const burst = Object.entries(pools).map(([id, props]) => {
    const pool = hpc.addBurstNodes(id, { ...poolProps, cloud: aws, ...props });
    hpc.addPartition(`cloud-${id}`, { nodes: [pool] });
    return pool;
  });
  return { app, site, hpc, cpu, aws, burst };
}
