import { fail, type Failure } from './outcome';

/** What the operating system refused, as a fault; any other error is ours and is thrown on. */
export function diskFault(error: unknown, path: string): Failure {
  const code = error instanceof Error && 'syscall' in error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === undefined) throw error;
  return fail({ code: 'HPC7014', message: `'${path}' cannot be written to (${code})` });
}
