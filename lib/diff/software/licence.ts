import type { Spec } from '../../values/spec';
import { type Installed, variantText } from './installed';
import type { PackageTable } from './package-table';

/** The licence of a package by a table; undefined when it is not known, or depends on what is not known. */
export function licenceOf(installed: Installed, { packages }: PackageTable): string | undefined {
  for (const { when, licence } of packages.get(installed.name)?.licences ?? []) {
    const holds = when ? meets(installed, when) : true;
    if (holds !== false) return holds ? licence : undefined;
  }
  return undefined;
}

/** Whether a package meets a condition; undefined when that cannot be told. */
function meets({ name, version, variants, isConcrete }: Installed, when: Spec): boolean | undefined {
  if (when.name !== '' && when.name !== name) return false;
  if (when.versions !== undefined && version !== undefined && !when.allows(version)) return false;
  const asked = [...when.variants].map(([key, value]) => {
    const own = variants.get(key);
    if (own === undefined) return isConcrete ? false : undefined;
    if (typeof value === 'boolean') return own === variantText(key, value);
    const values = own.slice(key.length + 1).split(',');
    return value.every((one) => values.includes(one));
  });
  if (asked.includes(false)) return false;
  const { flags, dependencies, target, os, platform, compiler } = when;
  const more =
    flags.size + dependencies.length > 0 || [target, os, platform, compiler].some((part) => part !== undefined);
  const isOpen = (when.versions !== undefined && version === undefined) || asked.includes(undefined) || more;
  return isOpen ? undefined : true;
}
