import { Hostlist } from '../../values/hostlist';
import type { PlanStep } from '../model';
import { count } from '../words';
import type { Facts } from './export';
import type { NodeRecord, RenderedConf } from './rendered-conf';
import type { SlurmFacts } from './slurm-facts';

/** What a node has that slurm.conf says nothing of: what scontrol prints then. */
const DEFAULTS: Facts = new Map([
  ['feature', '(null)'],
  ['gres', '(null)'],
  ['weight', '1'],
]);

const SPELT: Readonly<Record<string, string>> = { feature: 'Feature', gres: 'Gres', weight: 'Weight' };

/** How scontrol calls what slurm.conf states. */
const PRINTED: Readonly<Record<string, string>> = { feature: 'availablefeatures', cpus: 'cputot', procs: 'cputot' };

/** What slurm.conf states of a node is where it begins, not how it has to be. */
const NOT_COMPARED: ReadonlySet<string> = new Set(['state', 'reason', 'nodename']);

/** Nodes of which scontrol prints the same. */
interface Alike {
  readonly hosts: Hostlist;
  readonly facts: Facts;
}

/**
 * The nodes of a running cluster against those of its slurm.conf. Nodes that are alike are compared once.
 *
 * @returns what else there is to say of them
 */
export function compareNodes(
  live: ReadonlyMap<string, Facts>,
  before: RenderedConf,
  after: RenderedConf,
  facts: SlurmFacts,
  plan: readonly PlanStep[],
): string[] {
  const notes = unfit(live, facts, plan);
  const [was, willBe] = [before, after].map(({ nodes }) => nodes.map(plainRecord)) as [NodeRecord[], NodeRecord[]];
  const keys = new Set([...was, ...willBe].flatMap(({ facts: stated }) => [...stated.keys()]));
  for (const key of DEFAULTS.keys()) keys.add(key);
  for (const key of NOT_COMPARED) keys.delete(key);
  const printed = [...keys].map((key) => PRINTED[key] ?? key);
  const all = alike(live, (one) => printed.map((key) => one.get(key)).join('\0'));
  // nodes of which the same is said differ in the same way: they are one line, whatever else they are
  const sayings = new Map<string, { fact: Parameters<SlurmFacts['compare']>[1]; hosts: Hostlist[] }>();
  for (const { hosts, facts: found } of all) {
    for (const [a, b, some] of pairs(hosts, was, willBe)) {
      for (const key of keys) {
        const isStated = a.facts.has(key) || b.facts.has(key);
        const is = found.get(PRINTED[key] ?? key);
        if (!isStated && (is === undefined || !DEFAULTS.has(key))) continue;
        const [old, now] = [a, b].map((record) => record.facts.get(key) ?? DEFAULTS.get(key));
        const named = [old, now].some((value) => value?.includes('[')); // a name or an address for each node
        const fact = {
          key: SPELT[key] ?? before.spelling.get(key) ?? after.spelling.get(key) ?? key,
          ...(is !== undefined && !named && { live: is }),
          ...(old !== undefined && { before: old }),
          ...(now !== undefined && { after: now }),
        };
        const id = JSON.stringify(fact);
        const known = sayings.get(id);
        if (known) known.hosts.push(some);
        else sayings.set(id, { fact, hosts: [some] });
      }
    }
  }
  for (const { fact, hosts } of sayings.values())
    facts.compare({ kind: 'node', text: nodesText(Hostlist.union(hosts)) }, fact);
  const running = Hostlist.union(all.map(({ hosts }) => hosts));
  unknown(live, running, was, willBe, facts);
  missing(running, was, willBe, facts);
  return notes;
}

/** Names of nodes as Slurm has them; a line that names none of these says nothing. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,253}$/;

function alike(live: ReadonlyMap<string, Facts>, signature: (facts: Facts) => string): Alike[] {
  const groups = new Map<string, { names: string[]; facts: Facts }>();
  for (const [name, facts] of live) {
    if (!NAME.test(name) || /\d{16}/.test(name)) continue;
    const id = signature(facts);
    const known = groups.get(id);
    if (known) known.names.push(name);
    else groups.set(id, { names: [name], facts });
  }
  return [...groups.values()].map(({ names, facts }) => ({ hosts: Hostlist.parse(names.join(',')), facts }));
}

/** `Features` is `Feature`. */
function plainRecord({ hosts, facts }: NodeRecord): NodeRecord {
  const features = facts.get('features');
  return features === undefined ? { hosts, facts } : { hosts, facts: new Map([...facts, ['feature', features]]) };
}

/** What is stated of some nodes before and after; those that one of the two sides does not have are left out. */
function* pairs(hosts: Hostlist, before: readonly NodeRecord[], after: readonly NodeRecord[]) {
  for (const a of before) {
    const some = hosts.intersection(a.hosts);
    if (some.isEmpty) continue;
    for (const b of after) {
      const both = some.intersection(b.hosts);
      if (!both.isEmpty) yield [a, b, both] as const;
    }
  }
}

