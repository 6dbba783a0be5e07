import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Side } from '../side';

/**
 * A side whose locks stand in a folder of their own, such as one that a site keeps in its repository: laid out as the output
 * (`sites/<site>/spack/<stack>/<target>/<environment>/spack.lock`), or from the stack on.
 */
export const withLocks = (side: Side, folder: string): Side => ({
  ...side,
  locks: (path) => {
    const [, fromStack = path] = /\/(?:spack|containers)\/(.+)$/.exec(path) ?? [];
    for (const name of [path, fromStack]) {
      try {
        return readFileSync(join(folder, name), 'utf8');
      } catch {
        // It may stand at the other place, or nowhere.
      }
    }
    return undefined;
  },
});
