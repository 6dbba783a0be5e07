import type { Origin } from '../../values/origin';
import type { Cluster } from '../slurm/cluster';
import type { Facts } from './export';
import type { RenderedConf } from './rendered-conf';
import type { SlurmFacts } from './slurm-facts';

/** What a partition has that slurm.conf says nothing of: what scontrol prints then. */
const DEFAULTS: Facts = new Map([
  ['allocnodes', 'ALL'],
  ['allowaccounts', 'ALL'],
  ['allowgroups', 'ALL'],
  ['allowqos', 'ALL'],
  ['default', 'NO'],
  ['defaulttime', 'NONE'],
  ['hidden', 'NO'],
  ['maxnodes', 'UNLIMITED'],
  ['maxtime', 'UNLIMITED'],
  ['minnodes', '0'],
  ['priorityjobfactor', '1'],
  ['prioritytier', '1'],
  ['qos', 'N/A'],
  ['rootonly', 'NO'],
  ['state', 'UP'],
]);

/** How people spell the keys that slurm.conf leaves out. */
const SPELT: Readonly<Record<string, string>> = {
  allocnodes: 'AllocNodes',
  allowaccounts: 'AllowAccounts',
  allowgroups: 'AllowGroups',
  allowqos: 'AllowQos',
  default: 'Default',
  defaulttime: 'DefaultTime',
  hidden: 'Hidden',
  maxnodes: 'MaxNodes',
  maxtime: 'MaxTime',
  minnodes: 'MinNodes',
  priorityjobfactor: 'PriorityJobFactor',
  prioritytier: 'PriorityTier',
  qos: 'QOS',
  rootonly: 'RootOnly',
  state: 'State',
};

/** Older names of keys, as scontrol prints them. */
const PRINTED: Readonly<Record<string, string>> = { shared: 'oversubscribe', defaultqos: 'qos' };

type PlaceOf = (path: string) => { readonly path: string; readonly source?: Origin };

/** The partitions of a running cluster against those of its slurm.conf. */
export function comparePartitions(
  live: ReadonlyMap<string, Facts>,
  before: RenderedConf,
  after: RenderedConf,
  facts: SlurmFacts,
  cluster: Cluster,
  placeOf: PlaceOf,
): void {
  const names = new Set([...before.partitions.keys(), ...after.partitions.keys(), ...live.keys()]);
  for (const name of names) {
    const [is, was, willBe] = [live.get(name), before.partitions.get(name), after.partitions.get(name)];
    const declared = cluster.partitions.get(name)?.path;
    const subject = {
      kind: 'partition' as const,
      text: `partition ${name}`,
      ...(declared !== undefined && placeOf(declared)),
    };
    if (is && was && willBe) compareOne(is, was, willBe);
    else if (is && !was) {
      const already = willBe !== undefined;
      facts.tell(subject, {
        what: already ? 'already' : 'drift',
        live: 'there',
        title: `partition ${name} is there live; slurm.conf has it ${already ? 'after this change only' : 'not'}`,
        then: already ? 'it is already what this change brings' : facts.rollOut.reaches('removes it'),
      });
    } else if (!is && was && !isHidden(was)) {
      facts.tell(subject, {
        what: willBe ? 'drift' : 'already',
        live: 'not there',
        title: `partition ${name} is not there live; slurm.conf has it${willBe ? '' : ' before this change only'}`,
        then: willBe ? facts.rollOut.reaches('brings it back') : 'it is already what this change brings',
      });
    }

    function compareOne(live: Facts, was: Facts, willBe: Facts): void {
      const oldPriority = was.has('priority') || willBe.has('priority');
      for (const key of new Set([...was.keys(), ...willBe.keys(), ...DEFAULTS.keys()])) {
        const isStated = was.has(key) || willBe.has(key);
        const found = live.get(PRINTED[key] ?? key);
        if (key === 'priority' || (key.startsWith('priority') && oldPriority && !isStated)) continue;
        if (found === undefined && !isStated) continue; // DenyAccounts in place of AllowAccounts, for one
        const [a, b] = [was, willBe].map((stated) => stated.get(key) ?? DEFAULTS.get(key));
        facts.compare(subject, {
          key: SPELT[key] ?? before.spelling.get(key) ?? after.spelling.get(key) ?? key,
          ...(found !== undefined && { live: found }),
          ...(a !== undefined && { before: a }),
          ...(b !== undefined && { after: b }),
        });
      }
    }
  }
}

/** scontrol shows a hidden partition, or one of a group, to some only. */
const isHidden = (facts: Facts): boolean =>
  /^(yes|true|1)$/i.test(facts.get('hidden') ?? '') || facts.has('allowgroups');
