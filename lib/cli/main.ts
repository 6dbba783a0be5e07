import { Argument, Command, CommanderError, Option } from 'commander';
import { toolVersion } from '../app/tool-version';
import { allOptions, type CommandSpec, type OptionSpec, type Request } from './command';
import { commands, commonOptions } from './commands';
import { cliDiagnostic, fail, type Outcome } from './outcome';
import { progressOn, silent } from './progress';
import { type Format, print, type Streams } from './print';

/** Where a run of hpcdk happens. */
export interface Surroundings extends Streams {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

const EXIT_CODES = `Exit codes:
  0  no errors
  1  any error; nothing was written
  2  hpcdk diff --exit-code: something changes
  3  hpcdk diff --fail-on: a gate failed`;

/** Runs one command line and gives its exit code. */
export async function main(args: readonly string[], around: Surroundings): Promise<number> {
  let outcome: Outcome | undefined;
  let format = formatOf(args);
  const program = makeProgram(around, async (spec, request, chosen) => {
    format = chosen;
    outcome = await run(spec, request);
    request.progress.done();
  });
  try {
    await program.parseAsync(args as string[], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (['commander.helpDisplayed', 'commander.version'].includes(error.code)) return 0;
    if (error.code === 'commander.help') return error.exitCode;
    outcome = usageFault(error);
  }
  if (!outcome) return 0;
  return print(outcome, commandOf(args), format, around);
}

/**
 * Says that a command ended before it was done, and gives its exit code: something in the definition ended the process, or
 * nothing was left to wait for.
 *
 * @param code what the process would have ended with. @default - there was nothing left to do
 */
export function endedEarly(code: number | undefined, args: readonly string[], around: Surroundings): number {
  const [message, fix] =
    code === undefined
      ? ['something that the definition waits for never comes', 'look for an await of a promise that nobody resolves']
      : [`something in the definition ended the process (exit code ${code})`, 'throw an error instead of process.exit'];
  return print(fail({ code: 'HPC7026', message, fix }), commandOf(args), formatOf(args), around);
}

/** A fault of ours becomes a diagnostic too; its trace is what a report of it needs. */
async function run(spec: CommandSpec, request: Request): Promise<Outcome> {
  try {
    return await spec.run(request);
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { diagnostics: [cliDiagnostic({ code: 'HPC7017', message })], trace: stack };
  }
}

type OnCommand = (spec: CommandSpec, request: Request, format: Format) => Promise<void>;

function makeProgram(around: Surroundings, onCommand: OnCommand): Command {
  const program = new Command('hpcdk')
    .description('Declare an HPC site once in TypeScript; get the files that its tools read.')
    .version(toolVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', `\n${EXIT_CODES}\n\nExample:\n  hpcdk synth stacks/hello.ts`)
    .configureOutput({
      writeOut: (text) => void around.stdout.write(text),
      // What commander says of a wrong command line is printed by us, in the format that was asked for.
      writeErr: (text) => void (text.startsWith('error:') || around.stderr.write(text)),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride();
  for (const spec of commands) addCommand(program, spec, around, onCommand);
  return program;
}

function addCommand(program: Command, spec: CommandSpec, around: Surroundings, onCommand: OnCommand): void {
  const command = program.command(spec.name).summary(spec.summary).helpOption('-h, --help', 'print help');
  command.description([spec.summary, spec.details].filter(Boolean).join('\n\n'));
  for (const argument of spec.arguments ?? []) {
    const name = argument.required ? `<${argument.name}>` : `[${argument.name}]`;
    const added = new Argument(name, argument.summary);
    command.addArgument(Array.isArray(argument.completes) ? added.choices(argument.completes) : added);
  }
  for (const option of allOptions(spec.options, commonOptions)) command.addOption(makeOption(option));
  command.addHelpText(
    'after',
    `${exitCodesOf(spec)}\nExample${spec.examples.length > 1 ? 's' : ''}:\n${spec.examples.map((line) => `  ${line}`).join('\n')}`,
  );
  command.action(async (...given: unknown[]) => {
    const options = optionsOf(spec, command);
    const format: Format = options.json ? 'json' : ((options.format as Format | undefined) ?? 'terminal');
    await onCommand(
      spec,
      {
        cwd: around.cwd,
        env: around.env,
        arguments: given.slice(0, spec.arguments?.length ?? 0).filter((value) => value !== undefined) as string[],
        options,
        progress: format === 'terminal' ? progressOn(around.stderr) : silent,
      },
      format,
    );
  });
}

/** What a command ends with besides 0 and 1, by its options. */
function exitCodesOf({ options }: CommandSpec): string {
  const own = [
    ['exit-code', '  2  something changes (--exit-code)'],
    ['fail-on', '  3  a gate failed (--fail-on)'],
  ].flatMap(([option, line]) => (options.some(({ name }) => name === option) ? [line] : []));
  if (own.length === 0) return '';
  return ['', 'Exit codes:', '  0  no errors', '  1  any error', ...own, ''].join('\n');
}

function makeOption({ name, value, summary, repeats, completes }: OptionSpec): Option {
  const option = new Option(`--${name}${value ? ` <${value}>` : ''}`, summary);
  if (Array.isArray(completes)) option.choices(completes);
  // commander takes "--no-x" for the opposite of an option "x" and sets x to false.
  if (repeats) option.argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]);
  return option;
}

function optionsOf(spec: CommandSpec, command: Command): Request['options'] {
  const read = command.opts<Record<string, string | boolean | readonly string[] | undefined>>();
  return Object.fromEntries(
    allOptions(spec.options, commonOptions).map(({ name }) => {
      const value = name.startsWith('no-') ? read[attribute(name.slice(3))] === false : read[attribute(name)];
      return [name, value === false ? undefined : value];
    }),
  );
}

/** What commander calls an option: `failOn` for `fail-on`. */
const attribute = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A usage fault as a diagnostic; commander's suggestion becomes the fix. */
function usageFault(error: CommanderError): Outcome {
  const [message = '', hint] = error.message.replace(/^error: /, '').split('\n');
  const near = /^\(Did you mean (.+)\?\)$/.exec(hint ?? '')?.[1];
  return fail({ code: 'HPC7001', message, fix: near ? `did you mean ${near}?` : 'see hpcdk help' });
}

/** The format of a command line that may be wrong. */
function formatOf(args: readonly string[]): Format {
  const named = args.map((arg, at) => (arg === '--format' ? args[at + 1] : /^--format=(.*)$/.exec(arg)?.[1]));
  if (args.includes('--json') || named.includes('json')) return 'json';
  return named.includes('sarif') ? 'sarif' : 'terminal';
}

const commandOf = (args: readonly string[]): string | undefined =>
  args.find((arg) => commands.some(({ name }) => name === arg));
