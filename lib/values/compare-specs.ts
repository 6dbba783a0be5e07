import type { CodecType } from './codec';
import type { Direction, ItemChange } from './compare';
import { byCodeUnit, type Json } from './json';
import { Spec, type SpecDependency } from './spec';
import { Version } from './version';

/**
 * How a spec differs from another of the same package, part by part: version, variants, flags, target and dependencies.
 *
 * @returns undefined when they mean the same; no parts when they name different packages
 */
export function compareSpecs(before: string, after: string): readonly ItemChange[] | undefined {
  const [a, b] = [Spec.parse(before), Spec.parse(after)];
  if (a.problem || b.problem) return before === after ? undefined : [];
  if (a.equals(b)) return undefined;
  if (a.name !== b.name) return [];
  const [was, is] = [partsOf(a), partsOf(b)];
  return [...new Set([...was.keys(), ...is.keys()])].sort(byRank).flatMap((key): ItemChange[] => {
    const [old, now] = [was.get(key), is.get(key)];
    if (old === now) return [];
    const direction =
      old === undefined ? 'added' : now === undefined ? 'removed' : key === 'version' ? order(old, now) : 'changed';
    return [{ key, direction, ...(old !== undefined && { before: old }), ...(now !== undefined && { after: now }) }];
  });
}

/** The version first, dependencies last. */
const byRank = (a: string, b: string): number => rankOf(a) - rankOf(b) || byCodeUnit(a, b);
const rankOf = (key: string): number => (key === 'version' ? 0 : /^[%^]/.test(key) ? 2 : 1);

function order(before: string, after: string): Direction {
  const [a, b] = [Version.parse(before), Version.parse(after)];
  const sign = a.problem || b.problem ? 0 : Version.compare(a, b);
  return sign === 0 ? 'changed' : sign < 0 ? 'increased' : 'decreased';
}

/** The parts of a spec as they are written. */
function partsOf(spec: Spec): Map<string, string> {
  const parts = new Map<string, string>();
  if (spec.versions !== undefined) parts.set('version', spec.versions);
  for (const [name, value] of spec.variants) parts.set(name, variantText(name, value));
  for (const [name, flags] of spec.flags) parts.set(name, `${name}='${flags}'`);
  for (const name of ['namespace', 'platform', 'os', 'target', 'hash'] as const) {
    const value = spec[name];
    if (value !== undefined) parts.set(name, `${name}=${value}`);
  }
  for (const dependency of spec.dependencies) {
    const key = `${dependency.direct ? '%' : '^'}${dependency.spec.name}`;
    parts.set(key, [parts.get(key), dependencyText(dependency)].filter((text) => text !== undefined).join(' '));
  }
  return parts;
}

const variantText = (name: string, value: boolean | readonly string[]): string =>
  typeof value === 'boolean' ? `${value ? '+' : '~'}${name}` : `${name}=${value.length > 0 ? value.join(',') : '*'}`;

function dependencyText({ spec, direct, virtuals, deptypes, when }: SpecDependency): string {
  const only = [
    ...(when ? [`when='${when}'`] : []),
    ...(deptypes.length > 0 ? [`deptypes=${deptypes.join(',')}`] : []),
  ];
  const provides = virtuals.length > 0 ? `${virtuals.join(',')}=` : '';
  return `${direct ? '%' : '^'}${only.length > 0 ? `[${only.join(' ')}] ` : ''}${provides}${spec}`;
}

/** The spec of an item of a list: the item itself, or the field of a record that is a spec. */
function specOf(type: CodecType, item: Json): string | undefined {
  if (type.codec === 'spec') return String(item);
  if (type.codec !== 'record' || typeof item !== 'object' || item === null) return undefined;
  const field = Object.keys(type.fields).find((name) => type.fields[name]?.codec === 'spec');
  const value = field === undefined ? undefined : (item as { readonly [key: string]: Json })[field];
  return typeof value === 'string' ? value : undefined;
}

type Keyed = ReadonlyMap<string, Json>;

/**
 * Pairs what stands in one of two lists only by its package: `gromacs@2024.3` and `gromacs@2024.4` are one item that
 * changed. Of several of one package as many must go as come; they are paired in the order of their texts.
 */
export function pairByPackage(type: CodecType, before: Keyed, after: Keyed): [Keyed, Keyed] {
  const hasSpec = type.codec === 'spec' || (type.codec === 'record' && Object.values(type.fields).some(isSpec));
  if (!hasSpec) return [before, after];
  const [gone, come] = [byPackage(type, before, after), byPackage(type, after, before)];
  const taken = new Set([...before.keys(), ...after.keys()]);
  const [ofOld, ofNew] = [new Map<string, string>(), new Map<string, string>()];
  for (const [name, olds] of gone) {
    const news = come.get(name) ?? [];
    if (news.length !== olds.length) continue;
    olds.forEach((old, index) => {
      let key = name;
      for (let number = 2; taken.has(key); number++) key = `${name} (${number})`;
      taken.add(key);
      ofOld.set(old, key);
      ofNew.set(news[index] as string, key);
    });
  }
  const renamed = (keyed: Keyed, by: ReadonlyMap<string, string>) =>
    new Map([...keyed].map(([key, item]) => [by.get(key) ?? key, item]));
  return [renamed(before, ofOld), renamed(after, ofNew)];
}

const isSpec = ({ codec }: CodecType): boolean => codec === 'spec';

/** The keys that stand here and not there, by package, in the order of their texts. */
function byPackage(type: CodecType, here: Keyed, there: Keyed): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [key, item] of [...here].sort(([a], [b]) => byCodeUnit(a, b))) {
    if (there.has(key)) continue;
    const { name } = Spec.parse(specOf(type, item) ?? '');
    if (name !== '') found.set(name, [...(found.get(name) ?? []), key]);
  }
  return found;
}
