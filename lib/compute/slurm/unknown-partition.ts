import type { IConstruct } from 'constructs';
import { Noun } from '../../app/noun';
import { closest } from '../../values/closest';
import type { Problem } from '../../values/problem';

/** What is wrong with a name that shall be a partition of a cluster; nothing when it is one. */
export function unknownPartition(cluster: IConstruct, name: string): Problem | undefined {
  const partitions = cluster.node.findAll().filter((x) => Noun.isNoun(x) && x.definition.kind === 'Partition');
  const names = partitions.map(({ node }) => node.id);
  if (names.includes(name)) return undefined;
  const near = closest(name, names);
  const problem = { code: 'HPC4135', message: `the cluster has no partition '${name}'` };
  return near ? { ...problem, fix: `did you mean '${near}'?` } : problem;
}
