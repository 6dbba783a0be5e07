import { closest } from '../values/closest';
import type { Problem } from '../values/problem';
import type { AwsCloud } from './aws-cloud';
import { awsRegions, REGIONS_DATE, zonesOf } from './aws-region';
import { LONGEST_PREFIX, SHORTEST_PREFIX } from './subnet-plan';

type Field = 'region' | 'network' | 'zones' | 'onPremises';
type Report = (problem: Problem, field?: Field, at?: string) => void;

/** What is wrong with a cloud as a whole. */
export function checkCloud(cloud: AwsCloud, clouds: readonly AwsCloud[], report: Report): void {
  checkRegion(cloud, report);
  checkNetwork(cloud, report);
  checkOverlaps(cloud, clouds, report);
}

function checkRegion(cloud: AwsCloud, report: Report): void {
  const { region, zones } = cloud.values;
  if (!awsRegions.includes(region)) {
    const near = closest(region, awsRegions);
    report(
      {
        code: 'HPC5030',
        message: `the region '${region}' is not among those of ${REGIONS_DATE}`,
        fix: near ? `did you mean '${near}'?` : 'acknowledge it when the region is newer',
        severity: near ? 'error' : 'warning',
      },
      'region',
    );
  }
  const known = zonesOf(region).length;
  if (zones > known)
    report({ code: 'HPC5033', message: `${zones} zones are asked for, '${region}' has ${known}` }, 'zones');
}

function checkNetwork(cloud: AwsCloud, report: Report): void {
  const { network } = cloud.values;
  if (network.family !== 4) {
    report({ code: 'HPC5031', message: `'${network}' is an IPv6 network; the network of a cloud is IPv4` }, 'network');
  } else if (network.prefix < SHORTEST_PREFIX || network.prefix > LONGEST_PREFIX) {
    const message = `'${network}' cannot be divided into subnets: the prefix is from /${SHORTEST_PREFIX} to /${LONGEST_PREFIX}`;
    report({ code: 'HPC5031', message }, 'network');
  }
}

/** Two networks that a router shall tell apart must not share an address. */
function checkOverlaps(cloud: AwsCloud, clouds: readonly AwsCloud[], report: Report): void {
  const { network, onPremises } = cloud.values;
  for (const [index, other] of onPremises.entries()) {
    if (!network.overlaps(other)) continue;
    const message = `the network '${network}' of the cloud overlaps with '${other}' on the premises; no route could tell them apart`;
    report({ code: 'HPC5032', message }, 'onPremises', `[${index}]`);
  }
  for (const other of clouds.slice(0, clouds.indexOf(cloud))) {
    if (network.overlaps(other.values.network)) {
      const message = `the network '${network}' overlaps with '${other.values.network}' of '${other.node.path}'`;
      report({ code: 'HPC5032', message }, 'network');
    }
    if (cloud.stackName === other.stackName) {
      report({ code: 'HPC5045', message: `'${other.node.path}' has the stack '${cloud.stackName}' too` });
    }
  }
}
