import type { Codec } from '../../values/codec';
import { integer, matching } from '../../values/codecs';
import { map } from '../../values/collections';
import { closest } from '../../values/closest';
import { sortedEntries } from '../../values/json';
import type { Problem } from '../../values/problem';

/** Amounts by trackable resource: `cpu`, `mem` in MiB, `node`, `gres/gpu`, `gres/gpu:a100`, `license/name`, `billing`, `energy`. */
export type Tres = Readonly<Record<string, number>>;

/** Limits by trackable resource in field tables (slurm.conf(5), AccountingStorageTRES). */
export const tres: Codec<Tres> = map(
  integer(0, 2 ** 53 - 1),
  matching({
    what: 'a trackable resource',
    pattern:
      /^(cpu|mem|node|billing|energy|vmem|pages|bb\/[a-z]+|fs\/[a-z]+|license\/[A-Za-z0-9_.-]+|gres\/[a-z][a-z0-9_]*(:[a-z][a-z0-9_.-]*)?)$/,
    allowed: 'cpu, mem, node, billing, energy, gres/<name>[:<type>] or license/<name>',
  }),
);

/** `cpu=100,gres/gpu:a100=4` of sacctmgr. */
export const tresText = (limits: Tres): string =>
  sortedEntries(limits)
    .map(([name, amount]) => `${name}=${amount}`)
    .join(',');

/** What is wrong with limits on generic resources that no cluster of the database has: sacctmgr refuses them. */
export function* undeclaredGres(limits: Tres | undefined, tracked: readonly string[]): Iterable<Problem> {
  for (const name of Object.keys(limits ?? {})) {
    if (!name.startsWith('gres/') || tracked.includes(name)) continue;
    const near = closest(name, tracked);
    yield {
      code: 'HPC4146',
      message: `no node has '${name}'`,
      fix: near ? `did you mean '${near}'?` : 'declare it as gres of a node type',
    };
  }
}
