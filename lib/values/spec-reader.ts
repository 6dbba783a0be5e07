import { type Problem, quote } from './problem';
import { problemAt, signFix, unexpectedCharacter } from './spec-mistakes';
import { compilerAliases, dependencyTypes, emptyNode, specKey, type SpecEdge, type SpecNode } from './spec-node';
import { type SpecToken, type SpecTokenKind, specTokens } from './spec-tokens';
import { SpecVersions } from './spec-versions';

/** Reads one spec with its dependencies; the problem is that of the first character that does not fit. */
export function readSpec(text: string): { node: SpecNode; problem?: Problem } {
  try {
    return { node: new SpecReader(text).read() };
  } catch (error) {
    if (error instanceof Unreadable) return { node: emptyNode(), problem: error.problem };
    throw error;
  }
}

class Unreadable extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

const compilerFlags: readonly string[] = ['cflags', 'cxxflags', 'fflags', 'ldflags', 'ldlibs', 'cppflags'];
const architecture: Readonly<Record<string, 'platform' | 'os' | 'target'>> = {
  platform: 'platform',
  os: 'os',
  operating_system: 'os',
  target: 'target',
};
const notPropagated = ['arch', 'architecture', 'branch', 'commit', 'dev_path', 'namespace', 'patches', 'ref', 'tag'];

class SpecReader {
  private readonly tokens: SpecToken[];
  private index = 0;

  constructor(private readonly text: string) {
    const { tokens, unexpected } = specTokens(text);
    if (unexpected !== undefined) throw new Unreadable(unexpectedCharacter(text, unexpected));
    this.tokens = tokens;
  }

  read(): SpecNode {
    const root = emptyNode();
    if (this.tokens.length === 0) {
      throw new Unreadable({
        code: 'HPC1101',
        message: `the spec ${quote(this.text)} is empty`,
        fix: "write e.g. 'hdf5 +mpi'",
      });
    }
    this.node(root);
    let current = root;
    for (;;) {
      const sign = this.accept('edge') ?? this.accept('edge-start');
      if (!sign) break;
      const edge = this.edge(sign);
      addEdge(edge.direct ? current : root, edge, (what) => this.fail(sign, 'HPC1103', what));
      if (!edge.direct) current = edge.node;
    }
    const more = this.tokens[this.index];
    if (more?.kind === 'file') this.fail(more, 'HPC1100', 'the file of a concrete spec is not read here');
    if (more?.kind === 'name') {
      this.fail(
        more,
        'HPC1102',
        'a second package name',
        `for a dependency write '^${more.text}', for two packages two specs`,
      );
    }
    if (more) this.fail(more, 'HPC1100', `${quote(more.text)} does not belong here`);
    return root;
  }

  private accept(kind: SpecTokenKind): SpecToken | undefined {
    const token = this.tokens[this.index];
    if (token?.kind !== kind) return undefined;
    this.index++;
    return token;
  }

  private fail(token: SpecToken, code: string, what: string, fix?: string): never {
    throw new Unreadable(problemAt(this.text, token.at, code, what, fix));
  }

  /** Reads the name and what constrains it. */
  private node(node: SpecNode): void {
    const name = this.accept('name');
    if (name && name.text !== '*') this.name(node, name.text, name);
    for (;;) {
      const token = this.tokens[this.index];
      if (token?.kind === 'versions') this.versions(node, token);
      else if (token?.kind === 'flag') this.flag(node, token);
      else if (token?.kind === 'value') this.value(node, token);
      else if (token?.kind === 'hash') {
        if (node.hash) this.fail(token, 'HPC1103', 'a second hash');
        node.hash = token.text.slice(1);
      } else return;
      this.index++;
    }
  }

  private name(node: SpecNode, text: string, token: SpecToken): void {
    const parts = text.split('.');
    const name = parts.pop()!;
    if (/[A-Z]/.test(name)) {
      const fix = `did you mean ${quote([...parts, name.toLowerCase()].join('.'))}?`;
      this.fail(token, 'HPC1107', 'names of packages are in lower case', fix);
    }
    node.name = name;
    if (parts.length > 0) node.namespace = parts.join('.');
  }

  private versions(node: SpecNode, token: SpecToken): void {
    if (node.versions) this.fail(token, 'HPC1103', `a second version ${quote(token.text)}`, "write a list: '@1.2,1.4'");
    const versions = SpecVersions.parse(token.text.slice(1));
    if (typeof versions === 'string') this.fail(token, 'HPC1104', versions);
    node.versions = versions;
  }

