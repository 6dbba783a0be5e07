import type { PoolReport } from '../compute/burst-cloud';
import type { BurstPool } from '../compute/burst-pool';
import type { NodeShape } from '../compute/node-type';
import type { GresProps } from '../compute/gres';
import { closest } from '../values/closest';
import { Size } from '../values/size';
import type { AwsCloud } from './aws-cloud';
import { checkId } from './check-id';
import { firstId } from './former-paths';
import { type PoolMinimum, poolMinimum } from './pool-minimum';
import { addressesOf } from './subnet-plan';
import type { Report } from '../values/problem';

/** What all instance types of a pool have. */
export const minimumOf = (pool: BurstPool, report: Report = () => undefined): PoolMinimum | undefined =>
  poolMinimum(pool.values.instanceTypes, report, pool.values.multithreading ? {} : { threadsPerCore: 1 });

/** What a node of a pool offers to jobs. */
export function shapeOf(pool: BurstPool): NodeShape | undefined {
  const minimum = minimumOf(pool);
  if (!minimum) return undefined;
  const { cores, threadsPerCore: threads, slurmMemoryMib } = minimum;
  return { sockets: 1, cores, threads, memory: Size.mib(slurmMemoryMib), gres: gresOf(minimum) };
}

/** The device files are those of each maker's driver; slurmd refuses a resource whose files are missing. */
function gresOf({ gpus, accelerators }: PoolMinimum): GresProps[] {
  const numbered = (path: string, first: number, count: number) =>
    count === 1 ? `${path}${first}` : `${path}[${first}-${first + count - 1}]`;
  const gpuFiles =
    gpus &&
    (gpus.manufacturer === 'AMD'
      ? numbered('/dev/dri/renderD', 128, gpus.count)
      : numbered('/dev/nvidia', 0, gpus.count));
  return [
    ...(gpus ? [{ name: 'gpu', type: gpus.name, count: gpus.count, files: gpuFiles }] : []),
    ...(accelerators
      ? [
          {
            name: 'neuron',
            type: accelerators.name,
            count: accelerators.count,
            files: numbered('/dev/neuron', 0, accelerators.count),
          },
        ]
      : []),
  ];
}

/** The zones that nodes of a pool may stand in. Neighbours and EFA are possible within one zone only. */
export function zonesOfPool(cloud: AwsCloud, pool: BurstPool): readonly string[] {
  const { zones, placement, efa } = pool.values;
  if (zones) return cloud.zoneNames.filter((zone) => zones.includes(zone));
  return placement || efa ? cloud.zoneNames.slice(0, 1) : cloud.zoneNames;
}

/** What AWS finds wrong with a pool. */
export function checkPool(cloud: AwsCloud, pool: BurstPool, report: PoolReport): void {
  checkId(pool, report);
  const minimum = minimumOf(pool, (problem, at) => report(problem, 'instanceTypes', at));
  if (minimum) checkTypes(pool, minimum, report);
  checkZones(cloud, pool, report);
  checkNames(cloud, pool, report);
}

function checkTypes(pool: BurstPool, { types }: PoolMinimum, report: PoolReport): void {
  const { efa, placement, purchase } = pool.values;
  for (const [index, type] of types.entries()) {
    const at = `[${index}]`;
    if (efa && type.efaInterfaces === 0) {
      report(
        { code: 'HPC5035', message: `'${type.name}' has no EFA`, fix: 'take a type that has, or leave efa out' },
        'instanceTypes',
        at,
      );
    }
    if (placement && !type.clusterPlacement) {
      report({ code: 'HPC5036', message: `'${type.name}' cannot stand in a placement group` }, 'instanceTypes', at);
    }
    if (purchase.usesSpot && !type.spot) {
      report({ code: 'HPC5048', message: `'${type.name}' is not sold as a spot instance` }, 'instanceTypes', at);
    }
  }
}

function checkZones(cloud: AwsCloud, pool: BurstPool, report: PoolReport): void {
  const { zones = [], placement, efa, max } = pool.values;
  for (const [index, zone] of zones.entries()) {
    if (cloud.zoneNames.includes(zone)) continue;
    const near = closest(zone, cloud.zoneNames);
    const fix = near ? `did you mean '${near}'?` : `it has ${cloud.zoneNames.join(', ')}`;
    report({ code: 'HPC5037', message: `'${cloud.node.path}' has no zone '${zone}'`, fix }, 'zones', `[${index}]`);
  }
  if ((placement || efa) && zones.length > 1) {
    const message = `${placement ? 'a placement group' : 'EFA'} stays within one zone, the pool names ${zones.length}`;
    report({ code: 'HPC5036', message, fix: 'make one pool for each zone' }, 'zones');
  }
  const free = cloud.zoneNames.reduce(
    (sum, zone, index) =>
      sum + (zonesOfPool(cloud, pool).includes(zone) ? addressesOf(cloud.subnets.nodes[index]!) : 0),
    0,
  );
  if (max > free && free > 0) {
    report(
      {
        code: 'HPC5047',
        message: `${max} nodes do not fit into subnets of ${free} addresses`,
        fix: 'declare a larger network',
      },
      'max',
    );
  }
}

/** Names of IAM are shorter than those of all else (IAM quotas: 64 characters for a role). */
function checkNames(cloud: AwsCloud, pool: BurstPool, report: PoolReport): void {
  const name = nodeRoleName(cloud, pool);
  if (name.length > 64) {
    report({
      code: 'HPC5038',
      message: `the role '${name}' would have ${name.length} characters, IAM takes 64`,
      fix: 'give cloud, cluster or pool a shorter id',
    });
  }
  const twin = cloud.pools.slice(0, cloud.pools.indexOf(pool)).find((other) => poolName(other) === poolName(pool));
  if (twin) {
    report({
      code: 'HPC5039',
      message: `'${twin.node.path}' has nodes in '${cloud.node.path}' under the name '${poolName(pool)}' too`,
    });
  }
}

/** What a pool is called in AWS: as at first, whatever it was renamed to. */
export const poolName = (pool: BurstPool): string => `${firstId(pool.cluster)}-${firstId(pool)}`;

/** The role of the nodes of a pool. */
export const nodeRoleName = (cloud: AwsCloud, pool: BurstPool): string => `${cloud.stackName}-${poolName(pool)}-node`;

/** The role that the controller of a cluster takes to start and end nodes. */
export const burstRoleName = (cloud: AwsCloud, cluster: string): string => `${cloud.stackName}-${cluster}-controller`;

/** The launch template of a pool. */
export const templateName = (cloud: AwsCloud, pool: BurstPool): string => `${cloud.stackName}-${poolName(pool)}`;
