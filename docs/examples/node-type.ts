import { define, NodeType, Power, Site, Size, SlurmCluster, SlurmVersion } from 'hpcdk';

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  const hpc = new SlurmCluster(campus, 'hpc', { slurm: SlurmVersion.V22_05, controller: 'ctl1' });

  // from the data sheet: 256 GiB installed, of which 11 GiB are kept; 650 W as measured under HPL
  const thin = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256), power: Power.w(650) });
  // from the machine's own report, kept in the project
  const fat = NodeType.fromFacts(campus, 'docs/examples/facts/big1.txt', { reserve: Size.gib(4) });

  const pools = [
    hpc.addNodes('thin', { hosts: 'cn[001-064]', type: thin }),
    hpc.addNodes('fat', { hosts: 'big[1-8]', type: fat }),
  ];
  hpc.addPartition('batch', { nodes: pools });
});
