import { closest } from '../values/closest';
import { quote } from '../values/problem';
import { ExpectationError } from './expectation-error';
import { type Difference, differences, least, type Meaning, type Wanted, weightOf } from './match';

/** Something of an output that a test may mean: a partition, a resource, a task. */
export interface Candidate {
  /** How people call it. */
  readonly name: string;
  /** What a test compares. */
  readonly facts: unknown;
}

/** Where candidates come from. */
export interface Kind {
  /** The file or folder, which stands before each message. */
  readonly where: string;
  /** What each of them is, e.g. `partition`. */
  readonly what: string;
  readonly meaning?: Meaning;
}

/** Fails unless one of the candidates is what is wanted; the message shows the closest one and where it differs. */
export function expectOne(kind: Kind, candidates: readonly Candidate[], wanted: Wanted): void {
  const found = candidates.map((candidate) => ({
    candidate,
    faults: differences(candidate.facts, wanted, kind.meaning),
  }));
  const nearest = least(found, ({ faults }) => weightOf(faults));
  if (nearest === undefined) throw new ExpectationError(`${kind.where}: there is no ${kind.what}`);
  if (nearest.faults.length === 0) return;
  const head =
    candidates.length === 1
      ? `the only ${kind.what}, ${quote(nearest.candidate.name)}, does not match`
      : `no ${kind.what} matches; the closest is ${quote(nearest.candidate.name)}`;
  throw new ExpectationError(`${kind.where}: ${head}${faultText(nearest.faults)}`);
}

/** Fails unless one of the candidates of that name is what is wanted. */
export function expectNamed(kind: Kind, candidates: readonly Candidate[], name: string, wanted: Wanted = {}): void {
  const named = candidates.filter((candidate) => candidate.name === name);
  if (named.length === 0) throw new ExpectationError(`${kind.where}: ${missing(kind.what, name, candidates)}`);
  const found = named.map(({ facts }) => differences(facts, wanted, kind.meaning));
  const nearest = least(found, weightOf) as readonly Difference[];
  if (nearest.length === 0) return;
  throw new ExpectationError(`${kind.where}: ${kind.what} ${quote(name)} does not match${faultText(nearest)}`);
}

/** The sentence about a name that nothing has. */
export function missing(
  what: string,
  name: string | undefined,
  candidates: readonly { readonly name: string }[],
): string {
  const names = [...new Set(candidates.map((candidate) => candidate.name))];
  if (name === undefined) return `there is no ${what}`;
  const near = closest(name, names);
  const shown = names.slice(0, 10).map(quote).join(', ');
  const there =
    names.length === 0
      ? 'there is none'
      : `there are ${shown}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`;
  return `there is no ${what} ${quote(name)}; ${near ? `did you mean ${quote(near)}?` : there}`;
}

/** Fails unless a value is what is wanted. */
export function expectMatch(actual: unknown, wanted: Wanted, where = 'the value', meaning?: Meaning): void {
  const faults = differences(actual, wanted, meaning);
  if (faults.length > 0) throw new ExpectationError(`${where} does not match${faultText(faults)}`);
}

function faultText(faults: readonly Difference[]): string {
  const lines = faults.map(({ path, text }) => `${path || 'it'} ${text}`);
  return lines.length === 1 ? `: ${lines[0]}` : `:${lines.map((line) => `\n  ${line}`).join('')}`;
}
