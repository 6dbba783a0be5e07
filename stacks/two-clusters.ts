import { define, Duration, NodeType, Site, Size, SlurmCluster, SlurmDatabase, SlurmVersion } from 'hpcdk';

/** Two clusters of one site on one accounting database. */
export default define((app) => {
  const site = new Site(app, 'twin', { domain: 'twin.example.org', contact: 'support@twin.example.org' });
  const node = NodeType.of({ sockets: 2, cores: 24, memory: Size.gib(192) });

  const accounting = new SlurmDatabase(site, 'accounting', { host: 'db1', slurm: SlurmVersion.V22_05 });
  const long = accounting.addQos('long', { priority: 10, maxWall: Duration.days(14), maxJobs: 8 });
  const physics = accounting.addAccount('physics', { fairshare: 60, qos: [long], users: ['ada', 'emmy'] });
  accounting.addAccount('lattice', { parent: physics, fairshare: 20, users: ['emmy'], coordinators: ['emmy'] });

  for (const [name, hosts] of [
    ['alpha', 'a[001-040]'],
    ['beta', 'b[001-016]'],
  ] as const) {
    const cluster = new SlurmCluster(site, name, {
      slurm: SlurmVersion.V22_05,
      controller: `${name}-ctl`,
      login: `${name}-login[1-2]`,
      database: accounting,
      priorityWeights: { fairshare: 10_000, qos: 5000 },
    });
    const nodes = cluster.addNodes('nodes', { hosts, type: node });
    cluster.addPartition('work', {
      nodes: [nodes],
      maxTime: Duration.days(3),
      default: true,
      allowAccounts: ['physics', 'lattice'],
    });
  }
});
