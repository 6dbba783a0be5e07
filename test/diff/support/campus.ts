import type { App } from '../../../lib/app/app';
import { yaml } from '../../../lib/documents/yaml';
import { Document, Duration, NodeType, Site, Size, SlurmCluster, type SlurmClusterProps } from '../../../lib/index';

/** What tests of the diff vary of a small cluster. */
export interface Variant {
  readonly cluster?: Partial<SlurmClusterProps>;
  readonly hosts?: string;
  readonly memory?: number;
  /** Partitions with their longest time in days. @default batch and long, 7 days */
  readonly partitions?: Readonly<Record<string, number>>;
  readonly contact?: string;
  /** A document of the site's own, which no field stands behind. */
  readonly motd?: string;
}

/** A small cluster of one pool. */
export const declareSmall =
  (variant: Variant = {}) =>
  (app: App): void => {
    const site = new Site(app, 'campus', {
      domain: 'hpc.example.edu',
      contact: variant.contact ?? 'help@hpc.example.edu',
    });
    const { motd } = variant;
    if (motd) new Document(site, 'motd', { path: 'motd.yaml', format: yaml, content: () => ({ text: motd }) });
    const hpc = new SlurmCluster(site, 'hpc', { slurm: '22.05', controller: 'ctl1', ...variant.cluster });
    const type = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(variant.memory ?? 256) });
    const cpu = hpc.addNodes('cpu', { hosts: variant.hosts ?? 'cn[001-064]', type });
    for (const [name, days] of Object.entries(variant.partitions ?? { batch: 7, long: 7 })) {
      hpc.addPartition(name, { nodes: [cpu], maxTime: Duration.days(days), default: name === 'batch' });
    }
  };
