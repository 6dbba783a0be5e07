import type { Direction } from '../values/compare';
import { Version } from '../values/version';

/**
 * What a change does to a running site, from harmless to worst. The order is the order of severity: where several apply,
 * the last one counts.
 */
export const EFFECT_CLASSES = [
  'none',
  'reconfigure',
  'daemon-restart',
  'rolling-drain',
  'reboot',
  'stop-logins',
  'stop-fleet',
  'stop-controller',
  'rebuild-software',
  'replace',
  'data-loss',
] as const;
export type EffectClass = (typeof EFFECT_CLASSES)[number];

/** Facts of the site that conditions speak of: the Slurm version, for one. */
export type SiteFacts = Readonly<Record<string, string>>;

/** The effect of one kind of change, as data. */
export interface Effect {
  readonly class: EffectClass;
  /** Why the class holds, in one sentence without a full stop. */
  readonly reason: string;
  /** What happens to jobs that run. @default - they continue */
  readonly running?: string;
  /** What happens to jobs that wait. @default - they stay in the queue */
  readonly pending?: string;
  /** Nobody notices: no job script breaks, no job waits longer. @default false */
  readonly harmless?: true;
  /** What to do, in order. @default - what the readers of the changed files ask for */
  readonly steps?: readonly string[];
  /** Holds only at sites with these facts, e.g. `{ slurm: '< 24.11' }`. @default - always */
  readonly when?: SiteFacts;
}

/** Effects by direction; `any` stands for the directions that are not named. Of a list, the first that holds counts. */
export type Effects = Readonly<Partial<Record<Direction | 'any', Effect | readonly Effect[]>>>;

/** Effects after the site's facts were asked: one per direction, no conditions. */
export type ResolvedEffects = Readonly<Partial<Record<Direction | 'any', Effect>>>;

const holds = (when: SiteFacts | undefined, facts: SiteFacts): boolean =>
  Object.entries(when ?? {}).every(([name, range]) => {
    const fact = facts[name];
    return fact !== undefined && Version.parse(fact).satisfies(range);
  });

/** Whether any effect depends on facts of the site. */
export function isConditional(effects: Effects): boolean {
  return Object.values(effects).some((rules) => [rules].flat().some((rule) => (rule as Effect).when));
}

/** Chooses the effects that hold at a site with these facts. */
export function resolveEffects(effects: Effects, facts: SiteFacts): ResolvedEffects {
  const resolved: Partial<Record<Direction | 'any', Effect>> = {};
  for (const [direction, rules] of Object.entries(effects) as [Direction | 'any', Effect | readonly Effect[]][]) {
    const rule = ([rules].flat() as Effect[]).find((candidate) => holds(candidate.when, facts));
    if (!rule) continue;
    const { when: _when, ...effect } = rule;
    resolved[direction] = effect;
  }
  return resolved;
}
