import type { Style } from '../../app/diagnostics/terminal';
import { ACKNOWLEDGEMENTS } from '../../diff/acknowledgements';
import type { Diff } from '../../diff/model';
import type { Format } from '../print';
import { acknowledgementLines, gateSentences } from '../terminal/gates';

/** How a diff is shown. */
export interface DiffViewOptions {
  readonly style: Style;
  /** Columns of the terminal. @default 100 */
  readonly width?: number;
  /** Show every item of what fans out. @default false */
  readonly expand?: boolean;
}

const plain = (words: string): string => words;
/** No colours: for a file. */
export const plainStyle: Style = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };

/** Lines of a log are read on pages that are about so wide. */
const WIDTH = 100;

/** A diff in one of its forms; JSON has an envelope of its own. Each form is loaded when it is asked for. */
export function diffView(diff: Diff, format: Exclude<Format, 'json'>, options: DiffViewOptions): string {
  switch (format) {
    case 'terminal': {
      const { terminalDiff } = require('../../diff/views/terminal') as typeof import('../../diff/views/terminal');
      const { style, width = WIDTH, expand = false } = options;
      return terminalDiff(diff, style, { width, expand }) + style.dim(reviewed(diff));
    }
    case 'brief': {
      const { briefDiff } = require('../../diff/views/brief') as typeof import('../../diff/views/brief');
      return briefDiff(diff) + reviewed(diff);
    }
    case 'markdown': {
      const { markdownDiff } = require('../../diff/views/markdown') as typeof import('../../diff/views/markdown');
      return markdownDiff(diff, { marker: 'diff', verdicts: verdicts(diff) }) + acknowledgementBlock(diff);
    }
    case 'html': {
      const { htmlDiff } = require('../../diff/views/html') as typeof import('../../diff/views/html');
      return htmlDiff(diff, { verdicts: verdicts(diff) });
    }
    case 'sarif': {
      const { sarifDiff } = require('../../diff/views/sarif') as typeof import('../../diff/views/sarif');
      const properties = { reviewedOutput: `sha256:${diff.after.digest}` };
      return `${JSON.stringify({ ...sarifDiff(diff), properties }, null, 2)}\n`;
    }
  }
}

/** What was looked at: whoever rolls it out can compare. Markdown and HTML have it on their pages. */
const reviewed = ({ after }: Diff): string => `reviewed output: sha256:${after.digest}\n`;

/** What a page says of gates: which failed, and what one does about it. */
export function verdicts(diff: Diff): string[] {
  const failed = gateSentences(diff);
  return failed.length === 0 ? [] : [...failed, `what is right is let through by an entry in ${ACKNOWLEDGEMENTS}`];
}

/** Lines of it that a comment has room for. */
const MOST_LINES = 90;

/** What one copies into the file of acknowledgements, below a page of markdown. No line of it can end the block. */
export function acknowledgementBlock(diff: Diff): string {
  const lines = acknowledgementLines(diff);
  if (lines.length === 0) return '';
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), '# and more: see the log'] : lines;
  const block = ['```yaml', ...shown, '```'].join('\n');
  return `\n<details><summary>To acknowledge, in ${ACKNOWLEDGEMENTS}</summary>\n\n${block}\n\n</details>\n`;
}
