import { define, Duration, NodeType, Site, Size, SlurmCluster, SlurmVersion } from 'hpcdk';

/** One pool of nodes, of any size: `--param hosts=100000`. */
export default define<{ hosts?: string }>((app, { hosts = '10' }) => {
  const lab = new Site(app, 'lab', { domain: 'lab.example.org', contact: 'help@lab.example.org' });
  const hpc = new SlurmCluster(lab, 'hpc', { slurm: SlurmVersion.V24_05, controller: 'ctl1' });
  const cpu = hpc.addNodes('cpu', {
    hosts: `cn[000001-${hosts.padStart(6, '0')}]`,
    type: NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) }),
  });
  hpc.addPartition('batch', { nodes: [cpu], maxTime: Duration.days(2), default: true });
});
