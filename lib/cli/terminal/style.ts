import type { Style } from '../../app/diagnostics/terminal';

/** What decides whether a stream gets colours. */
export interface ColourContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTTY?: boolean;
}

/** Colours on a terminal, unless NO_COLOR says no (no-color.org); FORCE_COLOR asks for them elsewhere too. */
export function styleFor({ env, isTTY }: ColourContext): Style {
  const wanted = !env.NO_COLOR && ((env.FORCE_COLOR ?? '0') !== '0' || (isTTY === true && env.TERM !== 'dumb'));
  const { createColors } = require('picocolors') as typeof import('picocolors');
  return createColors(wanted);
}
