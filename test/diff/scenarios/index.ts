import { cloud } from './cloud';
import { cluster } from './cluster';
import { hosts } from './hosts';
import { limits } from './limits';
import { live } from './live';
import { nodes } from './nodes';
import { noise } from './noise';
import { parity } from './parity';
import { partitions } from './partitions';
import type { Scenario } from './scenario';
import { software } from './software';
import { storage } from './storage';

/** Every scenario, by domain. */
export const scenarios: Readonly<Record<string, readonly Scenario[]>> = {
  partitions,
  limits,
  nodes,
  cluster,
  storage,
  software,
  cloud,
  parity,
  hosts,
  live,
  noise,
};

/** A scenario by its title. */
export function scenario(title: string): Scenario {
  const found = Object.values(scenarios)
    .flat()
    .find((one) => one.title === title);
  if (!found) throw new Error(`there is no scenario ${title}`);
  return found;
}
