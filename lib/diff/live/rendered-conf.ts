import { slurmConf } from '../../documents/slurm-conf';
import { Hostlist } from '../../values/hostlist';
import type { Comparison } from '../comparison';
import type { Facts } from './export';

/** Nodes that one line of slurm.conf states. */
export interface NodeRecord {
  readonly hosts: Hostlist;
  readonly facts: Facts;
}

/** A slurm.conf as scontrol would say it: keys in lower case, what DEFAULT says in the records below it. */
export interface RenderedConf {
  readonly settings: Facts;
  /** How slurm.conf spells its keys, by key in lower case. */
  readonly spelling: ReadonlyMap<string, string>;
  readonly partitions: ReadonlyMap<string, Facts>;
  readonly nodes: readonly NodeRecord[];
}

/** The slurm.conf of a cluster in an output; nothing when only the manifest is there, or the file cannot be read. */
export function renderedConf(cluster: string, { manifest, read }: Comparison['after']): RenderedConf | undefined {
  const path = Object.entries(manifest.files).find(
    ([at, { owner, format }]) => owner === cluster && format === 'slurm.conf' && at.endsWith('/slurm.conf'),
  )?.[0];
  if (path === undefined || !read) return undefined;
  try {
    return readConf(read(path));
  } catch {
    return undefined; // an output that lacks a file has nothing to say there
  }
}

/** Reads a slurm.conf; lines that Slurm could not read say nothing. */
export function readConf(text: string): RenderedConf {
  const settings = new Map<string, string>();
  const spelling = new Map<string, string>();
  const partitions = new Map<string, Facts>();
  const nodes: NodeRecord[] = [];
  const defaults = new Map<string, Facts>();
  for (const line of slurmConf.parse(text, () => undefined).lines) {
    const [first, ...rest] = 'entries' in line ? line.entries : [];
    if (!first) continue;
    const [key, value] = [first[0].toLowerCase(), first[1]];
    for (const [spelt] of [first, ...rest]) {
      if (!spelling.has(spelt.toLowerCase())) spelling.set(spelt.toLowerCase(), spelt);
    }
    if (!RECORDS.has(key)) {
      const known = key === 'slurmctldhost' ? settings.get(key) : undefined;
      settings.set(key, known === undefined ? value : `${known},${value}`);
      continue;
    }
    const facts = new Map([
      ...(defaults.get(key) ?? []),
      ...rest.map(([name, one]) => [name.toLowerCase(), one] as const),
    ]);
    if (value.toUpperCase() === 'DEFAULT') defaults.set(key, facts);
    else if (key === 'partitionname') for (const name of value.split(',')) partitions.set(name, facts);
    else if (key === 'nodename') nodes.push({ hosts: Hostlist.parse(value), facts });
  }
  return { settings, spelling, partitions, nodes };
}

/** Keys that begin a record, with all other keys of its line. */
const RECORDS: ReadonlySet<string> = new Set([
  'nodename',
  'partitionname',
  'downnodes',
  'nodeset',
  'frontendname',
  'poweraction',
]);
