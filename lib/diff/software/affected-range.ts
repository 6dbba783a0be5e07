import { Version } from '../../values/version';

/** Where a vulnerability begins or ends: the key of OSV, and a version. */
export type RangeEvent = readonly [kind: 'introduced' | 'fixed' | 'last_affected' | 'limit', version: string];

type Bound = readonly [kind: RangeEvent[0], version: Version];

/** The versions between the events of a range, as OSV evaluates them. */
export class AffectedRange {
  /** Nothing when a version among the events is none. */
  static of(events: readonly RangeEvent[]): AffectedRange | undefined {
    const read = events
      .filter(([kind, version]) => !(kind === 'limit' && version === '*'))
      .map(([kind, version]): Bound => [kind, readVersion(version)]);
    if (read.some(([, { problem }]) => problem)) return undefined;
    const bounds = read.filter(([kind]) => kind !== 'limit').sort(([, a], [, b]) => Version.compare(a, b));
    return new AffectedRange(
      bounds,
      read.filter(([kind]) => kind === 'limit').map(([, version]) => version),
    );
  }

  private constructor(
    private readonly bounds: readonly Bound[],
    private readonly limits: readonly Version[],
  ) {}

  /** Whether a version lies in it. */
  has(version: Version): boolean {
    if (this.limits.length > 0 && this.limits.every((limit) => version.atLeast(limit))) return false;
    return this.bounds.reduce((affected, [kind, bound]) => {
      if (kind === 'introduced') return affected || bound.toString() === '0' || version.atLeast(bound);
      if (kind === 'fixed') return affected && !version.atLeast(bound);
      return affected && Version.compare(version, bound) <= 0;
    }, false);
  }

  /** The first version after this one in which it is mended; nothing when none is named. */
  fixAfter(version: Version): Version | undefined {
    return this.bounds.find(([kind, bound]) => kind === 'fixed' && Version.compare(bound, version) > 0)?.[1];
  }
}

/** A version of a database, which may write it as the name of a tag: `v1.2.3`. */
export const readVersion = (text: string): Version => Version.parse(text.trim().replace(/^v(?=\d)/i, ''));
