import { byCodeUnit } from '../../values/json';
import type { Setting } from './limits';
import type { Account } from './account';
import type { Qos } from './qos';

/** One line of the script: a function of the template and its words. */
export type AccountCommand = readonly ['add' | 'known' | 'modify' | 'place' | 'preempt', ...string[]];

/** What the accounts of a database are made of. */
export interface AccountRecords {
  /** The federation that the clusters form. */
  readonly federation?: string;
  readonly clusters: readonly string[];
  readonly qos: readonly Qos[];
  readonly accounts: readonly Account[];
  /** The trackable resources beyond cpu, mem and node, e.g. `gres/gpu:a100`. */
  readonly tracked: readonly string[];
}

const words = (settings: readonly Setting[]): string[] => settings.map(([key, value]) => `${key}=${value}`);

/**
 * What slurmctld wants to find in the database when it starts: it stops at a partition whose QOS is not there. Limits come
 * later, because sacctmgr refuses those on resources that slurmctld tells the database of.
 */
export function nameCommands({ federation, clusters, qos }: AccountRecords): AccountCommand[] {
  const members = `Clusters=${clusters.join(',')}`;
  return [
    ...clusters.map((name) => ['add', 'cluster', name] as const),
    ...(federation === undefined
      ? []
      : ([
          ['add', 'federation', federation],
          ['place', 'federation', federation, 'set', members],
        ] as const)),
    ...qos.map(({ node }) => ['add', 'qos', node.id] as const),
  ];
}

/** The calls of sacctmgr that bring a database to what is declared: QOS first, then accounts from the root, then users. */
export function accountCommands({ clusters, qos, accounts, tracked }: AccountRecords): AccountCommand[] {
  const wanted = qos.length + accounts.length > 0 ? tracked : [];
  const limited = ['cpu', 'mem', 'node', ...tracked];
  const fromRoot = [...accounts].sort(
    (a, b) => a.ancestors.length - b.ancestors.length || byCodeUnit(a.node.id, b.node.id),
  );
  return [
    ...wanted.map((name) => ['known', name.replace('/', '|')] as const),
    ...qosCommands(qos, limited),
    ...fromRoot.flatMap((account) => [...commandsOf(account, clusters, limited)]),
  ];
}

function qosCommands(qos: readonly Qos[], limited: readonly string[]): AccountCommand[] {
  const lists = qos.map(
    ({ node, values }) => [node.id, values.preempt.map((other) => other.node.id).join(',')] as const,
  );
  return [
    ...qos.map((entry) => ['modify', 'qos', entry.node.id, 'set', ...words(entry.settings(limited))] as const),
    // lists that become empty come last: the template says why
    ...lists.filter(([, list]) => list !== '').map((list) => ['preempt', ...list] as const),
    ...lists.filter(([, list]) => list === '').map((list) => ['preempt', ...list] as const),
  ];
}

function* commandsOf(
  account: Account,
  clusters: readonly string[],
  limited: readonly string[],
): Iterable<AccountCommand> {
  const name = account.node.id;
  const { parent, users, coordinators } = account.values;
  const above = `Parent=${parent?.node.id ?? 'root'}`;
  const everywhere = `Cluster=${clusters.join(',')}`;
  yield ['add', 'account', name, everywhere, above];
  yield ['modify', 'account', name, 'set', ...words(account.identity())];
  yield ['place', 'account', name, 'where', everywhere, 'set', above];
  yield ['modify', 'account', name, 'where', everywhere, 'set', ...words(account.association(limited))];
  for (const user of users) yield ['add', 'user', user, `Account=${name}`, everywhere];
  if (coordinators.length > 0) yield ['add', 'coordinator', `Account=${name}`, `Names=${coordinators.join(',')}`];
}
