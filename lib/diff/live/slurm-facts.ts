import { byCodeUnit } from '../../values/json';
import type { Origin } from '../../values/origin';
import type { LiveFinding } from './model';
import { isNone, sameValue } from './same-value';
import type { FactKind, SlurmRollOut } from './slurm-roll-out';

/** What a fact is about. */
export interface FactSubject {
  readonly kind: FactKind;
  readonly text: string;
  /** Its construct, and where that is declared. @default - none is known */
  readonly path?: string;
  readonly source?: Origin;
}

/** One key with what runs and what is rendered for it. */
export interface Fact {
  /** As slurm.conf spells it. */
  readonly key: string;
  /** @default - the running Slurm does not say */
  readonly live?: string;
  /** @default - slurm.conf does not state it, and the default is not known */
  readonly before?: string;
  readonly after?: string;
}

/** Compares facts one by one, and keeps what there is to tell. */
export class SlurmFacts {
  compared = 0;
  private readonly left = new Set<string>();
  readonly findings: LiveFinding[] = [];

  constructor(readonly rollOut: SlurmRollOut) {}

  /** What could not be compared, by name. */
  get notCompared(): string[] {
    return [...this.left].sort(byCodeUnit);
  }

  /** A key that is in a form of which nothing can be said. */
  leave(name: string): void {
    this.left.add(name);
  }

  compare(subject: FactSubject, { key, live, before, after }: Fact): void {
    if (before === undefined || after === undefined) return; // a change of what is stated: the entries speak of it
    const name = subject.kind === 'setting' ? key : `${subject.kind} ${key}`;
    const [isBefore, isAfter] = live === undefined ? [] : [before, after].map((stated) => sameValue(key, live, stated));
    if (live === undefined || isBefore === undefined || isAfter === undefined) {
      this.leave(name);
      return;
    }
    this.compared += 1;
    if (isBefore) return;
    const [is, was, willBe] = [live, before, after].map(shown) as [string, string, string];
    const stated = before === after ? `slurm.conf has ${willBe}` : `slurm.conf has ${was} before, ${willBe} after`;
    this.tell(subject, {
      what: isAfter ? 'already' : 'drift',
      key,
      live: is,
      before: was,
      after: willBe,
      title: `${subject.text}: ${key} is ${is} live; ${stated}`,
      then: isAfter
        ? 'it is already what this change brings'
        : this.rollOut.sets(subject.kind, key.toLowerCase(), willBe, before === after),
    });
  }

  tell({ text, path, source }: FactSubject, finding: Omit<LiveFinding, 'level' | 'subject' | 'path' | 'source'>): void {
    this.findings.push({ level: 'live', subject: text, ...finding, ...(path && { path }), ...(source && { source }) });
  }
}

const shown = (value: string): string =>
  isNone(value) && !/^(none|unknown|\w+\/\w+)$/i.test(value) ? 'not set' : value;
