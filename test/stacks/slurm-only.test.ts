import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../lib/testing/synthesize';
import definition from '../../stacks/slurm-only';

const root = join(__dirname, '../..');

describe('stacks/slurm-only.ts', () => {
  test('declares the files of Slurm and nothing else', async () => {
    const output = await synthesize(definition, { projectDir: root });
    output
      .expectNoDiagnostics()
      .slurmConf()
      .hasNode('n[1-8]', { Sockets: 1, CoresPerSocket: 16, ThreadsPerCore: 2 })
      .hasPartition('all', { Nodes: 'n[1-8]', Default: 'YES', MaxTime: '7-00:00:00' });
    expect(Object.keys(output.files).sort()).toEqual(
      ['cgroup.conf', 'slurm.conf', 'slurmd.default'].map((name) => `sites/lab/slurm/bench/${name}`),
    );
  });

  test('is short', () => {
    expect(readFileSync(join(root, 'stacks/slurm-only.ts'), 'utf8').split('\n').length).toBeLessThan(40);
  });
});
