import type { Install } from '../stack/installs';

/** A module: a file in a folder that some MODULEPATH names. */
export interface ModuleEntry {
  /** The folder below the root of the tree, e.g. `x86_64_v3/2026.1/Core`. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** The folder that it puts on MODULEPATH: the next level of the hierarchy. */
  readonly opens?: string;
  /** Only one module of a family is loaded at a time. */
  readonly family?: string;
  /** Modules that it loads, as `name/version`. */
  readonly dependsOn: readonly string[];
  /** Whether users find it only by its full name. */
  readonly isHidden: boolean;
  /** Whether it is loaded when its name is given without a version. */
  readonly isDefault: boolean;
  /** What it is a module of; a release has none. */
  readonly install?: Install;
}

/** `gcc/13.3.0`: what users load. */
export const fullName = ({ name, version }: Pick<ModuleEntry, 'name' | 'version'>): string => `${name}/${version}`;

/** A fault of a tree of modules. */
export interface TreeFault {
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
  readonly entry: ModuleEntry;
}
