import type { Contribution } from '../../app/host-fact';
import type { IModuleTree } from '../../software/module-tree-interface';
import type { SlurmCluster } from '../slurm-cluster';
import { clusterGroups } from './host-facts';

/** Where a cluster offers modules. */
export interface ModulesProps {
  /** Whether users have them where they log in, not only in jobs. @default true */
  readonly login?: boolean;
}

/** Modules that a cluster offers. */
export interface ProvidedModules extends ModulesProps {
  readonly tree: IModuleTree;
}

/** What the login and compute nodes of a cluster need so that users find the modules that it provides. */
export function* moduleFacts(cluster: SlurmCluster, provided: readonly ProvidedModules[]): Iterable<Contribution> {
  const { login, compute } = clusterGroups(cluster);
  const factsOf = (trees: readonly ProvidedModules[]) => trees.flatMap(({ tree }) => tree.hostFacts());
  const [onLogin, inJobs] = [factsOf(provided.filter(({ login: isThere = true }) => isThere)), factsOf(provided)];
  if (login && onLogin.length > 0) yield { group: login, role: 'modules', facts: onLogin };
  if (compute.hosts.count > 0 && inJobs.length > 0) yield { group: compute, role: 'modules', facts: inJobs };
}
