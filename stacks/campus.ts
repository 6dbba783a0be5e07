import {
  type Account,
  type App,
  AwsCloud,
  Bucket,
  Budget,
  Compiler,
  ContainerImage,
  define,
  Duration,
  Efs,
  ExistingLustre,
  ExistingNfs,
  ModuleTree,
  Money,
  Mpi,
  NodeType,
  Power,
  Purchase,
  readTable,
  SecretRef,
  Site,
  Size,
  SlurmCluster,
  SlurmDatabase,
  SlurmVersion,
  SoftwareStack,
  Target,
} from 'hpcdk';

/** The reference campus: a cluster on the floor with its software, bursting into a cloud. */
export default define((app) => {
  declareCampus(app, 'campus');
});

/** Declares the campus as a site of this name; benchmarks declare it many times. */
export function declareCampus(app: App, name: string, n = 0): void {
  const campus = new Site(app, name, { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });

  // file systems that exist already, run by others
  const home = new ExistingNfs(campus, 'home', { server: 'filer.example.edu', export: '/vol/home', path: '/home' });
  const apps = new ExistingNfs(campus, 'apps', { server: 'filer.example.edu', export: '/vol/apps', path: '/apps' });
  const scratch = new ExistingLustre(campus, 'scratch', {
    mgs: ['mgs1@o2ib', 'mgs2@o2ib'],
    name: 'scratch',
    path: '/scratch',
  });

  const accounting = declareAccounting(app, campus);
  const hpc = declareCluster(app, campus, accounting);
  for (const system of [home, apps, scratch]) system.mountOn(hpc);

  // the cloud: CPU nodes by spot first, GPU nodes next to one another on a fast fabric
  const aws = new AwsCloud(app, `${name}-aws`, {
    region: 'eu-central-1',
    network: `10.${42 + n}.0.0/16`,
    onPremises: ['192.168.0.0/16'],
    nameServers: ['192.168.0.53'],
    tags: { owner: 'research-computing', 'cost-centre': '4711' },
  });
  const cache = new Bucket(aws, 'build-cache', { name: `${name}-hpc-example-edu-spack` });
  new Budget(aws, 'monthly', { limit: Money.of(5000, 'USD'), notify: ['help@hpc.example.edu'] });
  const node = {
    cloud: aws,
    image: '/hpc/images/debian-12-slurm',
    key: SecretRef.secretsManager('hpc/munge-key'),
    idle: Duration.minutes(10),
  };
  const burst = hpc.addBurstNodes('burst', {
    ...node,
    instanceTypes: ['c7i.24xlarge', 'c6i.24xlarge', 'm7i.24xlarge'],
    max: 32,
    purchase: Purchase.spotThenOnDemand(),
  });
  const burstGpu = hpc.addBurstNodes('burst-gpu', {
    ...node,
    instanceTypes: ['p5.48xlarge'],
    max: 4,
    placement: true,
    efa: true,
  });
  new Efs(aws, 'cloud-home', { path: '/cloud/home' }).mountOn(hpc);
  hpc.addPartition('cloud', { nodes: [burst], maxTime: Duration.hours(8) });
  hpc.addPartition('cloud-gpu', { nodes: [burstGpu], maxTime: Duration.hours(8), allowQos: ['gpu'] });

  // software: this year's release beside the last one
  const current = declareRelease(campus, cache);
  const previous = new SoftwareStack(campus, 'apps-2025.1', {
    release: '2025.1',
    recipes: { tag: 'v2025.07.0' },
    compilers: [Compiler.gcc('12.3.0', { external: '/opt/gcc/12.3.0' })],
    mpis: [Mpi.openmpi('4.1.6', { fabrics: ['ucx'], schedulers: ['slurm'] })],
    targets: [Target.X86_64_V3],
    core: ['cmake@3.29.6', 'git@2.45.3'],
    specs: [
      'python@3.11.11 +optimizations',
      'py-numpy@1.26.4',
      'hdf5@1.14.3 +mpi +fortran +hl',
      'gromacs@2024.3 +mpi ~cuda',
    ],
    externals: SYSTEM,
    buildCache: cache,
  });
  const modules = new ModuleTree(campus, 'modules', {
    stacks: [current, previous],
    aliases: { clang: 'llvm/20.1.8' },
    names: { r: 'R' },
    hidden: ['metis'],
    families: { python: ['python', 'miniforge3'] },
    deprecated: { 'gromacs/2024.3': { until: '2026-12-31', message: 'load release/2026.1 and gromacs/2025.3' } },
    descriptions: { gromacs: 'molecular dynamics', hdf5: 'a library for large arrays in files' },
    writer: 'login1',
  });
  hpc.provide(modules);

  // images from the same release, for machines that are not ours
  const image = {
    stack: current,
    base: `docker.io/library/debian@sha256:${'d'.repeat(64)}`,
    builder: `docker.io/spack/debian-bookworm@sha256:${'b'.repeat(64)}`,
    target: Target.X86_64_V3,
    labels: { 'org.opencontainers.image.vendor': 'Example University' },
  };
  new ContainerImage(campus, 'gromacs', { ...image, roots: ['gromacs'], run: ['gmx_mpi'] });
  new ContainerImage(campus, 'lammps', { ...image, roots: ['lammps'] });
  new ContainerImage(campus, 'python', { ...image, roots: ['python', 'py-numpy', 'py-scipy'], run: ['python3'] });
}

