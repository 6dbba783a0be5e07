import type { Noun } from '../../lib/app/noun';
import type { Synthesis } from '../../lib/app/synthesize';
import { define } from '../../lib/define';
import { accounting } from './samples/accounting';
import { app } from './samples/app';
import { cloud } from './samples/cloud';
import { compute } from './samples/compute';
import { hosts } from './samples/hosts';
import { type Change, type Sample, type Samples } from './samples/sample';
import { software } from './samples/software';
import { storage } from './samples/storage';

/** One sound instance, or some, of each kind of construct. */
export const samples: Samples = { ...app, ...software, ...storage, ...compute, ...accounting, ...cloud, ...hosts };

/** The samples of a kind; a kind without one is a fault that tells its name. */
export function samplesOf(kind: string): readonly Sample[] {
  const found = samples[kind];
  if (!found) throw new Error(`${kind} has no sample: add one that is as small as it can be to test/house/samples/`);
  return found;
}

/** Takes one sample through the whole pipeline, as a definition of a user would be. */
export async function declareSample(
  kind: string,
  index: number,
  change: Change,
): Promise<Synthesis & { readonly noun: Noun }> {
  const sample = samplesOf(kind)[index] as Sample;
  let noun: Noun | undefined;
  const definition = define((app) => {
    noun = sample(app, change);
  });
  const synthesis = await definition.synthesize({ projectDir: __dirname });
  return { ...synthesis, noun: noun as Noun };
}
