import {
  type Account,
  define,
  Duration,
  NodeType,
  readTable,
  Site,
  Size,
  SlurmCluster,
  SlurmDatabase,
  SlurmVersion,
} from 'hpcdk';

/** The reference campus: a cluster on the floor with its software, bursting into a cloud. */
export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });

  // accounting: QOS here, accounts from the table that the user office keeps
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

  // the cluster on the floor
  const hpc = new SlurmCluster(campus, 'hpc', {
    slurm: SlurmVersion.V22_05,
    controller: 'ctl1',
    login: 'login1',
    database: accounting,
    privateData: ['jobs', 'usage'],
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
    type: NodeType.fromFacts(app, 'stacks/facts/cn001.txt'),
    features: ['icelake'],
  });
  const bigmem = hpc.addNodes('bigmem', {
    hosts: 'bm[01-08]',
    type: NodeType.fromFacts(app, 'stacks/facts/bm01.txt'),
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
});
