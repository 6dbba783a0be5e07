import type { Declare } from '../../../lib/app/definition';
import { define } from '../../../lib/define';
import { type Diff, type DiffOptions, diffSides } from '../../../lib/diff';
import type { Side } from '../../../lib/diff/side';
import { packageRoot } from '../../../lib/values/package-root';

/** A definition taken through the pipeline, as one side of a comparison. Nothing is written. */
export async function sideOf(label: string, declare: Declare): Promise<Side> {
  const { files, manifest, sources, diagnostics } = await define(declare).synthesize({ projectDir: packageRoot() });
  if (!manifest) throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return {
    label,
    manifest,
    sources: sources ?? {},
    read: (path) => {
      const file = files.get(path);
      if (!file) throw new Error(`there is no file ${path}`);
      return file.content;
    },
  };
}

/** Two definitions compared. */
export async function diffOf(before: Declare, after: Declare, options: DiffOptions = {}): Promise<Diff> {
  return diffSides(await sideOf('before', before), await sideOf('after', after), options);
}
