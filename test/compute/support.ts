import { type App, define, NodeType, Site, Size, SlurmCluster, type SlurmClusterProps, SlurmVersion } from '../../lib';
import { synthesize } from '../../lib/testing/synthesize';
import type { TestOutput } from '../../lib/testing/test-output';

/** Two sockets of 32 cores, 256 GiB: RealMemory 250880 after the reserve of 11 GiB. */
export const thin = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) });
/** One socket of 32 cores with two threads each and four GPUs. */
export const gpuNode = NodeType.of({
  sockets: 1,
  cores: 32,
  threads: 2,
  memory: Size.gib(512),
  gres: [{ name: 'gpu', type: 'a100', count: 4 }],
});

/** What a definition of one site comes to. */
export const onSite = (declare: (site: Site, app: App) => void): Promise<TestOutput> =>
  synthesize(
    define((app) =>
      declare(new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' }), app),
    ),
  );

/** What a definition of one cluster comes to; it has 64 nodes and a partition `batch` of them. */
export const onCluster = (
  props: Partial<SlurmClusterProps>,
  declare: (cluster: SlurmCluster, site: Site) => void = () => undefined,
): Promise<TestOutput> =>
  onSite((site) => {
    const hpc = new SlurmCluster(site, 'hpc', { slurm: SlurmVersion.V22_05, controller: 'ctl1', ...props });
    hpc.addPartition('batch', { nodes: [hpc.addNodes('cpu', { hosts: 'cn[001-064]', type: thin })] });
    declare(hpc, site);
  });
