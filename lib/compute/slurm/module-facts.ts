import type { Contribution } from '../../app/host-fact';
import type { IModuleTree } from '../../software/module-tree-interface';
import type { SlurmCluster } from '../slurm-cluster';
import { clusterGroups } from './host-facts';

/** What the login and compute nodes of a cluster need so that users find the modules that it provides. */
export function* moduleFacts(cluster: SlurmCluster, trees: readonly IModuleTree[]): Iterable<Contribution> {
  const facts = trees.flatMap((tree) => tree.hostFacts());
  const { login, compute } = clusterGroups(cluster);
  if (facts.length === 0) return;
  if (login) yield { group: login, role: 'modules', facts };
  if (compute.hosts.count > 0) yield { group: compute, role: 'modules', facts };
}
