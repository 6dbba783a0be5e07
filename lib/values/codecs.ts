import type { IConstruct } from 'constructs';
import { Cidr } from './cidr';
import { closest } from './closest';
import type { Codec, ScalarName } from './codec';
import { Duration } from './duration';
import { Hostlist } from './hostlist';
import type { Json } from './json';
import { Money } from './money';
import { Power } from './power';
import { type Problem, quote, type Report } from './problem';
import { SecretRef } from './secret-ref';
import { Size } from './size';
import { Version } from './version';

/** What a field of text allows, in a form that its message can quote. */
export interface TextRule {
  /** What the text is, e.g. "a partition name". */
  readonly what: string;
  /** The whole text must match. */
  readonly pattern: RegExp;
  /** The allowed characters in words. */
  readonly allowed: string;
  /** Longest length in characters. @default 255 */
  readonly max?: number;
}

function wrongType(wanted: string, input: unknown): Problem {
  const type = typeof input;
  const named = type === 'undefined' ? type : type === 'object' ? 'an object' : `a ${type}`;
  const got = input === null ? 'null' : Array.isArray(input) ? 'a list' : named;
  return { code: 'HPC1001', message: `${quote(input)} is ${got}; wanted: ${wanted}` };
}

/** A cdktf token in text, in a list or as the large negative number that stands for one. */
function isToken(input: unknown): boolean {
  if (typeof input === 'number') return input < -1e300;
  return typeof input === 'string' && /TfToken\[/.test(input);
}

function token(input: unknown): Problem {
  return {
    code: 'HPC1003',
    message: `${quote(input)} is a Terraform token, which no file but Terraform's can hold`,
    fix: 'use a name that you choose yourself, such as a private DNS name for an address',
  };
}

function checkText(input: unknown, what: string, report: Report): string | undefined {
  if (typeof input !== 'string') report(wrongType(what, input));
  else if (isToken(input)) report(token(input));
  else return input;
  return undefined;
}

/** Text that a rule describes: names, labels, feature words. */
export function matching(rule: TextRule): Codec<string> {
  return {
    type: { codec: 'text' },
    parse: (input, report) => {
      const value = checkText(input, rule.what, report);
      if (value === undefined) return '';
      const max = rule.max ?? 255;
      if (!rule.pattern.test(value)) {
        report({ code: 'HPC1002', message: `${quote(value)} is not ${rule.what}: ${rule.allowed}` });
      } else if (value.length > max) {
        report({
          code: 'HPC1002',
          message: `${quote(value)} has ${value.length} characters, ${rule.what} has at most ${max}`,
        });
      }
      return value;
    },
    print: (value) => value,
  };
}

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/u;

function freeText(what: string, forbidden: RegExp, says: string): Codec<string> {
  return {
    type: { codec: 'text' },
    freeText: true,
    parse: (input, report) => {
      const value = checkText(input, what, report);
      if (value === undefined) return '';
      if (forbidden.test(value)) report({ code: 'HPC1002', message: `${quote(value)} is not ${what}: ${says}` });
      return value;
    },
    print: (value) => value,
  };
}

/** One line of free text: anything but control characters. */
export const line = freeText('one line of text', CONTROL, 'it holds a line break or a control character');

/** Free text of several lines: anything but control characters other than line feed and tab. */
export const prose = freeText(
  'text',
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/u,
  'it holds a control character',
);

/** An absolute path of a host, without spaces: Slurm, Spack and shell scripts take it unquoted. */
export const absolutePath: Codec<string> = {
  ...matching({
    what: 'an absolute path',
    pattern: /^\/(?:[A-Za-z0-9._+@%:,=~-]+\/?)*$/,
    allowed: 'it starts with "/" and holds letters, digits and . _ + @ % : , = ~ - /',
    max: 4095,
  }),
  type: { codec: 'path' },
};

/** A whole number. */
export function integer(min = 0, max = Number.MAX_SAFE_INTEGER): Codec<number> {
  return {
    type: { codec: 'integer' },
    parse: (input, report) => {
      if (isToken(input)) report(token(input));
      else if (typeof input !== 'number' || Number.isNaN(input)) report(wrongType('a whole number', input));
      else if (!Number.isSafeInteger(input) || input < min || input > max) {
        const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `from ${min} to ${max}`;
        report({ code: 'HPC1004', message: `${input} is not a whole number of ${range}` });
      } else return input;
      return min;
    },
    print: (value) => value,
  };
}

/** True or false. */
export const boolean: Codec<boolean> = {
  type: { codec: 'boolean' },
  parse: (input, report) => {
    if (typeof input !== 'boolean') report(wrongType('true or false', input));
    return input === true;
  },
  print: (value) => value,
};

/** One of a few words. */
export function oneOf<const T extends string>(choices: readonly T[]): Codec<T> {
  return {
    type: { codec: 'choice' },
    parse: (input, report) => {
      if (choices.includes(input)) return input;
      const near = typeof input === 'string' ? closest(input, choices) : undefined;
      report({
        code: 'HPC1005',
        message: `${quote(input)} is none of ${choices.join(', ')}`,
        ...(near && { fix: `did you mean '${near}'?` }),
      });
      return choices[0] as T;
    },
    print: (value) => value,
  };
}

/** Another construct; `is` tells the kind by its mark. */
export function reference<T extends IConstruct>(what: string, is: (x: unknown) => x is T): Codec<T> {
  return {
    type: { codec: 'reference' },
    parse: (input, report) => {
      if (!is(input)) report(wrongType(what, input));
      return input;
    },
    print: (value) => value.node.path,
  };
}

interface ValueClass<T> {
  readonly what: string;
  readonly is: (x: unknown) => x is T;
  readonly none: T;
}

/** A codec of a value class: the value carries its own problem; text is parsed where the class reads text. */
export function valueClass<T extends { readonly problem?: Problem; toString(): string }, In>(
  codec: ScalarName,
  { what, is, none }: ValueClass<T>,
  fromText?: (text: string) => T,
): Codec<In, T> {
  return {
    type: { codec },
    parse: (input, report) => {
      let value: T;
      if (is(input)) value = input;
      else if (fromText && typeof input === 'string' && isToken(input)) return (report(token(input)), none);
      else if (fromText && typeof input === 'string') value = fromText(input);
      else return (report(wrongType(what, input)), none);
      if (value.problem) report(value.problem);
      return value;
    },
    print: (value): Json => value.toString(),
  };
}

/** A length of time. */
export const duration: Codec<Duration> = valueClass('duration', {
  what: 'a Duration, such as Duration.days(2)',
  is: Duration.isDuration,
  none: Duration.seconds(0),
});

/** An amount of memory or storage. */
export const size: Codec<Size> = valueClass('size', {
  what: 'a Size, such as Size.gib(256)',
  is: Size.isSize,
  none: Size.bytes(0),
});

/** An amount of money. */
export const money: Codec<Money> = valueClass('money', {
  what: "an amount of Money, such as Money.parse('100 USD')",
  is: Money.isMoney,
  none: Money.parse('0 USD'),
});

/** An electric power. */
export const power: Codec<Power> = valueClass('power', {
  what: 'a Power, such as Power.w(650)',
  is: Power.isPower,
  none: Power.w(0),
});

/** Host names as Slurm writes them, e.g. `cn[001-064]`. */
export const hostlist: Codec<string | Hostlist, Hostlist> = valueClass(
  'hostlist',
  { what: "a hostlist, such as 'cn[001-064]'", is: Hostlist.isHostlist, none: Hostlist.EMPTY },
  (text) => Hostlist.parse(text),
);

/** A dotted version. */
export const version: Codec<string | Version, Version> = valueClass(
  'version',
  { what: "a version, such as '22.05'", is: Version.isVersion, none: Version.parse('0') },
  (text) => Version.parse(text),
);

/** A network in CIDR notation. */
export const cidr: Codec<string | Cidr, Cidr> = valueClass(
  'cidr',
  { what: "a network, such as '10.42.0.0/16'", is: Cidr.isCidr, none: Cidr.parse('0.0.0.0/0') },
  (text) => Cidr.parse(text),
);

/** A reference to a secret; the secret itself never enters a definition. */
export const secret: Codec<SecretRef> = valueClass('secret', {
  what: "a SecretRef, such as SecretRef.file('/etc/munge/munge.key')",
  is: SecretRef.isSecretRef,
  none: SecretRef.file('/dev/null'),
});
