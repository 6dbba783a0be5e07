import { byCodeUnit } from './json';
import { type Problem, quote } from './problem';

const MARK = Symbol.for('hpcdk/Version');

/** Names of moving branches: newer than any number, as in Spack. */
const NEWEST = ['stable', 'trunk', 'head', 'master', 'main', 'develop'];
/** What stands in front of a release. */
const BEFORE = ['alpha', 'beta', 'pre', 'rc'];

const CONSTRAINT = /^(<=|<|>=|>|=)\s*(\S+)$/;

/**
 * A version as Slurm and Spack write them: `22.05`, `2024.3`, `5.0.5`, `1.1.1w`, `24.11.0rc1`.
 *
 * Numbers are compared as numbers, one after the other, so 22.05.8 is older than 22.05.10, and 22.5 is as old as 22.05. A
 * longer version is newer (1.2 < 1.2.0); alpha, beta, pre and rc come before the release, `develop` and `main` after all.
 */
export class Version {
  /** Says whether `x` is a Version, of this copy of the library or of another. */
  static isVersion(x: unknown): x is Version {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /** Reads numbers and letters with `.`, `-` or `_` between them; a leading `v` or anything else is refused. */
  static parse(text: string): Version {
    if (/^(?:[0-9]+[A-Za-z0-9]*|[A-Za-z]+)(?:[._-][A-Za-z0-9]+)*$/.test(text) && !/^v[.0-9]/i.test(text)) {
      return new Version(text);
    }
    const bare = /^\s*v?\.?([0-9][A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)*)[._-]?\s*$/i.exec(text)?.[1];
    return new Version('0', {
      code: 'HPC1040',
      message: `${quote(text)} is not a version, which is numbers and letters with . - or _ between them`,
      fix: bare ? `did you mean '${bare}'?` : "write e.g. '22.05'",
    });
  }

  /** Older first. */
  static compare(a: Version, b: Version): number {
    const [left, right] = [partsOf(a.text), partsOf(b.text)];
    for (let i = 0; i < Math.max(left.length, right.length); i++) {
      const order = compareParts(left[i], right[i]);
      if (order !== 0) return order;
    }
    return 0;
  }

  /** What is wrong with a constraint for `satisfies`; nothing when it can be read. */
  static constraintProblem(constraint: string): Problem | undefined {
    const bad = constraint.split(',').find((one) => !constraintOf(one));
    if (bad === undefined) return undefined;
    return {
      code: 'HPC1041',
      message: `${quote(bad)} is not a constraint on a version`,
      fix: "write '< 24.11', '>= 22.05' or '>= 22.05, < 24.11'",
    };
  }

  private constructor(
    private readonly text: string,
    /** What is wrong with the text that was read; the version is then 0. */
    readonly problem?: Problem,
  ) {
    Object.defineProperty(this, MARK, { value: true });
  }

  /** Whether this version is `other` or newer. */
  atLeast(other: Version | string): boolean {
    return Version.compare(this, typeof other === 'string' ? Version.parse(other) : other) >= 0;
  }

  /**
   * Whether this version meets every constraint of a list with commas: `< 24.11`, `>= 22.05, < 24.11`. The operators
   * compare as `Version.compare` does, so 24.11.1 is not `<= 24.11`. A constraint that cannot be read is met by none.
   */
  satisfies(constraint: string): boolean {
    return constraint.split(',').every((one) => {
      const [operator, wanted] = constraintOf(one) ?? [];
      if (!wanted) return false;
      const order = Version.compare(this, wanted);
      if (operator === '<') return order < 0;
      if (operator === '<=') return order <= 0;
      if (operator === '>') return order > 0;
      return operator === '>=' ? order >= 0 : order === 0;
    });
  }

  /** Whether neither version is newer. */
  equals(other: Version): boolean {
    return Version.compare(this, other) === 0;
  }

  /** The version as it was given. */
  toString(): string {
    return this.text;
  }
}

function constraintOf(text: string): readonly [operator: string, version: Version] | undefined {
  const [, operator, version] = CONSTRAINT.exec(text.trim()) ?? [];
  if (operator === undefined || version === undefined) return undefined;
  const wanted = Version.parse(version);
  return wanted.problem ? undefined : [operator, wanted];
}

const partsOf = (text: string): string[] => text.match(/[0-9]+|[A-Za-z]+/g) ?? [];

/** From the oldest to the newest: what stands before a release, its end, letters, numbers, moving branches. */
function rankOf(part: string | undefined): number {
  if (part === undefined) return 1;
  if (/^[0-9]/.test(part)) return 3;
  const word = part.toLowerCase();
  if (BEFORE.includes(word)) return 0;
  return NEWEST.includes(word) ? 4 + NEWEST.indexOf(word) : 2;
}

function compareParts(a: string | undefined, b: string | undefined): number {
  const order = rankOf(a) - rankOf(b);
  if (order !== 0 || a === undefined || b === undefined) return order;
  if (rankOf(a) !== 3) return byCodeUnit(a.toLowerCase(), b.toLowerCase());
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return left.length - right.length || byCodeUnit(left, right);
}
