import type { IConstruct } from 'constructs';
import type { IDocument } from '../documents/document';
import type { Cidr } from '../values/cidr';
import type { Hostlist } from '../values/hostlist';

/** A construct with this method offers facts for hosts; the Ansible renderer finds it by a walk over the tree. */
export const HOST_FACTS = Symbol.for('hpcdk/host-facts');

/** Hosts that get the same: the controller of a cluster, its compute nodes. Becomes a group of the inventory. */
export interface HostGroup {
  /** Name in the inventory: lower-case letters, digits and `_`, starting with a letter; unique in its site. */
  readonly name: string;
  readonly hosts: Hostlist;
  /** Whether they control the others; the first one of the group keeps the manifest of what was deployed. @default false */
  readonly controller?: boolean;
}

/** A construct with this property stands for hosts: what is declared below it for hosts holds on those. */
export const HOST_GROUP = Symbol.for('hpcdk/host-group');

/** The group of the nearest construct, at or above this one, that stands for hosts. */
export function hostGroupOf(construct: IConstruct): HostGroup | undefined {
  for (const scope of construct.node.scopes.reverse()) {
    const group = (scope as { [HOST_GROUP]?: HostGroup })[HOST_GROUP];
    if (group) return group;
  }
  return undefined;
}

/** When a fact is brought about: hosts are prepared, files placed, services started, and then commands are run. */
export const PHASES = ['prepare', 'configure', 'start', 'settle'] as const;
export type Phase = (typeof PHASES)[number];

/** One thing that shall hold on a host. The union is closed: packages of third parties add nouns, not facts. */
export type HostFact =
  /** A package of the distribution; names per family where they differ. */
  | { readonly fact: 'package'; readonly debian: string; readonly redhat: string }
  /** A file; where it stands and who reads it is said by the document. */
  | { readonly fact: 'file'; readonly document: IDocument }
  /** A folder that is ours whole: files in it that we do not emit are removed. Paths of documents are relative to `from`. */
  | { readonly fact: 'tree'; readonly path: string; readonly from: string; readonly documents: readonly IDocument[] }
  | {
      readonly fact: 'directory';
      readonly path: string;
      readonly owner?: string;
      readonly group?: string;
      readonly mode: number;
    }
  | {
      readonly fact: 'user';
      readonly name: string;
      readonly uid?: number;
      readonly home?: string;
      readonly shell?: string;
    }
  | {
      readonly fact: 'mount';
      readonly source: string;
      readonly path: string;
      readonly type: string;
      readonly options: readonly string[];
    }
  | { readonly fact: 'limit'; readonly domain: string; readonly item: string; readonly value: number | 'unlimited' }
  | { readonly fact: 'sysctl'; readonly name: string; readonly value: string }
  | { readonly fact: 'port'; readonly port: number; readonly protocol: 'tcp' | 'udp'; readonly from: Cidr }
  /** A service that is enabled and runs. `after`: services that must be restarted before it when both are. */
  | {
      readonly fact: 'service';
      readonly name: string;
      readonly after?: readonly string[];
      readonly reconfigure?: readonly string[];
    }
  /** A command that is run only while `unless` fails: a second run of the play changes nothing. */
  | {
      readonly fact: 'command';
      readonly name: string;
      readonly command: readonly string[];
      readonly unless: readonly string[];
      /** A service that must not start or be restarted before it was run. @default - it is run after all services */
      readonly before?: string;
    };

/** Facts for the hosts of a group. */
export interface Contribution {
  readonly group: HostGroup;
  /** The Ansible role that they become, e.g. `slurm_controller`: lower-case letters, digits and `_`. */
  readonly role: string;
  /** @default - by the fact: packages, users, directories, mounts, limits prepare; files configure; services start; commands settle */
  readonly phase?: Phase;
  readonly facts: readonly HostFact[];
}

/** A construct that offers facts for hosts. */
export interface HostContributor extends IConstruct {
  [HOST_FACTS](): Iterable<Contribution>;
}

/** Says whether a construct offers facts for hosts. */
export function contributesToHosts(construct: IConstruct): construct is HostContributor {
  return typeof (construct as Partial<HostContributor>)[HOST_FACTS] === 'function';
}
