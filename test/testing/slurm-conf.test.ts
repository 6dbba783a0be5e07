import { absent, anything, exactly, matching } from '../../lib/testing/match';
import { SlurmConf } from '../../lib/testing/slurm-conf';
import { Duration } from '../../lib/values/duration';
import { Size } from '../../lib/values/size';

const conf = SlurmConf.parse(`
ClusterName=hpc
slurmctldhost=ctl1
SlurmctldHost=ctl2
PrivateData=jobs,usage
SchedulerParameters=bf_window=1440
PrivateData=jobs,users
SlurmctldTimeout=300
Include /etc/slurm/local.conf
NodeName=DEFAULT Sockets=2 CoresPerSocket=32
NodeName=cn[001-064] RealMemory=250880 Feature=x86_64,ib \\
  Weight=10
NodeName=gpu[1-8] RealMemory=515072 Gres=gpu:a100:4 sockets=1
PartitionName=DEFAULT State=UP
PartitionName=batch Nodes=cn[001-064] MaxTime=7-00:00:00 Default=YES AllowAccounts=bio,physics
PartitionName=gpu Nodes=gpu[1-8] MaxTime=1-0 State=DRAIN DefMemPerCPU=2048
PartitionName=debug Nodes=cn[001-002] MaxTime=30
`);

describe('partitions', () => {
  test('are compared by what their keys mean', () => {
    conf
      .hasPartition('batch', { MaxTime: '7-0', Default: true, State: 'up', Nodes: 'cn[033-064,001-032]' })
      .hasPartition('batch', { MaxTime: Duration.days(7), AllowAccounts: ['physics'], MaxNodes: absent })
      .hasPartition('batch', { AllowAccounts: 'physics,bio', Nodes: ['cn007', 'cn[010-011]'] })
      .hasPartition('gpu', { DefMemPerCPU: Size.gib(2), maxtime: '24:00:00', State: 'DRAIN' })
      .hasPartition('gpu', { DefMemPerCPU: '2GiB', MaxTime: 1440 as never })
      .hasPartition({ MaxTime: Duration.minutes(30) })
      .hasPartition({ Nodes: matching(/^gpu/), MaxTime: anything })
      .lacksPartition('long');
    expect(conf.partition('debug')).toEqual({
      PartitionName: 'debug',
      State: 'UP',
      Nodes: 'cn[001-002]',
      MaxTime: '30',
    });
    expect(Object.keys(conf.partitions)).toEqual(['batch', 'gpu', 'debug']);
  });

  test.each<[string, () => unknown, string]>([
    [
      'the closest and where it differs',
      () => conf.hasPartition({ Default: true, State: 'UP', MaxTime: '2-00:00:00' }),
      "slurm.conf: no partition matches; the closest is 'batch': MaxTime is '7-00:00:00', wanted '2-00:00:00'",
    ],
    [
      'every key that differs',
      () => conf.hasPartition('gpu', { State: 'UP', MaxTime: '2d', Hidden: 'YES' }),
      "slurm.conf: partition 'gpu' does not match:\n  State is 'DRAIN', wanted 'UP'\n  MaxTime is '1-0', wanted '2d'\n  Hidden is not set, wanted 'YES'",
    ],
    [
      'the name that was probably meant',
      () => conf.hasPartition('bacth', {}),
      "slurm.conf: there is no partition 'bacth'; did you mean 'batch'?",
    ],
    [
      'the names that there are',
      () => conf.partition('long'),
      "slurm.conf: there is no partition 'long'; there are 'batch', 'gpu', 'debug'",
    ],
    [
      'a key that no such line has, which could never fail otherwise',
      () => conf.hasPartition('batch', { MaxTim: absent }),
      "'MaxTim' is no key of a partition line of slurm.conf; did you mean 'MaxTime'?",
    ],
    [
      'a word that a list lacks',
      () => conf.hasPartition('batch', { AllowAccounts: ['chem'] }),
      "slurm.conf: partition 'batch' does not match: AllowAccounts is 'bio,physics', wanted ['chem']",
    ],
    [
      'a list that is not exactly that',
      () => conf.hasPartition('batch', { AllowAccounts: exactly(['bio']) }),
      "slurm.conf: partition 'batch' does not match: AllowAccounts is 'bio,physics', wanted ['bio']",
    ],
    ['what is there but should not', () => conf.lacksPartition('gpu'), "slurm.conf: there is a partition 'gpu'"],
  ])('a failure tells %s', (_, check, message) => expect(check).toThrow(new Error(message)));
});

