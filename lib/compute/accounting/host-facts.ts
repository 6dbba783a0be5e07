import type { Contribution } from '../../app/host-fact';
import type { Document } from '../../documents/document';
import { clusterGroups } from '../slurm/host-facts';
import { programs } from '../slurm/host-fields';
import type { SlurmDatabase } from './slurm-database';

/** Whether the script that stands on the host was run to its end. */
const APPLIED = ['cmp', '-s', '/etc/slurm/accounts.sh', '/var/lib/hpcdk/accounts.sh'];

/** What the hosts of an accounting database need: slurmdbd, and on a controller the script of its accounts. */
export function* databaseHostFacts(database: SlurmDatabase): Iterable<Contribution> {
  const [conf, script] = ['slurmdbd.conf', 'accounts.sh'].map((id) => database.node.findChild(id) as Document);
  const id = database.node.id.replace(/-/g, '_');
  yield {
    group: { name: `${id}_slurmdbd`, hosts: database.values.host },
    role: 'slurm_database',
    facts: [
      ...programs(database, { debian: 'slurmdbd', redhat: 'slurm-slurmdbd' }),
      { fact: 'directory', path: '/etc/slurm', mode: 0o755 },
      { fact: 'directory', path: '/var/log/slurm', owner: 'slurm', group: 'slurm', mode: 0o755 },
      { fact: 'file', document: conf as Document },
      { fact: 'service', name: 'munge' },
      { fact: 'service', name: 'slurmdbd', after: ['munge'] },
    ],
  };
  const first = database.clusters.find(({ values }) => values.ownership === 'owned');
  if (!first || database.values.ownership === 'observed') return; // no site has such a script before we come
  yield {
    group: clusterGroups(first).controller,
    role: 'slurm_accounts',
    facts: [
      { fact: 'file', document: script as Document },
      {
        fact: 'command',
        name: 'add clusters and QOS, which slurmctld wants to find',
        command: ['/etc/slurm/accounts.sh', 'names'],
        unless: APPLIED,
        before: 'slurmctld',
      },
      {
        fact: 'command',
        name: 'bring QOS, accounts and users to what the definition states',
        command: [
          'sh',
          '-c',
          '/etc/slurm/accounts.sh && install -D -m 0640 /etc/slurm/accounts.sh /var/lib/hpcdk/accounts.sh',
        ],
        unless: APPLIED,
      },
    ],
  };
}
