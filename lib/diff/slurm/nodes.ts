import { Hostlist } from '../../values/hostlist';
import { Size } from '../../values/size';
import { byCodeUnit } from '../../values/json';
import { count, lastPart } from '../words';
import type { Cluster, Machine, Pool } from './cluster';
import type { Rule, Subject } from './saying';

const poolsOf = ({ entry, pathBefore, before, after }: Subject): readonly [Pool | undefined, Pool | undefined] => [
  before.pools.get(pathBefore),
  after.pools.get(entry.path),
];

/** Nodes that come and go: a slip of zero padding, a pool of which nothing stays, partitions without a node. */
export const hostsChanged: Rule = (subject) => {
  const [was, is] = poolsOf(subject);
  if (!was || !is) return undefined;
  const gone = was.hosts.difference(is.hosts);
  const come = is.hosts.difference(was.hosts);
  const { effect } = subject.entry;
  const all = !gone.isEmpty && gone.count === was.hosts.count;
  return {
    notes: [
      ...(sameNumbers(gone, come) ? [`a typing slip? ${gone} and ${come} are different machines`] : []),
      ...emptyPartitions(subject),
    ],
    ...(all && {
      effect: {
        ...effect,
        class: 'stop-fleet',
        reason: `none of the nodes stays: all ${gone.count} of ${lastPart(was.path)} go`,
      },
    }),
  };
};

/** Whether two lists differ in nothing but zeros in front of numbers. */
function sameNumbers(a: Hostlist, b: Hostlist): boolean {
  if (a.isEmpty || a.count !== b.count) return false;
  const [x, y] = [a, b].map((list) => Hostlist.parse(list.toString().replace(/(?<!\d)0+(?=\d)/g, ''))) as [
    Hostlist,
    Hostlist,
  ];
  return !x.problem && !y.problem && x.equals(y);
}

/** A pool that goes. */
export const poolRemoved: Rule = (subject) => ({ notes: emptyPartitions(subject) });

function emptyPartitions({ before, after }: Subject): string[] {
  const nodes = (pools: readonly Pool[]) => pools.reduce((sum, { hosts }) => sum + hosts.count, 0);
  const empty = [...after.partitions.values()].filter(
    ({ name, pools }) => nodes(pools) === 0 && nodes(before.partitions.get(name)?.pools ?? []) > 0,
  );
  return empty.length > 0
    ? [`no node is left in ${empty.map(({ name }) => name).join(', ')}: jobs there wait for ever`]
    : [];
}

/** What a node has: generic resources that no node has any more, less memory or fewer CPUs in a partition. */
export const machineChanged: Rule = (subject) => {
  const [was, is] = poolsOf(subject);
  if (!was?.machine || !is?.machine) return undefined;
  const { after } = subject;
  const words = gresWords(was.machine).filter((word) => !gresWords(is.machine).includes(word));
  const gone = words.filter(
    (word) => ![...after.pools.values()].some(({ machine }) => gresWords(machine).includes(word)),
  );
  const notes = [
    ...gone.map((word) => `sbatch --gres=${word} is refused: no node has it any more`),
    ...words.filter((word) => !gone.includes(word)).map((word) => `--gres=${word} is met by other nodes only`),
    ...smaller(subject, was, is),
  ];
  const { effect } = subject.entry;
  return {
    notes,
    ...(notes.length > 0 && { marks: ['user-contract'] as const }),
    // slurmctld ends jobs only where the cores that they hold are counted anew
    ...(was.machine.layout === is.machine.layout && { effect: { ...effect, running: 'running jobs continue' } }),
  };
};

/** What a script can ask for: `gpu`, `gpu:a100`. */
const gresWords = (machine: Machine | undefined): string[] => [
  ...new Set(
    (machine?.gres ?? []).flatMap(({ name, type }) => (type === undefined ? [name] : [name, `${name}:${type}`])),
  ),
];

/** How much of a node a job can have in the partitions that the pool belongs to. */
function smaller({ before, after }: Subject, was: Pool, is: Pool): string[] {
  const biggest = (cluster: Cluster, name: string, what: 'memory' | 'cpus') =>
    Math.max(0, ...(cluster.partitions.get(name)?.pools ?? []).map(({ machine }) => machine?.[what] ?? Infinity));
  const names = [...before.partitions.values()]
    .filter(({ pools }) => pools.some(({ path }) => path === was.path))
    .filter(({ name }) => after.partitions.get(name)?.pools.some(({ path }) => path === is.path))
    .map(({ name }) => name);
  const less = (what: 'memory' | 'cpus', text: (amount: number) => string): string[] => {
    const hit = names.filter((name) => biggest(after, name, what) < biggest(before, name, what)).sort(byCodeUnit);
    const [name] = hit;
    if (name === undefined) return [];
    const [old, now] = [biggest(before, name, what), biggest(after, name, what)];
    return [`a job in ${hit.join(' or ')} can have ${text(now)} of one node, before ${text(old)}`];
  };
  return [
    ...less('memory', (mib) => Size.mib(Math.floor(mib)).toString()),
    ...less('cpus', (cpus) => count(cpus, 'CPU')),
  ];
}

/** Features: those that no node has any more, and those that others still have. */
export const featuresChanged: Rule = (subject) => {
  const [was, is] = poolsOf(subject);
  if (!was?.features || !is?.features) return undefined;
  const lost = [...was.features].filter((word) => !is.features?.has(word)).sort(byCodeUnit);
  const notes = lost.map((word) => {
    const others = [...subject.after.pools.values()].filter(({ features }) => features?.has(word));
    return others.length > 0
      ? `--constraint=${word} is still met by ${others.map(({ path }) => lastPart(path)).join(', ')}`
      : `sbatch --constraint=${word} is refused: no node has it any more`;
  });
  return { notes };
};