describe('nodes', () => {
  test('are found by their hosts, one or many, over several lines', () => {
    conf
      .hasNode('cn017', { RealMemory: Size.mib(250880), Feature: ['ib'], Weight: 10 as never })
      .hasNode('gpu[3-4]', { Gres: 'gpu:a100:4', Sockets: 1 as never, CoresPerSocket: '32' })
      .hasNode('cn[001-064],gpu[1-8]', { CoresPerSocket: '32' })
      .hasNode('cn001', { NodeName: ['cn002'] })
      .lacksNode('cn[065-099]');
    expect(conf.node('gpu8').Gres).toBe('gpu:a100:4');
    expect(String(conf.hosts)).toBe('cn[001-064],gpu[1-8]');
  });

  test.each<[string, () => unknown, string]>([
    [
      'the hosts that are no nodes',
      () => conf.hasNode('cn[060-066]'),
      "slurm.conf: there is no node 'cn[065-066]'; there are 'cn[001-064],gpu[1-8]'",
    ],
    [
      'the line that differs',
      () => conf.hasNode('cn064,gpu1', { Sockets: '2' }),
      "slurm.conf: node 'gpu[1-8]' does not match: Sockets is '1', wanted '2'",
    ],
    ['a node that should not be there', () => conf.lacksNode('cn[064-070]'), "slurm.conf: 'cn064' is a node"],
    [
      'a hostlist that cannot be read',
      () => conf.hasNode('cn[3-1]'),
      "'cn[3-1]': the range '3-1' of '[3-1]' ends before it starts",
    ],
  ])('a failure tells %s', (_, check, message) => {
    expect(check).toThrow(new Error(message));
  });
});

describe('keys of their own line', () => {
  test('count as Slurm reads them: the last of a key, all of those that add up', () => {
    conf
      .hasOption('PrivateData', ['users'])
      .hasOption('privatedata', 'users,jobs')
      .hasOption('SlurmctldHost', ['ctl1', 'ctl2'])
      .hasOption('SlurmctldTimeout', 300)
      .hasOption('MaxJobCount', absent);
    expect(conf.option('ClusterName')).toBe('hpc');
    expect(conf.option('MaxJobCount')).toBeUndefined();
    expect(conf.includes).toEqual(['/etc/slurm/local.conf']);
  });

  test('fail with the value that is there', () => {
    expect(() => conf.hasOption('PrivateData', ['usage'])).toThrow("PrivateData is 'jobs,users', wanted ['usage']");
    expect(() => conf.option('PrivatData')).toThrow(
      "'PrivatData' is no key of slurm.conf; did you mean 'PrivateData'?",
    );
  });
});

test('other files of the family have their own records', () => {
  const gres = SlurmConf.parse(
    'AutoDetect=nvml\nNodeName=gpu[1-8] Name=gpu Type=a100 File=/dev/nvidia[0-3]\n',
    'gres.conf',
  );
  gres
    .hasRecord('NodeName', { Name: 'gpu', NodeName: ['gpu3'] })
    .hasRecord('Name', { Type: 'a100' })
    .hasOption('AutoDetect', 'nvml');
  const topology = SlurmConf.parse(
    'SwitchName=leaf1 Nodes=cn[1-4]\nSwitchName=spine Switches=leaf[1-2]\n',
    'topology.conf',
  );
  topology.hasRecord('SwitchName', { Nodes: 'cn[1-4]' });
  expect(() => topology.hasRecord('SwitchName', { Nodes: ['cn5'] })).toThrow(
    "the closest is 'leaf1': Nodes is 'cn[1-4]', wanted ['cn5']",
  );
  expect(() => topology.hasPartition('x')).toThrow("'PartitionName' starts no record of topology.conf");
});

test('what Slurm could not read is refused', () => {
  expect(() => SlurmConf.parse('ClusterName\n')).toThrow("slurm.conf: Slurm cannot read 'ClusterName'");
});
