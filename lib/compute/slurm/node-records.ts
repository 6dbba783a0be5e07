import type { Hostlist } from '../../values/hostlist';
import { gresFiles, gresText } from '../gres';
import type { NodeShape } from '../node-type';
import type { SlurmContribution, SlurmRecord } from './contribution';

/** Nodes that are alike, as slurm.conf and gres.conf describe them. */
export interface AlikeNodes {
  readonly hosts: Hostlist;
  readonly shape: NodeShape;
  /** Words that jobs choose them by. */
  readonly features: readonly string[];
  /** Nodes with a lower weight are given out first. */
  readonly weight: number;
}

/** The NodeName line of nodes that are alike, the lines of their generic resources, and the kinds of these. */
export function nodeRecords(
  { hosts, shape, features, weight }: AlikeNodes,
  more: SlurmRecord,
): Pick<Required<SlurmContribution>, 'nodes' | 'gres' | 'options'> {
  const { sockets, cores, threads, memory, gres } = shape;
  return {
    nodes: [
      [
        ['NodeName', hosts],
        ['Sockets', sockets],
        ['CoresPerSocket', cores],
        ['ThreadsPerCore', threads],
        ['RealMemory', memory.mib],
        ['Gres', gres.map(gresText).join(',') || undefined],
        ['Feature', [...new Set(features)].join(',') || undefined],
        ['Weight', weight === 1 ? undefined : weight],
        ...more,
      ],
    ],
    gres: gres.map((resource) => [
      ['NodeName', hosts],
      ['Name', resource.name],
      ['Type', resource.type],
      ['File', gresFiles(resource)],
      ['Count', gresFiles(resource) ? undefined : resource.count],
      ['Cores', resource.cores],
    ]),
    options: gres.length > 0 ? { GresTypes: [...new Set(gres.map(({ name }) => name))] } : {},
  };
}
