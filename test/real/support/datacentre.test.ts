import { checkSlurmConf, devices, SlurmLab } from './datacentre';
import { powerSaveOverlay } from './slurm-overlay';
import { describeWith, failure } from './tools';

// Written by hand, with what a production file has and one machine has not: users, addresses, cgroups, a database host.
const slurmConf = `ClusterName=demo
SlurmctldHost=ctl1(10.1.0.1)
SlurmUser=slurm
AuthType=auth/munge
StateSaveLocation=/var/spool/slurmctld/demo
SlurmdSpoolDir=/var/spool/slurmd
SlurmctldLogFile=/var/log/slurm/slurmctld.log
SlurmdLogFile=/var/log/slurm/slurmd.log
ProctrackType=proctrack/cgroup
TaskPlugin=task/cgroup,task/affinity
PrologFlags=Contain
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmctldParameters=enable_configless
ReturnToService=1
GresTypes=gpu
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=db1
AccountingStorageEnforce=associations,limits,qos
NodeName=DEFAULT State=UNKNOWN
NodeName=cn[001-004] NodeAddr=10.2.0.[1-4] Sockets=2 CoresPerSocket=24 RealMemory=190000
NodeName=gpu01 Sockets=2 CoresPerSocket=16 RealMemory=380000 Gres=gpu:a100:4
PartitionName=batch Nodes=cn[001-004] Default=YES MaxTime=2-00:00:00
PartitionName=gpu Nodes=gpu01
`;
const gresConf = 'NodeName=gpu01 Name=gpu Type=a100 File=/dev/nvidia[0-3]\n';
const slurmdbdConf = `DbdHost=db1
SlurmUser=slurm
StorageType=accounting_storage/mysql
StorageHost=sql.example.edu
StoragePass=secret
StorageLoc=slurm_acct
LogFile=/var/log/slurm/slurmdbd.log
`;
const files = { 'slurm.conf': slurmConf, 'gres.conf': gresConf, 'slurmdbd.conf': slurmdbdConf };
const daemons = ['root', 'unshare', 'ip', 'slurmctld', 'slurmd', 'sinfo', 'munged'];

test('devices of a gres.conf are counted out', () => {
  expect(devices(gresConf)).toEqual(['/dev/nvidia0', '/dev/nvidia1', '/dev/nvidia2', '/dev/nvidia3']);
  expect(devices('Name=gpu File=/dev/a,/dev/b\nName=gpu File=/dev/a')).toEqual(['/dev/a', '/dev/b']);
});

describeWith(daemons, 'a data centre without accounting', () => {
  test('shows the partitions, runs a job on a machine of its own, and gives GPUs by typed GRES', async () => {
    // GIVEN two of five nodes booted
    const lab = new SlurmLab({ files, accounting: false, machines: ['cn001', 'gpu01'] });
    // WHEN jobs run on them
    const result = await lab.run(`
      wait_state cn001 idle && wait_state gpu01 idle || exit 1
      sinfo -h -o '%P %l %N'
      srun -c 48 -w cn001 hostname
      srun -p gpu --gpus=a100:2 sh -c 'echo "$(hostname) $CUDA_VISIBLE_DEVICES"'
      on gpu01 hostname
      ls /etc/slurm; on gpu01 ls /etc/slurm
    `);
    // THEN
    expect(failure('lab', result)).toContain('exit code 0');
    const configless = ['gres.conf', 'slurm.conf', 'slurmdbd.conf'];
    expect(result.stdout.split('\n')).toEqual([
      'batch* 2-00:00:00 cn[001-004]',
      'gpu infinite gpu01',
      'cn001',
      'gpu01 0,1',
      'gpu01',
      ...configless,
      '',
    ]);
    expect(result.logs['slurm/slurmctld.log']).toContain('Running as primary controller');
    expect(result.changed).toContain('ProctrackType: proctrack/cgroup -> proctrack/linuxproc');
  });

  test('boots and powers off machines on demand', async () => {
    // GIVEN cloud nodes with power saving
    const cloud = `${slurmConf.replace('enable_configless', 'enable_configless,idle_on_node_suspend,cloud_reg_addrs')}
PrivateData=cloud
SuspendTime=600
SuspendTimeout=2
ResumeTimeout=30
ResumeProgram=/opt/resume
SuspendProgram=/opt/suspend
NodeName=burst-[1-4] CPUs=96 RealMemory=768000 State=CLOUD
PartitionName=burst Nodes=burst-[1-4]
`;
    const lab = new SlurmLab({
      files: { ...files, 'slurm.conf': cloud },
      accounting: false,
      overlay: powerSaveOverlay,
    });
    // WHEN one is asked for and given back
    const result = await lab.run(`
      wait_state burst-1 idle~ && scontrol update nodename=burst-1 state=power_up && wait_state burst-1 idle || exit 1
      srun -p burst -w burst-1 -c 96 hostname
      scontrol update nodename=burst-1 state=power_down && wait_state burst-1 idle~ 60
    `);
    // THEN
    expect(failure('lab', result)).toContain('exit code 0');
    expect(result.stdout).toBe('burst-1\n');
  });
});

describeWith(daemons, 'checkSlurmConf', () => {
  const check = (conf: string, gres = gresConf) =>
    checkSlurmConf({ 'slurm.conf': conf, 'gres.conf': gres }).then((problems) => problems.join('\n'));

  test('takes a good configuration as it stands', async () => {
    expect(await check(slurmConf)).toBe('');
  });

  test.each([
    ['an unknown key', `${slurmConf}FooBar=1\n`, 'unrecognized key: FooBar'],
    ['an unknown key of a node', slurmConf.replace('RealMemory=380000', 'Memory=380000'), 'Memory'],
    ['a missing plugin', slurmConf.replace('cons_tres', 'cons_none'), 'cons_none'],
    ['a partition of nodes that are not there', slurmConf.replace('Nodes=gpu01', 'Nodes=gpu02'), 'gpu02'],
    ['a program that is not there', `${slurmConf}SuspendTime=60\nSuspendProgram=/no\nResumeProgram=/no\n`, '/no'],
  ])('shows %s', async (_, conf, said) => {
    expect(await check(conf)).toContain(said);
  });

  test('shows an unknown key of gres.conf', async () => {
    expect(await check(slurmConf, gresConf.replace('Type', 'Typ'))).toContain('Typ');
  });
});

describeWith([...daemons, 'slurmdbd', 'mariadbd', 'sacctmgr'], 'a data centre with accounting', () => {
  test('sacctmgr works, and associations are enforced', async () => {
    const lab = new SlurmLab({
      files,
      machines: ['cn001'],
      accounts:
        'sacctmgr -i -Q add cluster demo; sacctmgr -i -Q add account chem; sacctmgr -i -Q add user root account=chem',
    });
    const result = await lab.run(`
      wait_state cn001 idle || exit 1
      sacctmgr -n -P show assoc format=cluster,account,user | sort
      srun -A chem -w cn001 hostname
      srun -A physics hostname; echo "other account: $?"
    `);
    expect(failure('lab', result)).toContain('exit code 0');
    expect(result.stdout).toBe('demo|chem|\ndemo|chem|root\ndemo|root|\ndemo|root|root\ncn001\nother account: 1\n');
    expect(result.stderr).toContain('Invalid account');
  });
});
