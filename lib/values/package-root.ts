import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let root: string | undefined;

/** The folder of this package: templates and data are read from it, by the sources in lib/ and by the bundle in dist/. */
export function packageRoot(): string {
  if (root) return root;
  for (let dir = __dirname; ; dir = dirname(dir)) {
    try {
      if (JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')).name === 'hpcdk') return (root = dir);
    } catch {
      // no package.json here: go on upwards
    }
    if (dir === dirname(dir)) throw new Error(`the folder of the package hpcdk was not found above ${__dirname}`);
  }
}
