import {
  type Account,
  type App,
  Compiler,
  define,
  ExistingLustre,
  ExistingNfs,
  ModuleTree,
  Mpi,
  type NodePool,
  NodeType,
  type Qos,
  readTable,
  type Row,
  Site,
  Size,
  SlurmCluster,
  SlurmDatabase,
  SlurmVersion,
  SoftwareStack,
} from 'hpcdk';
import { ACCOUNTS, NODES, PARTITIONS, SOFTWARE } from './ulhpc/columns';
import { publishedQos, qosOf } from './ulhpc/qos';
import { releases } from './ulhpc/releases';

/*
 * Aion and Iris, the clusters of the University of Luxembourg (ULHPC), as their public documentation describes them:
 * https://hpc-docs.uni.lu, repository ULHPC/ulhpc-docs at commit 5d0f9a2be1fdeed52c06a4d93c08219e7a616ac4 of 2026-08-06.
 * Comments name its pages with the date of their last change; docs/stacks/ulhpc.md says what is left out and why.
 * This is an example made from facts that anybody can read. It is not how the centre configures its machines.
 */

/** What hpcdk must know and the documentation does not say. None of it is a fact about ULHPC. */
const unpublished = {
  database: 'unpublished-slurmdbd',
  federation: 'unpublished',
  // there are two for each cluster: slides of 2022-07-13 that slurm/index links
  controllers: (cluster: string) => ({
    controller: `unpublished-${cluster}-ctl1`,
    backupController: `unpublished-${cluster}-ctl2`,
    stateSaveLocation: '/unpublished/slurmctld',
  }),
  lustreServer: 'unpublished@o2ib',
  isilon: { server: 'unpublished-isilon', export: '/unpublished' },
  software: '/unpublished/apps', // the centre's own, below /opt/apps/easybuild, is built by EasyBuild
  modules: '/unpublished/modules',
};

/** Slurm 23.11.10: login banner of 2025-02-18 in connect/windows (2026-04-20). */
const slurm = SlurmVersion.V23_11;

/** What differs between the clusters beside their nodes and partitions. */
const clusters = {
  aion: {
    login: 'unpublished-aion-access[1-2]', // access[1-2] of Aion (systems/aion/index, 2026-01-12); in full not published
    targets: ['zen2'], // AMD Rome; the centre calls its builds epyc
    architecture: 'epyc',
    releases: ['2020b', '2023b'],
  },
  iris: {
    login: 'access[1-2].iris-cluster.uni.lux', // systems/iris/index (2026-01-12), and the login banner
    targets: ['broadwell', 'skylake_avx512'], // the centre's broadwell and skylake
    architecture: 'broadwell',
    releases: ['2019b', '2020b', '2023b'], // software/swsets/2019b (2022-04-30) is of Iris alone
  },
} as const;
type ClusterName = keyof typeof clusters;

export default define((app) => {
  const ulhpc = new Site(app, 'ulhpc', { domain: 'uni.lux', contact: 'hpc-team@uni.lu' });
  const accounting = declareAccounting(app, ulhpc);

  // file systems (filesystems/index, 2026-01-12). Home and projects are on GPFS, which mounts itself.
  const scratch = new ExistingLustre(ulhpc, 'scratch', {
    mgs: [unpublished.lustreServer],
    name: 'lscratch', // `lfs df` in filesystems/lustre (2026-03-08)
    path: '/mnt/lscratch',
  });
  const projects = new ExistingNfs(ulhpc, 'isilon', { ...unpublished.isilon, path: '/mnt/isilon/projects' });

  const nodes = readTable(app, 'stacks/ulhpc/nodes.csv', NODES);
  const partitions = readTable(app, 'stacks/ulhpc/partitions.csv', PARTITIONS);
  const software = readTable(app, 'stacks/ulhpc/software.csv', SOFTWARE);
  for (const name of ['aion', 'iris'] as const) {
    const cluster = declareCluster(ulhpc, name, accounting);
    addNodes(
      cluster,
      nodes.filter((row) => row.cluster === name),
      partitions.filter((row) => row.cluster === name),
    );
    scratch.mountOn(cluster);
    projects.mountOn(cluster);
    // there is no module command where users log in (systems/aion/index, systems/iris/index)
    cluster.provide(declareModules(ulhpc, name, software), { login: false });
  }
});

