import { posix } from 'node:path';
import { modulerc } from '../documents/modulerc';
import { quote } from '../values/problem';
import { type Candidate, expectNamed, expectOne, missing } from './candidates';
import { ExpectationError } from './expectation-error';
import type { Wanted } from './match';
import { Modulefile, type WantedModule } from './modulefile';
import { readDocument } from './read-document';

/** A module of a tree. */
export interface TreeModule {
  /** What users load: `hdf5/1.14.5`. */
  readonly name: string;
  /** The folder that must be in MODULEPATH for it to be seen. */
  readonly branch: string;
  readonly modulefile: Modulefile;
  /** Whether `module avail` leaves it out. */
  readonly hidden: boolean;
  /** Whether its version is the one that the bare name loads. */
  readonly default: boolean;
}

/** What a test wants of a module of a tree. */
export interface WantedTreeModule extends WantedModule {
  readonly branch?: Wanted;
  readonly hidden?: Wanted;
  readonly default?: Wanted;
}

/** A tree of Lmod modules: modulefiles and `.modulerc.lua` files by their paths. A module's name is `name/version`. */
export class ModuleTree {
  /** Reads a tree: path -> content. Other files than `*.lua` are left out. */
  static parse(files: Readonly<Record<string, string>>): ModuleTree {
    const rules = Object.entries(files).filter(([path]) => posix.basename(path) === '.modulerc.lua');
    const modules = Object.entries(files).filter(([path]) => /(^|\/)[^./][^/]*\.lua$/.test(path));
    return new ModuleTree(
      rules.flatMap(([path, text]) => readRules(path, text)),
      modules.map(([path, text]) => [path, Modulefile.parse(text, path)]),
    );
  }

  /** Every module, in the order of the paths. */
  readonly modules: readonly TreeModule[];
  /** Other names of modules: alias -> name. */
  readonly aliases: Readonly<Record<string, string>>;

  private constructor(rules: readonly Rule[], modulefiles: readonly (readonly [path: string, file: Modulefile])[]) {
    const says = (fn: Rule['fn'], path: string, name: string) =>
      rules.some((rule) => rule.fn === fn && rule.name === name && path.startsWith(rule.below));
    this.aliases = Object.fromEntries(
      rules.filter(({ fn }) => fn === 'module_alias').map(({ alias, name }) => [alias, name]),
    );
    this.modules = modulefiles.map(([path, modulefile]) => {
      const parts = path.replace(/\.lua$/, '').split('/');
      const name = parts.slice(-2).join('/');
      return {
        name,
        branch: parts.slice(0, -2).join('/'),
        modulefile,
        hidden: says('hide_version', path, name) || says('hide_modulefile', path, path),
        default: says('module_version', path, name),
      };
    });
  }

  /** Fails unless a module of the name is what is wanted; in a hierarchy, `branch` says which one is meant. */
  hasModule(name: string, wanted?: WantedTreeModule): this;
  hasModule(wanted: WantedTreeModule): this;
  hasModule(nameOrWanted: string | WantedTreeModule, wanted: WantedTreeModule = {}): this {
    const kind = { where: 'the module tree', what: 'module' };
    if (typeof nameOrWanted === 'string') expectNamed(kind, this.candidates(), nameOrWanted, wanted as Wanted);
    else expectOne(kind, this.candidates(), nameOrWanted as Wanted);
    return this;
  }

  /** Fails when there is a module of the name. */
  lacksModule(name: string): this {
    const found = this.modules.find((module) => module.name === name);
    if (found) throw new ExpectationError(`the module tree: ${quote(name)} is in ${quote(found.branch)}`);
    return this;
  }

  /** Fails unless an alias stands for a module. */
  hasAlias(alias: string, name: string): this {
    const candidates = Object.entries(this.aliases).map(([key, target]) => ({ name: key, facts: { target } }));
    expectNamed({ where: 'the module tree', what: 'alias' }, candidates, alias, { target: name });
    return this;
  }

  /** The module of a name, the first one of a hierarchy. */
  module(name: string): Modulefile {
    const found = this.modules.find((module) => module.name === name);
    if (found) return found.modulefile;
    throw new ExpectationError(`the module tree: ${missing('module', name, this.modules)}`);
  }

  private candidates(): Candidate[] {
    return this.modules.map(({ name, branch, hidden, default: isDefault, modulefile }) => ({
      name,
      facts: { branch, hidden, default: isDefault, ...modulefile.facts },
    }));
  }
}

/** One line of a `.modulerc.lua`. */
interface Rule {
  readonly fn: 'module_version' | 'module_alias' | 'hide_version' | 'hide_modulefile';
  /** The module, or the path of its file, that it speaks of. */
  readonly name: string;
  /** What the line calls it: `default`, or an alias. */
  readonly alias: string;
  /** The folder that the line holds for. */
  readonly below: string;
}

/** A file in the folder of a name holds for that name, and may leave it out: `/1.14.5`. */
function readRules(path: string, text: string): Rule[] {
  const folder = posix.dirname(path);
  return readDocument(modulerc, text, path).calls.flatMap(({ fn, args }): Rule[] => {
    const [first = '', second = ''] = args.map(String);
    const [name, alias] = fn === 'module_alias' ? [second, first] : [first, second];
    if (fn === 'module_version' && alias !== 'default') return [{ fn: 'module_alias', name, alias, below: '' }];
    const full = name.startsWith('/') && fn !== 'hide_modulefile' ? posix.basename(folder) + name : name;
    return [{ fn, name: full, alias, below: folder === '.' ? '' : `${folder}/` }];
  });
}
