import type { Cidr } from '../values/cidr';

/** The smallest network that has room for six subnets of nodes and six of gateways (VPC user guide: none is below /28). */
export const LONGEST_PREFIX = 22;
/** The largest network that a VPC can have. */
export const SHORTEST_PREFIX = 16;

/**
 * Divides a network: six eighths are for the nodes of up to six zones, the last eighth is for the subnets of gateways. The
 * plan depends on the network alone, so that another zone moves no subnet.
 */
export function subnetsOf(network: Cidr, zones: number): { nodes: readonly Cidr[]; gateways: readonly Cidr[] } {
  const eighth = network.prefix + 3;
  const last = network.subnet(eighth, 7);
  const each = Array.from({ length: zones }, (_, zone) => zone);
  return {
    nodes: each.map((zone) => network.subnet(eighth, zone)),
    gateways: each.map((zone) => last.subnet(eighth + 3, zone)),
  };
}

/** How many machines a subnet has addresses for: AWS keeps five (VPC user guide, "Subnet CIDR blocks"). */
export const addressesOf = (subnet: Cidr): number => subnet.size - 5;
