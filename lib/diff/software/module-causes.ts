import type { Json } from '../../values/json';
import type { FieldChange } from '../change-set';
import type { Comparison } from '../comparison';
import type { Entry } from '../model';
import type { ModuleChange, ModuleChanges } from './module-changes';
import type { Stack } from './stack';

/** A module that has another name now. */
export interface Renamed {
  readonly release: string;
  readonly from: string;
  readonly to: string;
}

const nameOf = (module: string): string => module.replace(/\/.*/, '');

/** Which changes of fields stand behind a change of what users load. */
export class Causes {
  private readonly fields: readonly FieldChange[];
  /** The names of modules that differ from those of their packages, before and now. */
  private readonly names: readonly [Readonly<Record<string, Json>>, Readonly<Record<string, Json>>];

  constructor(
    private readonly tree: string,
    private readonly stacks: readonly Stack[],
    private readonly entries: readonly Entry[],
    private readonly comparison: Comparison,
  ) {
    const change = this.changeOf(tree);
    this.fields = change?.fields ?? [];
    const values = change ? [change.before.values, change.after.values] : [];
    this.names = [namesIn(values[0]), namesIn(values[1])];
  }

  /** The entry of a field of the tree, when its change names the module or the name of it. */
  ofTree(field: string, module?: string): Entry | undefined {
    const entry = this.entryOf(this.tree, field);
    if (!entry || module === undefined) return entry;
    const change = this.fields.find((one) => one.field === field);
    return change && this.termsOf(change).has(nameOf(module)) ? entry : undefined;
  }

  /** The entry of a field of a release's stack that brings a module, when its change names the package. */
  ofStack(release: string, module: string): Entry | undefined {
    const stack = this.stacks.find((one) => one.release === release);
    const fields = (stack && this.changeOf(stack.path)?.fields) ?? [];
    for (const name of ['compilers', 'mpis', 'core', 'specs']) {
      const change = fields.find(({ field }) => field === name);
      const entry = stack && change && this.entryOf(stack.path, name);
      if (entry && this.termsOf(change).has(nameOf(module))) return entry;
    }
    return undefined;
  }

  /** Modules that the tree only names otherwise, apart from those that come and go. */
  renames({ vanished, came }: ModuleChanges): {
    readonly renamed: readonly Renamed[];
    readonly vanished: readonly ModuleChange[];
    readonly came: readonly ModuleChange[];
  } {
    if (!this.entryOf(this.tree, 'names')) return { renamed: [], vanished, came };
    const [was, is] = this.names;
    const packages = new Map(Object.entries(was).map(([own, name]) => [String(name), own]));
    const renamed: Renamed[] = [];
    for (const { module, release } of vanished) {
      const own = packages.get(nameOf(module)) ?? nameOf(module);
      const to = String(is[own] ?? own) + module.slice(nameOf(module).length);
      if (came.some((one) => one.module === to && one.release === release)) renamed.push({ release, from: module, to });
    }
    return {
      renamed,
      vanished: vanished.filter(({ module }) => !renamed.some(({ from }) => from === module)),
      came: came.filter(({ module }) => !renamed.some(({ to }) => to === module)),
    };
  }

  private changeOf(path: string) {
    const change = this.comparison.changes.constructs.find((one) => one.path === path && one.change === 'changed');
    return change?.change === 'changed' ? change : undefined;
  }

  private entryOf(path: string, field: string): Entry | undefined {
    return this.entries.find((entry) => entry.path === path && entry.field === field && entry.level === 'field');
  }

  /** The names that a change of a list or map speaks of: packages, and the modules of them. */
  private termsOf({ change }: FieldChange): Set<string> {
    const terms = (change.items ?? []).flatMap(({ key, before, after }) => [key, before, after].flatMap(wordsOf));
    return new Set(terms.flatMap((term) => [term, ...this.names.map((names) => String(names[term] ?? term))]));
  }
}

const namesIn = (values: Readonly<Record<string, Json>> | undefined): Readonly<Record<string, Json>> => {
  const names = values?.names;
  return typeof names === 'object' && names !== null && !Array.isArray(names) ? (names as Record<string, Json>) : {};
};

/** The first words of texts: `gcc` of `gcc@13.3.0`, `gcc-13.3.0` and `gcc/13.3.0`. */
function wordsOf(value: Json | undefined): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap((part) => wordsOf(part as Json));
  const text = String(value ?? '');
  return [text.replace(/[@/+~ ].*/, ''), text.replace(/-\d.*/, '')];
}
