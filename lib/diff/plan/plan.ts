import { Hostlist } from '../../values/hostlist';
import { byCodeUnit } from '../../values/json';
import type { Comparison } from '../comparison';
import type { Entry, PlanStep, StepAction } from '../model';
import { Places } from './places';
import { type AskedStep, planStep, stepsOf } from './step';

/** The order of steps that nothing else orders. */
const ORDER: readonly StepAction[] = [
  'by-hand',
  'drain',
  'apply',
  'stop',
  'build',
  'place',
  'run',
  'start',
  'restart',
  'reconfigure',
  'resume',
];

interface Node {
  step: AskedStep;
  readonly because: Set<string>;
  readonly after: Set<Node>;
  readonly seen: number;
}

/**
 * The roll-out of all entries together. Each entry's steps keep their order; a step that several ask for is done once; a
 * service that one entry stops and starts is not restarted for another.
 */
export function planRollOut(entries: readonly Entry[], comparison: Comparison): PlanStep[] {
  const places = new Places(comparison);
  const chains = entries.map((entry) => ({ entry, steps: stepsOf(entry, places, comparison) }));
  const stopped = new Set(
    chains.flatMap(({ steps }) => steps.filter(({ action }) => action === 'stop').map(({ service }) => service)),
  );
  const nodes = new Map<string, Node>();
  // Who stops a service knows best when it may start again: those orders come first, and what contradicts them yields.
  const strictFirst = [...chains].sort((a, b) => strictness(b.steps) - strictness(a.steps));
  for (const { entry, steps } of strictFirst) {
    let previous: Node | undefined;
    for (const asked of steps) {
      const step = stopped.has(asked.service) && asked.action === 'restart' ? started(asked) : asked;
      const node = join(nodes, step, entry);
      if (previous && previous !== node && !comesAfter(previous, node)) node.after.add(previous);
      previous = node;
    }
  }
  const sorted = sortNodes([...nodes.values()], places).filter((node) => !isNeedless(node, nodes));
  return [
    ...sorted.map(({ step, because }) => planStep(placed(step, places), [...because].sort(byCodeUnit))),
    ...recordings(
      sorted,
      places,
      chains.filter(({ steps }) => steps.length === 0),
    ),
  ];
}

/** A play over some hosts does not say that a change is deployed: one over all of them does, and leaves the manifest. */
function recordings(nodes: readonly Node[], places: Places, left: readonly { entry: Entry }[]): PlanStep[] {
  const played = new Map<string, Set<string>>();
  const add = (site: string | undefined, because: Iterable<string>) => {
    if (site !== undefined) played.set(site, new Set([...(played.get(site) ?? []), ...because]));
  };
  for (const { step, because } of nodes) add(step.site, because);
  const before = new Set(played.keys());
  for (const { entry } of left) add(places.playbookOf(entry), [entry.id]);
  return [...played].flatMap(([path, because]): PlanStep[] => {
    const site = places.siteOf(path);
    if (!site?.manifest) return [];
    const does = before.has(path) ? 'it changes no more files' : 'hosts get what is declared for them';
    const added = places.newHosts(site);
    const first = added.isEmpty ? does : `it sets up ${added.toString()}; elsewhere ${does}`;
    const text = `play the whole site: ${first}, and ${places.keeperOf(site)} records what is deployed`;
    const command = `cd ${site.project} && ansible-playbook site.yml`;
    return [{ action: 'run', text, command, because: [...because].sort(byCodeUnit) }];
  });
}

const strictness = (steps: readonly AskedStep[]): number => (steps.some(({ action }) => action === 'stop') ? 1 : 0);

const started = (step: AskedStep): AskedStep => ({
  ...step,
  key: `start ${step.service}`,
  action: 'start',
  text: `start ${step.service}`,
  command: `systemctl start ${step.service}`,
});

function join(nodes: Map<string, Node>, step: AskedStep, entry: Entry): Node {
  const known = nodes.get(step.key);
  if (known) {
    known.because.add(entry.id);
    known.step = merged(known.step, step);
    return known;
  }
  const node: Node = { step, because: new Set([entry.id]), after: new Set(), seen: nodes.size };
  nodes.set(step.key, node);
  return node;
}

/** One step for what two ask for: on the hosts of both. */
function merged(a: AskedStep, b: AskedStep): AskedStep {
  const hosts = [a.hosts, b.hosts].filter((one) => one !== undefined).map((one) => Hostlist.parse(one));
  const groups = [...new Set([...(a.groups ?? []), ...(b.groups ?? [])])].sort(byCodeUnit);
  return {
    ...a,
    ...(hosts.length > 0 && { hosts: Hostlist.union(hosts).toString() }),
    ...(groups.length > 0 && { groups }),
  };
}

/** Whether `a` has to come after `b` already. */
function comesAfter(a: Node, b: Node): boolean {
  return a === b || [...a.after].some((one) => comesAfter(one, b));
}

function sortNodes(nodes: readonly Node[], places: Places): Node[] {
  const left = new Set(nodes);
  const order: Node[] = [];
  while (left.size > 0) {
    const free = [...left].filter((node) => [...node.after].every((one) => !left.has(one)));
    const next = free.sort((a, b) => rank(a, places) - rank(b, places) || a.seen - b.seen)[0] as Node;
    order.push(next);
    left.delete(next);
  }
  return order;
}

function rank({ step }: Node, places: Places): number {
  const service = step.service === undefined ? 0 : Math.min(places.rankOf(step.service), 999);
  return ORDER.indexOf(step.action) * 1000 + service;
}

/** Daemons that all start anew read their files then: nobody has to tell them to. */
function isNeedless({ step }: Node, nodes: ReadonlyMap<string, Node>): boolean {
  if (step.command !== 'scontrol reconfigure') return false;
  return ['slurmctld', 'slurmd'].every((name) => nodes.has(`restart ${name}`) || nodes.has(`start ${name}`));
}

/** The step that places files, with the command that does it for all that ask. */
function placed(step: AskedStep, places: Places): AskedStep {
  if (step.action !== 'place' || step.site === undefined) return step;
  const site = places.siteOf(step.site);
  const groups = step.groups ?? [];
  if (!site || groups.length === 0) return step;
  const hosts = places.hostsOf(site, groups);
  return {
    ...step,
    text: `place the files on ${groups.join(', ')}`,
    command: `cd ${site.project} && ansible-playbook site.yml --tags prepare,configure --limit ${groups.join(',')}`,
    ...(hosts && { hosts }),
  };
}
