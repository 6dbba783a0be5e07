import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../values/package-root';

let version: string | undefined;

/** The version of this package. */
export function toolVersion(): string {
  version ??= (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
  return version;
}
