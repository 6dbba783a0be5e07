import type { Manifest } from '../../app/manifest';
import type { Json } from '../../values/json';
import type { Entry } from '../model';
import type { Queue } from './cluster';
import type { Rule, Saying, Subject } from './saying';

const fewer = ({ entry }: Subject): boolean => entry.direction === 'decreased' || entry.direction === 'added';

/** What becomes of a job beyond a limit of its partition when it is submitted from now on. */
const refusal = ({ enforcePartLimits }: Subject['after']): string =>
  enforcePartLimits === 'NO'
    ? 'new ones are taken and wait as well (EnforcePartLimits=NO)'
    : `new ones are refused when they are submitted (EnforcePartLimits=${enforcePartLimits})`;

/** A limit of a partition that is lower now; seen on 22.05. */
const lowered =
  (reason: string): Rule =>
  (subject) =>
    fewer(subject) ? { notes: [`squeue shows the reason ${reason} for them; ${refusal(subject.after)}`] } : undefined;

export const maxTimeChanged = lowered('PartitionTimeLimit');
export const maxNodesChanged = lowered('PartitionNodeLimit');

/** Who may use a partition. */
export const rightsChanged: Rule = (subject) => {
  const { entry, after } = subject;
  if (entry.effect.harmless) return undefined;
  return { notes: [`jobs without the right: ${refusal(after)}`] };
};

/** A partition that goes or is renamed: what scripts that name it meet, and where its nodes still are. */
export const partitionGone: Rule = ({ pathBefore, before, after }) => {
  const gone = [...before.partitions.values()].find(({ path }) => path === pathBefore);
  if (!gone) return undefined;
  const others = [...after.partitions.values()].filter(({ pools }) =>
    pools.some(({ hosts }) => gone.pools.some((pool) => pool.hosts.overlaps(hosts))),
  );
  const names = others.map(({ name }) => name).join(', ');
  return {
    notes: [
      `scripts with --partition=${gone.name} are refused`,
      ...(gone.isDefault ? [noDefault(after) ?? 'it was the default partition'] : []),
      names === '' ? 'no other partition has its nodes' : `its nodes are in ${names}`,
    ],
  };
};

const defaultOf = ({ partitions }: Subject['after']): Queue | undefined =>
  [...partitions.values()].find(({ isDefault }) => isDefault);

const noDefault = (after: Subject['after']): string | undefined =>
  defaultOf(after) ? undefined : 'jobs that name no partition are refused: there is no default any more';

/** Another default partition: said at the one that was it; at the one that is it nothing breaks. */
export const defaultChanged: Rule = ({ entry, before, after }) => {
  const [was, is] = [defaultOf(before), defaultOf(after)];
  if (was && was.path === is?.path) return undefined;
  if (is && is.path === entry.path && was) {
    return { effect: { ...entry.effect, reason: `jobs that name no partition go to ${is.name}`, harmless: true } };
  }
  if (is && !was) {
    return { effect: { ...entry.effect, reason: 'jobs that name no partition were refused before', harmless: true } };
  }
  if (!is) return { notes: [noDefault(after) as string] };
  const limits = is.maxTime < (was as Queue).maxTime ? ', which has a shorter time limit' : '';
  return { notes: [`jobs that name no partition go to ${is.name} instead of ${(was as Queue).name}${limits}`] };
};

/** A partition that takes and starts jobs again hurts nobody. */
export const stateChanged: Rule = ({ entry, after }) => {
  const queue = [...after.partitions.values()].find(({ path }) => path === entry.path);
  return queue?.state === 'UP'
    ? { effect: { class: entry.effect.class, reason: 'it takes jobs and starts them', harmless: true } }
    : undefined;
};

/** The longest time of a job by its QOS or account; seen on 22.05. */
export function maxWallChanged(entry: Entry, after: Manifest): Saying | undefined {
  if (entry.direction !== 'decreased' && entry.direction !== 'added') return undefined;
  const reason = entry.kind === 'Qos' ? 'QOSMaxWallDurationPerJobLimit' : 'AssocMaxWallDurationPerJobLimit';
  const flags: Json | undefined = after.constructs[entry.path]?.values.flags;
  const denies = Array.isArray(flags) && flags.includes('DenyOnLimit');
  return {
    notes: [
      `squeue shows the reason ${reason} for them; ${denies ? 'new ones are refused (DenyOnLimit)' : 'new ones are taken and wait as well'}`,
    ],
  };
}
