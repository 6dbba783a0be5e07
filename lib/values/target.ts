import { Version } from './version';

/** What a machine must show in /proc/cpuinfo to run code for a target, beyond what its ancestors need. */
export interface CpuTest {
  /** `vendor_id` of x86. @default - any maker */
  readonly vendor?: 'GenuineIntel' | 'AuthenticAMD';
  /** Words of `flags`. */
  readonly flags?: readonly string[];
  /** `CPU implementer` and `CPU part` of Arm. */
  readonly part?: readonly [implementer: string, part: string];
}

/** The families of compilers that archspec tells apart. */
export type CompilerFamily = 'gcc' | 'clang' | 'oneapi';

interface TargetFacts extends CpuTest {
  readonly parents: readonly string[];
  /** The first version of each compiler that can build for it; a compiler that is not named cannot. */
  readonly since: Readonly<Partial<Record<CompilerFamily, string>>>;
}

/**
 * Facts of archspec 0.2.7 (2025), the library by which Spack knows microarchitectures: names, parents, the first version
 * of each compiler, and the CPU flags that tell a target from its parents.
 */
const facts = {
  x86_64: { parents: [], since: { gcc: '4.2', clang: '0', oneapi: '0' } },
  x86_64_v2: {
    parents: ['x86_64'],
    since: { gcc: '4.6', clang: '3.9', oneapi: '2021.2' },
    flags: ['cx16', 'popcnt', 'sse4_1', 'sse4_2', 'ssse3'],
  },
  x86_64_v3: {
    parents: ['x86_64_v2'],
    since: { gcc: '4.8', clang: '3.9', oneapi: '2021.2' },
    flags: ['abm', 'avx', 'avx2', 'bmi1', 'bmi2', 'f16c', 'fma', 'movbe'],
  },
  x86_64_v4: {
    parents: ['x86_64_v3'],
    since: { gcc: '6', clang: '3.9', oneapi: '2021.2' },
    flags: ['avx512bw', 'avx512cd', 'avx512dq', 'avx512f', 'avx512vl'],
  },
  haswell: { parents: ['x86_64_v3'], since: { gcc: '4.8', clang: '3.9', oneapi: '0' }, vendor: 'GenuineIntel' },
  broadwell: {
    parents: ['haswell'],
    since: { gcc: '4.9', clang: '3.9', oneapi: '0' },
    vendor: 'GenuineIntel',
    flags: ['adx', 'rdseed'],
  },
  skylake: {
    parents: ['broadwell'],
    since: { gcc: '6', clang: '3.9', oneapi: '0' },
    vendor: 'GenuineIntel',
    flags: ['clflushopt', 'xsavec', 'xsaveopt'],
  },
  skylake_avx512: {
    parents: ['skylake', 'x86_64_v4'],
    since: { gcc: '6', clang: '3.9', oneapi: '0' },
    vendor: 'GenuineIntel',
    flags: ['clwb'],
  },
  cascadelake: {
    parents: ['skylake_avx512'],
    since: { gcc: '9', clang: '8', oneapi: '0' },
    vendor: 'GenuineIntel',
    flags: ['avx512_vnni'],
  },
  icelake: {
    parents: ['cascadelake'],
    since: { gcc: '8', clang: '6', oneapi: '0' },
    vendor: 'GenuineIntel',
    flags: ['avx512_bitalg', 'avx512_vbmi2', 'avx512_vpopcntdq', 'gfni', 'vaes', 'vpclmulqdq'],
  },
  sapphirerapids: {
    parents: ['icelake'],
    since: { gcc: '11', clang: '12', oneapi: '2021.2' },
    vendor: 'GenuineIntel',
    flags: ['amx_bf16', 'amx_int8', 'amx_tile', 'avx512_bf16', 'serialize'],
  },
  zen: {
    parents: ['x86_64_v3'],
    since: { gcc: '6', clang: '4', oneapi: '0' },
    vendor: 'AuthenticAMD',
    flags: ['clzero', 'rdseed', 'sse4a'],
  },
  zen2: { parents: ['zen'], since: { gcc: '9', clang: '9', oneapi: '0' }, vendor: 'AuthenticAMD', flags: ['clwb'] },
  zen3: {
    parents: ['zen2'],
    since: { gcc: '10.3', clang: '12', oneapi: '0' },
    vendor: 'AuthenticAMD',
    flags: ['vaes', 'vpclmulqdq'],
  },
  zen4: {
    parents: ['zen3', 'x86_64_v4'],
    since: { gcc: '10.3', clang: '12' },
    vendor: 'AuthenticAMD',
    flags: ['avx512_bf16', 'avx512_bitalg', 'avx512_vbmi2', 'avx512_vnni', 'avx512_vpopcntdq', 'gfni'],
  },
  zen5: {
    parents: ['zen4'],
    since: { gcc: '14.1', clang: '19.1' },
    vendor: 'AuthenticAMD',
    flags: ['avx512_vp2intersect', 'avx_vnni', 'movdir64b', 'movdiri'],
  },
  aarch64: { parents: [], since: { gcc: '4.8', clang: '0' } },
  neoverse_n1: { parents: ['aarch64'], since: { gcc: '4.8', clang: '3.9' }, part: ['0x41', '0xd0c'] },
  neoverse_v1: { parents: ['neoverse_n1'], since: { gcc: '4.8', clang: '3.9' }, part: ['0x41', '0xd40'] },
  neoverse_v2: { parents: ['neoverse_n1'], since: { gcc: '4.8', clang: '9' }, part: ['0x41', '0xd4f'] },
  a64fx: { parents: ['aarch64'], since: { gcc: '4.8', clang: '3.9' }, part: ['0x46', '0x001'] },
} as const satisfies Readonly<Record<string, TargetFacts>>;

