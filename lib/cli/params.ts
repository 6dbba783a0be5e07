import { quote } from '../values/problem';
import { fail, type Failure } from './outcome';

/** Parameters of a definition by name; from the command line they are text. */
export interface ParamValues {
  readonly values: Readonly<Record<string, string>>;
}

/** Reads `name=value` arguments. */
export function readParams(given: readonly string[]): ParamValues | Failure {
  const values: Record<string, string> = {};
  for (const text of given) {
    const [, name, value] = /^([A-Za-z][\w-]*)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      return fail({
        code: 'HPC7010',
        message: `the parameter ${quote(text)} is not name=value`,
        fix: 'write --param nodes=4',
      });
    }
    if (Object.hasOwn(values, name))
      return fail({ code: 'HPC7010', message: `the parameter ${quote(name)} is given twice` });
    values[name] = value;
  }
  return { values };
}
