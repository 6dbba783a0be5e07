import type { App } from '../../../lib/app/app';
import { yaml } from '../../../lib/documents/yaml';
import {
  Document,
  Duration,
  type NodePool,
  type NodePoolProps,
  NodeType,
  type NodeTypeProps,
  type PartitionProps,
  Site,
  Size,
  SlurmCluster,
  type SlurmClusterProps,
  SlurmDatabase,
} from '../../../lib/index';

/** What tests of the diff vary of a small cluster. */
export interface Variant {
  readonly cluster?: Partial<SlurmClusterProps>;
  readonly hosts?: string;
  /** The id of the pool. @default cpu */
  readonly poolId?: string;
  readonly memory?: number;
  /** What else the nodes have, and what is said of them. */
  readonly type?: Partial<NodeTypeProps>;
  readonly pool?: Partial<NodePoolProps>;
  /** Partitions with their longest time in days, or what differs from 7 days. @default batch and long, 7 days */
  readonly partitions?: Readonly<Record<string, number | Partial<PartitionProps>>>;
  readonly contact?: string;
  /** A document of the site's own, which no field stands behind. */
  readonly motd?: string;
  /** What the accounting database holds. @default - there is none */
  readonly accounting?: (database: SlurmDatabase) => void;
  /** What else stands at the site. */
  readonly more?: (small: Small) => void;
}

/** The constructs of a small cluster. */
export interface Small {
  readonly app: App;
  readonly site: Site;
  readonly hpc: SlurmCluster;
  readonly cpu: NodePool;
}

/** A small cluster of one pool. */
export const declareSmall =
  (variant: Variant = {}) =>
  (app: App): void => {
    const site = new Site(app, 'campus', {
      domain: 'hpc.example.edu',
      contact: variant.contact ?? 'help@hpc.example.edu',
    });
    const { motd, accounting } = variant;
    if (motd) new Document(site, 'motd', { path: 'motd.yaml', format: yaml, content: () => ({ text: motd }) });
    const slurm = variant.cluster?.slurm ?? '22.05';
    const database = accounting && new SlurmDatabase(site, 'accounting', { host: 'db1', slurm });
    if (database) accounting(database);
    const hpc = new SlurmCluster(site, 'hpc', {
      slurm,
      controller: 'ctl1',
      ...(database && { database }),
      ...variant.cluster,
    });
    const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(variant.memory ?? 256), ...variant.type });
    const cpu = hpc.addNodes(variant.poolId ?? 'cpu', { hosts: variant.hosts ?? 'cn[001-064]', type, ...variant.pool });
    for (const [name, partition] of Object.entries(variant.partitions ?? { batch: 7, long: 7 })) {
      const props = typeof partition === 'number' ? { maxTime: Duration.days(partition) } : partition;
      hpc.addPartition(name, { nodes: [cpu], maxTime: Duration.days(7), default: name === 'batch', ...props });
    }
    variant.more?.({ app, site, hpc, cpu });
  };