const nodesText = (hosts: Hostlist): string =>
  hosts.count === 1 ? `node ${hosts.toString()}` : `nodes ${hosts.toString()}`;

const hostsOf = (records: readonly NodeRecord[]): Hostlist => Hostlist.union(records.map(({ hosts }) => hosts));

/** Nodes that run and that no slurm.conf states; those that registered by themselves are meant to. */
function unknown(
  live: ReadonlyMap<string, Facts>,
  running: Hostlist,
  before: readonly NodeRecord[],
  after: readonly NodeRecord[],
  facts: SlurmFacts,
): void {
  const dynamic = alike(live, (one) => String(/DYNAMIC/.test(one.get('state') ?? '')))
    .filter((group) => /DYNAMIC/.test(group.facts.get('state') ?? ''))
    .map(({ hosts }) => hosts);
  const left = running.difference(hostsOf(before)).difference(Hostlist.union(dynamic));
  const [stated, strange] = [left.intersection(hostsOf(after)), left.difference(hostsOf(after))];
  for (const [hosts, what] of [
    [strange, 'drift'],
    [stated, 'already'],
  ] as const) {
    if (hosts.isEmpty) continue;
    const are = hosts.count === 1 ? 'is' : 'are';
    facts.tell(
      { kind: 'node', text: nodesText(hosts) },
      {
        what,
        live: 'there',
        title: `${nodesText(hosts)} ${are} there live; no NodeName of slurm.conf has ${hosts.count === 1 ? 'it' : 'them'}${what === 'already' ? ' before this change' : ''}`,
        then:
          what === 'already' ? 'it is already what this change brings' : 'the slurm.conf of the roll-out is without',
      },
    );
  }
}

/** Nodes that slurm.conf has and slurmctld does not know; those in a cloud are hidden while they are off. */
function missing(
  running: Hostlist,
  before: readonly NodeRecord[],
  after: readonly NodeRecord[],
  facts: SlurmFacts,
): void {
  const shown = before.filter(({ facts: stated }) => !/^(cloud|future)/i.test(stated.get('state') ?? ''));
  const gone = hostsOf(shown).intersection(hostsOf(after)).difference(running);
  if (gone.isEmpty) return;
  facts.tell(
    { kind: 'node', text: nodesText(gone) },
    {
      what: 'drift',
      live: 'not there',
      title: `${nodesText(gone)} ${gone.count === 1 ? 'is' : 'are'} not there live; slurm.conf has ${gone.count === 1 ? 'it' : 'them'}`,
      then: `the slurm.conf of the roll-out has ${gone.count === 1 ? 'it' : 'them'}: slurmctld was started with another`,
    },
  );
}

/** Nodes that are out of service, and which of them the roll-out would give to jobs again. */
function unfit(live: ReadonlyMap<string, Facts>, facts: SlurmFacts, plan: readonly PlanStep[]): string[] {
  const out = new Map([...live].filter(([, one]) => OUT.test(one.get('state') ?? '')));
  const groups = alike(out, (one) => `${stateOf(one)}\0${one.get('reason') ?? ''}`);
  let left = Hostlist.union(groups.map(({ hosts }) => hosts));
  for (const { hosts, facts: one } of groups) {
    for (const [index, { action, hosts: named }] of plan.entries()) {
      if (action !== 'resume' || !named) continue;
      const some = hosts.intersection(Hostlist.parse(named));
      if (some.isEmpty) continue;
      left = left.difference(some);
      const reason = one.get('reason');
      const [is, it] = some.count === 1 ? ['is', 'it'] : ['are', 'them'];
      // a drain has a reason of its own, which takes the place of what stands there
      const drain = plan.findIndex((step) => step.action === 'drain' && reaches(step, some));
      const forgets = reason && drain !== -1 ? `step ${drain + 1} of the roll-out overwrites that reason, ` : '';
      facts.tell(
        { kind: 'node', text: nodesText(some) },
        {
          what: 'resume',
          key: 'State',
          live: stateOf(one),
          title: `${nodesText(some)} ${is} ${stateOf(one)} live${reason ? `: ${reason}` : ', without a reason'}`,
          then: `${forgets}step ${index + 1}${forgets ? '' : ' of the roll-out'} resumes ${it}: leave out what is broken`,
        },
      );
    }
  }
  if (left.isEmpty) return [];
  return [`${count(left.count, 'node')} DOWN, DRAIN or FAIL that the roll-out does not resume: ${left.toString()}`];
}

const reaches = ({ hosts = '' }: PlanStep, some: Hostlist): boolean => Hostlist.parse(hosts).overlaps(some);

const OUT = /(^|\+)(DOWN|DRAIN(ED|ING)?|FAIL(ING)?)(\W|$)/;

/** The state without what changes by itself, such as `*` for no answer. */
const stateOf = (facts: Facts): string => (facts.get('state') ?? '').replace(/[^A-Z+_]/g, '');
