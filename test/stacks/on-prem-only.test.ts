import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../lib/testing/synthesize';
import definition from '../../stacks/on-prem-only';

const root = join(__dirname, '../..');

describe('stacks/on-prem-only.ts', () => {
  test('declares a cluster and the Ansible project that sets it up, and nothing in a cloud', async () => {
    const output = await synthesize(definition, { projectDir: root });
    output
      .expectNoDiagnostics()
      .slurmConf('institute')
      .hasNode('thin[01-24]', { CoresPerSocket: 24 })
      .hasNode('gpu[1-2]', { Gres: 'gpu:l40s:4' })
      .hasPartition('gpu', { Nodes: 'gpu[1-2]' })
      .hasOption('AccountingStorageHost', 'head');
    output
      .ansiblePlaybook('institute')
      .hasHosts('institute_controller', 'head')
      .hasHosts('institute_compute', 'thin[01-24],gpu[1-2]')
      .hasTask('copy', { dest: '/etc/slurm/slurm.conf' }, { role: 'slurm_controller' })
      .hasTask('mount', { path: '/home', src: 'filer:/export/home' }, { role: 'mounts' });
    expect(Object.keys(output.files).filter((path) => !path.startsWith('sites/institute/'))).toEqual([]);
  });

  test('is short', () => {
    expect(readFileSync(join(root, 'stacks/on-prem-only.ts'), 'utf8').split('\n').length).toBeLessThan(40);
  });
});
