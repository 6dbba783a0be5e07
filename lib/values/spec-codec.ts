import type { Codec } from './codec';
import { valueClass } from './codecs';
import { Spec } from './spec';

/** A Spack spec. */
export const spec: Codec<string | Spec, Spec> = valueClass(
  'spec',
  { what: "a Spack spec, such as 'hdf5@1.14.5 +mpi'", is: Spec.isSpec, none: Spec.parse('none') },
  (text) => Spec.parse(text),
);
