import { type SlurmOption, slurmOption, type SlurmFile, type SlurmScope } from '../compute/slurm/options';
import { Duration } from '../values/duration';
import { Hostlist } from '../values/hostlist';
import { Size } from '../values/size';
import type { Meaning } from './match';

/**
 * Compares a value of a Slurm file by what its key means: hostlists as sets of hosts, times and amounts of memory in any
 * form that Slurm reads, lists as sets of words. Wanted text is the whole value; a wanted list is a part of it.
 */
export const slurmMeaning = (file: SlurmFile, scope: SlurmScope): Meaning => ({
  same: (actual, wanted, key, exact) => {
    if (typeof actual !== 'string') return undefined;
    const type = slurmOption(file, scope, key)?.type ?? 'text';
    return Array.isArray(wanted) ? sameWords(type, actual, wanted.map(textOf), exact) : sameText(type, actual, wanted);
  },
});

const textOf = (wanted: unknown): string => {
  if (Duration.isDuration(wanted)) return wanted.slurm();
  return Size.isSize(wanted) ? wanted.slurm() : String(wanted);
};

function sameWords(type: SlurmOption['type'], actual: string, wanted: readonly string[], exact: boolean): boolean {
  if (type === 'hostlist') {
    const [have, want] = [Hostlist.parse(actual), Hostlist.parse(wanted.join(','))];
    return readable(have, want) && (exact ? have.equals(want) : want.difference(have).isEmpty);
  }
  const words = wordsOf(actual);
  return wanted.every((word) => words.has(word)) && (!exact || words.size === new Set(wanted).size);
}

function sameText(type: SlurmOption['type'], actual: string, wanted: unknown): boolean {
  const text = textOf(wanted);
  if (actual === text) return true;
  switch (type) {
    case 'hostlist': {
      const [have, want] = [Hostlist.parse(actual), Hostlist.parse(text)];
      return readable(have, want) && have.equals(want);
    }
    case 'time': {
      const [have, want] = [Duration.parseSlurm(actual), Duration.parse(text)];
      return readable(have, want) && have.equals(want);
    }
    case 'size':
      return mib(actual) !== undefined && mib(actual) === mib(text);
    case 'bool':
      return truth(actual) !== undefined && truth(actual) === truth(text);
    case 'int':
    case 'float':
      return text.trim() !== '' && Number(actual) === Number(text);
    case 'list': {
      const [have, want] = [wordsOf(actual), wordsOf(text)];
      return have.size === want.size && [...want].every((word) => have.has(word));
    }
    case 'enum':
      return actual.toLowerCase() === text.toLowerCase();
    default:
      return false;
  }
}

const readable = (...values: readonly { readonly problem?: unknown }[]): boolean =>
  values.every((value) => !value.problem);

const wordsOf = (text: string): Set<string> =>
  new Set(
    text
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  );

/** A bare number is in MiB to Slurm. */
function mib(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const size = Size.parse(text);
  return size.problem ? undefined : size.mib;
}

function truth(text: string): boolean | undefined {
  if (/^(yes|up|true|1)$/i.test(text)) return true;
  return /^(no|down|false|0)$/i.test(text) ? false : undefined;
}
