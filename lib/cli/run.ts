import { fstatSync, writeFileSync } from 'node:fs';
import { endedEarly, main } from './main';

/** Runs the command line of this process and ends it. */
export async function run(): Promise<void> {
  const { argv, env, stdout, stderr } = process;
  const args = argv.slice(2);
  let unwritten = false;
  const write = writerOf(stdout, () => (unwritten = true));
  // Results alone go to stdout, for a program may read them: what a definition prints is for people.
  stdout.write = stderr.write.bind(stderr) as typeof stdout.write;
  stderr.on('error', () => undefined);
  const { isTTY, columns } = stdout;
  const around = { cwd: process.cwd(), env, stderr, stdout: { write, isTTY, columns } };

  // A definition may end the process, or wait for ever: nothing was judged then, so it must not look like success.
  let ended = false;
  let ranDry = false;
  process.on('beforeExit', () => (ranDry = true));
  process.on('uncaughtExceptionMonitor', () => (ended = true));
  process.on('exit', (code) => {
    if (ended || code > 128) return; // by a signal
    process.exitCode = endedEarly(ranDry ? undefined : code, args, around);
  });
  const code = await main(args, around);
  ended = true;
  // A definition may have left a timer or a connection open: that shall not keep the command from ending.
  write('', () => {
    if (unwritten) stderr.write('hpcdk: stdout cannot be written to\n');
    process.exit(unwritten ? 1 : code);
  });
}

type Writer = (text: string, written?: () => void) => void;

/** Writes to stdout. Of a file, node passes over what a full disk did not take, so all of it is written here. */
function writerOf(stdout: NodeJS.WriteStream, onFault: () => void): Writer {
  const kind = fstatSync(1);
  if (stdout.isTTY || kind.isFIFO() || kind.isSocket()) {
    const write = stdout.write.bind(stdout);
    // The reader of a pipe may go away early (hpcdk tree | head): no fault of ours, and the exit code stays what it is.
    stdout.on('error', ({ code }: NodeJS.ErrnoException) => void (code === 'EPIPE' || onFault()));
    return (text, written) => void write(text, () => written?.());
  }
  return (text, written) => {
    try {
      writeFileSync(1, text);
    } catch {
      onFault();
    }
    written?.();
  };
}
