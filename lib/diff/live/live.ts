import { byCodeUnit } from '../../values/json';
import type { Comparison } from '../comparison';
import type { Live, LiveSystem } from './model';
import type { PlanStep } from '../model';
import { byClusterName, clustersOf } from '../slurm/cluster';
import { type LiveExport, type SlurmExport, together } from './export';
import { slurmSystem } from './slurm-system';
import { terraformSystem } from './terraform-system';

/** What running systems say of the two sides, by exports of the site. */
export function liveOf(exports: readonly LiveExport[], comparison: Comparison, plan: readonly PlanStep[]): Live {
  const notes: string[] = [];
  const systems = [...slurmSystems(exports, comparison, plan, notes)];
  for (const one of exports.flatMap(({ plans }) => plans)) {
    const system = terraformSystem(one, comparison);
    if (typeof system === 'string') notes.push(system);
    else systems.push(system);
  }
  return { systems, notes };
}

function* slurmSystems(
  exports: readonly LiveExport[],
  { before, after }: Comparison,
  plan: readonly PlanStep[],
  notes: string[],
): Iterable<LiveSystem> {
  const found = new Map<string, SlurmExport>();
  for (const [name, one] of exports.flatMap(({ clusters }) => clusters)) {
    const known = found.get(name);
    found.set(name, known ? together(known, one) : one);
  }
  const nameless = exports
    .flatMap(({ nameless: one }) => (one ? [one] : []))
    .reduce<SlurmExport | undefined>((all, one) => (all ? together(all, one) : one), undefined);
  if (found.size === 0 && !nameless) return;
  const [was, is] = [before, after].map(({ manifest }) => byClusterName(clustersOf(manifest)));
  if (nameless) {
    const names = found.size > 0 ? [...found.keys()] : [...(is?.keys() ?? [])];
    const [only] = names;
    const known = only === undefined ? undefined : found.get(only);
    if (only !== undefined && names.length === 1) found.set(only, known ? together(known, nameless) : nameless);
    else
      notes.push(
        'partitions and nodes were exported without scontrol show config: the cluster that they are of is not known',
      );
  }
  for (const [name, exported] of [...found].sort(([a], [b]) => byCodeUnit(a, b))) {
    const [a, b] = [was?.get(name), is?.get(name)];
    if (a && b) yield slurmSystem(exported, { side: before, cluster: a }, { side: after, cluster: b }, plan);
    else if (a || b)
      notes.push(`cluster ${name} is ${a ? 'removed' : 'added'} by this change: what runs is not compared`);
    else notes.push(`cluster ${name} runs, and neither side has it: it is not compared`);
  }
}