/** One accounting database, and a federation of both clusters (slurm/index, 2026-08-03). */
function declareAccounting(app: App, ulhpc: Site): SlurmDatabase {
  const accounting = new SlurmDatabase(ulhpc, 'accounting', {
    host: unpublished.database,
    slurm,
    federation: unpublished.federation,
  });
  const qos: Record<string, Qos> = {};
  for (const [name, { cluster: _cluster, partition: _partition, ...limits }] of Object.entries(publishedQos)) {
    const { besteffort } = qos;
    qos[name] = accounting.addQos(name, { ...limits, ...(besteffort && { preempt: [besteffort] }) });
  }
  // what every association has in the listings of slurm/accounts (2026-04-20); `long` of then is one QOS per partition now
  const everyones = Object.values(qos).filter(({ node }) => /^(besteffort|debug|low|normal)$|-long$/.test(node.id));
  const accounts = new Map<string, Account>();
  for (const { name, parent, share, description } of readTable(app, 'stacks/ulhpc/accounts.csv', ACCOUNTS)) {
    const place = parent ? { parent: accounts.get(parent) } : { qos: everyones };
    accounts.set(name, accounting.addAccount(name, { description, fairshare: share, ...place }));
  }
  return accounting;
}

function declareCluster(ulhpc: Site, name: ClusterName, database: SlurmDatabase): SlurmCluster {
  return new SlurmCluster(ulhpc, name, {
    slurm,
    ...unpublished.controllers(name),
    login: clusters[name].login,
    database,
    // `sprio -w` on the slides of 2022-07-13; the half-life of usage and the oldest age that counts are not published
    priorityWeights: { age: 2000, fairshare: 3000, partition: 10_000, qos: 1000 },
    // jobs of besteffort are killed, or queued again when submitted with --requeue (jobs/best-effort, 2025-06-10)
    options: { PreemptType: 'preempt/qos', PreemptMode: 'REQUEUE', JobRequeue: '0' },
    // no topology: systems/*/interconnect (2026-01-12) counts switches and does not say which node is at which leaf
  });
}

function addNodes(
  cluster: SlurmCluster,
  nodes: readonly Row<typeof NODES>[],
  partitions: readonly Row<typeof PARTITIONS>[],
): void {
  const pools = new Map<string, NodePool>();
  for (const { name, hosts, features, gpus, gpu_cores, ...row } of nodes) {
    // RealMemory is not published: what is installed less the usual reserve, below what jobs/hwloc (2025-09-04) shows
    const type = NodeType.of({
      sockets: row.sockets,
      cores: row.cores_per_socket,
      memory: row.memory,
      ...(gpus && { gres: [{ name: 'gpu', count: gpus, cores: gpu_cores }] }),
    });
    pools.set(name, cluster.addNodes(name, { hosts, features, type }));
  }
  for (const { name, ...row } of partitions) {
    const held = (row.nodes ?? []).flatMap((pool) => pools.get(pool) ?? []);
    cluster.addPartition(name, {
      nodes: held,
      default: row.default,
      defaultTime: row.default_time,
      maxTime: row.max_time,
      maxNodes: row.max_nodes,
      priorityTier: row.priority_tier,
      allowQos: qosOf(cluster.node.id, name),
      ...(held.length > 0 && { defaultMemoryPerCpu: shareOfMemory(held) }),
    });
  }
}

/** Jobs get memory in proportion to their cores (policies/usage-charging, 2026-01-12): the least of the nodes, per core. */
const shareOfMemory = (pools: readonly NodePool[]): Size =>
  Size.mib(Math.min(...pools.map(({ shape }) => Math.floor(shape.memory.mib / (shape.sockets * shape.cores)))));

/** The releases of a cluster; 2020b by default (login banner in connect/windows). */
function declareModules(ulhpc: Site, cluster: ClusterName, software: readonly Row<typeof SOFTWARE>[]): ModuleTree {
  const { targets, architecture } = clusters[cluster];
  const known = software.filter(({ spack, architectures }) => spack && architectures.includes(architecture));
  const stacks = clusters[cluster].releases.map((release) => {
    const { gcc, openmpi, specs } = releases[release];
    return new SoftwareStack(ulhpc, `${cluster}-${release}`, {
      release,
      compilers: [Compiler.gcc(gcc)],
      mpis: [Mpi.openmpi(openmpi)],
      targets,
      specs: release === '2020b' ? known.map(({ spack, version }) => `${spack}@${version}`) : specs,
      root: `${unpublished.software}/${cluster}`,
    });
  });
  return new ModuleTree(ulhpc, `${cluster}-modules`, {
    stacks,
    defaultRelease: '2020b',
    names: Object.fromEntries(known.map(({ spack, name }) => [spack, name])),
    root: `${unpublished.modules}/${cluster}`,
  });
}
