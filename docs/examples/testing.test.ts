import { absent, synthesize } from 'hpcdk/testing';
import definition from './slurm-cluster';

test('users get what we promised them', async () => {
  const output = await synthesize(definition);

  output
    .expectNoDiagnostics()
    .slurmConf('hpc')
    .hasPartition('batch', { MaxTime: '48:00:00', Default: true, MaxNodes: absent })
    .hasNode('cn017', { RealMemory: '245GiB', CoresPerSocket: 32 })
    .hasOption('PrivateData', ['jobs']);

  output
    .ansiblePlaybook('campus')
    .hasHosts('hpc_login', 'login[1-2]')
    .hasTask('copy', { dest: '/etc/slurm/slurm.conf', owner: 'root' }, { role: 'slurm_controller' });
});
