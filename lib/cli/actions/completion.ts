import { codes } from '../../codes';
import { bashCompletion } from '../completion/bash';
import { fishCompletion } from '../completion/fish';
import type { CompletionTable } from '../completion/table';
import { zshCompletion } from '../completion/zsh';
import type { Outcome } from '../outcome';

const SHELLS: Readonly<Record<string, (table: CompletionTable) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** The completion script of a shell; the command line has checked the name. */
export function completion(shell: string, table: Pick<CompletionTable, 'commands' | 'commonOptions'>): Outcome {
  const make = SHELLS[shell];
  if (!make) throw new Error(`no completion for the shell ${shell}`);
  const script = make({ ...table, codes: Object.keys(codes) });
  return { diagnostics: [], result: { code: 'completion.script', shell, script } };
}
