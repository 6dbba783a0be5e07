import type { Completes } from '../command';
import { type CompletionTable, optionsOf, wordsOf } from './table';

/** The script for fish. */
export function fishCompletion(table: CompletionTable): string {
  const lines = ['# fish completion of hpcdk', 'complete -c hpcdk -f'];
  const first = "-n '__fish_use_subcommand'";
  lines.push(`complete -c hpcdk ${first} -s h -l help -d 'print help'`);
  lines.push(`complete -c hpcdk ${first} -s V -l version -d 'print the version'`);
  for (const { name, summary } of table.commands)
    lines.push(`complete -c hpcdk ${first} -a ${name} -d ${quoted(summary)}`);
  lines.push(`complete -c hpcdk ${first} -a help -d 'print the help of a command'`);
  const names = table.commands.map(({ name }) => name).join(' ');
  lines.push(`complete -c hpcdk -n '__fish_seen_subcommand_from help' -a '${names}'`);
  for (const command of table.commands) {
    const here = `complete -c hpcdk -n '__fish_seen_subcommand_from ${command.name}'`;
    for (const { completes } of command.arguments ?? []) lines.push(`${here} ${values(completes, table)}`.trimEnd());
    for (const { name, value, summary, completes } of optionsOf(command, table)) {
      // -r: it takes a value; -x: and files are none.
      const takes =
        value === undefined ? '' : ` -${completes === 'file' ? 'r' : 'x'} ${values(completes, table)}`.trimEnd();
      lines.push(`${here} -l ${name}${takes} -d ${quoted(summary)}`);
    }
    lines.push(`${here} -s h -l help -d 'print help'`);
  }
  return `${lines.join('\n')}\n`;
}

function values(completes: Completes | undefined, table: CompletionTable): string {
  if (completes === 'file') return '-F';
  if (completes === 'folder') return "-a '(__fish_complete_directories)'";
  const words = wordsOf(completes, table);
  return words.length === 0 ? '' : `-a '${words.join(' ')}'`;
}

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
