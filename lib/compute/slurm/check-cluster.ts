import type { Problem } from '../../values/problem';
import { Noun } from '../../app/noun';
import { checkOwnOptions, checkSaidByFields } from './check-own-options';
import { checkTopology } from './check-topology';
import { unknownPartition } from './unknown-partition';
import type { SlurmCluster } from '../slurm-cluster';

/** Keys that a field says; stated in `options` too, one of the two would be lost. */
const SAID_BY_FIELDS: Readonly<Record<string, string>> = {
  clustername: 'the id of the cluster',
  slurmctldhost: 'controller and backupController',
  statesavelocation: 'stateSaveLocation',
  enforcepartlimits: 'enforcePartLimits',
  accountingstoragetype: 'database',
  accountingstoragehost: 'database',
  accountingstorageenforce: 'enforce',
  topologyplugin: 'topology',
  privatedata: 'privateData',
};

/** What is wrong with a cluster as a whole. */
export function checkCluster(
  cluster: SlurmCluster,
  report: (
    problem: Problem,
    field?: 'controller' | 'backupController' | 'options' | 'topology' | 'enforce' | 'priorityWeights',
    at?: string,
  ) => void,
): void {
  const { controller, backupController, options, topology, enforce, database } = cluster.values;
  if (!/^[a-z][a-z0-9_-]{0,39}$/.test(cluster.node.id)) {
    const message = `'${cluster.node.id}' is not a ClusterName: lower-case letters, digits, "_" and "-", at most 40 (slurm.conf(5))`;
    report({ code: 'HPC4120', message });
  }
  for (const [field, hosts] of [
    ['controller', controller],
    ['backupController', backupController],
  ] as const) {
    if (hosts && hosts.count !== 1)
      report({ code: 'HPC4121', message: `'${hosts}' is ${hosts.count} hosts, slurmctld runs on one` }, field);
  }
  checkSaidByFields(options, SAID_BY_FIELDS, report);
  if (enforce && !database) {
    report(
      { code: 'HPC4123', message: 'without a database slurmctld has nothing to enforce', fix: 'add database' },
      'enforce',
    );
  }
  const { slurm, acknowledgedWords: words } = cluster.values;
  checkOwnOptions('slurm.conf', options, { slurm, words }, report);
  checkPartitions(cluster, report);
  checkQosNeeds(cluster, report);
  checkSelectType(cluster, report);
  if (topology) checkTopology(cluster, report);
}

function checkPartitions(cluster: SlurmCluster, report: Parameters<typeof checkCluster>[1]): void {
  const partitions = cluster.node
    .findAll()
    .filter((x): x is Noun => Noun.isNoun(x) && x.definition.kind === 'Partition');
  if (partitions.length === 0) {
    report({
      code: 'HPC4125',
      message: 'the cluster has no partition: no job could run',
      fix: "add one: cluster.addPartition('batch', { nodes: [...] })",
    });
  }
  for (const [key, value] of Object.entries(cluster.values.options)) {
    if (key.toLowerCase() !== 'suspendexcparts') continue;
    for (const name of value.split(',')) {
      const problem = unknownPartition(cluster, name);
      if (problem) report(problem, 'options', `.${key}`);
    }
  }
  const defaults = partitions.filter((partition) => (partition.values as { default?: boolean }).default);
  if (defaults.length > 1) {
    const names = defaults.map((partition) => `'${partition.node.id}'`).join(' and ');
    report({
      code: 'HPC4126',
      message: `${names} are default partitions both; Slurm takes the last one`,
      fix: 'keep one',
    });
  }
}

/** slurmctld ends at its start with whole nodes to give out and parts of nodes to count. */
function checkSelectType(cluster: SlurmCluster, report: Parameters<typeof checkCluster>[1]): void {
  if (cluster.slurmOption('SelectType')?.toLowerCase() !== 'select/linear') return;
  const parts = cluster.slurmOption('SelectTypeParameters')?.match(/CR_(CPU|CORE|SOCKET)\w*/i)?.[0];
  if (parts === undefined) return;
  const message = `select/linear gives out whole nodes, slurmctld refuses ${parts} with it`;
  const fix = "add options: { SelectTypeParameters: 'CR_Memory' }";
  report({ code: 'HPC4136', message, fix }, 'options', '.SelectType');
}

/** Slurm takes priorities that weigh nothing and lists of QOS to preempt with preemption off, and does not say so. */
function checkQosNeeds(cluster: SlurmCluster, report: Parameters<typeof checkCluster>[1]): void {
  const { priority = [], preemption = [] } = cluster.values.database?.qosNeeds?.() ?? {};
  const names = (qos: readonly string[]) => qos.map((name) => `'${name}'`).join(', ');
  if (priority.length > 0 && !(Number(cluster.slurmOption('PriorityWeightQOS')) > 0)) {
    const message = `PriorityWeightQOS is 0, so that the priority of ${names(priority)} counts nothing`;
    const fix = 'state the weights, e.g. priorityWeights: { age: 1000, fairshare: 10000, qos: 5000 }';
    report({ code: 'HPC4131', message, fix, severity: 'warning' }, 'priorityWeights');
  }
  if (preemption.length > 0 && cluster.slurmOption('PreemptType') !== 'preempt/qos') {
    const message = `without PreemptType=preempt/qos, ${names(preemption)} can preempt nothing`;
    const fix = "add options: { PreemptType: 'preempt/qos', PreemptMode: 'REQUEUE' }";
    report({ code: 'HPC4132', message, fix, severity: 'warning' }, 'options');
  }
}
