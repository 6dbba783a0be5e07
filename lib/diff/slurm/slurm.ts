import type { Comparison } from '../comparison';
import { makeEntry } from '../entry';
import type { Entry } from '../model';
import { type Cluster, clustersOf } from './cluster';
import {
  defaultChanged,
  maxNodesChanged,
  maxTimeChanged,
  maxWallChanged,
  partitionGone,
  rightsChanged,
  stateChanged,
} from './limits';
import { featuresChanged, hostsChanged, machineChanged, poolRemoved } from './nodes';
import { privateDataChanged } from './private-data';
import { releaseChanged } from './releases';
import type { Rule, Saying } from './saying';

/** What is said of a field, by kind and field; of what came or went, by kind and action. */
const rules: Readonly<Record<string, Rule>> = {
  'NodePool.hosts': hostsChanged,
  'NodePool.type': machineChanged,
  'NodePool.systemCores': machineChanged,
  'NodePool.systemMemory': machineChanged,
  'NodePool.features': featuresChanged,
  'NodePool removed': poolRemoved,
  'Partition.maxTime': maxTimeChanged,
  'Partition.maxNodes': maxNodesChanged,
  'Partition.allowAccounts': rightsChanged,
  'Partition.denyAccounts': rightsChanged,
  'Partition.allowQos': rightsChanged,
  'Partition.default': defaultChanged,
  'Partition.state': stateChanged,
  'Partition removed': partitionGone,
  'Partition moved': partitionGone,
  'SlurmCluster.slurm': releaseChanged,
};

const KINDS: ReadonlySet<string> = new Set([
  'NodePool',
  'Partition',
  'SlurmCluster',
  'SlurmDatabase',
  'Qos',
  'Account',
]);

/** What only a look at the whole cluster tells of a change of Slurm. */
export function analyseSlurm(entries: readonly Entry[], comparison: Comparison): readonly Entry[] {
  if (!entries.some(({ kind }) => KINDS.has(kind))) return entries;
  const before = clustersOf(comparison.before.manifest);
  const after = clustersOf(comparison.after.manifest);
  return entries.map((entry) => {
    if (entry.level !== 'field') return entry;
    const pathBefore =
      entry.action === 'moved' ? (entry.before ?? entry.path) : (comparison.origins.get(entry.path) ?? entry.path);
    if (isPrivateData(entry)) return withSaying(entry, privateDataChanged(entry, pathBefore, comparison));
    if (entry.field === 'maxWall' && (entry.kind === 'Qos' || entry.kind === 'Account')) {
      return withSaying(entry, maxWallChanged(entry, comparison.after.manifest));
    }
    const rule = rules[entry.field === undefined ? `${entry.kind} ${entry.action}` : `${entry.kind}.${entry.field}`];
    const [was, is] = [clusterAbove(before, pathBefore), clusterAbove(after, entry.path)];
    if (!rule || !was || !is) return entry;
    return withSaying(entry, rule({ entry, comparison, pathBefore, before: was, after: is }));
  });
}

const isPrivateData = ({ kind, field = '', action }: Entry): boolean =>
  (kind === 'SlurmCluster' || kind === 'SlurmDatabase') &&
  action === 'changed' &&
  /^(options\.)?privatedata$/i.test(field);

/** The cluster that a construct belongs to. */
const clusterAbove = (clusters: ReadonlyMap<string, Cluster>, path: string): Cluster | undefined =>
  [...clusters.values()].find((cluster) => path === cluster.path || path.startsWith(`${cluster.path}/`));

/** An entry with what was said of it; section and marks follow the effect again. */
function withSaying(entry: Entry, saying: Saying | undefined): Entry {
  if (!saying) return entry;
  const { notes = [], marks = [], effect = entry.effect } = saying;
  const kept = entry.marks.filter((mark) => mark !== 'user-contract' || !effect.harmless);
  return makeEntry({
    ...entry,
    effect,
    notes: [...entry.notes, ...notes],
    marks: [...kept, ...marks.filter((mark) => !kept.includes(mark))],
  });
}
