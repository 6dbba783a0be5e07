import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { play, playNeeds } from './ansible';
import { SlurmLab } from './datacentre';
import { ansibleRootfs, copyRootfs, removeRootfs, rootfs, rootfsNeeds, slurm2411Rootfs } from './rootfs';
import { describeWith, failure, runOk } from './tools';

describeWith([...rootfsNeeds, ...playNeeds], 'a root file system for Ansible', () => {
  let root: string;
  let dir: string;
  beforeAll(async () => {
    root = await copyRootfs(ansibleRootfs);
    dir = await mkdtemp(join(tmpdir(), 'hpcdk-play-'));
  }, 400_000);
  afterAll(async () => {
    await removeRootfs(root);
    await rm(dir, { recursive: true });
  });

  test('is made once', async () => {
    const made = await stat(await rootfs(ansibleRootfs));
    expect((await stat(await rootfs(ansibleRootfs))).ino).toBe(made.ino);
  });

  test('a play changes the copy once, and the second time nothing', async () => {
    // GIVEN a play that places a file on a host of that root
    const task = { name: 'Place', 'ansible.builtin.copy': { content: 'hello\n', dest: '/etc/greeting', mode: '0600' } };
    await writeFile(join(dir, 'site.json'), JSON.stringify([{ name: 'All', hosts: 'all', tasks: [task] }]));
    await writeFile(join(dir, 'hosts.ini'), 'node1\nnode2\n');
    const options = { cwd: dir, playbook: 'site.json', inventory: 'hosts.ini', roots: { node1: root } };
    // WHEN it is applied twice
    const first = await play(options);
    const second = await play(options);
    // THEN
    expect(failure('first', first)).toContain('exit code 0');
    expect(first.changes).toEqual(['node1: Place']);
    expect(Object.keys(first.stats)).toEqual(['node1']);
    expect(second.stats.node1).toMatchObject({ changed: 0, failures: 0 });
    expect(second.changes).toEqual([]);
    expect(await readFile(join(root, 'etc/greeting'), 'utf8')).toBe('hello\n');
    // AND nothing is left mounted
    expect(await runOk('cat', ['/proc/mounts'])).not.toContain(root);
  });

  test('a play that breaks says so', async () => {
    await writeFile(join(dir, 'bad.json'), JSON.stringify([{ hosts: 'all', tasks: [{ 'ansible.builtin.fail': {} }] }]));
    const result = await play({ cwd: dir, playbook: 'bad.json', inventory: 'hosts.ini', roots: { node1: root } });
    expect(result.code).toBe(2);
    expect(result.stats.node1?.failures).toBe(1);
  });
});

describeWith([...rootfsNeeds, 'unshare', 'ip'], 'a data centre with another Slurm', () => {
  test('runs a job on Slurm 24.11', async () => {
    const conf = `ClusterName=demo
SlurmctldHost=ctl1
SlurmUser=slurm
StateSaveLocation=/var/spool/slurmctld
SlurmdSpoolDir=/var/spool/slurmd
ProctrackType=proctrack/cgroup
NodeName=cn[01-02] CPUs=96 RealMemory=190000
PartitionName=batch Nodes=cn[01-02] Default=YES
`;
    const root = await rootfs(slurm2411Rootfs);
    const lab = new SlurmLab({ files: { 'slurm.conf': conf }, machines: ['cn02'], root });
    const result = await lab.run('wait_state cn02 idle && slurmctld -V && srun -c 96 hostname');
    expect(failure('lab', result)).toContain('exit code 0');
    expect(result.stdout).toMatch(/^slurm(-wlm)? 24\.11\.\S+\ncn02\n$/);
  }, 400_000);
});
