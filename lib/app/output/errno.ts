/** What the operating system refused. */
export interface DiskError extends Error {
  /** Such as `ENOENT`. */
  readonly code: string;
  readonly path?: string;
  readonly dest?: string;
}

/** The code of an operating system error, such as `ENOENT`, or undefined for any other error. */
export function errnoOf(error: unknown): string | undefined {
  return isDiskError(error) ? error.code : undefined;
}

/** True for what the operating system refused. Told by its shape: under jest its class is that of another realm. */
export function isDiskError(error: unknown): error is DiskError {
  return typeof error === 'object' && error !== null && 'syscall' in error && 'code' in error;
}
