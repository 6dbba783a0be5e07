import type { Codec } from '../values/codec';
import { valueClass } from '../values/codecs';
import { quote } from '../values/problem';
import { Spec } from '../values/spec';

/** A constraint on a package whose name stands beside it: `@2.12 ~gl`. */
export const constraint: Codec<string | Spec, Spec> = valueClass(
  'spec',
  { what: "a constraint, such as '@2.12 ~gl'", is: Spec.isSpec, none: Spec.constraint('') },
  (text) => Spec.constraint(text),
);

/** A spec that selects roots, as the key of a map: `gromacs +cuda`. */
export const selector: Codec<string> = {
  type: { codec: 'text' },
  parse: (input, report) => {
    const { problem } = typeof input === 'string' ? Spec.parse(input) : { problem: undefined };
    if (problem) report(problem);
    else if (typeof input !== 'string') report({ code: 'HPC1001', message: `${quote(input)} is not a spec` });
    return input;
  },
  print: (value) => Spec.parse(value).toString(),
};
