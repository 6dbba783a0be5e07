import type { IConstruct } from 'constructs';
import type { HostFact } from '../app/host-fact';
import type { Codec } from '../values/codec';
import { reference } from '../values/codecs';

const MODULE_TREE = Symbol.for('hpcdk/ModuleTree');

/** Modules that hosts can offer to their users: a tree of ours, or one of another package. */
export interface IModuleTree extends IConstruct {
  /** What a host needs so that users of it find the modules. */
  hostFacts(): readonly HostFact[];
}

/** Marks a construct as modules that hosts can offer. */
export function markAsModuleTree(construct: IModuleTree): void {
  Object.defineProperty(construct, MODULE_TREE, { value: true });
}

/** Says whether `x` is modules that hosts can offer. */
export const isModuleTree = (x: unknown): x is IModuleTree => typeof x === 'object' && x !== null && MODULE_TREE in x;

/** Module trees in field tables. */
export const moduleTree: Codec<IModuleTree> = reference('a module tree', isModuleTree);
