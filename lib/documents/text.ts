import type { Format } from './format';

/**
 * A format that hpcdk does not look into: what comes from a template is printed as it is, and compared by its lines.
 *
 * @param name what the text is, e.g. `shell`
 */
export const text = (name: string): Format<string> => ({
  name,
  print: (value) => value,
  parse: (value) => value,
});
