import { type Problem, quote } from './problem';

/** A problem that points at a character of the spec. */
export function problemAt(text: string, at: number, code: string, what: string, fix?: string): Problem {
  const message = `the spec ${quote(text)} cannot be read at character ${at + 1}, ${quote(text.slice(at, at + 20))}: ${what}`;
  return fix === undefined ? { code, message } : { code, message, fix };
}

/** `mpi=+` was most likely meant as `+mpi`. */
export const signFix = (name: string, value: string) => {
  const word = value.replace(/^[+~-]+/, '');
  return word === '' ? `did you mean '${value[0]}${name}'?` : `did you mean '${name} ${value[0]}${word}'?`;
};

/** What a person most likely meant by a character that begins nothing. */
export function unexpectedCharacter(text: string, at: number): Problem {
  const rest = text.slice(at);
  const character = String.fromCodePoint(rest.codePointAt(0)!);
  const before = /([\w.-]*)\s*$/.exec(text.slice(0, at))![1]!;
  const problem = (what: string, fix?: string) => problemAt(text, at, 'HPC1100', what, fix);
  const signs = /^([+~-]+)\s*([\w.-]*)/.exec(rest);
  if (/^:?==?["']/.test(rest) || /["']/.test(character)) {
    return problem('a quote without its partner', 'close the quote at the end of the value');
  }
  if (signs) {
    const name = signs[2]!.replace(/^-+/, '');
    if (name === '')
      return problem(
        `the sign ${quote(signs[1])} has no variant after it`,
        'remove it, or write the variant behind it',
      );
    return problem(`${quote(signs[1])} is no sign of a variant`, `did you mean '+${name}' or '~${name}'?`);
  }
  if (character === '@') {
    const version = /^[@=\s]*([\w.:,-]*)/.exec(rest)![1]!;
    return version === ''
      ? problem('no version after "@"', "write e.g. '@1.14'")
      : problem(`${quote(rest.slice(0, 10))} is no version`, `did you mean '@${version}'?`);
  }
  if (character === '=') {
    if (/[+~]\s*[\w.-]+$/.test(text.slice(0, at))) {
      return problem(
        'a variant has a sign or a value, not both',
        `did you mean '+${before}' or '${before}${rest.split(/\s/)[0]}'?`,
      );
    }
    const sign = /^=+\s*([+~])/.exec(rest);
    if (sign) return problem('a sign after "="', `did you mean '${sign[1]}${before}'?`);
    return problem(
      '"=" stands between a name and a value, without blanks',
      before ? `write '${before}=value'` : undefined,
    );
  }
  if (/[<>]/.test(character))
    return problem(`${quote(character)} is not used in specs`, "a range is written '@1.2:' or '@:1.4'");
  if (character === '[') return problem('"[" without ^ or % before it', "write e.g. '^[virtuals=mpi] openmpi'");
  return problem(`${quote(character)} is not used in specs`);
}
