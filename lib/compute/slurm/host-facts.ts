import type { Contribution, HostGroup } from '../../app/host-fact';
import { Document } from '../../documents/document';
import type { Hostlist } from '../../values/hostlist';
import type { SlurmCluster } from '../slurm-cluster';
import { SLURMD_OPTIONS } from './cluster-documents';
import { programs } from './host-fields';

const groupName = (id: string, role: string): string => `${id.replace(/-/g, '_')}_${role}`;

/** The hosts of a cluster by what they do; other constructs contribute to them too. */
export function clusterGroups(cluster: SlurmCluster): { controller: HostGroup; login?: HostGroup; compute: HostGroup } {
  const { controller, backupController, login } = cluster.values;
  const { id } = cluster.node;
  const compute = cluster.floorPools.reduce<Hostlist | undefined>(
    (all, pool) => all?.union(pool.hosts) ?? pool.hosts,
    undefined,
  );
  return {
    controller: {
      name: groupName(id, 'controller'),
      hosts: backupController ? controller.union(backupController) : controller,
      controller: true,
    },
    ...(login && { login: { name: groupName(id, 'login'), hosts: login } }),
    compute: { name: groupName(id, 'compute'), hosts: compute ?? controller.difference(controller) },
  };
}

/** What the hosts of a cluster need to run Slurm. Nodes in a cloud are not among them: they are set up by their image. */
export function* hostFacts(cluster: SlurmCluster): Iterable<Contribution> {
  const { controller, login, compute } = clusterGroups(cluster);
  const { stateSaveLocation, configless } = cluster.values;
  const files = cluster.node.children
    .filter(Document.isDocument)
    .filter((document) => document.exists && document.host !== undefined)
    .filter((document) => document.node.id !== SLURMD_OPTIONS)
    .map((document) => ({ fact: 'file', document }) as const);
  const logs = { fact: 'directory', path: '/var/log/slurm', owner: 'slurm', group: 'slurm', mode: 0o755 } as const;
  const munge = { fact: 'service', name: 'munge' } as const;
  const confFolder = { fact: 'directory', path: '/etc/slurm', mode: 0o755 } as const;

  yield {
    group: controller,
    role: 'slurm_controller',
    facts: [
      ...programs(cluster, { debian: 'slurmctld', redhat: 'slurm-slurmctld' }),
      munge,
      confFolder,
      logs,
      { fact: 'directory', path: stateSaveLocation, owner: 'slurm', group: 'slurm', mode: 0o700 },
      ...files,
      { fact: 'service', name: 'slurmctld', after: ['slurmdbd', 'munge'], reconfigure: ['scontrol', 'reconfigure'] },
    ],
  };
  if (login) {
    yield {
      group: login,
      role: 'slurm_login',
      facts: [...programs(cluster, { debian: 'slurm-client', redhat: 'slurm' }), munge, confFolder, ...files],
    };
  }
  if (compute.hosts.count > 0) {
    const options = cluster.node.tryFindChild(SLURMD_OPTIONS);
    yield {
      group: compute,
      role: 'slurm_compute',
      facts: [
        ...programs(cluster, { debian: 'slurmd', redhat: 'slurm-slurmd' }),
        munge,
        confFolder,
        logs,
        { fact: 'directory', path: '/var/spool/slurmd', mode: 0o755 },
        ...(configless ? [] : files),
        ...(Document.isDocument(options) && options.exists ? [{ fact: 'file', document: options } as const] : []),
        { fact: 'service', name: 'slurmd', after: ['slurmctld', 'munge'] },
      ],
    };
  }
}
