import type { Codec } from '../values/codec';
import { absolutePath, boolean, matching } from '../values/codecs';
import { list, record } from '../values/collections';
import { Spec } from '../values/spec';
import { spec } from '../values/spec-codec';

/** A package that the hosts have already, which Spack takes instead of building it. */
export interface External {
  /** Its spec, with a version and the variants that it was built with, e.g. `slurm@25-05-1-1`. */
  readonly spec: string | Spec;
  /** Where it is installed, e.g. `/usr`. */
  readonly prefix: string;
  /** Modules of the hosts that must be loaded to use it. @default [] */
  readonly modules?: readonly string[];
  /** Whether Spack may build another one where this one does not fit. @default false */
  readonly buildable?: boolean;
}

const moduleName = matching({
  what: 'the name of a module',
  pattern: /^[A-Za-z0-9][\w.+-]*(?:\/[\w.+-]+)*$/,
  allowed: 'letters, digits and . _ + - /, starting with a letter or digit',
});

const parsed = record(
  { spec, prefix: absolutePath },
  { modules: list(moduleName, { item: 'module', ordered: true }), buildable: boolean },
);

/** Externals in field tables. */
export const external: Codec<External, ParsedExternal> = {
  ...parsed,
  parse: (input, report) => {
    const value = parsed.parse(input, report);
    if (value.spec && !value.spec.problem && value.spec.version === undefined) {
      report({
        code: 'HPC3007',
        message: `the external '${value.spec}' has no version`,
        fix: `write the one that the hosts have, e.g. '${value.spec.name}@1.2.3'`,
      });
    }
    return value;
  },
};

/** An external after parsing. */
export interface ParsedExternal extends Omit<External, 'spec'> {
  readonly spec: Spec;
}
