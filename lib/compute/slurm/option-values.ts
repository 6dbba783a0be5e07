import { closest } from '../../values/closest';
import { quote, type Problem } from '../../values/problem';
import { Version } from '../../values/version';
import type { SlurmLife, SlurmOption, SlurmWord } from './option';

type Tell = (problem: Problem) => void;
/** Says whether a replacement exists at the version. */
type IsThere = (replacement: string) => boolean;

/** The newest micro release of a version of two numbers: sites name the release, and a word may come with a micro one. */
export const atMicro = (version: Version): Version =>
  /^\d+\.\d+$/.test(`${version}`) ? Version.parse(`${version}.99999`) : version;

const nameOf = (version: Version): string => `Slurm ${version}`.replace(/\.99999$/, '');

const fates = {
  fatal: 'refuses it',
  defunct: 'calls it defunct',
  ignored: 'ignores it without a word',
};

/** Why a version does not have a key or a word, or only under an old name. */
export function lifeProblem(life: SlurmLife, name: string, at: Version, isThere: IsThere): Problem | undefined {
  const { since, until, fate = 'fatal', replacement } = life;
  if (since !== undefined && !at.atLeast(since)) {
    return { code: 'HPC4001', message: `${name} came with Slurm ${since}, and the declared one is ${nameOf(at)}` };
  }
  const instead = replacement !== undefined && isThere(replacement) ? replacement : undefined;
  const fix = instead === undefined ? undefined : `use ${instead}`;
  if (until !== undefined && at.atLeast(until)) {
    const message = `${name} is gone since Slurm ${until}: ${nameOf(at)} ${fates[fate]}`;
    return { code: 'HPC4002', message, fix: fix ?? 'leave it out' };
  }
  if (until !== undefined || fix === undefined) return undefined;
  return {
    code: 'HPC4008',
    severity: 'warning',
    message: `${name} is an old name that ${nameOf(at)} still reads`,
    fix,
  };
}

/** Checks a value by the type of its key; `acknowledged` words, in lower case, are taken as they are. */
export function checkValue(
  option: SlurmOption,
  value: string,
  at: Version,
  acknowledged: ReadonlySet<string>,
  isThere: IsThere,
  tell: Tell,
): void {
  const { key, type, values } = option;
  if (type === 'list' && values) {
    for (const word of value.split(',').filter((part) => part.trim() !== '')) checkWord(word.trim());
  } else if (type === 'enum') checkWord(value);
  else if (!isNamed(value, values)) {
    const wanted = readable(option, value);
    if (wanted !== undefined) tell({ code: 'HPC4005', message: `${key} is ${quote(value)}, which is not ${wanted}` });
  }

  function checkWord(text: string): void {
    // `max_rpc_cnt=150`, `FORCE:4`, and on slurmd's lists `affinity` for `task/affinity`
    const name = text.split(/[=:]/)[0] ?? '';
    if (acknowledged.has(name.toLowerCase()) || acknowledged.has(text.toLowerCase())) return;
    const word = values?.map(asWord).find((known) => isWord(known.word, name, type === 'list'));
    if (word) {
      const problem = lifeProblem(word, `${key}=${word.word}`, at, isThere);
      if (problem) tell(problem);
    } else tell(unknownWord(option, name, at));
  }
}

const asWord = (value: string | SlurmWord): SlurmWord => (typeof value === 'string' ? { word: value } : value);

/** Names of plugins count in their case; a list may leave out their kind, or say it where the man page does not. */
function isWord(known: string, name: string, inList: boolean): boolean {
  if (known === name) return true;
  if (inList && known.split('/').at(-1) === name.split('/').at(-1) && known.includes('/') !== name.includes('/'))
    return true;
  return !known.includes('/') && known.toLowerCase() === name.toLowerCase();
}

const isNamed = (value: string, values: SlurmOption['values']): boolean =>
  values?.some((known) => asWord(known).word.toLowerCase() === value.toLowerCase()) ?? false;

function unknownWord({ key, type, values = [], strict }: SlurmOption, name: string, at: Version): Problem {
  const known = values.map(asWord).filter((word) => !lifeProblem(word, word.word, at, () => false));
  const near = closest(
    name,
    known.map(({ word }) => word),
  );
  const all = known.map(({ word }) => word).join(', ');
  return {
    code: type === 'list' ? 'HPC4006' : 'HPC4004',
    message: `${quote(name)} is no ${type === 'list' ? 'word' : 'value'} of ${key} in ${nameOf(at)}, which ${strict ? 'complains of it' : 'does not say so'}`,
    fix: near
      ? `did you mean ${near}?`
      : known.length <= 12
        ? `use one of: ${all}`
        : 'write it as the man page does, or acknowledge it',
  };
}

const yesOrNo = /^(yes|up|true|1|no|down|false|0)$/i;
const unlimited = /^(unlimited|infinite)$/i;
const time = /^(\d+|\d+:\d+|\d+:\d+:\d+|\d+-\d+(:\d+){0,2}|-1)$/;

/** What a value should have been; nothing when it is fine. Rules of parse_value.c and parse_time.c. */
function readable({ type, bits }: SlurmOption, value: string): string | undefined {
  switch (type) {
    case 'bool':
      return yesOrNo.test(value) ? undefined : 'YES or NO';
    case 'time':
      return time.test(value) || unlimited.test(value)
        ? undefined
        : 'minutes, minutes:seconds, hours:minutes:seconds, days-hours or UNLIMITED';
    case 'float':
      return /^\d+(\.\d*)?$|^\.\d+$/.test(value) ? undefined : 'a number';
    case 'int':
    case 'size':
      return whole(value, bits)
        ? undefined
        : type === 'size'
          ? 'a whole number of MiB'
          : bits
            ? `a whole number below ${2n ** BigInt(bits)}`
            : 'a whole number';
    default:
      return undefined;
  }
}

/** Numbers of 32 and 64 bits take a `k` for 1024; those that Slurm reads as text may be -1. */
function whole(value: string, bits: number | undefined): boolean {
  if (bits === undefined) return /^(-1|\d+)$/.test(value);
  const [, digits, kilo] = /^(0x[0-9a-f]+|\d+)(k?)$/i.exec(value) ?? [];
  if (digits === undefined) return unlimited.test(value);
  if (kilo && bits === 16) return false;
  return BigInt(digits) * (kilo ? 1024n : 1n) < 2n ** BigInt(bits);
}
