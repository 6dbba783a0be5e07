import { Hostlist } from '../../values/hostlist';
import type { Problem } from '../../values/problem';
import type { SlurmCluster } from '../slurm-cluster';

type Report = (problem: Problem, field?: 'topology', at?: string) => void;

/** What is wrong with the switches of a cluster. */
export function checkTopology(cluster: SlurmCluster, report: Report): void {
  const topology = cluster.values.topology ?? [];
  const names = new Set(topology.map(({ name }) => name));
  let leaves: Hostlist | undefined;
  for (const [index, { name, nodes, switches }] of topology.entries()) {
    if ((nodes === undefined) === (switches === undefined)) {
      report(
        { code: 'HPC4127', message: `switch '${name}' needs nodes or switches, and not both` },
        'topology',
        `[${index}]`,
      );
    }
    if (switches) {
      for (const below of switches) {
        if (!names.has(below))
          report(
            { code: 'HPC4128', message: `switch '${below}' below '${name}' is not declared` },
            'topology',
            `[${index}].switches`,
          );
      }
    }
    if (nodes) leaves = leaves ? leaves.union(nodes) : nodes;
  }
  const cycle = findCycle(topology.map(({ name, switches }) => [name, switches ? [...switches] : []]));
  if (cycle) report({ code: 'HPC4129', message: `the switches form a cycle: ${cycle.join(' > ')}` }, 'topology');
  const known = Hostlist.union(cluster.pools.map((pool) => pool.hosts));
  for (const [index, { name, nodes = Hostlist.EMPTY }] of topology.entries()) {
    const strangers = nodes.difference(known);
    if (strangers.isEmpty) continue;
    const message = `'${strangers}' at switch '${name}' are no nodes of the cluster`;
    report(
      { code: 'HPC4134', message, fix: 'declare them in a pool, or correct the names' },
      'topology',
      `[${index}].nodes`,
    );
  }
  for (const pool of cluster.pools) {
    const outside = leaves ? pool.hosts.difference(leaves) : pool.hosts;
    if (outside.count === 0 || pool.power) continue; // a pool in a cloud brings its own switch
    const message = `'${outside}' of '${pool.node.id}' hangs at no switch; a job could not span it and others`;
    report({ code: 'HPC4130', message, severity: 'warning' }, 'topology');
  }
}

/** A path through a graph that comes back to where it was. */
export function findCycle(edges: readonly (readonly [string, readonly string[]])[]): string[] | undefined {
  const graph = new Map(edges);
  const done = new Set<string>();
  const visit = (name: string, path: string[]): string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const next of graph.get(name) ?? []) {
      const cycle = visit(next, [...path, name]);
      if (cycle) return cycle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of graph.keys()) {
    const cycle = visit(name, []);
    if (cycle) return cycle;
  }
  return undefined;
}