/** What the hosts have already. */
const SYSTEM = [
  { spec: 'slurm@22-05-8-1', prefix: '/usr' },
  { spec: 'openssl@3.0.18', prefix: '/usr' },
  { spec: 'curl@7.88.1 +gssapi', prefix: '/usr' },
  { spec: 'rdma-core@44.0', prefix: '/usr' },
];

/** The software of this year. */
function declareRelease(campus: Site, cache: Bucket): SoftwareStack {
  return new SoftwareStack(campus, 'apps-2026.1', {
    release: '2026.1',
    recipes: { tag: 'v2025.11.0' },
    compilers: [Compiler.gcc('13.3.0', { external: '/opt/gcc/13.3.0' }), Compiler.llvm('20.1.8')],
    mpis: [Mpi.openmpi('5.0.8', { fabrics: ['ucx'], schedulers: ['slurm'] }), Mpi.mpich('4.2.3', { pmi: 'pmix' })],
    targets: [Target.X86_64_V3, Target.X86_64_V4],
    core: [
      'cmake@3.31.9',
      'git@2.48.1',
      'miniforge3@25.3.0-3',
      'apptainer@1.4.1 ~suid',
      'nextflow@25.10.0',
      'openjdk@17.0.11_9',
      'reframe@4.7.3',
      'rclone@1.70.2',
      'gdb@16.2 +python',
    ],
    specs: [
      'python@3.12.12 +optimizations',
      'openblas@0.3.30 threads=openmp',
      'gsl@2.8',
      'boost@1.88.0 +program_options +filesystem +regex ~mpi',
      'eigen@3.4.0',
      'metis@5.1.0',
      'r@4.5.2 +X',
      'samtools@1.21',
      'bcftools@1.22',
      'bwa@0.7.19',
      'bedtools2@2.31.1',
      'blast-plus@2.16.0',
      'py-numpy@2.3.4',
      'py-scipy@1.16.3',
      'fftw@3.3.10 +mpi +openmp',
      'hdf5@1.14.6 +mpi +fortran +hl',
      'netcdf-c@4.9.3 +mpi',
      'netcdf-fortran@4.6.2 ^mpi',
      'parallel-netcdf@1.14.1 ^mpi',
      'netlib-scalapack@2.2.2 ^mpi',
      'hypre@2.33.0 +mpi',
      'petsc@3.24.1 +mpi +hypre +metis',
      'elpa@2025.06.001 +mpi +openmp',
      'py-mpi4py@4.1.1 ^mpi',
      'py-h5py@3.14.0 +mpi',
      'gromacs@2025.3 +mpi ~cuda',
      'lammps@20240829.4 +mpi +openmp',
      'quantum-espresso@7.5 +mpi +scalapack hdf5=parallel',
      'cp2k@2025.2 +mpi +openmp +libxc +elpa %gcc', // its recipe refuses clang
      'osu-micro-benchmarks@7.5.1 ^mpi',
    ],
    require: { blas: 'openblas', lapack: 'openblas' },
    externals: SYSTEM,
    buildCache: cache,
  });
}

