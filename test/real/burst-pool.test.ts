import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everything } from '../cloud/everything';
import { synth } from '../cloud/support';
import { describeWith, failure, run } from './support/tools';

describeWith(['scontrol'], 'slurm.conf with burst pools, read by Slurm', () => {
  test('is read without a complaint', async () => {
    // GIVEN the Slurm files of a cluster with three burst pools, beside one another as in /etc/slurm
    const folder = await mkdtemp(join(tmpdir(), 'hpcdk-burst-'));
    const { files } = await synth(everything().app);
    for (const name of ['slurm.conf', 'gres.conf', 'cgroup.conf']) {
      await writeFile(join(folder, name), files.get(`sites/campus/slurm/hpc/${name}`)!);
    }
    // WHEN scontrol reads them
    const env = { SLURM_CONF: join(folder, 'slurm.conf') };
    const read = await run('scontrol', ['show', 'hostnames', 'hpc-burst-[0-2]'], { env });
    await rm(folder, { recursive: true });
    // THEN it takes every key and value, in silence
    expect(failure('scontrol', read)).toBe(
      failure('scontrol', { code: 0, stdout: 'hpc-burst-0\nhpc-burst-1\nhpc-burst-2\n', stderr: '' }),
    );
  });
});
