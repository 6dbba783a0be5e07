import { Cidr } from '../../values/cidr';
import { byCodeUnit } from '../../values/json';
import type { EntryItem } from '../model';
import { BOTH, type Breadth, flipped, SAME_BREADTH, together } from './breadth';
import { isNetwork } from './firewall';
import type { IamStatement, Patterns } from './iam-statement';

/** What two lists of statements differ in. */
export interface IamChange {
  readonly breadth: Breadth;
  /** One line for each statement that differs. */
  readonly items: readonly EntryItem[];
}

/** Judges a change of a policy: an addition to what is allowed broadens, a removal narrows; of what is denied the reverse. */
export function compareStatements(before: readonly IamStatement[], after: readonly IamStatement[]): IamChange {
  const same = new Set(before.map(textOf).filter((text) => after.some((one) => textOf(one) === text)));
  const was = before.filter((one) => !same.has(textOf(one)));
  const is = after.filter((one) => !same.has(textOf(one)));
  const pairs = pair(was, is);
  const changed = pairs.map(([a, b]) => ({ a, b, breadth: compare(a, b) }));
  const gone = was.filter((one) => !pairs.some(([a]) => a === one));
  const come = is.filter((one) => !pairs.some(([, b]) => b === one));
  const judged = [
    ...changed.map(({ breadth }) => breadth),
    ...come.map((one) => ofAll(one, before)),
    ...gone.map((one) => flipped(ofAll(one, after))),
  ];
  return {
    breadth: together(judged),
    items: [
      ...changed.map(({ a, b }): EntryItem => ({ direction: 'changed', text: differenceOf(a, b) })),
      ...come.map((one): EntryItem => ({ direction: 'added', text: textOf(one) })),
      ...gone.map((one): EntryItem => ({ direction: 'removed', text: textOf(one) })),
    ],
  };
}

/** What a statement that came adds to those that were there; what one of them allows already adds nothing. */
function ofAll(one: IamStatement, others: readonly IamStatement[]): Breadth {
  const covered = others.some((other) => {
    if (other.effect !== one.effect) return false;
    const { wider, narrower } = compare(other, one);
    return one.effect === 'Deny' ? !narrower : !wider;
  });
  if (covered) return SAME_BREADTH;
  return one.effect === 'Deny' ? { wider: false, narrower: true } : { wider: true, narrower: false };
}

/** Statements that belong together: by their id, otherwise by an action that both have. */
function pair(was: readonly IamStatement[], is: readonly IamStatement[]): [IamStatement, IamStatement][] {
  const free = new Set(is);
  const take = (a: IamStatement, fits: (b: IamStatement) => boolean): [IamStatement, IamStatement][] => {
    const b = [...free].find((one) => one.effect === a.effect && fits(one));
    if (!b) return [];
    free.delete(b);
    return [[a, b]];
  };
  const named = was.flatMap((a) => (a.sid === undefined ? [] : take(a, (b) => b.sid === a.sid)));
  const left = was.filter((a) => !named.some(([one]) => one === a));
  const alike = left.flatMap((a) =>
    take(a, (b) => (a.sid ?? b.sid) === undefined && b.actions.values.some((name) => a.actions.values.includes(name))),
  );
  return [...named, ...alike];
}

function compare(a: IamStatement, b: IamStatement): Breadth {
  const parts = together([
    comparePatterns(a.actions, b.actions),
    comparePatterns(a.resources, b.resources),
    comparePatterns(a.principals, b.principals),
    compareConditions(a.conditions, b.conditions),
  ]);
  return a.effect === 'Deny' ? flipped(parts) : parts;
}

function comparePatterns(a: Patterns, b: Patterns): Breadth {
  if (a.not !== b.not) return BOTH;
  const breadth = { wider: !covers(a.values, b.values), narrower: !covers(b.values, a.values) };
  return a.not ? flipped(breadth) : breadth;
}

/** Whether patterns take in all of others. */
const covers = (patterns: readonly string[], others: readonly string[]): boolean =>
  others.every((other) => patterns.some((pattern) => matches(pattern, other)));

function matches(pattern: string, text: string): boolean {
  if (pattern === text || pattern === '*') return true;
  if (isNetwork(pattern) && isNetwork(text)) return Cidr.parse(pattern).contains(Cidr.parse(text));
  return wildcard(pattern.toLowerCase(), text.toLowerCase());
}

/** `*` stands for any text and `?` for one character; in steps that grow with the product of the lengths at most. */
function wildcard(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') [star, mark, p] = [p, t, p + 1];
    else if (pattern[p] === text[t] || (pattern[p] === '?' && text[t] !== '*')) [p, t] = [p + 1, t + 1];
    else if (star >= 0) [p, mark, t] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** A condition less lets more through; one more value of a condition does so, too, unless the condition excludes. */
function compareConditions(a: IamStatement['conditions'], b: IamStatement['conditions']): Breadth {
  const keys = [...new Set([...a.keys(), ...b.keys()])];
  return together(
    keys.map((key) => {
      const [was, is] = [a.get(key), b.get(key)];
      if (!was || !is) return { wider: !is, narrower: !was };
      if (was.join('\n') === is.join('\n')) return SAME_BREADTH;
      if (!/(String|Arn|IpAddress)/.test(key.split(' ')[0] as string)) return BOTH;
      const breadth = { wider: !covers(was, is), narrower: !covers(is, was) };
      return /Not/.test(key.split(' ')[0] as string) ? flipped(breadth) : breadth;
    }),
  );
}

/** A statement in one line. */
export function textOf({ effect, actions, resources, principals, conditions }: IamStatement): string {
  const parts = [
    `${effect} ${patternText(actions)}`,
    ...(resources.values.length > 0 ? [`on ${patternText(resources)}`] : []),
    ...(principals.values.length > 0 ? [`to ${patternText(principals)}`] : []),
  ];
  const when = [...conditions]
    .sort(([x], [y]) => byCodeUnit(x, y))
    .map(([key, values]) => `${key} ${values.join(' or ')}`);
  return parts.join(' ') + (when.length > 0 ? ` if ${when.join(' and ')}` : '');
}

const patternText = ({ not, values }: Patterns): string => (not ? 'all but ' : '') + values.join(', ');

/** Where two statements that belong together differ. */
function differenceOf(a: IamStatement, b: IamStatement): string {
  const parts = (['actions', 'resources', 'principals'] as const).flatMap((name) => {
    const [was, is] = [a[name], b[name]];
    if (was.not !== is.not) return [`${name} ${patternText(was)} → ${patternText(is)}`];
    return part(was.not ? `${name} excluded` : name, was.values, is.values);
  });
  const keys = [...new Set([...a.conditions.keys(), ...b.conditions.keys()])].sort(byCodeUnit);
  const conditions = keys.flatMap((key) => {
    const [was, is] = [a.conditions.get(key), b.conditions.get(key)];
    if (!was) return [`+ if ${key} ${is?.join(' or ')}`];
    if (!is) return [`- if ${key} ${was.join(' or ')}`];
    return part(`if ${key}`, was, is);
  });
  return `${a.effect} ${patternText(a.actions)}: ${[...parts, ...conditions].join('; ')}`;
}

function part(name: string, was: readonly string[], is: readonly string[]): string[] {
  const gone = was.filter((one) => !is.includes(one)).map((one) => `- ${one}`);
  const come = is.filter((one) => !was.includes(one)).map((one) => `+ ${one}`);
  return gone.length + come.length > 0 ? [`${name} ${[...gone, ...come].join(' ')}`] : [];
}