/** QOS stand here; accounts come from the table that the user office keeps. */
function declareAccounting(app: App, campus: Site): SlurmDatabase {
  const accounting = new SlurmDatabase(campus, 'accounting', { host: 'db1', slurm: SlurmVersion.V22_05 });
  const qos = {
    normal: accounting.addQos('normal', { description: 'everyday work', maxSubmitJobs: 500 }),
    long: accounting.addQos('long', { priority: 5, maxWall: Duration.days(14), maxJobs: 8 }),
    gpu: accounting.addQos('gpu', { priority: 10, maxTresPerUser: { 'gres/gpu': 8 } }),
    debug: accounting.addQos('debug', { priority: 1000, maxWall: Duration.minutes(30), maxJobs: 1 }),
  };
  const accounts = new Map<string, Account>();
  for (const { name, parent, qos: extra = [], ...row } of readTable(app, 'stacks/data/accounts.csv', {
    name: 'text',
    'parent?': 'text',
    fairshare: 'integer',
    'qos?': 'words',
    'users?': 'words',
    description: 'text',
  })) {
    const allowed = [qos.normal, qos.debug, ...Object.values(qos).filter(({ node }) => extra.includes(node.id))];
    accounts.set(
      name,
      accounting.addAccount(name, { ...row, parent: accounts.get(parent ?? ''), qos: allowed, defaultQos: qos.normal }),
    );
  }
  return accounting;
}

/** The cluster on the floor. Its nodes draw what the nameplates of their power supplies allow; a site would measure it. */
function declareCluster(app: App, campus: Site, accounting: SlurmDatabase): SlurmCluster {
  const hpc = new SlurmCluster(campus, 'hpc', {
    slurm: SlurmVersion.V22_05,
    controller: 'ctl1',
    login: 'login1',
    database: accounting,
    privateData: ['jobs', 'usage'],
    powerSaving: { resumeProgram: '/usr/local/sbin/resume-nodes', suspendProgram: '/usr/local/sbin/suspend-nodes' },
    priorityWeights: { age: 1000, fairshare: 10_000, qos: 5000 },
    topology: [
      { name: 'leaf1', nodes: 'cn[001-032]' },
      { name: 'leaf2', nodes: 'cn[033-064]' },
      { name: 'leaf3', nodes: 'bm[01-08],gn[01-08]' },
      { name: 'spine', switches: 'leaf[1-3]' },
    ],
  });
  const cpu = hpc.addNodes('cpu', {
    hosts: 'cn[001-064]',
    type: NodeType.fromFacts(app, 'stacks/facts/cn001.txt', { power: Power.w(800) }),
    features: ['icelake'],
  });
  const bigmem = hpc.addNodes('bigmem', {
    hosts: 'bm[01-08]',
    type: NodeType.fromFacts(app, 'stacks/facts/bm01.txt', { power: Power.w(1100) }),
    features: ['icelake', 'bigmem'],
    weight: 10,
  });
  const gpu = hpc.addNodes('gpu', {
    hosts: 'gn[01-08]',
    type: NodeType.of({
      sockets: 2,
      cores: 32,
      memory: Size.gib(512),
      gres: [{ name: 'gpu', type: 'a100', count: 4 }],
      power: Power.kw(2.4),
    }),
    features: ['icelake', 'a100'],
    weight: 20,
    systemCores: 2,
  });
  hpc.addPartition('batch', {
    nodes: [cpu],
    maxTime: Duration.days(14),
    defaultTime: Duration.hours(1),
    default: true,
  });
  hpc.addPartition('debug', { nodes: [cpu], maxTime: Duration.minutes(30), qos: 'debug', priorityTier: 10 });
  hpc.addPartition('bigmem', { nodes: [bigmem], maxTime: Duration.days(7), defaultMemoryPerCpu: Size.gib(16) });
  hpc.addPartition('gpu', { nodes: [gpu], maxTime: Duration.days(3), allowQos: ['normal', 'gpu', 'debug'] });
  return hpc;
}
