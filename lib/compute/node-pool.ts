import type { Construct } from 'constructs';
import { NO_EFFECT } from '../app/effects';
import { defaulted, type Fields, optional, required } from '../app/field';
import type { HostGroup } from '../app/host-fact';
import { type FaultReport, Noun } from '../app/noun';
import { MOUNT_GROUPS } from '../storage/mount-target';
import { hostlist, integer, matching, size } from '../values/codecs';
import { list } from '../values/collections';
import type { Hostlist } from '../values/hostlist';
import type { Size } from '../values/size';
import { sharedFiles } from './gres';
import { type NodeShape, type NodeType, nodeType } from './node-type';
import { checkHosts, type INodes, markAsNodes } from './nodes';
import { SLURM, type SlurmContribution } from './slurm/contribution';
import { FEATURES, NODE_SET, NODE_SHAPE, NODES_ADDED, reconfigure, SYSTEM_SHARE } from './slurm/effects';
import { nodeRecords } from './slurm/node-records';

/** Nodes of one type. */
export interface NodePoolProps {
  /** Their names, e.g. `cn[001-064]`. */
  readonly hosts: string | Hostlist;
  /** What each of them has. */
  readonly type: NodeType;
  /** Words that jobs can ask for with `--constraint`. @default [] */
  readonly features?: readonly string[];
  /** Nodes with a lower weight are given out first. @default 1 */
  readonly weight?: number;
  /** Cores kept from jobs on each node, for system and file system daemons. @default 0 */
  readonly systemCores?: number;
  /** Memory kept from jobs on each node, on top of the reserve of the node type. @default - none */
  readonly systemMemory?: Size;
}

/** A word that jobs name with `--constraint`. */
export const feature = matching({
  what: 'a node feature',
  pattern: /^[A-Za-z][A-Za-z0-9_.-]*$/,
  allowed:
    'letters, digits, dots, "_" and "-", starting with a letter; &, | and brackets are operators of --constraint',
  max: 63,
});

const POWER = NO_EFFECT('no host gets it; it says what the room has to supply and to cool');

const fields = {
  hosts: required(hostlist, { section: 'capacity', effects: NODE_SET }),
  type: required(nodeType, {
    section: 'capacity',
    effects: NODE_SHAPE,
    keys: (key) => (key === 'power' ? { effects: POWER, unrendered: true } : undefined),
  }),
  features: defaulted(list(feature, { item: 'feature', ordered: true }), [], {
    section: 'contract',
    effects: FEATURES,
  }),
  weight: defaulted(integer(0, 4294967280), 1, {
    section: 'other',
    effects: { any: reconfigure('it changes which nodes new jobs get first') },
  }),
  systemCores: defaulted(integer(0, 1024), 0, { section: 'capacity', effects: SYSTEM_SHARE }),
  systemMemory: optional(size, { section: 'capacity', effects: SYSTEM_SHARE }),
} as const satisfies Fields<NodePoolProps>;

/** Nodes of one type on the floor of the centre. */
export class NodePool extends Noun<typeof fields> implements INodes {
  static readonly kind = 'NodePool';
  static readonly docs = 'compute/node-pool';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'capacity' as const,
    added: NODES_ADDED,
    removed: NODE_SET,
    moved: NO_EFFECT('Slurm knows nodes by their host names, not by the pool'),
  };

  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id, NodePool, props);
    markAsNodes(this);
  }

  get hosts(): Hostlist {
    return this.values.hosts;
  }

  get shape(): NodeShape {
    return this.values.type.shape;
  }

  [MOUNT_GROUPS](): readonly HostGroup[] {
    const cluster = this.node.scopes.filter(Noun.isNoun).find(({ definition }) => definition.kind === 'SlurmCluster');
    const name = [cluster?.node.id, 'nodes', this.node.id]
      .join('_')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '_');
    return [{ name, hosts: this.hosts }];
  }

  override check(report: FaultReport<typeof fields>, alike: readonly NodePool[]): void {
    const { hosts, systemCores, systemMemory } = this.values;
    if (hosts.count === 0) report({ code: 'HPC4102', message: 'the pool has no hosts' }, 'hosts');
    checkHosts(this, alike, (problem) => report(problem, 'hosts'));
    const [shared] = sharedFiles(this.shape.gres);
    if (shared !== undefined) {
      const message = `${shared} belongs to two resources of the node type`;
      report({ code: 'HPC4105', message, fix: "state the files of each, e.g. files: '/dev/nvidia[0-1]'" }, 'type');
    }
    const cores = this.shape.sockets * this.shape.cores;
    if (systemCores >= cores) {
      report(
        { code: 'HPC4103', message: `${systemCores} system cores leave nothing of the ${cores} of a node` },
        'systemCores',
      );
    }
    if (systemMemory && systemMemory.bytes >= this.shape.memory.bytes) {
      const message = `${systemMemory} of system memory leaves nothing of the ${this.shape.memory} of a node`;
      report({ code: 'HPC4104', message }, 'systemMemory');
    }
  }

  [SLURM](): SlurmContribution {
    const { features, weight, systemCores, systemMemory } = this.values;
    return nodeRecords({ hosts: this.hosts, shape: this.shape, features, weight }, [
      ['CoreSpecCount', systemCores || undefined],
      ['MemSpecLimit', systemMemory?.mib],
    ]);
  }
}
