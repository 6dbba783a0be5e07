/**
 * What is wrong with one value, said without knowing where the value stands.
 *
 * Value factories never throw on user data: they return a value that carries its problem, so that every fault of a
 * definition is reported at once. The walk over the fields adds the place (construct, field, file and line).
 */
export interface Problem {
  /** A code from the catalogue, e.g. `HPC1001`; `hpcdk explain CODE` prints its page. */
  readonly code: string;
  /** One sentence with the offending value and the rule it breaks, no full stop at its end. */
  readonly message: string;
  /** What to write instead, when that is known. */
  readonly fix?: string;
}

/** Receives each problem that a codec or a parser finds; `at` is the place inside the value, such as `[3].limit`. */
export type Report = (problem: Problem, at?: string) => void;