/** A microarchitecture that software is built for, by its name in Spack. */
export type Target = keyof typeof facts;

/** Every known target, ancestors first. */
export const targets = Object.keys(facts) as readonly Target[];

/** The targets by name: `Target.X86_64_V3`. */
export const Target = Object.fromEntries(targets.map((name) => [name.toUpperCase(), name])) as {
  readonly [T in Target as Uppercase<T>]: T;
};

const factsOf = (target: Target): TargetFacts => facts[target];

/** The target and everything that runs on machines of it, nearest first. */
export function lineage(target: Target): readonly Target[] {
  const all = new Set<Target>([target]);
  for (const ancestor of all) for (const parent of factsOf(ancestor).parents) all.add(parent as Target);
  return [...all];
}

/** Whether code for `code` runs on a machine of microarchitecture `machine`. */
export const runsOn = (code: Target, machine: Target): boolean => lineage(machine).includes(code);

/** The best of the targets for a machine of this microarchitecture; none when no code of them runs there. */
export const bestFor = (machine: Target, among: readonly Target[]): Target | undefined =>
  mostSpecificFirst(among.filter((target) => runsOn(target, machine)))[0];

/** Descendants before their ancestors: the order in which a machine is asked what it can run. */
export const mostSpecificFirst = (among: readonly Target[]): Target[] =>
  [...among].sort((a, b) => lineage(b).length - lineage(a).length || targets.indexOf(b) - targets.indexOf(a));

/** What a machine must show to run code for a target: the tests of the target and of its ancestors together. */
export function cpuTest(target: Target): CpuTest & { readonly machine: 'x86_64' | 'aarch64' } {
  const all = lineage(target).map(factsOf);
  const [{ vendor, part }] = all as [TargetFacts];
  const flags = [...new Set(all.flatMap((facts) => facts.flags ?? []))].sort();
  return {
    machine: runsOn('aarch64', target) ? 'aarch64' : 'x86_64',
    ...(vendor && { vendor }),
    ...(part && { part }),
    ...(flags.length > 0 && { flags }),
  };
}

/** The first version of a compiler that builds for a target; none when no version does. */
export const firstVersionFor = (target: Target, family: CompilerFamily): string | undefined =>
  factsOf(target).since[family];

/** Whether this version of a compiler builds for a target. */
export function canBuild(family: CompilerFamily, version: string, target: Target): boolean {
  const first = firstVersionFor(target, family);
  return first !== undefined && Version.parse(version).atLeast(first);
}
