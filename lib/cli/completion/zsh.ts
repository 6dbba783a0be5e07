import type { CommandSpec, Completes } from '../command';
import { type CompletionTable, optionsOf, wordsOf } from './table';

/** The script for zsh: a file named _hpcdk on fpath, or sourced after compinit. */
export function zshCompletion(table: CompletionTable): string {
  const described = [
    ...table.commands.map(({ name, summary }) => `${name}:${summary}`),
    'help:print the help of a command',
  ];
  return `#compdef hpcdk
_hpcdk() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C \\
    '(- *)'{-h,--help}'[print help]' \\
    '(- *)'{-V,--version}'[print the version]' \\
    '1:command:->command' \\
    '*::argument:->argument'
  case $state in
    command)
      local -a commands
      commands=(
${described.map((text) => `        ${quoted(text)}`).join('\n')}
      )
      _describe command commands
      ;;
    argument)
      case $line[1] in
        help) _values command ${table.commands.map(({ name }) => name).join(' ')} ;;
${table.commands.map((command) => `        ${command.name})\n${commandArguments(command, table)}\n          ;;`).join('\n')}
      esac
      ;;
  esac
}
if [ "$funcstack[1]" = _hpcdk ]; then _hpcdk "$@"; else compdef _hpcdk hpcdk; fi
`;
}

function commandArguments(command: CommandSpec, table: CompletionTable): string {
  const specs = optionsOf(command, table).map(({ name, value, summary, completes, repeats }) => {
    const takes = value === undefined ? '' : `:${value}:${action(completes, table)}`;
    return quoted(`${repeats ? '*' : ''}--${name}[${escaped(summary)}]${takes}`);
  });
  (command.arguments ?? []).forEach(({ name, required, completes }, at) =>
    specs.push(quoted(`${at + 1}${required ? '' : ':'}:${name}:${action(completes, table)}`)),
  );
  return `          _arguments \\\n${specs.map((spec) => `            ${spec}`).join(' \\\n')}`;
}

function action(completes: Completes | undefined, table: CompletionTable): string {
  if (completes === 'file') return '_files';
  if (completes === 'folder') return '_files -/';
  const words = wordsOf(completes, table);
  return words.length === 0 ? ' ' : `(${words.join(' ')})`;
}

const escaped = (text: string): string => text.replace(/[\\[\]:]/g, '\\$&');

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