  private flag(node: SpecNode, token: SpecToken): void {
    const [, sign = '', name = ''] = /^(\+\+|~~|--|[+~-])\s*([^]*)$/.exec(token.text) ?? [];
    this.variant(node, token, name, sign.startsWith('+'), sign.length === 2, false);
  }

  private value(node: SpecNode, token: SpecToken): void {
    const [, name = '', exact, sign = '', raw = ''] = /^([^:=]+)(:?)(==?)([^]*)$/.exec(token.text) ?? [];
    const isQuoted = /^['"]/.test(raw);
    const value = isQuoted ? raw.slice(1, -1).replaceAll(`\\${raw[0]}`, raw[0]!) : raw;
    const propagate = sign === '==';
    if (/[\n\r]/.test(value) || (value.includes("'") && /["\\]/.test(value))) {
      this.fail(token, 'HPC1106', `the value ${quote(value)} cannot be quoted`);
    }
    if (propagate && (notPropagated.includes(name) || architecture[name])) {
      this.fail(token, 'HPC1100', `${name} cannot be handed on to dependencies by ==`, `write '${name}=${raw}'`);
    }
    if (!isQuoted && /^[+~]/.test(value)) {
      this.fail(token, 'HPC1100', `a sign where the value of ${name} belongs`, signFix(name, value));
    }
    if (!isQuoted) this.refuseSwallowed(token, name, sign, value);
    if (name === 'arch' || name === 'architecture') {
      const parts = value.split('-');
      // Spack takes arch= for all three parts, even where it names only the target.
      const known = node.platform ?? node.os ?? node.target;
      if (known) this.fail(token, 'HPC1103', `arch after ${quote(known)}`, `write 'target=${value}'`);
      const [platform, os, target] = parts.length === 3 ? parts : [undefined, undefined, value];
      this.setPart(node, token, 'platform', platform);
      this.setPart(node, token, 'os', os);
      this.setPart(node, token, 'target', target);
    } else if (architecture[name]) this.setPart(node, token, architecture[name], value);
    else if (name === 'namespace') node.namespace = value;
    else if (compilerFlags.includes(name)) {
      const flags = flagsOf(value).map((flag) => ({ flag, propagate }));
      if (flags.length > 0) node.flags.set(name, [...(node.flags.get(name) ?? []), ...flags]);
    } else if (/^(true|false)$/i.test(value)) this.variant(node, token, name, /^true$/i.test(value), propagate, false);
    else {
      const values = value === '*' ? [] : [...new Set(value.split(','))].sort();
      this.variant(node, token, name, values, propagate, exact === ':' && value !== '*');
    }
  }

  /** A value goes on until the next blank: in `target=zen4%gcc` Spack takes `zen4%gcc` as the target, which nobody means. */
  private refuseSwallowed(token: SpecToken, name: string, sign: string, value: string): void {
    const swallowed = /[%^][^]*|(?<=[^/])~[A-Za-z_][^]*|(?<=[^+])\+[A-Za-z_][^]*/.exec(value);
    if (!swallowed) return;
    const [rest] = swallowed;
    const own = value.slice(0, swallowed.index);
    const fix = `did you mean '${name}${sign}${own} ${rest}'? If not, put the value in quotes`;
    this.fail(token, 'HPC1100', `the value of ${name} goes on until the next blank, and takes ${quote(rest)} in`, fix);
  }

  private setPart(
    node: SpecNode,
    token: SpecToken,
    part: 'platform' | 'os' | 'target',
    value: string | undefined,
  ): void {
    if (value === undefined || value === 'None') return;
    if (!/^[\w.:,-]+$/.test(value)) this.fail(token, 'HPC1100', `${quote(value)} cannot be the ${part}`);
    if (node[part]) this.fail(token, 'HPC1103', `a second ${part}`);
    node[part] = value;
  }

  private variant(
    node: SpecNode,
    token: SpecToken,
    name: string,
    value: boolean | readonly string[],
    propagate: boolean,
    exact: boolean,
  ): void {
    if (node.variants.has(name)) this.fail(token, 'HPC1103', `the variant ${quote(name)} a second time`);
    node.variants.set(name, { value, propagate, exact });
  }

  /** Reads the properties of a dependency, and the package it points at. */
  private edge(sign: SpecToken): SpecEdge {
    const direct = sign.text.startsWith('%');
    const properties = sign.kind === 'edge-start' ? this.properties(sign) : undefined;
    const assignment = properties?.end ?? sign;
    const node = emptyNode();
    if (assignment.provider) this.name(node, assignment.provider, assignment);
    const star = this.tokens[this.index]?.text === '*';
    const next = this.tokens[this.index];
    if (assignment.provider && next?.kind === 'name') this.fail(next, 'HPC1102', 'a second package name');
    this.node(node);
    if (!star && specKey(node) === specKey(emptyNode())) {
      this.fail(sign, 'HPC1101', `no package after ${quote(sign.text)}`, `write e.g. '${sign.text[0]}gcc'`);
    }
    if (direct && node.name) node.name = compilerAliases[node.name] ?? node.name;
    const virtuals = [...(properties?.virtuals ?? []), ...(assignment.virtuals?.split(',') ?? [])];
    return {
      node,
      direct,
      propagate: sign.text.startsWith('%%'),
      virtuals: [...new Set(virtuals)].sort(),
      deptypes: properties?.deptypes ?? [],
      ...(properties?.when ? { when: properties.when } : {}),
    };
  }

  private properties(start: SpecToken): { end: SpecToken; virtuals: string[]; deptypes: string[]; when?: SpecNode } {
    const found: Record<string, string> = {};
    for (;;) {
      const end = this.accept('edge-end');
      if (end) return { end, ...this.checked(start, found) };
      const token = this.accept('value');
      if (!token)
        return this.fail(this.tokens[this.index] ?? start, 'HPC1105', 'no "]" after the properties of a dependency');
      const [, name = '', value = ''] = /^([^:=]+):?=([^]*)$/.exec(token.text) ?? [];
      if (!['deptypes', 'virtuals', 'when'].includes(name)) this.fail(token, 'HPC1105', `the property ${quote(name)}`);
      found[name] = value.replace(/^['"\s]+|['"\s]+$/g, '');
    }
  }

  private checked(start: SpecToken, { virtuals, deptypes: types, when }: Record<string, string>) {
    if (types !== undefined && !types.split(',').every((type) => dependencyTypes.includes(type))) {
      this.fail(start, 'HPC1105', `${quote(types)} is no list of ${dependencyTypes.join(', ')}`);
    }
    // Spack reads the condition only up to a comma.
    if (when?.includes(',')) this.fail(start, 'HPC1105', `the condition ${quote(when)} has a comma`);
    const condition = when === undefined ? undefined : readSpec(when);
    if (condition?.problem) throw new Unreadable(condition.problem);
    return {
      virtuals: virtuals === undefined ? [] : virtuals.split(','),
      deptypes: types === undefined ? [] : dependencyTypes.filter((type) => types.split(',').includes(type)),
      ...(condition && specKey(condition.node) !== specKey(emptyNode()) ? { when: condition.node } : {}),
    };
  }
}

/** A word that does not begin with - is the value of the flag before it. */
function flagsOf(text: string): string[] {
  const flags: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (flags.length === 0 || word.startsWith('-')) flags.push(word);
    else flags[flags.length - 1] += ` ${word}`;
  }
  return flags;
}

/** A package that is named twice, such as the C and the C++ compiler, is one dependency with the constraints of both. */
function addEdge(parent: SpecNode, edge: SpecEdge, twice: (what: string) => never): void {
  const whenKey = (one: SpecEdge) => (one.when ? specKey(one.when) : '');
  const same = parent.edges.find(
    (other) =>
      other.node.name !== undefined &&
      other.node.name === edge.node.name &&
      other.deptypes.join() === edge.deptypes.join() &&
      whenKey(other) === whenKey(edge),
  );
  if (!same) {
    parent.edges.push(edge);
    return;
  }
  same.virtuals = [...new Set([...same.virtuals, ...edge.virtuals])].sort();
  merge(same.node, edge.node, twice);
}

function merge(into: SpecNode, from: SpecNode, twice: (what: string) => never): void {
  const name = into.name ?? '';
  if (into.versions && from.versions && into.versions.key !== from.versions.key)
    twice(`two versions of ${quote(name)}`);
  into.versions ??= from.versions;
  for (const part of ['namespace', 'platform', 'os', 'target', 'hash'] as const) {
    if (into[part] && from[part] && into[part] !== from[part]) twice(`a second ${part} of ${quote(name)}`);
    into[part] ??= from[part];
  }
  for (const [key, variant] of from.variants) {
    const known = into.variants.get(key);
    if (known && JSON.stringify(known) !== JSON.stringify(variant))
      twice(`two values of ${quote(key)} of ${quote(name)}`);
    into.variants.set(key, variant);
  }
  for (const [type, flags] of from.flags) {
    const known = into.flags.get(type) ?? [];
    into.flags.set(type, [...known, ...flags.filter(({ flag }) => !known.some((other) => other.flag === flag))]);
  }
  for (const edge of from.edges) addEdge(into, edge, twice);
}
