import type { Modulerc } from '../../documents/modulerc';
import { sortedEntries } from '../../values/json';
import type { ModuleTree } from '../module-tree';
import { fullName, type ModuleEntry } from './entry';

/** The `.modulerc.lua` of a folder: defaults, aliases and what is hidden. */
export function modulercOf(tree: ModuleTree, entries: readonly ModuleEntry[]): Modulerc {
  const several = (entry: ModuleEntry) => entries.some((other) => other.name === entry.name && other !== entry);
  const has = (name: string) => entries.some((entry) => fullName(entry) === name || entry.name === name);
  return {
    calls: [
      ...entries
        .filter((entry) => entry.isDefault && several(entry))
        .map((entry) => ({ fn: 'module_version' as const, args: [fullName(entry), 'default'] })),
      ...sortedEntries(tree.values.aliases)
        .filter(([, module]) => has(module))
        .map(([alias, module]) => ({ fn: 'module_alias' as const, args: [alias, module] })),
      ...entries
        .filter(({ isHidden }) => isHidden)
        .map((entry) => ({ fn: 'hide_version' as const, args: [fullName(entry)] })),
    ],
  };
}
