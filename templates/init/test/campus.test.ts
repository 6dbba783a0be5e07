import { synthesize } from 'hpcdk/testing';
import definition from '../stacks/campus';

test('jobs that name no partition run on the CPU nodes, for two days at most', async () => {
  const output = await synthesize(definition);

  output
    .expectNoDiagnostics()
    .slurmConf('hpc')
    .hasPartition('batch', { Nodes: 'cn[001-004]', Default: 'YES', MaxTime: '2-00:00:00' });
});
