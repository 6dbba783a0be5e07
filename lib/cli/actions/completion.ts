import { codes } from '../../codes';
import { commands, commonOptions } from '../commands';
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
export function completion(shell: string): Outcome {
  const make = SHELLS[shell];
  if (!make) throw new Error(`no completion for the shell ${shell}`);
  const script = make({ commands, commonOptions, codes: Object.keys(codes) });
  return { diagnostics: [], result: { code: 'completion.script', shell, script } };
}
