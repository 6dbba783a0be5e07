import { main } from './main';

/** Runs the command line of this process and ends it. */
export async function run(): Promise<void> {
  // The reader of a pipe may go away early (hpcdk tree | head): no fault of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const { env, stdout, stderr } = process;
  const code = await main(process.argv.slice(2), { cwd: process.cwd(), env, stdout, stderr });
  // A definition may have left a timer or a connection open: that shall not keep the command from ending.
  stdout.write('', () => process.exit(code));
}
