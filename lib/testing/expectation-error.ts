/** What was expected of an output does not hold. Any test runner takes it for a failed test. */
export class ExpectationError extends Error {
  override readonly name = 'ExpectationError';
}
