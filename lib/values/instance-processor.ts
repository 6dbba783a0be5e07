import type { Target } from './target';

/**
 * The microarchitecture that instances of a family have at least, by what stands before the dot. Families that came with two
 * processors have the older one; Granite Rapids runs what Sapphire Rapids runs. From what AWS says of the processors of
 * its instance families (EC2 user guide, "Instance types").
 */
const FAMILIES: readonly (readonly [RegExp, Target])[] = [
  [/^m5zn$/, 'cascadelake'],
  [/^(c5ad?)$/, 'zen2'],
  [/^([mr]5ad?|t3a)$/, 'zen'],
  [/^([cmr]5(b|d|dn|n)?|t3|p3dn)$/, 'skylake_avx512'],
  [/^(p4de?|g4dn)$/, 'cascadelake'],
  [/^(g4ad|g5)$/, 'zen2'],
  [/^([cmr]6i(d|n|dn)?|hpc6id|trn1n?)$/, 'icelake'],
  [/^([cmr]6a|hpc6a|p5e?|g6[ef]?)$/, 'zen3'],
  [/^([cmr]6g(d|n)?|t4g|g5g)$/, 'neoverse_n1'],
  [/^([cmr]7i(-flex|z)?|p5en|trn2)$/, 'sapphirerapids'],
  [/^([cmr]7a|hpc7a)$/, 'zen4'],
  [/^([cmr]7g(d|n)?|hpc7g)$/, 'neoverse_v1'],
  [/^[cmr]8i(-flex|b|d|n|ne)?$/, 'sapphirerapids'],
  [/^([cmr]8a|m8azn|hpc8a)$/, 'zen5'],
  [/^[cmr]8g(b|d|n)?$/, 'neoverse_v2'],
];

/** What code runs on an instance type is built for; nothing of a family that is not known here. */
export function instanceProcessor(type: string): Target | undefined {
  const family = type.slice(0, Math.max(0, type.indexOf('.')));
  return FAMILIES.find(([pattern]) => pattern.test(family))?.[1];
}
