import { SlurmCluster, type SlurmClusterProps, SlurmDatabase, SlurmVersion } from '../../../lib';
import { absent } from '../../../lib/testing/match';
import { onCluster, onSite, thin } from '../support';

test('weights become the keys of their factors, and what is left out stays out', async () => {
  const output = await onCluster({ priorityWeights: { age: 2000, fairshare: 3000, qos: 0 } });
  output
    .expectNoDiagnostics()
    .slurmConf('hpc')
    .hasOption('PriorityWeightAge', 2000)
    .hasOption('PriorityWeightFairshare', 3000)
    .hasOption('PriorityWeightQOS', 0)
    .hasOption('PriorityWeightJobSize', absent);
});

test('a negative weight and an unknown factor are refused', async () => {
  const output = await onCluster({ priorityWeights: { age: -1, quos: 5 } as never });
  output.hasDiagnostic({ code: 'HPC1004', field: 'priorityWeights.age' });
  output.hasDiagnostic({ code: 'HPC1008', field: 'priorityWeights.quos', fix: "did you mean 'qos'?" });
});

/** A cluster whose database has a QOS of a priority that may preempt another one. */
const withQos = (props: Partial<SlurmClusterProps>) =>
  onSite((site) => {
    const accounting = new SlurmDatabase(site, 'accounting', { host: 'db1', slurm: SlurmVersion.V22_05 });
    const scavenger = accounting.addQos('scavenger');
    accounting.addQos('urgent', { priority: 100, preempt: [scavenger] });
    const hpc = new SlurmCluster(site, 'hpc', {
      slurm: SlurmVersion.V22_05,
      controller: 'ctl1',
      database: accounting,
      ...props,
    });
    hpc.addPartition('batch', { nodes: [hpc.addNodes('cpu', { hosts: 'cn[001-064]', type: thin })] });
  });

describe('what QOS count on', () => {
  test('priorities without a weight and preemption that is off are warned of', async () => {
    const output = await withQos({});
    output
      .expectNoErrors()
      .hasDiagnostic({ code: 'HPC4131', severity: 'warning', construct: 'campus/hpc', field: 'priorityWeights' })
      .hasDiagnostic({ code: 'HPC4132', severity: 'warning', construct: 'campus/hpc', field: 'options' });
  });

  test('a weight and PreemptType are enough, said by a field or as keys in any case', async () => {
    const preemption = { PreemptType: 'preempt/qos', PreemptMode: 'CANCEL' };
    (await withQos({ priorityWeights: { qos: 1 }, options: preemption })).expectNoDiagnostics();
    (await withQos({ options: { ...preemption, priorityweightqos: '5' } })).expectNoDiagnostics();
  });

  test('preemption by partition leaves the lists of QOS unread', async () => {
    const output = await withQos({
      priorityWeights: { qos: 1 },
      options: { PreemptType: 'preempt/partition_prio', PreemptMode: 'CANCEL' },
    });
    output.hasDiagnostic({ code: 'HPC4132' });
  });
});
