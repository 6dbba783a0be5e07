import { byCodeUnit } from './json';
import type { SpecVersions } from './spec-versions';

/** The value of a variant: `+mpi`, `api=v110`, `amdgpu_target=gfx90a,gfx942`. */
export interface SpecVariant {
  readonly value: boolean | readonly string[];
  /** `++mpi`, `api==v110`: dependencies get it too. */
  readonly propagate: boolean;
  /** `api:=v110`: these values and no others. */
  readonly exact: boolean;
}

/** One compiler flag; one with a value of its own (`-I dir`) is one flag. */
export interface SpecFlag {
  readonly flag: string;
  readonly propagate: boolean;
}

/** One package of a spec with its constraints. */
export interface SpecNode {
  name?: string;
  namespace?: string;
  versions?: SpecVersions;
  readonly variants: Map<string, SpecVariant>;
  readonly flags: Map<string, SpecFlag[]>;
  platform?: string;
  os?: string;
  target?: string;
  hash?: string;
  readonly edges: SpecEdge[];
}

/** A dependency of a node. */
export interface SpecEdge {
  readonly node: SpecNode;
  /** `%`: of the node itself; `^`: anywhere below it. */
  readonly direct: boolean;
  /** `%%`: dependencies prefer it too. */
  readonly propagate: boolean;
  virtuals: readonly string[];
  readonly deptypes: readonly string[];
  readonly when?: SpecNode;
}

export const emptyNode = (): SpecNode => ({ variants: new Map(), flags: new Map(), edges: [] });

/** Kinds of dependency. */
export const dependencyTypes: readonly string[] = ['build', 'link', 'run', 'test'];

/** Short names of compilers, which Spack takes and prints after `%`. */
export const compilerAliases: Readonly<Record<string, string>> = {
  clang: 'llvm',
  oneapi: 'intel-oneapi-compilers',
  rocmcc: 'llvm-amdgpu',
  intel: 'intel-oneapi-compilers-classic',
  arm: 'acfl',
};
const aliasOf = new Map(Object.entries(compilerAliases).map(([alias, name]) => [name, alias]));

/** Prints a node with its dependencies, in the order and form in which Spack prints an abstract spec. */
export function printSpec(node: SpecNode): string {
  return [printNode(node), printEdges(node)].filter((part) => part !== '').join(' ') || '*';
}

function printNode(node: SpecNode, name = node.name): string {
  const variants = [...node.variants].sort(([a], [b]) => byCodeUnit(a, b));
  const switches = variants.map(([key, { value, propagate }]) =>
    typeof value === 'boolean' ? `${(value ? '+' : '~').repeat(propagate ? 2 : 1)}${key}` : '',
  );
  const values = variants.map(([key, { value, propagate, exact }]) => {
    if (typeof value === 'boolean') return '';
    return `${key}${exact ? ':' : ''}${propagate ? '==' : '='}${quoteValue(value.length === 0 ? '*' : value.join(','))}`;
  });
  const flags = [...node.flags]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .flatMap(([type, list]) => [
      printFlags(
        type,
        '=',
        list.filter((flag) => !flag.propagate),
      ),
      printFlags(
        type,
        '==',
        list.filter((flag) => flag.propagate),
      ),
    ]);
  const versions = node.versions && !node.versions.isAny ? `@${node.versions.toString()}` : '';
  const qualified = name && node.namespace ? `${node.namespace}.${name}` : (name ?? '');
  return [
    // Switches stand at the name, where they need no blank, unless flags are between them.
    [`${qualified}${versions}`, ...flags].filter((part) => part !== '').join(' ') +
      (flags.some((part) => part !== '') ? ' ' : '') +
      switches.join(''),
    ...values,
    !name && node.namespace ? `namespace=${node.namespace}` : '',
    node.platform ? `platform=${node.platform}` : '',
    node.os ? `os=${node.os}` : '',
    node.target ? `target=${node.target}` : '',
    node.hash ? `/${node.hash}` : '',
  ]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');
}

function printFlags(type: string, sign: string, flags: readonly SpecFlag[]): string {
  return flags.length === 0 ? '' : `${type}${sign}${quoteValue(flags.map(({ flag }) => flag).join(' '))}`;
}

/** As Spack quotes: not at all, in single quotes, or in double quotes when there are single ones inside. */
function quoteValue(value: string): string {
  if (/^[a-zA-Z0-9,/_.\-[\]]+$/.test(value)) return value;
  return value.includes("'") ? `"${value}"` : `'${value}'`;
}

function printEdges(node: SpecNode): string {
  // By name; of one name, by the kinds of dependency.
  const rank = ({ deptypes }: SpecEdge) => deptypes.reduce((sum, type) => sum + 2 ** dependencyTypes.indexOf(type), 0);
  const sorted = node.edges
    .map((edge) => ({ edge, name: edge.node.name ?? '' }))
    .sort((a, b) => byCodeUnit(a.name, b.name) || rank(a.edge) - rank(b.edge));
  const direct = sorted.filter(({ edge }) => edge.direct).map(({ edge }) => printEdge(edge));
  const below = sorted
    .filter(({ edge }) => !edge.direct)
    .flatMap(({ edge }) => [printEdge(edge), printEdges(edge.node)].filter((part) => part !== ''));
  return [...direct, ...below].join(' ');
}

function printEdge({ node, direct, propagate, virtuals, deptypes, when }: SpecEdge): string {
  const sign = direct ? (propagate ? '%%' : '%') : '^';
  const printedWhen = when ? printSpec(when) : '';
  const quote = printedWhen.includes("'") ? '"' : "'";
  const properties = [
    when ? `when=${quote}${printedWhen}${quote}` : '',
    deptypes.length > 0 ? `deptypes=${deptypes.join(',')}` : '',
    virtuals.length > 0 && !node.name ? `virtuals=${virtuals.join(',')}` : '',
  ].filter((property) => property !== '');
  const head = properties.length > 0 ? `${sign}[${properties.join(' ')}] ` : sign;
  const name = direct ? (aliasOf.get(node.name ?? '') ?? node.name) : node.name;
  const provides = virtuals.length > 0 && node.name ? `${virtuals.join(',')}=` : '';
  // Without a name, what follows could be read as `virtual=provider`; `*` stands for any package.
  return `${head}${node.name ? '' : '* '}${provides}${printNode(node, name)}`.trim();
}

/** Equal for two specs that mean the same. */
export function specKey(node: SpecNode): string {
  return JSON.stringify([
    node.name ?? null,
    node.namespace ?? null,
    node.versions && !node.versions.isAny ? node.versions.key : null,
    [...node.variants].sort(([a], [b]) => byCodeUnit(a, b)),
    [...node.flags].sort(([a], [b]) => byCodeUnit(a, b)),
    [node.platform ?? null, node.os ?? null, node.target ?? null, node.hash ?? null],
    node.edges
      .map((edge) => {
        const { direct, propagate, virtuals, deptypes, when } = edge;
        return JSON.stringify([specKey(edge.node), direct, propagate, virtuals, deptypes, when ? specKey(when) : null]);
      })
      .sort(),
  ]);
}
