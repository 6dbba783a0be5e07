import type { SlurmOptions } from './contribution';
import { slurmOption } from './options';

/**
 * One value per key. The words of list-valued keys are joined: Slurm keeps only the last line of a key, so a second
 * `PrivateData=cloud` would wipe the site's `jobs,usage`. Of other keys the site's own value wins over the defaults.
 *
 * @param defaults what holds unless somebody says otherwise
 * @param stated what fields and contributors say
 * @param own what the site wrote as text
 */
export function mergeOptions(
  defaults: SlurmOptions,
  stated: readonly SlurmOptions[],
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const names = new Map<string, string>();
  const words = new Map<string, readonly string[]>();
  const isList = (key: string) => slurmOption('slurm.conf', 'global', key)?.list === true;

  const put = (key: string, value: readonly string[], join: boolean) => {
    const lower = key.toLowerCase();
    if (!names.has(lower)) names.set(lower, key);
    words.set(lower, join ? [...new Set([...(words.get(lower) ?? []), ...value])] : value);
  };
  for (const [key, value] of Object.entries(defaults)) put(key, asWords(value), false);
  for (const [key, value] of stated.flatMap((options) => Object.entries(options)))
    put(key, asWords(value), isList(key));
  for (const [key, value] of Object.entries(own)) {
    // a list that only we have a default for is replaced, one that fields or contributors speak of is joined
    const join =
      isList(key) && stated.some((options) => Object.keys(options).some((k) => k.toLowerCase() === key.toLowerCase()));
    put(key, splitWords(value), join);
  }
  return Object.fromEntries([...words].map(([lower, value]) => [names.get(lower) as string, value.join(',')]));
}

const asWords = (value: string | number | readonly string[]): readonly string[] =>
  Array.isArray(value) ? (value as readonly string[]) : [String(value)];

/** The words of a list; a comma inside the brackets of a hostlist separates nothing. */
const splitWords = (value: string): string[] => value.split(/,(?![^[]*\])/);
