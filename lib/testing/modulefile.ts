import { modulefile, type ModulefileCall } from '../documents/modulefile';
import { type Kind, expectMatch } from './candidates';
import type { Wanted } from './match';
import { readDocument } from './read-document';

/** What loading a module does to a user's environment. */
export interface ModuleFacts {
  /** Directories put in front of each variable, MODULEPATH among them. */
  readonly prepends: Readonly<Record<string, readonly string[]>>;
  /** Directories put behind each variable. */
  readonly appends: Readonly<Record<string, readonly string[]>>;
  /** Variables that are set. */
  readonly env: Readonly<Record<string, string>>;
  /** Its family: loading another of that family takes this one out. */
  readonly family?: string;
  /** Modules that are loaded with it. */
  readonly dependsOn: readonly string[];
  /** Modules that it loads or asks for in another way. */
  readonly loads: readonly string[];
  readonly conflicts: readonly string[];
  readonly whatis: readonly string[];
  readonly help?: string;
  /** Properties, such as `{ lmod: ['gpu'] }`. */
  readonly properties: Readonly<Record<string, readonly string[]>>;
  /** What it tells the user who loads it. */
  readonly messages: readonly string[];
}

/** What a test wants of a module; lists may hold more, and what is left out may be anything. */
export type WantedModule = { readonly [K in keyof ModuleFacts]?: Wanted };

/** A modulefile as a test looks at it: what it does, not how it is written. */
export class Modulefile {
  /** Reads a modulefile of Lmod. */
  static parse(text: string, where = 'the modulefile'): Modulefile {
    return new Modulefile(readDocument(modulefile, text, where).calls, where);
  }

  /** What loading it does. */
  readonly facts: ModuleFacts;

  private constructor(
    /** Its calls in their order. */
    readonly calls: readonly ModulefileCall[],
    private readonly where: string,
  ) {
    this.facts = factsOf(calls);
  }

  /** Fails unless the module is what is wanted, e.g. `{ family: 'mpi', prepends: { PATH: ['/apps/openmpi/bin'] } }`. */
  has(wanted: WantedModule): this {
    const kind: Kind = { where: this.where, what: 'modulefile' };
    expectMatch(this.facts, wanted as Wanted, kind.where);
    return this;
  }
}

function factsOf(calls: readonly ModulefileCall[]): ModuleFacts {
  const of = (...names: readonly string[]) =>
    calls.filter(({ fn }) => names.includes(fn)).map(({ args }) => args.map(String));
  const byFirst = (...names: readonly string[]) => {
    const found: Record<string, string[]> = {};
    for (const [key = '', value = ''] of of(...names)) (found[key] ??= []).push(value);
    return found;
  };
  const [family, help] = [of('family')[0]?.[0], of('help')[0]?.[0]];
  return {
    prepends: byFirst('prepend_path'),
    appends: byFirst('append_path'),
    env: Object.fromEntries(of('setenv', 'pushenv').map(([key = '', value = '']) => [key, value])),
    ...(family !== undefined && { family }),
    dependsOn: of('depends_on', 'depends_on_any').flat(),
    loads: of('load', 'try_load', 'load_any', 'always_load', 'prereq', 'prereq_any').flat(),
    conflicts: of('conflict').flat(),
    whatis: of('whatis').flat(),
    ...(help !== undefined && { help }),
    properties: byFirst('add_property'),
    messages: of('LmodMessage', 'LmodWarning', 'LmodError').map((parts) => parts.join('')),
  };
}
