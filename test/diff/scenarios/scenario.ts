import type { Declare } from '../../../lib/app/definition';
import type { EffectClass } from '../../../lib/app/effect';
import type { Diff, DiffOptions, EntrySection } from '../../../lib/diff';
import { briefDiff } from '../../../lib/diff/views/brief';
import { stepText } from '../../../lib/diff/views/summary';

/** A realistic change of a site, and what a reviewer is told of it. */
export interface Scenario {
  /** What somebody did, in a few words. */
  readonly title: string;
  readonly before: Declare;
  readonly after: Declare;
  readonly options?: DiffOptions;
  readonly told: Told;
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

/** What a diff tells, in the form in which scenarios state it; `says` is what was asked for, as far as it is there. */
export function toldBy(diff: Diff, { says }: Told): Told {
  const sentences = diff.entries.flatMap(({ notes, effect }) => [
    ...notes,
    effect.reason,
    ...(effect.running ? [effect.running] : []),
    ...(effect.pending ? [effect.pending] : []),
  ]);
  return {
    sections: [...new Set(diff.entries.map(({ section }) => section))],
    classes: diff.entries.map(({ effect }) => effect.class),
    lines: briefDiff(diff).trimEnd().split('\n').slice(0, -1).slice(0, 3),
    plan: diff.plan.map(stepText),
    ...(says && { says: says.filter((wanted) => sentences.some((sentence) => sentence.includes(wanted))) }),
  };
}
