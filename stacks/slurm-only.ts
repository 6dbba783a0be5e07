import { define, Duration, NodeType, Site, Size, SlurmCluster, SlurmVersion } from 'hpcdk';

/** Only the files of Slurm: one cluster, placed on its hosts by other means. */
export default define((app) => {
  const lab = new Site(app, 'lab', { domain: 'lab.example.org', contact: 'help@lab.example.org', ansible: false });

  const bench = new SlurmCluster(lab, 'bench', { slurm: SlurmVersion.V24_05, controller: 'head' });
  const nodes = bench.addNodes('nodes', {
    hosts: 'n[1-8]',
    type: NodeType.of({ sockets: 1, cores: 16, threads: 2, memory: Size.gib(64) }),
  });
  bench.addPartition('all', {
    nodes: [nodes],
    maxTime: Duration.days(7),
    defaultTime: Duration.hours(1),
    default: true,
  });
});
