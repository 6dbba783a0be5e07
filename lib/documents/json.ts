import type { Json } from '../values/json';
import { quote } from '../values/problem';
import type { Format } from './format';
import { plain } from './plain';

/** JSON with two spaces and a line break at the end; keys stay in the order given. */
export const json: Format<unknown> = {
  name: 'json',
  print: (value, report) => `${JSON.stringify(plain(value, report), null, 2)}\n`,
  parse(text, report): Json {
    try {
      return JSON.parse(text) as Json;
    } catch (error) {
      report({ code: 'HPC2066', message: `${quote(text)} is not JSON: ${(error as SyntaxError).message}` });
      return null;
    }
  },
};
