import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Definition, Params } from '../app/definition';
import { TestOutput } from './test-output';

/** How a definition is run in a test. */
export interface SynthesizeOptions<P extends Params = Params> {
  /** The parameters of the definition. @default {} */
  readonly params?: P;
  /**
   * The folder that data files and source lines are relative to.
   * @default - the nearest folder with a cdktf.json, from the current one upwards; the current one where there is none
   */
  readonly projectDir?: string;
}

/** Runs a definition and hands out what it comes to. Nothing is written to disk, and what is wrong is told, not thrown. */
export async function synthesize<P extends Params = Params>(
  definition: Definition<P>,
  options: SynthesizeOptions<P> = {},
): Promise<TestOutput> {
  const projectDir = resolve(options.projectDir ?? nearestProject(process.cwd()));
  const synthesis = await definition.synthesize({ projectDir, ...(options.params && { params: options.params }) });
  return new TestOutput(synthesis, projectDir);
}

function nearestProject(from: string): string {
  for (let dir = from; ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'cdktf.json'))) return dir;
    if (dir === dirname(dir)) return from;
  }
}
