import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import * as hpcdk from '../../../lib/index';
import type { Declare } from '../../../lib/app/definition';
import { packageRoot } from '../../../lib/values/package-root';

/** What stood in a definition, and what somebody wrote instead. */
export type Edit = readonly [before: string, after: string];

/**
 * A definition of stacks/ with a few edits, as a person makes them: each text has to stand there exactly once.
 *
 * @param stack its name, e.g. `campus`
 */
export function edited(stack: string, ...edits: readonly Edit[]): Declare {
  const file = join(packageRoot(), 'stacks', `${stack}.ts`);
  const text = edits.reduce(
    (source, [before, after]) => {
      const parts = source.split(before);
      if (parts.length !== 2)
        throw new Error(`${JSON.stringify(before)} stands ${parts.length - 1} times in ${stack}.ts`);
      return parts.join(after);
    },
    readFileSync(file, 'utf8'),
  );
  const { code } = transformSync(text, {
    filename: file,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const exports: { default?: Declare } = {};
  // `define` hands back what it is given: the pipeline runs elsewhere
  const library = { ...hpcdk, define: (declare: Declare) => declare };
  new Function('exports', 'require', code)(exports, () => library);
  if (!exports.default) throw new Error(`${stack}.ts exports no definition`);
  return exports.default;
}
