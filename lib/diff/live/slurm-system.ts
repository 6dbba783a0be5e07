import type { Side } from '../side';
import type { Cluster } from '../slurm/cluster';
import type { LiveFinding, LiveSystem } from './model';
import type { PlanStep } from '../model';
import type { SlurmExport } from './export';
import { compareNodes } from './slurm-nodes';
import { comparePartitions } from './slurm-partitions';
import { renderedConf } from './rendered-conf';
import { SlurmFacts } from './slurm-facts';
import { SlurmRollOut } from './slurm-roll-out';

/** A cluster on one side. */
export interface ClusterSide {
  readonly side: Side;
  readonly cluster: Cluster;
}

/** What a running cluster says of what is rendered for it. */
export function slurmSystem(
  exported: SlurmExport,
  before: ClusterSide,
  after: ClusterSide,
  plan: readonly PlanStep[],
): LiveSystem {
  const { config, partitions, nodes } = exported;
  const { name, path } = after.cluster;
  const version = config?.get('slurm_version');
  const system = { kind: 'slurm' as const, name, ...(version !== undefined && { version }) };
  const [was, is] = [renderedConf(before.cluster.path, before.side), renderedConf(path, after.side)];
  if (!was || !is) {
    const without = [!was ? before : undefined, !is ? after : undefined].flatMap((one) =>
      one ? [one.side.label] : [],
    );
    const note = `${without.join(' and ')} ${without.length > 1 ? 'have' : 'has'} no slurm.conf of it: only its release is compared`;
    return {
      ...system,
      compared: 0,
      notCompared: ['slurm.conf'],
      findings: releases(version, before, after),
      notes: [note],
    };
  }
  const manifest = after.side.manifest;
  const table = manifest.tables[manifest.constructs[path]?.table ?? ''];
  const facts = new SlurmFacts(new SlurmRollOut(plan, is, table));
  const subject = { kind: 'setting' as const, text: 'slurm.conf', path, ...sourceOf(after, path) };
  for (const [key, stated] of config ? was.settings : []) {
    if (key === 'include' || !is.settings.has(key)) continue;
    const live = config?.get(key) ?? (LISTS.has(key) ? '(null)' : undefined);
    const [a, b] = [stated, is.settings.get(key) as string];
    facts.compare(subject, {
      key: was.spelling.get(key) ?? key,
      ...(live !== undefined && { live }),
      before: a,
      after: b,
    });
  }
  const at = (construct: string) => ({ path: construct, ...sourceOf(after, construct) });
  const notes: string[] = [];
  if (!config) facts.leave('scontrol show config');
  if (partitions.size > 0) comparePartitions(partitions, was, is, facts, after.cluster, at);
  else if (was.partitions.size > 0) facts.leave('scontrol show partition');
  if (nodes.size > 0) notes.push(...compareNodes(nodes, was, is, facts, plan));
  else if (was.nodes.length > 0) facts.leave('scontrol show node');
  const findings = [...releases(version, before, after), ...facts.findings].sort(inOrder);
  return { ...system, compared: facts.compared, notCompared: facts.notCompared, findings, notes };
}

/** Keys that Slurm 24.05 and later print only when they are set. */
const LISTS: ReadonlySet<string> = new Set(['prolog', 'epilog', 'prologslurmctld', 'epilogslurmctld']);

const sourceOf = ({ side }: ClusterSide, path: string) => {
  const source = side.sources[path];
  return source ? { source } : {};
};

/** What may give broken nodes to jobs stands first, what is already there last; all else as it was found. */
const inOrder = (a: LiveFinding, b: LiveFinding): number => RANK[a.what] - RANK[b.what];
const RANK: Readonly<Record<LiveFinding['what'], number>> = { resume: 0, plan: 1, drift: 2, already: 3 };

/** The release that runs against the declared ones. */
function releases(version: string | undefined, before: ClusterSide, after: ClusterSide): LiveFinding[] {
  const [was, is] = [before, after].map(({ cluster }) => String(cluster.values.slurm ?? '')) as [string, string];
  if (version === undefined || was === '' || is === '') return [];
  const runs = (release: string) => version === release || version.startsWith(`${release}.`);
  if (runs(was)) return [];
  const declared = was === is ? `declared is ${is}` : `declared is ${was} before, ${is} after`;
  return [
    {
      level: 'live',
      what: runs(is) ? 'already' : 'drift',
      subject: `cluster ${after.cluster.name}`,
      key: 'slurm',
      live: version,
      before: was,
      after: is,
      title: `cluster ${after.cluster.name}: Slurm ${version} runs live; ${declared}`,
      then: runs(is)
        ? 'it is already what this change brings'
        : `effects and roll-out are those of ${was === is ? `Slurm ${is}` : `an upgrade from ${was}`}, and not of what runs`,
      path: after.cluster.path,
      ...sourceOf(after, after.cluster.path),
    },
  ];
}
