/** What a piece of a spec is. The order is that in which Spack tries them: the first that matches wins. */
export type SpecTokenKind =
  'edge-start' | 'edge-end' | 'edge' | 'versions' | 'flag' | 'value' | 'file' | 'name' | 'hash';

/** A piece of a spec and where it starts. */
export interface SpecToken {
  readonly kind: SpecTokenKind;
  readonly text: string;
  readonly at: number;
  /** Of an edge `%c,cxx=gcc`: the virtuals, and the package that provides them. */
  readonly virtuals?: string;
  readonly provider?: string;
}

// The grammar of Spack 1.x (lib/spack/spack/spec_parser.py): identifiers, values that need no quotes, quoted values.
const id = String.raw`[a-zA-Z_0-9][a-zA-Z_0-9-]*`;
const dotted = String.raw`${id}(?:\.${id})*`;
const option = String.raw`[a-zA-Z_0-9][a-zA-Z_0-9.-]*`;
const bare = String.raw`[a-zA-Z_0-9+*.,:=%^~/\\-]+`;
const quoted = String.raw`'(?:[^']|(?<=\\)')*'|"(?:[^"]|(?<=\\)")*"`;
const version = String.raw`=?[a-zA-Z0-9_][a-zA-Z_0-9.-]*\b`;
const range = String.raw`(?:(?:${version})?:(?:${version}(?!\s*=))?|${version})`;
const reference = String.raw`(?:git\.[a-zA-Z_0-9][a-zA-Z_0-9./-]*|[A-Fa-f0-9]{40})`;
const assignment = String.raw`\s*(?<virtuals>${id}(?:,${id})*)=(?<provider>${dotted})`;

const patterns: readonly (readonly [SpecTokenKind, RegExp])[] = (
  [
    ['edge-start', String.raw`(?:\^|%%|%)\[`],
    ['edge-end', String.raw`\](?:${assignment})?`],
    ['edge', String.raw`(?:\^|%%|%)(?:${assignment})?`],
    ['versions', String.raw`@${reference}=${version}|@${reference}|@\s*${range}(?:\s*,\s*${range})*`],
    ['flag', String.raw`(?:\+\+|~~|--)\s*${option}|[~+-]\s*${option}`],
    ['value', String.raw`${option}:?==?(?:${bare}|${quoted})`],
    ['file', String.raw`(?:\.|\/|[a-zA-Z0-9_-]*\/)[a-zA-Z0-9_./-]*(?:\.json|\.yaml)`],
    ['name', String.raw`${dotted}|\*`],
    ['hash', String.raw`\/[a-zA-Z_0-9]+`],
  ] as const
).map(([kind, source]) => [kind, new RegExp(source, 'y')]);

/** The pieces of a spec without the blanks between them; stops at the first character that belongs to none. */
export function specTokens(text: string): { tokens: SpecToken[]; unexpected?: number } {
  const tokens: SpecToken[] = [];
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text[at]!)) {
      at++;
      continue;
    }
    const token = tokenAt(text, at);
    if (!token) return { tokens, unexpected: at };
    tokens.push(token);
    at += token.text.length;
  }
  return { tokens };
}

function tokenAt(text: string, at: number): SpecToken | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { kind, text: found[0], at, ...found.groups };
  }
  return undefined;
}
