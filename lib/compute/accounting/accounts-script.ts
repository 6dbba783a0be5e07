import { byCodeUnit } from '../../values/json';
import type { Setting } from './limits';
import type { Account } from './account';
import type { Qos } from './qos';

/** One line of the script: a function of the template and its words. */
export type AccountCommand = readonly ['add' | 'modify' | 'place', ...string[]];

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

/** The calls of sacctmgr that bring a database to what is declared: QOS first, then accounts from the root, then users. */
export function accountCommands({ federation, clusters, qos, accounts, tracked }: AccountRecords): AccountCommand[] {
  const limited = ['cpu', 'mem', 'node', ...tracked];
  const commands: AccountCommand[] = clusters.map((name) => ['add', 'cluster', name]);
  if (federation !== undefined) {
    commands.push(['add', 'federation', federation]);
    commands.push(['place', 'federation', federation, 'set', `Clusters=${clusters.join(',')}`]);
  }
  for (const entry of qos) commands.push(['add', 'qos', entry.node.id]);
  for (const entry of qos) commands.push(['modify', 'qos', entry.node.id, 'set', ...words(entry.settings(limited))]);
  const fromRoot = [...accounts].sort(
    (a, b) => a.ancestors.length - b.ancestors.length || byCodeUnit(a.node.id, b.node.id),
  );
  for (const account of fromRoot) {
    const name = account.node.id;
    const parent = account.values.parent?.node.id ?? 'root';
    commands.push(['add', 'account', name, `Cluster=${clusters.join(',')}`, `Parent=${parent}`]);
    commands.push(['modify', 'account', name, 'set', ...words(account.identity())]);
    for (const cluster of clusters) {
      const association = ['account', name, 'where', `Cluster=${cluster}`, 'set'];
      commands.push(['place', ...association, `Parent=${parent}`]);
      commands.push(['modify', ...association, ...words(account.association(limited))]);
    }
    for (const user of account.values.users) {
      commands.push(['add', 'user', user, `Account=${name}`, `Cluster=${clusters.join(',')}`]);
    }
    if (account.values.coordinators.length > 0) {
      commands.push(['add', 'coordinator', `Account=${name}`, `Names=${account.values.coordinators.join(',')}`]);
    }
  }
  return commands;
}
