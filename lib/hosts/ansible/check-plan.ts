import type { TreeReport } from '../../app/policy';
import type { HostGroup } from '../../app/host-fact';
import { meaningOf, subjectOf } from './fact-subject';
import { treePath } from './file-tasks';
import type { PlannedFact, SitePlan } from './site-plan';

/** Whether some host is in a group of the one list and in a group of the other. */
export function sharesHosts({ groups }: SitePlan, some: readonly string[], others: readonly string[]): boolean {
  const hosts = (name: string) => (groups.get(name) as HostGroup).hosts;
  return (
    some.some((name) => others.includes(name)) ||
    some.some((name) => others.some((other) => hosts(name).overlaps(hosts(other))))
  );
}

/** Reports facts that contradict each other on some host. */
export function checkPlan(plan: SitePlan, report: TreeReport): void {
  const facts = plan.roles.flatMap((role) => role.facts);
  // Many hosts have the same package: facts that mean the same are not compared with one another.
  const bySubject = new Map<string, Map<string, PlannedFact[]>>();
  for (const planned of facts) {
    const subject = subjectOf(planned.fact);
    const meaning = meaningOf(planned.fact);
    const known = entryOf(bySubject, subject, () => new Map<string, PlannedFact[]>());
    const other = [...known]
      .flatMap(([meant, same]) => (meant === meaning ? [] : same))
      .find((one) => sharesHosts(plan, one.groups, planned.groups));
    if (other) conflict(subject, other, planned, report);
    else entryOf(known, meaning, () => []).push(planned);
  }
  checkTrees(plan, facts, report);
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

function conflict(subject: string, one: PlannedFact, other: PlannedFact, report: TreeReport): void {
  const place = `'${one.owner.node.path}' and '${other.owner.node.path}'`;
  const isFile = [one, other].some(({ fact }) => fact.fact === 'file' || fact.fact === 'tree');
  const problem = isFile
    ? { code: 'HPC6005', message: `the ${subject} is placed by ${place} on the same hosts` }
    : { code: 'HPC6006', message: `${place} want the ${subject} of the same hosts in two ways` };
  report(problem, other.owner);
}

/** A file that another construct places below a folder that is ours whole would be removed there. */
function checkTrees(plan: SitePlan, facts: readonly PlannedFact[], report: TreeReport): void {
  for (const tree of facts) {
    if (tree.fact.fact !== 'tree') continue;
    const folder = treePath(tree.fact);
    for (const file of facts) {
      if (file.fact.fact !== 'file' || !file.fact.document.host?.path.startsWith(folder)) continue;
      if (!sharesHosts(plan, tree.groups, file.groups)) continue;
      const message = `the path ${file.fact.document.host.path} stands in ${folder}, which '${tree.owner.node.path}' places whole`;
      report({ code: 'HPC6005', message }, file.owner);
    }
  }
}
