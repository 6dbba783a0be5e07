import type { CommandSpec, Completes } from '../command';
import { type CompletionTable, optionsOf, wordsOf } from './table';

/** The script for bash (3.2 and later: no mapfile, no compopt). Where it offers nothing, bash offers files. */
export function bashCompletion(table: CompletionTable): string {
  const names = [...table.commands.map(({ name }) => name), 'help'];
  return `# bash completion of hpcdk
_hpcdk() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command= words= i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${names.join(' | ')}) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  case "$command $prev" in
${table.commands.flatMap((command) => valueCases(command, table)).join('\n')}
    *)
      case $command in
        '') words='${names.join(' ')} --help --version' ;;
        help) words='${table.commands.map(({ name }) => name).join(' ')}' ;;
${table.commands.map((command) => `        ${command.name}) ${wordCase(command, table)} ;;`).join('\n')}
      esac
      ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _hpcdk hpcdk
`;
}

function valueCases(command: CommandSpec, table: CompletionTable): string[] {
  return optionsOf(command, table)
    .filter(({ value }) => value !== undefined)
    .map(({ name, completes }) => `    '${command.name} --${name}') ${reply(completes, table)} ;;`);
}

const reply = (completes: Completes | undefined, table: CompletionTable): string => {
  const words = wordsOf(completes, table);
  return words.length === 0 ? 'return' : `words='${words.join(' ')}'`;
};

/** Options after a dash; else the words of the arguments, or files when they have none. */
function wordCase(command: CommandSpec, table: CompletionTable): string {
  const options = [...optionsOf(command, table).map(({ name }) => `--${name}`), '--help'].join(' ');
  const words = (command.arguments ?? []).flatMap(({ completes }) => wordsOf(completes, table)).join(' ');
  return `[[ $cur == -* ]] && words='${options}' || words='${words}'`;
}
