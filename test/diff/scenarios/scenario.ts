import type { Declare } from '../../../lib/app/definition';
import type { EffectClass } from '../../../lib/app/effect';
import { type Diff, type DiffOptions, diffSides, type EntrySection } from '../../../lib/diff';
import type { Side } from '../../../lib/diff/side';
import { briefDiff } from '../../../lib/diff/views/brief';
import { stepText } from '../../../lib/diff/views/summary';
import { sideOf } from '../support/sides';

/** A realistic change of a site, and what a reviewer is told of it. */
export interface Scenario {
  /** What somebody did, in a few words. */
  readonly title: string;
  readonly before: Declare;
  readonly after: Declare;
  readonly options?: DiffOptions;
  /** What else is different about the two sides, such as the version that wrote them. */
  readonly sides?: (before: Side, after: Side) => readonly [before: Side, after: Side];
  readonly told: Told;
  /** What becomes of jobs when the steps of the roll-out are done; test/real/ sees it on a real Slurm. */
  readonly fate?: Fate;
  /** What becomes of them when the files are placed and the daemons restarted without those steps. */
  readonly naively?: Fate;
}

/** What becomes of a job that runs, and of one that waits. */
export interface Fate {
  readonly running: 'continues' | 'killed';
  readonly pending: 'waits' | 'starts' | 'lost';
}

/** What a reviewer is told, as far as a scenario has to state it. */
export interface Told {
  /** The sections of the page, in order. */
  readonly sections: readonly EntrySection[];
  /** The classes of the entries, in order. */
  readonly classes: readonly EffectClass[];
  /** The first three lines in brief, without the counts that follow the last entry. */
  readonly lines: readonly string[];
  /** The steps of the roll-out. */
  readonly plan: readonly string[];
  /** Further sentences that some entry has to say. @default - none */
  readonly says?: readonly string[];
}

/** The diff of a scenario. */
export async function diffOfScenario({ before, after, options = {}, sides }: Scenario): Promise<Diff> {
  const [a, b] = [await sideOf('before', before), await sideOf('after', after)];
  return diffSides(...(sides?.(a, b) ?? ([a, b] as const)), options);
}

/** What a diff tells, in the form in which scenarios state it; `says` is what was asked for, as far as it is there. */
export function toldBy(diff: Diff, { says }: Pick<Told, 'says'>): Told {
  const sentences = diff.entries.flatMap(({ notes, effect, items }) => [
    ...notes,
    effect.reason,
    ...(effect.running ? [effect.running] : []),
    ...(effect.pending ? [effect.pending] : []),
    ...items.map(({ text }) => text),
  ]);
  const hidden = diff.hidden.map(({ rule, count }) => `${rule} ${count}`);
  const running = (diff.live?.systems ?? []).flatMap(({ findings }) =>
    findings.map(({ title, then }) => `${title}; ${then}`),
  );
  const all = [...sentences, ...running, ...diff.notes, ...hidden];
  return {
    sections: [...new Set(diff.entries.map(({ section }) => section))],
    classes: diff.entries.map(({ effect }) => effect.class),
    lines: briefDiff(diff).trimEnd().split('\n').slice(0, Math.min(3, diff.entries.length)),
    plan: diff.plan.map(stepText),
    ...(says && { says: says.filter((wanted) => all.some((sentence) => sentence.includes(wanted))) }),
  };
}
